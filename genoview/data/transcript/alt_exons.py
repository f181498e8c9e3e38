"""Places of REF -> the bases that ALT has there, and how many.

An insertion exactly at the edge of a place is not part of it; of replaced bases that an edge cuts,
each new base lies where the old one did, as in `allele_alignment.alt_over_ref`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from genoview.data.genome import Interval, Variant
from genoview.data.transcript.edits import Edit, Fetch


@dataclass(frozen=True, slots=True)
class Place:
    """A 0-based half-open place of REF, with inserted bases of ALT that count to it.

    Attributes:
        left, right: bases of an insertion before `start`, or behind the last base.
    """

    start: int
    end: int
    left: int = 0
    right: int = 0


def edits_as_written(variant: Variant) -> tuple[Edit, ...]:
    """Without the bases that REF and ALT share at their left: where models see the change."""
    edits = []
    for change in variant.changes:
        ref, alt, start = change.ref, change.alt, change.start
        while ref and alt and ref[0] == alt[0]:
            ref, alt, start = ref[1:], alt[1:], start + 1
        edits.append(Edit(change.chrom, start, ref, alt))
    return tuple(edits)


class _Piece(NamedTuple):
    """Bases of REF from `start` to `end`, or those that ALT has in their place.

    Of `new` bases the first lie over REF's, one over each; what is longer is inserted behind.
    """

    start: int
    end: int
    new: str | None = None

    @property
    def places(self) -> list[int | None]:
        n_over = self.end - self.start
        if self.new is None:
            return list(range(self.start, self.end))
        over = range(self.start, self.start + min(n_over, len(self.new)))
        return [*over, *[None] * (len(self.new) - len(over))]


def alt_bases(place: Place, chrom: str, edits: Sequence[Edit], fetch: Fetch) -> str:
    """Forward-strand bases of ALT."""
    return "".join(
        fetch(Interval(chrom, piece.start, piece.end)) if piece.new is None else piece.new
        for piece in _pieces(place, edits)
    )


def alt_places(place: Place, edits: Sequence[Edit]) -> list[int | None]:
    """Of each base of `alt_bases` the base of REF that it lies over; None of inserted ones."""
    return [at for piece in _pieces(place, edits) for at in piece.places]


def alt_width(place: Place, edits: Sequence[Edit]) -> int:
    """Number of bases of ALT."""
    return sum(
        piece.end - piece.start if piece.new is None else len(piece.new)
        for piece in _pieces(place, edits)
    )


def _pieces(place: Place, edits: Sequence[Edit]) -> Iterator[_Piece]:
    """Stretches of REF that stay, and bases of ALT, from left to right."""
    at = place.start
    if place.left:
        yield _Piece(at, at, _inserted(at, edits)[-place.left :])
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start == edit.end:
            if not place.start < edit.start < place.end:
                continue
        elif edit.end <= place.start or edit.start >= place.end:
            continue
        if edit.start > at:
            yield _Piece(at, edit.start)
        if new := _within(edit, place):
            yield new
        at = min(max(edit.end, at), place.end)
    if at < place.end:
        yield _Piece(at, place.end)
    if place.right:
        yield _Piece(place.end, place.end, _inserted(place.end, edits)[: place.right])


def _within(edit: Edit, place: Place) -> _Piece | None:
    """Of the new bases those that lie here."""
    first = max(place.start - edit.start, 0)
    behind = len(edit.alt) if edit.end <= place.end else place.end - edit.start
    if first and edit.end == place.end:
        behind = len(edit.ref)
    new = edit.alt[first:behind]
    return _Piece(edit.start + first, min(edit.end, place.end), new) if new else None


def _inserted(at: int, edits: Sequence[Edit]) -> str:
    """Bases that ALT has between two of REF, before base `at`."""
    return "".join(edit.alt[len(edit.ref) :] for edit in edits if edit.end == at)
