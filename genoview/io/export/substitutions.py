"""Effects of substitutions -> one line each, as TSV or CSV."""

import csv
import io
from collections.abc import Iterable
from typing import Protocol

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import FloatArray
from genoview.io.export.cells import safe_row
from genoview.io.export.provenance import Provenance

HEADER = ("chrom", "pos", "ref", "alt", "effect", "mean_effect")
BASES = "ACGT"
CONVENTIONS = (
    "Coordinates: pos is 1-based, forward strand, as in a VCF.",
    "mean_effect: mean over the substitutions of the base.",
)


class Effects(Protocol):
    """Effects of every substitution over an interval.

    Attributes:
        bases: of the reference, from the first of `interval`.
        values: float32[bases, 4], of A, C, G and T in place of the base; NaN where unknown.
        means: float32[bases], over the substitutions of a base.
    """

    @property
    def interval(self) -> Interval: ...

    @property
    def bases(self) -> str: ...

    @property
    def values(self) -> FloatArray: ...

    @property
    def means(self) -> FloatArray: ...


def substitutions_table(
    effects: Effects,
    provenance: Provenance,
    *,
    notes: Iterable[str] = (),
    separator: str = "\t",
) -> bytes:
    """What is known, in order of place, below comments that say where it comes from.

    Args:
        notes: formula and unit of the effects.
    """
    chrom, start, values = effects.interval.chrom, effects.interval.start, effects.values
    buffer = io.StringIO(newline="")
    buffer.write(provenance.comments(*notes, *CONVENTIONS))
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\n")
    writer.writerow(HEADER)
    for row, (base, mean) in enumerate(zip(effects.bases, effects.means, strict=True)):
        for alt, value in zip(BASES, values[row], strict=True):
            if value == value:  # NaN is not
                variant = Variant(chrom, start + row + 1, base, alt)
                place = (variant.chrom, variant.pos, variant.ref, variant.alt)
                writer.writerow(safe_row((*place, str(value), str(mean))))
    return buffer.getvalue().encode()
