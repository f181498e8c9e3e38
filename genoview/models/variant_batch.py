"""One change of a sequence as input of a model, and its predictions for both alleles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from genoview.data.track_data import FloatArray


@dataclass(frozen=True, slots=True)
class Edit:
    """`alt` in place of `sequence[start : start + ref_length]`, on the strand that is read.

    Attributes:
        first, last: places of the sequence between which REF is wanted, around the edit;
            ALT is wanted from `first` to `last + length_change` of the edited sequence.
    """

    start: int
    ref_length: int
    alt: str
    first: int
    last: int

    @property
    def length_change(self) -> int:
        return len(self.alt) - self.ref_length

    def apply(self, sequence: str) -> str:
        """The edited sequence."""
        return sequence[: self.start] + self.alt + sequence[self.start + self.ref_length :]


@dataclass(frozen=True, slots=True)
class EditedStrand:
    """One strand as it is read, and the edits to predict in it.

    Attributes:
        sequence: with the model's context on each side of what the edits want.
    """

    sequence: str
    edits: Sequence[Edit]


@dataclass(frozen=True, slots=True)
class Alleles:
    """Predictions for one edit.

    Attributes:
        ref: float32[last - first, tracks of one strand].
        alt: float32[last - first + length_change, tracks of one strand].
    """

    ref: FloatArray
    alt: FloatArray


def one_by_one(
    predict_batch: Callable[[Sequence[str]], FloatArray],
    context_length: int,
    strands: Sequence[EditedStrand],
    progress: Callable[[float], None],
) -> list[list[Alleles]]:
    """Each edit from the whole sequence of both alleles: what every faster way must reproduce."""
    total = sum(len(strand.edits) for strand in strands)
    by_variant: list[list[Alleles]] = []
    n_done = 0
    for strand in strands:
        by_variant.append([])
        for edit in strand.edits:
            progress(n_done / total)
            start, end = edit.first - context_length, edit.last + context_length
            haplotype = edit.apply(strand.sequence)[start : end + edit.length_change]
            ref = predict_batch([strand.sequence[start:end]])[0]
            by_variant[-1].append(Alleles(ref, predict_batch([haplotype])[0]))
            n_done += 1
    progress(1.0)
    return by_variant
