"""Places of REF -> the bases that ALT has there, and how many.

An insertion exactly at the edge of a place is not part of it; of replaced bases that an edge cuts,
each new base lies where the old one did, as in `allele_alignment.alt_over_ref`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def alt_bases(place: Place, chrom: str, edits: Sequence[Edit], fetch: Fetch) -> str:
    """Forward-strand bases of ALT."""
    pieces = [
        piece if isinstance(piece, str) else fetch(Interval(chrom, *piece))
        for piece in _pieces(place, edits)
    ]
    return "".join(pieces)


def alt_width(place: Place, edits: Sequence[Edit]) -> int:
    """Number of bases of ALT."""
    return sum(
        len(piece) if isinstance(piece, str) else piece[1] - piece[0]
        for piece in _pieces(place, edits)
    )


def _pieces(place: Place, edits: Sequence[Edit]) -> Iterator[tuple[int, int] | str]:
    """Stretches of REF that stay, and bases of ALT, from left to right."""
    at = place.start
    if place.left:
        yield _inserted(place.start, edits)[-place.left :]
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start == edit.end:
            if not place.start < edit.start < place.end:
                continue
        elif edit.end <= place.start or edit.start >= place.end:
            continue
        if edit.start > at:
            yield at, edit.start
        if new := _within(edit, place):
            yield new
        at = min(max(edit.end, at), place.end)
    if at < place.end:
        yield at, place.end
    if place.right:
        yield _inserted(place.end, edits)[: place.right]


def _within(edit: Edit, place: Place) -> str:
    """Of the new bases those that lie here."""
    if place.start <= edit.start and edit.end <= place.end:
        return edit.alt
    first = max(place.start - edit.start, 0)
    behind = len(edit.alt) if edit.end < place.end else place.end - edit.start
    return edit.alt[first:behind]


def _inserted(at: int, edits: Sequence[Edit]) -> str:
    """Bases that ALT has between two of REF, before base `at`."""
    return "".join(edit.alt[len(edit.ref) :] for edit in edits if edit.end == at)
