"""One-hot bases -> how much of each motif, and of each pair and triple of bases, a window holds."""

from collections.abc import Iterable, Mapping
from typing import Self

import torch
from torch import Tensor, nn

WIDTH = 144  # bp, the longest fragment measured (Mattioli 2020, doi:10.1186/s13059-020-02110-3)
N_PAIRS = 16  # AA, AC, ... TT, on the strand that is read: how a promoter is directed
N_TRIPLES = 32  # AAA or TTT, AAC or GTT, ...: of either strand
# Odds at which a word is bound half of the time; 1 in 25,000 random words has more (the median of
# the motifs). Below it the logarithm flattens, since weak words are noise.
HALF_BOUND = 3000.0


class MotifBank(nn.Module):
    """Motifs that are known beforehand, each read on both strands; nothing here is trained.

    A word's odds are its probability at a site over that in random sequence. They are summed over
    all words that lie within a window and hold no N, on both strands, whatever their place.
    """

    def __init__(self, by_length: Mapping[int, Tensor]) -> None:
        """Log odds of the motifs of each length, natural logarithm: float32[motifs, 4, length]."""
        super().__init__()
        self.lengths = tuple(sorted(by_length))
        for length in self.lengths:
            self.register_buffer(_name(length), by_length[length].float())

    @classmethod
    def of(cls, matrices: Iterable[Tensor]) -> Self:
        """The bank of matrices float[length, 4], log odds; those of one length keep their order."""
        by_length: dict[int, list[Tensor]] = {}
        for matrix in matrices:
            by_length.setdefault(len(matrix), []).append(matrix.T)
        return cls({length: torch.stack(group) for length, group in by_length.items()})

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, Tensor]) -> Self:
        """The bank whose `state_dict` this is."""
        return cls({tensor.shape[2]: tensor for tensor in tensors.values()})

    @property
    def n_features(self) -> int:
        """Motifs, pairs and triples of bases."""
        n_motifs = sum(len(self.get_buffer(_name(length))) for length in self.lengths)
        return n_motifs + N_PAIRS + N_TRIPLES

    def forward(self, x: Tensor, stride: int) -> Tensor:
        """One-hot [n, 4, L] -> float32[n, windows, features].

        A window of 144 begins every `stride` positions. First, of each motif, the natural
        logarithm of one more than its summed odds in units of HALF_BOUND; then the share of each
        pair of bases among all pairs, and of each triple and its reverse complement among all.
        """
        x = x.float()
        known = x.sum(1, keepdim=True)
        occupancies = [self._occupancy(length, x, known, stride) for length in self.lengths]
        return torch.cat([*occupancies, _pairs(x, stride), _triples(x, stride)], 1).transpose(1, 2)

    def _occupancy(self, length: int, x: Tensor, known: Tensor, stride: int) -> Tensor:
        motifs = self.get_buffer(_name(length))
        both = torch.cat([motifs, motifs.flip(1, 2)])
        odds = _convolve(x, both).exp()
        odds = odds[:, : len(motifs)] + odds[:, len(motifs) :]
        whole = nn.functional.avg_pool1d(known, length, 1) > 1 - 0.5 / length
        return (_sums(odds * whole, WIDTH - length + 1, stride) / HALF_BOUND).log1p()


def _name(length: int) -> str:
    return f"length_{length}"


def _convolve(x: Tensor, filters: Tensor) -> Tensor:
    """[n, 4, L] and [filters, 4, length] -> [n, filters, L - length + 1].

    Two-dimensional and channels last: the same sums in less time on a CPU.
    """
    rows = x.unsqueeze(2).contiguous(memory_format=torch.channels_last)
    return nn.functional.conv2d(rows, filters.unsqueeze(2)).squeeze(2)


def _sums(values: Tensor, width: int, stride: int) -> Tensor:
    return nn.functional.avg_pool1d(values, width, stride) * width


def _pairs(x: Tensor, stride: int) -> Tensor:
    """[n, 4, L] -> [n, 16, windows]; zeros where a window holds no two bases beside each other."""
    beside = (x[:, :, None, :-1] * x[:, None, :, 1:]).flatten(1, 2)
    return _shares(_sums(beside, WIDTH - 1, stride))


def _triples(x: Tensor, stride: int) -> Tensor:
    """[n, 4, L] -> [n, 32, windows]; zeros where a window holds no three bases in a row."""
    first, second, third = (
        x[:, :, None, None, :-2],
        x[:, None, :, None, 1:-1],
        x[:, None, None, :, 2:],
    )
    counts = _sums((first * second * third).flatten(1, 3), WIDTH - 2, stride)
    turned = counts.view(len(x), 4, 4, 4, -1).flip(1, 2, 3).permute(0, 3, 2, 1, 4).flatten(1, 3)
    # A triple is never its own reverse complement: the middle base differs. One of each two stays.
    numbers = torch.arange(64, device=x.device).view(4, 4, 4)
    kept = (numbers < numbers.flip(0, 1, 2).permute(2, 1, 0)).flatten()
    return _shares((counts + turned)[:, kept])


def _shares(counts: Tensor) -> Tensor:
    return counts / counts.sum(1, keepdim=True).clamp(min=1)
