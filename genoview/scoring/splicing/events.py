"""Typed changes of a transcript by changed splice sites, and its exons after them.

Kinds are those of SpliceAI-10k (Canson et al. 2023, doi:10.1093/bioinformatics/btad179): an
extension is its partial intron retention, a shortening its partial exon deletion.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from genoview.data.genome import Transcript
from genoview.scoring.effects import Effect

ACCEPTOR, DONOR = "acceptor", "donor"
FIVE, THREE = "5'", "3'"


class EventKind(StrEnum):
    """What becomes of an exon or intron."""

    EXON_SKIPPING = "exon skipping"
    EXON_EXTENSION = "exon extension"
    EXON_SHORTENING = "exon shortening"
    INTRON_RETENTION = "intron retention"
    NEW_EXON = "new exon"


@dataclass(frozen=True, slots=True)
class Site:
    """A splice site of one strand; `at` is the exon's outermost base, 0-based.

    `inserted` counts bases of an insertion of ALT, beside `at`, that the exon has beyond it.
    """

    kind: str
    at: int
    inserted: int = 0

    @classmethod
    def of(cls, effect: Effect) -> Self:
        kind = DONOR if DONOR in effect.track.name.lower() else ACCEPTOR
        return cls(kind, effect.interval.start)


@dataclass(frozen=True, slots=True)
class SpliceEvent:
    """One change of a transcript.

    Attributes:
        numbers: of the exons; of the intron that is retained or has the new exon; from 1 at the 5'
            end.
        bases: bp by which the transcript grows; negative where it shrinks.
        score: the largest change of a probability behind it, 0 to 1.
        why: the sites, in words.
        end: of the exon that moves, `5'` or `3'`; else "".
        partly: a site is gained and none is lost: some transcripts stay as they are.
        sites: those that are used instead: the exon's new end, or acceptor and donor.
        sizes: `bases` at each of the inserted bases that may be the site; or none.
    """

    kind: EventKind
    numbers: tuple[int, ...]
    bases: int
    score: float
    why: str
    end: str = ""
    partly: bool = False
    sites: tuple[Site, ...] = ()
    sizes: tuple[int, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether its bases are certain."""
        return len(set(self.sizes)) < 2

    @property
    def number(self) -> int:
        """The first."""
        return self.numbers[0]

    @property
    def size(self) -> str:
        """`32 bp`, or `32 to 60 bp` where it may end at several inserted bases."""
        if self.is_exact:
            return f"{abs(self.bases):,} bp"
        least, most = min(self.sizes), max(self.sizes)
        if least < 0 < most:
            return f"up to {max(most, -least):,} bp"
        least, most = sorted((abs(least), abs(most)))
        return f"{least:,} to {most:,} bp"

    def words(self, certainty: str) -> str:
        """`exon 11 very likely extended by 32 bp at its 5' end`, `exons 4 and 5 likely skipped`."""
        sure = f" {certainty}" if certainty else ""
        if self.kind is EventKind.EXON_SKIPPING:
            return f"{_numbered(self.numbers)}{sure} skipped"
        if self.kind is EventKind.INTRON_RETENTION:
            return f"intron {self.number}{sure} retained"
        if self.kind is EventKind.NEW_EXON:
            return f"{sure.strip()} a new exon of {self.size} in intron {self.number}".lstrip()
        moved = "extended" if self.kind is EventKind.EXON_EXTENSION else "shortened"
        some = " in some transcripts" if self.partly else ""
        return f"exon {self.number}{sure} {moved} by {self.size} at its {self.end} end{some}"


@dataclass(frozen=True, slots=True)
class ExonEnds:
    """Ends as they are read: `first` is the acceptor's base, `last` the donor's, 0-based.

    `added_first` and `added_last` count inserted bases of ALT beyond them.
    """

    first: int
    last: int
    added_first: int = 0
    added_last: int = 0

    @property
    def length(self) -> int:
        """On REF."""
        return abs(self.last - self.first) + 1

    @property
    def span(self) -> tuple[int, int]:
        return min(self.first, self.last), max(self.first, self.last) + 1

    def added(self, backward: bool) -> tuple[int, int]:
        """Inserted bases left and right of the span, on the forward strand."""
        ends = self.added_first, self.added_last
        return ends[::-1] if backward else ends


def exon_ends(transcript: Transcript) -> list[ExonEnds]:
    """Exons from the 5' end."""
    spans = [exon.interval for exon in transcript.exons]
    if transcript.interval.strand == "-":
        return [ExonEnds(span.end - 1, span.start) for span in reversed(spans)]
    return [ExonEnds(span.start, span.end - 1) for span in spans]


def own_sites(transcript: Transcript) -> set[Site]:
    """Acceptors of all exons but the first, donors of all but the last."""
    exons = exon_ends(transcript)
    acceptors = {Site(ACCEPTOR, exon.first) for exon in exons[1:]}
    return acceptors | {Site(DONOR, exon.last) for exon in exons[:-1]}


def exons_after(transcript: Transcript, events: Sequence[SpliceEvent]) -> list[ExonEnds]:
    """Exons after all of these events, from the 5' end; those that meet are one."""
    backward = transcript.interval.strand == "-"
    was = exon_ends(transcript)
    exons: dict[int, ExonEnds] = dict(enumerate(was))
    more: list[ExonEnds] = []
    for event in events:
        if event.kind is EventKind.NEW_EXON:
            first, last = event.sites
            more.append(ExonEnds(first.at, last.at, first.inserted, last.inserted))
        elif event.kind in (EventKind.EXON_EXTENSION, EventKind.EXON_SHORTENING):
            i = event.number - 1
            exons[i] = _moved(exons[i], event.sites[-1])
    for event in events:
        if event.kind is EventKind.INTRON_RETENTION:
            i = event.number
            more.append(ExonEnds(exons[i - 1].last, exons[i].first))
    skipped = {
        n - 1 for event in events if event.kind is EventKind.EXON_SKIPPING for n in event.numbers
    }
    kept = [exon for i, exon in exons.items() if i not in skipped]
    return _joined([*kept, *more], backward)


def _moved(exon: ExonEnds, to: Site) -> ExonEnds:
    if to.kind == DONOR:
        return ExonEnds(exon.first, to.at, exon.added_first, to.inserted)
    return ExonEnds(to.at, exon.last, to.inserted, exon.added_last)


def _joined(exons: Sequence[ExonEnds], backward: bool) -> list[ExonEnds]:
    sign = -1 if backward else 1
    joined: list[ExonEnds] = []
    for exon in sorted(exons, key=lambda exon: exon.first * sign):
        before = joined[-1] if joined else None
        if before is None or exon.first * sign > before.last * sign + 1:
            joined.append(exon)
        elif exon.last * sign > before.last * sign:
            joined[-1] = ExonEnds(before.first, exon.last, before.added_first, exon.added_last)
    return joined


def _numbered(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"exon {numbers[0]}"
    link = "and" if len(numbers) == 2 else "to"
    return f"exons {numbers[0]} {link} {numbers[-1]}"
