"""Variant + transcript -> how far from its splice sites the change lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Transcript, Variant
from genoview.data.transcript.edits import Edit, edit_of
from genoview.scoring.consequence.regions import touches

FIRST_OF_EXON, LAST_OF_EXON = 1, 3  # bases that are part of a splice site


@dataclass(frozen=True, slots=True)
class SplicePlace:
    """The nearest that any base of the change comes to splice sites of one transcript.

    Attributes:
        from_donor: n of +n, the smallest; None where no base lies in an intron.
        from_acceptor: n of −n, likewise.
        at_exon_edge: a first base or one of the last 3 of an exon at a splice site changes.
        from_exon: bp to the nearest exon; 0 in an exon.
    """

    from_donor: int | None = None
    from_acceptor: int | None = None
    at_exon_edge: bool = False
    from_exon: int = 0

    def is_beyond(self, donor: int, acceptor: int) -> bool:
        """Whether all of it lies in introns, at or beyond +`donor` and −`acceptor`."""
        if self.from_donor is None or self.from_acceptor is None or not self.from_exon:
            return False
        return self.from_donor >= donor and self.from_acceptor >= acceptor

    @property
    def words(self) -> str:
        """`+12 and −1,204 of the intron`, `at the edge of an exon`."""
        if self.from_donor is not None and self.from_acceptor is not None:
            return f"+{self.from_donor:,} and −{self.from_acceptor:,} of the intron"
        if self.at_exon_edge:
            return "at the first base or the last 3 of an exon"
        return "outside of the transcript" if self.from_exon else "in an exon, not at its edges"


def splice_place(variant: Variant, transcript: Transcript) -> SplicePlace:
    """Of all changes of the variant together."""
    backward = transcript.interval.strand == "-"
    edits = [edit_of(change) for change in variant.changes]
    donors, acceptors = [], []
    for intron in transcript.introns:
        for edit in edits:
            if _reaches(edit, intron.start, intron.end):
                left = max(edit.start - intron.start, 0) + (edit.start != edit.end)
                right = max(intron.end - edit.end, 0) + (edit.start != edit.end)
                donors.append(right if backward else left)
                acceptors.append(left if backward else right)
    return SplicePlace(
        min(donors, default=None),
        min(acceptors, default=None),
        any(_at_edge(edit, transcript) for edit in edits),
        min(_gap(edit, transcript) for edit in edits),
    )


def is_deep_intronic(variant: Variant, transcripts: Sequence[Transcript], beyond: int) -> bool:
    """Whether it lies in an intron of one of them and more than `beyond` bp from exons of all."""
    places = [splice_place(variant, transcript) for transcript in transcripts]
    in_intron = any(place.from_donor is not None for place in places)
    return in_intron and all(place.from_exon > beyond for place in places)


def _reaches(edit: Edit, start: int, end: int) -> bool:
    """Changes a base of it, or inserts into it or at its ends."""
    return touches(edit, start, end) or (edit.start == edit.end and start <= edit.start <= end)


def _at_edge(edit: Edit, transcript: Transcript) -> bool:
    """Whether a base of an exon's splice site changes; the transcript's own ends have none."""
    first, last = FIRST_OF_EXON, LAST_OF_EXON
    if transcript.interval.strand == "-":
        first, last = last, first
    exons = [exon.interval for exon in transcript.exons]
    left = any(touches(edit, exon.start, exon.start + first) for exon in exons[1:])
    return left or any(touches(edit, exon.end - last, exon.end) for exon in exons[:-1])


def _gap(edit: Edit, transcript: Transcript) -> int:
    """bp to the nearest exon."""
    exons = [exon.interval for exon in transcript.exons]
    last = max(edit.end, edit.start + 1)
    return min(max(exon.start - last + 1, edit.start - exon.end + 1, 0) for exon in exons)
