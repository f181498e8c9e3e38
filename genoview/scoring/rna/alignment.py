"""Two proteins -> one under the other, with gaps where one has no residue."""

from dataclasses import dataclass
from functools import cache

from Bio.Align import PairwiseAligner, substitution_matrices

GAP = "-"
MOST_ALIGNED = 4_000_000  # cells of the table between the shared ends; larger ones stay unaligned


@dataclass(frozen=True, slots=True)
class AlignedProteins:
    """Equally long, a column a residue; gaps as `-`, stops as `*`.

    Attributes:
        first: column of the first difference; the length of both where there is none.
        behind: column behind the last.
        in_frame: whether residues of one column correspond; behind a frameshift none does.
    """

    before: str
    after: str
    first: int
    behind: int
    in_frame: bool

    @property
    def n_lost(self) -> int:
        """Residues of the first that the second does not have, the stop not counted."""
        return self._differing(self.before, self.after)

    @property
    def n_new(self) -> int:
        """Residues of the second that the first does not have."""
        return self._differing(self.after, self.before)

    @property
    def residue(self) -> int:
        """The first of before that differs, from 1."""
        return self.first + 1

    def _differing(self, residues: str, others: str) -> int:
        columns = slice(self.first, self.behind)
        pairs = zip(residues[columns], others[columns], strict=True)
        return sum(a not in (GAP, "*") and not (self.in_frame and a == b) for a, b in pairs)


def align(before: str, after: str, in_frame: bool) -> AlignedProteins:
    """By their shared beginning and end, and globally between them (BLOSUM62, Biopython).

    Args:
        in_frame: whether residues behind the change are those of before; else nothing behind the
            first difference is aligned.
    """
    left = _shared(before, after)
    right = 0
    if in_frame:
        right = _shared(before[left:][::-1], after[left:][::-1])
    behind = before[len(before) - right :]
    old, new = before[left : len(before) - right], after[left : len(after) - right]
    if in_frame and old and new and len(old) * len(new) <= MOST_ALIGNED:
        old, new = _globally(old, new)
    width = max(len(old), len(new))
    old, new = old.ljust(width, GAP), new.ljust(width, GAP)
    kept = before[:left]
    return AlignedProteins(kept + old + behind, kept + new + behind, left, left + width, in_frame)


def _shared(a: str, b: str) -> int:
    """Length of the shared beginning."""
    pairs = zip(a, b, strict=False)
    return next((i for i, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(a), len(b)))


def _globally(old: str, new: str) -> tuple[str, str]:
    alignment = _aligner().align(old, new)[0]  # type: ignore[no-untyped-call]
    return str(alignment[0]), str(alignment[1])


@cache
def _aligner() -> PairwiseAligner:
    aligner = PairwiseAligner(  # type: ignore[no-untyped-call]
        mode="global", open_gap_score=-11, extend_gap_score=-1
    )
    matrix = substitution_matrices.load("BLOSUM62")  # type: ignore[no-untyped-call]
    aligner.substitution_matrix = matrix
    return aligner
