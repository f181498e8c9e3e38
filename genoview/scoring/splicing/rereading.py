"""A transcript whose splice sites change, read again by fixed rules: exons go, grow or come.

A lost site is replaced by a gained one of its kind before the next site of the transcript, where
there is one that gains at least half of what the other loses: the exon is extended or shortened.
Else the exon is skipped; an intron is retained where both of its ends are lost, or where the exon
beside it is the first or the last, which cannot be skipped, and the intron has up to 4,999 bp: what
becomes of a longer one is not said. A gained site without a lost one makes
a new exon together with a gained site of the other kind 25 to 500 bp away in the same intron, or a
further end of its exon. An exon is extended by up to 250 bp. Lengths are those of ALT.

Sizes are those of SpliceAI-10k (Canson et al. 2023, doi:10.1093/bioinformatics/btad179).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product

from genoview.data.genome import Transcript, Variant
from genoview.data.transcript.alt_exons import Place, alt_width, edits_as_written
from genoview.scoring.effects import Effect
from genoview.scoring.splicing.events import (
    ACCEPTOR,
    DONOR,
    FIVE,
    THREE,
    EventKind,
    ExonEnds,
    Site,
    SpliceEvent,
    exon_ends,
    own_sites,
)
from genoview.scoring.splicing.inserted_sites import placed

SHORTEST_EXON, LONGEST_EXON = 25, 500  # bp of a new one
LONGEST_EXTENSION = 250  # bp of an exon
# bp of an intron that one lost site retains: SpliceAI-10k looks for both ends of a retained intron
# up to 4,999 bp from the variant.
LONGEST_RETAINED = 4_999
REPLACES = 0.5  # of a lost site's change that a gained one must reach to take its place


class Reading:
    """One transcript and the sites that change on its strand.

    Args:
        transcript: of two exons or more.
        changed: sites with their effects, each of 0.2 or more.
        partners: gained sites of less, which may end a new exon that a stronger one begins.
        variant: for lengths of ALT; without it they are those of REF.
    """

    def __init__(
        self,
        transcript: Transcript,
        changed: Mapping[Site, Effect],
        partners: Mapping[Site, Effect] | None = None,
        variant: Variant | None = None,
    ) -> None:
        self.transcript = transcript
        self._backward = transcript.interval.strand == "-"
        self._sign = -1 if self._backward else 1
        self._exons = exon_ends(transcript)
        self._variant = variant
        self._edits = edits_as_written(variant) if variant else ()
        own = own_sites(transcript)
        self._lost = [s for s, e in changed.items() if e.difference < 0 and s in own]
        self._gained = [s for s, e in changed.items() if e.difference > 0 and s not in own]
        self._partners = [s for s in partners or {} if s not in own]
        self._changed = {**(partners or {}), **changed}

    def events(self) -> list[SpliceEvent]:
        """From the 5' end; what is gained without a loss comes last."""
        events, gone = [], []
        for site in sorted(self._lost, key=lambda lost: lost.at * self._sign):
            shifted = self._shifted(site)
            if shifted is None:
                gone.append(site)
            else:
                events.append(shifted)
        return [*events, *self._without(gone), *self._added()]

    def _shifted(self, site: Site) -> SpliceEvent | None:
        """The exon ends at a gained site of the same kind, the most probable one."""
        i = next(k for k, exon in enumerate(self._exons) if _end(exon, site.kind) == site.at)
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
        return self._moved(i, best, [site, best])

    def _moved(self, i: int, to: Site, why: Sequence[Site]) -> SpliceEvent:
        end = THREE if to.kind == DONOR else FIVE
        sites = placed(to, self._variant, self._backward)
        sizes = tuple(self._grown(self._exons[i], site) for site in sites)
        grown = sizes[0]
        kind = EventKind.EXON_EXTENSION if grown > 0 else EventKind.EXON_SHORTENING
        event = self._event(kind, (i + 1,), grown, why)
        return replace(event, end=end, partly=len(why) == 1, sites=sites[:1], sizes=sizes)

    def _grown(self, exon: ExonEnds, to: Site) -> int:
        """Bases of ALT between the exon's end and the new one; negative where it shrinks."""
        after = ExonEnds(exon.first, to.at, 0, to.inserted)
        if to.kind == ACCEPTOR:
            after = ExonEnds(to.at, exon.last, to.inserted, 0)
        return self._width(after) - self._width(exon)

    def _width(self, exon: ExonEnds) -> int:
        return alt_width(Place(*exon.span, *exon.added(self._backward)), self._edits)

    def _without(self, lost: Sequence[Site]) -> Iterator[SpliceEvent]:
        """Introns whose two ends are lost are retained, as those of end exons; else exons go."""
        left = list(lost)
        for i, (before, behind) in enumerate(pairwise(self._exons)):
            ends = [Site(DONOR, before.last), Site(ACCEPTOR, behind.first)]
            if all(end in left for end in ends):
                left = [site for site in left if site not in ends]
                yield self._retained(i, ends)
        last = len(self._exons) - 1
        run: list[tuple[int, list[Site]]] = []
        for i, exon in enumerate(self._exons):
            mine = [site for site in left if _end(exon, site.kind) == site.at]
            if mine and i in (0, last):
                event = self._retained(min(i, last - 1), mine)
                if event.bases <= LONGEST_RETAINED:
                    yield event
            elif mine:
                run.append((i, mine))
                continue
            if run:
                yield self._skipped(run)
                run = []

    def _skipped(self, run: Sequence[tuple[int, list[Site]]]) -> SpliceEvent:
        """Neighbouring exons together."""
        bases = sum(self._width(self._exons[i]) for i, _ in run)
        sites = [site for _, mine in run for site in mine]
        return self._event(EventKind.EXON_SKIPPING, tuple(i + 1 for i, _ in run), -bases, sites)

    def _retained(self, i: int, why: Sequence[Site]) -> SpliceEvent:
        """Bases that an indel has exactly at an exon's edge count to the intron."""
        before, behind = self._exons[i], self._exons[i + 1]
        whole = self._width(ExonEnds(before.first, behind.last))
        length = whole - self._width(before) - self._width(behind)
        return self._event(EventKind.INTRON_RETENTION, (i + 1,), length, why)

    def _added(self) -> Iterator[SpliceEvent]:
        """Gained sites that replace none, the most probable first."""
        left = sorted(self._gained, key=lambda other: -self._changed[other].alt)
        partners = sorted(self._partners, key=lambda other: -self._changed[other].alt)
        while left:
            site = left.pop(0)
            pairs = ((other, self._new(site, other)) for other in [*left, *partners])
            partner, event = next((pair for pair in pairs if pair[1]), (None, None))
            if event is not None:
                left = [other for other in left if other != partner]
                partners = [other for other in partners if other != partner]
                yield event
                continue
            i = next((k for k in range(len(self._exons)) if self._can_end(site, k)), None)
            if i is not None:
                yield self._moved(i, site, [site])

    def _new(self, site: Site, other: Site) -> SpliceEvent | None:
        """The exon that two sites enclose in one intron; None where they enclose none."""
        intron = self._intron_of(site.at)
        if site.kind == other.kind or intron is None or intron != self._intron_of(other.at):
            return None
        pair = (site, other) if site.kind == ACCEPTOR else (other, site)
        firsts, lasts = (placed(end, self._variant, self._backward) for end in pair)
        first, last = firsts[0], lasts[0]
        if (last.at - first.at) * self._sign < 0:
            return None
        sizes = tuple(
            self._width(ExonEnds(joined.at, other.at, joined.inserted, other.inserted))
            for joined, other in product(firsts, lasts)
        )
        if not SHORTEST_EXON <= sizes[0] <= LONGEST_EXON:
            return None
        event = self._event(EventKind.NEW_EXON, (intron + 1,), sizes[0], pair)
        within = tuple(size for size in sizes if SHORTEST_EXON <= size <= LONGEST_EXON)
        return replace(event, sites=(first, last), sizes=within)

    def _can_end(self, site: Site, i: int) -> bool:
        """Whether exon `i` could begin or end there: before the next own site on either side."""
        at, last = site.at * self._sign, len(self._exons) - 1
        if site.kind == DONOR:
            if i == last:  # it ends without a splice site
                return False
            first, end = self._exons[i].first * self._sign, self._exons[i].last * self._sign
            behind = self._exons[i + 1].first * self._sign
            return first < at < behind and at - end <= LONGEST_EXTENSION
        if i == 0:
            return False
        first, end = self._exons[i].first * self._sign, self._exons[i].last * self._sign
        before = self._exons[i - 1].last * self._sign
        return before < at < end and first - at <= LONGEST_EXTENSION

    def _intron_of(self, at: int) -> int | None:
        place = at * self._sign
        for i, (before, behind) in enumerate(pairwise(self._exons)):
            if before.last * self._sign < place < behind.first * self._sign:
                return i
        return None

    def _event(
        self, kind: EventKind, numbers: tuple[int, ...], bases: int, sites: Sequence[Site]
    ) -> SpliceEvent:
        effects = [self._changed[site] for site in sites]
        score = max(abs(effect.difference) for effect in effects)
        why = ", ".join(effect.words for effect in effects)
        return SpliceEvent(kind, numbers, bases, score, why)


def _end(exon: ExonEnds, kind: str) -> int:
    return exon.last if kind == DONOR else exon.first
