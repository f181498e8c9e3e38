"""A transcript whose splice sites change, read again by fixed rules: exons go, grow or come.

A lost site is replaced by a gained one of its kind before the next site of the transcript, where
there is one that gains at least half of what the other loses: the exon becomes longer or shorter.
Else the exon is skipped; an intron is kept where both of its ends are lost, or where the exon
beside it is the first or the last, which cannot be skipped. A gained site without a lost one makes
a new exon together with a gained site of the other kind 25 to 500 bp away in the same intron, or a
further end of its exon. Lengths are on REF coordinates.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from genoview.data.genome import Transcript
from genoview.scoring.effects import Effect

SHORTEST_EXON, LONGEST_EXON = 25, 500  # bp of a new one
ACCEPTOR, DONOR = "acceptor", "donor"
REPLACES = 0.5  # of a lost site's change that a gained one must reach to take its place
SKIPPED, KEPT, SHIFTED, FURTHER, NEW = "skipped", "kept", "shifted", "further", "new"


@dataclass(frozen=True, slots=True)
class Site:
    """A splice site of one strand; `at` is the exon's outermost base, 0-based."""

    kind: str
    at: int

    @classmethod
    def of(cls, effect: Effect) -> Self:
        kind = DONOR if DONOR in effect.track.name.lower() else ACCEPTOR
        return cls(kind, effect.interval.start)


@dataclass(frozen=True, slots=True)
class Consequence:
    """Effect of changed splice sites on one transcript.

    Attributes:
        kind: SKIPPED, KEPT, SHIFTED, FURTHER or NEW.
        number: of the exon, or of the intron kept or with the new exon, from 1 at the 5' end.
        bases: bp by which the transcript grows; negative where it shrinks.
        score: the largest change of a probability behind it, 0 to 1.
        why: the sites, in words.
    """

    kind: str
    number: int
    bases: int
    score: float
    why: str

    def words(self, certainty: str) -> str:
        """`exon 4 very likely skipped (−107 bp)`."""
        longer = "longer" if self.bases > 0 else "shorter"
        what = {
            SKIPPED: f"exon {self.number} {certainty} skipped",
            KEPT: f"intron {self.number} {certainty} kept",
            SHIFTED: f"exon {self.number} {certainty} {longer}",
            FURTHER: f"exon {self.number} {certainty} {longer} in some transcripts",
            NEW: f"{certainty} a new exon in intron {self.number}",
        }[self.kind]
        return f"{what} ({self.bases:+,} bp)".replace("-", "−")


@dataclass
class _Exon:
    """Ends as they are read: `first` is the acceptor's base, `last` the donor's."""

    first: int
    last: int
    skipped: bool = False

    @property
    def length(self) -> int:
        return abs(self.last - self.first) + 1

    @property
    def span(self) -> tuple[int, int]:
        return min(self.first, self.last), max(self.first, self.last) + 1


class Reading:
    """One transcript and the sites that change on its strand.

    Args:
        transcript: of two exons or more.
        changed: sites with their effects, each of 0.2 or more.
    """

    def __init__(self, transcript: Transcript, changed: Mapping[Site, Effect]) -> None:
        self._sign = -1 if transcript.interval.strand == "-" else 1
        self._was, self._exons = _read(transcript), _read(transcript)
        self._kept_introns: list[int] = []
        self._changed = changed
        own = own_sites(transcript)
        self._lost = [s for s, e in changed.items() if e.difference < 0 and s in own]
        self._gained = [s for s, e in changed.items() if e.difference > 0 and s not in own]

    def consequences(self) -> list[Consequence]:
        """From the 5' end; what is gained without a loss comes last."""
        consequences, gone = [], []
        for site in sorted(self._lost, key=lambda lost: lost.at * self._sign):
            shifted = self._shifted(site)
            if shifted is None:
                gone.append(site)
            else:
                consequences.append(shifted)
        return [*consequences, *self._without(gone), *self._added()]

    def spans(self) -> list[tuple[int, int]]:
        """Exons after all consequences, left to right: start and end, 0-based, half-open."""
        spans = [exon.span for exon in self._exons if not exon.skipped]
        for i in self._kept_introns:
            spans.append(_Exon(self._exons[i].last, self._exons[i + 1].first).span)
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def _shifted(self, site: Site) -> Consequence | None:
        """The exon ends at a gained site of the same kind, the most probable one."""
        i = next(k for k, exon in enumerate(self._was) if self._end(exon, site.kind) == site.at)
        least = -self._changed[site].difference * REPLACES
        rivals = [
            gained
            for gained in self._gained
            if gained.kind == site.kind
            and self._changed[gained].difference >= least
            and self._can_end(gained, i)
        ]
        if not rivals:
            return None
        best = max(rivals, key=lambda gained: self._changed[gained].alt)
        self._gained.remove(best)
        return self._moved(i, best, SHIFTED, [site, best])

    def _moved(self, i: int, to: Site, kind: str, why: Sequence[Site]) -> Consequence:
        before = self._was[i]
        if to.kind == DONOR:
            grown = (to.at - before.last) * self._sign
            self._exons[i].last = to.at
        else:
            grown = (before.first - to.at) * self._sign
            self._exons[i].first = to.at
        return self._consequence(kind, i + 1, grown, why)

    def _without(self, lost: Sequence[Site]) -> Iterator[Consequence]:
        """Introns whose two ends are lost are kept, as are those of end exons; else exons go."""
        left = list(lost)
        for i, (before, behind) in enumerate(pairwise(self._was)):
            ends = [Site(DONOR, before.last), Site(ACCEPTOR, behind.first)]
            if all(end in left for end in ends):
                left = [site for site in left if site not in ends]
                yield self._kept(i, ends)
        last = len(self._was) - 1
        for i, exon in enumerate(self._was):
            mine = [site for site in left if self._end(exon, site.kind) == site.at]
            if not mine:
                continue
            if i in (0, last):
                yield self._kept(min(i, last - 1), mine)
            else:
                self._exons[i].skipped = True
                yield self._consequence(SKIPPED, i + 1, -exon.length, mine)

    def _kept(self, i: int, why: Sequence[Site]) -> Consequence:
        self._kept_introns.append(i)
        length = abs(self._was[i + 1].first - self._was[i].last) - 1
        return self._consequence(KEPT, i + 1, length, why)

    def _added(self) -> Iterator[Consequence]:
        """Gained sites that replace none, the most probable first."""
        left = sorted(self._gained, key=lambda other: -self._changed[other].alt)
        while left:
            site = left.pop(0)
            partner = next((other for other in left if self._make_exon(site, other)), None)
            if partner is not None:
                left.remove(partner)
                yield self._new(site, partner)
                continue
            i = next((k for k in range(len(self._was)) if self._can_end(site, k)), None)
            if i is not None:
                yield self._moved(i, site, FURTHER, [site])

    def _make_exon(self, site: Site, other: Site) -> bool:
        """Whether two sites enclose a new exon in one intron."""
        if site.kind == other.kind:
            return False
        first, last = (site, other) if site.kind == ACCEPTOR else (other, site)
        intron = self._intron_of(site.at)
        length = (last.at - first.at) * self._sign + 1
        together = intron is not None and intron == self._intron_of(other.at)
        return together and SHORTEST_EXON <= length <= LONGEST_EXON

    def _new(self, site: Site, other: Site) -> Consequence:
        first, last = (site, other) if site.kind == ACCEPTOR else (other, site)
        intron = self._intron_of(first.at) or 0
        self._exons.append(_Exon(first.at, last.at))
        return self._consequence(NEW, intron + 1, self._exons[-1].length, [first, last])

    def _can_end(self, site: Site, i: int) -> bool:
        """Whether exon `i` could begin or end there: before the next own site on either side."""
        at, last = site.at * self._sign, len(self._was) - 1
        if site.kind == DONOR:
            if i == last:  # it ends without a splice site
                return False
            return self._was[i].first * self._sign < at < self._was[i + 1].first * self._sign
        if i == 0:
            return False
        return self._was[i - 1].last * self._sign < at < self._was[i].last * self._sign

    def _intron_of(self, at: int) -> int | None:
        place = at * self._sign
        for i, (before, behind) in enumerate(pairwise(self._was)):
            if before.last * self._sign < place < behind.first * self._sign:
                return i
        return None

    def _end(self, exon: _Exon, kind: str) -> int:
        return exon.last if kind == DONOR else exon.first

    def _consequence(
        self, kind: str, number: int, bases: int, sites: Sequence[Site]
    ) -> Consequence:
        effects = [self._changed[site] for site in sites]
        score = max(abs(effect.difference) for effect in effects)
        why = ", ".join(effect.words for effect in effects)
        return Consequence(kind, number, bases, score, why)


def own_sites(transcript: Transcript) -> set[Site]:
    """Acceptors of all exons but the first, donors of all but the last."""
    exons = _read(transcript)
    acceptors = {Site(ACCEPTOR, exon.first) for exon in exons[1:]}
    return acceptors | {Site(DONOR, exon.last) for exon in exons[:-1]}


def _read(transcript: Transcript) -> list[_Exon]:
    """Exons from the 5' end."""
    spans = [exon.interval for exon in transcript.exons]
    if transcript.interval.strand == "-":
        return [_Exon(span.end - 1, span.start) for span in reversed(spans)]
    return [_Exon(span.start, span.end - 1) for span in spans]
