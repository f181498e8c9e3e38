"""One-hot bases -> how much of each motif, and of each pair of bases, every window holds."""

from collections.abc import Iterable, Mapping
from typing import Self

import torch
from torch import Tensor, nn

WIDTH = 144  # bp, the longest fragment measured (Mattioli 2020, doi:10.1186/s13059-020-02110-3)
N_PAIRS = 16  # AA, AC, ... TT: as many as a base and its next can be
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
        """Motifs, and pairs of bases."""
        return sum(len(self.get_buffer(_name(length))) for length in self.lengths) + N_PAIRS

    def forward(self, x: Tensor, stride: int) -> Tensor:
        """One-hot [n, 4, L] -> float32[n, windows, features].

        A window of 144 begins every `stride` positions. First, of each motif, the natural
        logarithm of one more than its summed odds in units of HALF_BOUND; then the share of each
        pair of bases among all pairs.
        """
        x = x.float()
        known = x.sum(1, keepdim=True)
        found = [self._occupancy(length, x, known, stride) for length in self.lengths]
        return torch.cat([*found, _pairs(x, stride)], 1).transpose(1, 2)

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
    counts = _sums(beside, WIDTH - 1, stride)
    return counts / counts.sum(1, keepdim=True).clamp(min=1)
