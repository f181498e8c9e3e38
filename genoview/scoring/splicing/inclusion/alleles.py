"""An exon, its introns and a variant -> both alleles, cut as MMSplice's package cuts them.

Introns keep their length beside the exon whatever the variant inserts or deletes; the exon does
not. A change across the boundary is parted at it: bases before it are of one, those behind it of
the other, and of ALT as many as of REF as far as there are any.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.models.exons.contract import ExonSequence

Fetch = Callable[[Interval], str]


@dataclass(frozen=True, slots=True)
class ReadExon:
    """An exon as a model reads it.

    Attributes:
        interval: of the exon, with its strand.
        left, right: bp of intron that are read on each side of it on the forward strand.
    """

    interval: Interval
    left: int
    right: int

    @property
    def extent(self) -> Interval:
        """All that is read."""
        return self.interval.expanded(self.left, self.right)

    def is_near(self, variant: Variant) -> bool:
        """Whether the variant changes any of it."""
        return any(self.extent.overlaps(change.interval) for change in variant.changes)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a change; `ref` begins at `start`, 0-based."""

    start: int
    ref: str
    alt: str

    def parted(self, at: int) -> tuple[Self, ...]:
        """Before and behind a place, where it lies within."""
        before = at - self.start
        if not 0 < before < len(self.ref):
            return (self,)
        first = type(self)(self.start, self.ref[:before], self.alt[:before])
        return first, type(self)(at, self.ref[before:], self.alt[before:])


def exon_alleles(
    exon: ReadExon, variant: Variant, fetch: Fetch
) -> tuple[ExonSequence, ExonSequence]:
    """REF and ALT, 5' to 3' of the exon's strand.

    Args:
        fetch: forward-strand bases of an interval, N where unknown.
    """
    start, end = exon.interval.start, exon.interval.end
    pieces = [_Piece(change.start, change.ref, change.alt) for change in variant.changes]
    pieces = [part for piece in pieces for part in piece.parted(start)]
    pieces = [part for piece in pieces for part in piece.parted(end)]
    before = [piece for piece in pieces if piece.start < start]
    inside = [piece for piece in pieces if start <= piece.start < end]
    behind = [piece for piece in pieces if piece.start >= end]
    moved = sum(len(change.ref) for change in variant.changes)  # at most, into an intron
    chrom = exon.interval.chrom

    def text(first: int, last: int, changes: Sequence[_Piece] = ()) -> str:
        if first == last:
            return ""
        return _altered(fetch(Interval(chrom, first, last)), first, changes)

    left, right = exon.left, exon.right
    ref = (text(start - left, start), text(start, end), text(end, end + right))
    alt = (
        text(start - left - moved, start, before)[-left:] if left else "",
        text(start, end, inside),
        text(end, end + right + moved, behind)[:right] if right else "",
    )
    return _read(exon, ref), _read(exon, alt)


def _altered(bases: str, first: int, pieces: Sequence[_Piece]) -> str:
    """The bases, of which the first lies at `first`, with the changes that lie within."""
    for piece in sorted(pieces, key=lambda piece: -piece.start):
        at = piece.start - first
        if 0 <= at < len(bases):
            bases = bases[:at] + piece.alt + bases[at + len(piece.ref) :]
    return bases


def _read(exon: ReadExon, parts: tuple[str, str, str]) -> ExonSequence:
    if exon.interval.strand == "-":
        left, inside, right = (reverse_complement(part) for part in parts)
        return ExonSequence(right, inside, left)
    return ExonSequence(*parts)
