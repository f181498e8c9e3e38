"""DNA <-> the tokens of a language model, base by base.

sequence --TokenScheme--> Tokens (which bases each covers) --logits--> probability of A, C, G and T

A token covers a stretch of bases. The probability of base b at a place, from one token over it, is
the sum over the vocabulary's tokens of the same length that have b there, divided by the sum over
all of that length: softmax restricted to what would leave every other token where it is. Where
several tokens cover the place (overlapping k-mers), the mean of theirs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from genoview.errors import BackendError

if TYPE_CHECKING:
    import torch

BASES = "ACGT"
Numbers = npt.NDArray[np.int64]


class Scheme(Enum):
    """How a vocabulary cuts DNA, in words."""

    SINGLE = "single bases"
    OVERLAPPING = "overlapping k-mers"  # DNABERT: a k-mer from each base on
    SIDE_BY_SIDE = "k-mers side by side"  # Nucleotide Transformer: single letters where none fits
    PAIRS = "byte pairs"  # DNABERT-2: stretches of any length


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one sequence, without the special ones around it.

    Attributes:
        numbers: int64[tokens], rows of the vocabulary.
        starts, ends: int64[tokens], the bases that each covers, half-open.
    """

    numbers: Numbers
    starts: Numbers
    ends: Numbers

    def over(self, place: int) -> list[int]:
        """Which tokens cover a base."""
        return np.flatnonzero((self.starts <= place) & (place < self.ends)).tolist()


class Vocabulary:
    """Token -> number, and which tokens have which base where."""

    def __init__(self, numbers: Mapping[str, int], unknown: int) -> None:
        self.numbers, self.unknown = dict(numbers), unknown
        dna = [token for token in self.numbers if token and set(token) <= set(BASES)]
        self.by_length: dict[int, list[str]] = {}
        for token in sorted(dna, key=self.numbers.__getitem__):
            self.by_length.setdefault(len(token), []).append(token)
        self.groups = cache(self._groups)

    @property
    def scheme(self) -> Scheme:
        """Inferred from the vocabulary.

        Raises:
            BackendError: it is not one of DNA.
        """
        lengths = sorted(self.by_length)
        longest = lengths[-1] if lengths else 0
        is_full = longest and len(self.by_length[longest]) == 4**longest
        if lengths == [1] and is_full:
            return Scheme.SINGLE
        if len(lengths) == 1 and is_full:
            return Scheme.OVERLAPPING
        if lengths == [1, longest] and is_full and len(self.by_length[1]) == 4:
            return Scheme.SIDE_BY_SIDE
        if len(lengths) > 1 and len(self.by_length.get(1, ())) == 4:
            return Scheme.PAIRS
        raise BackendError(
            f"The vocabulary has {sum(map(len, self.by_length.values())):,} tokens of A, C, G and "
            "T; all single bases, all k-mers of one length, both, or byte pairs were expected."
        )

    @property
    def longest(self) -> int:
        """bp of the longest token of DNA."""
        return max(self.by_length)

    def _groups(self, length: int, offset: int) -> "tuple[torch.Tensor, torch.Tensor] | None":
        """Numbers int64[m] of the tokens of a length, and float32[m, 4], one where a base is."""
        tokens = self.by_length.get(length, ())
        if not tokens:
            return None
        import torch

        rows = torch.tensor([self.numbers[token] for token in tokens])
        bases = torch.tensor([BASES.index(token[offset]) for token in tokens])
        return rows, torch.nn.functional.one_hot(bases, len(BASES)).float()

    def bases(self, logits: "torch.Tensor", length: int, offset: int) -> "torch.Tensor":
        """float32[n, 4] of float[n, vocabulary]: a token of `length`, of its base at `offset`.

        A quarter each where no token has that length: the model then predicts no bases.
        """
        import torch

        group = self.groups(length, offset)
        if group is None:
            return torch.full((len(logits), len(BASES)), 1 / len(BASES), device=logits.device)
        rows, has_base = (tensor.to(logits.device) for tensor in group)
        return torch.softmax(logits[:, rows].float(), dim=1) @ has_base


Cut = Callable[[str], Tokens]


def kmers(vocabulary: Vocabulary, k: int) -> Cut:
    """A token from each base on, `k` long; one with a base that is not known is unknown."""
    numbers, unknown = vocabulary.numbers, vocabulary.unknown

    def cut(sequence: str) -> Tokens:
        starts = np.arange(max(len(sequence) - k + 1, 0), dtype=np.int64)
        token_numbers = [numbers.get(sequence[i : i + k], unknown) for i in starts.tolist()]
        return Tokens(np.array(token_numbers, np.int64), starts, starts + k)

    return cut


def blocks(vocabulary: Vocabulary, k: int) -> Cut:
    """From the left, the `k`-mer that begins here, or else one letter."""
    numbers, unknown = vocabulary.numbers, vocabulary.unknown

    def cut(sequence: str) -> Tokens:
        token_numbers: list[int] = []
        starts = [0]
        while starts[-1] < len(sequence):
            here = starts[-1]
            word = sequence[here : here + k]
            if len(word) < k or word not in numbers:
                word = sequence[here]
            token_numbers.append(numbers.get(word, unknown))
            starts.append(here + len(word))
        places = np.array(starts, np.int64)
        return Tokens(np.array(token_numbers, np.int64), places[:-1], places[1:])

    return cut


def spans(split: Callable[[str], tuple[Sequence[int], Sequence[tuple[int, int]]]]) -> Cut:
    """From the offsets that a tokeniser gives for each token.

    Args:
        split: numbers, and start and end of each; special tokens left out.
    """

    def cut(sequence: str) -> Tokens:
        numbers, places = split(sequence)
        edges = np.array(places, np.int64).reshape(-1, 2)
        tokens = Tokens(np.array(numbers, np.int64), edges[:, 0], edges[:, 1])
        check_cover(tokens, len(sequence))
        return tokens

    return cut


def check_cover(tokens: Tokens, length: int) -> None:
    """Tokens that stand side by side and cover each base once.

    Raises:
        BackendError: they do not.
    """
    edges = np.r_[0, tokens.ends]
    side_by_side = (edges[:-1] == tokens.starts).all() and (np.diff(edges) > 0).all()
    if not side_by_side or edges[-1] != length:
        raise BackendError(
            f"The tokeniser covers {length:,} bases with gaps or overlaps; byte pairs that stand "
            "side by side were expected."
        )
