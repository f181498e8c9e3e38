"""Changed splice sites + genes -> transcripts before and after, in words a curator can read.

Cut-offs for the change of a probability: Jaganathan et al. 2019, doi:10.1016/j.cell.2018.12.015
(0.2 for high recall, 0.5 recommended, 0.8 for high precision).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from genoview.data.answer import Shown
from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant
from genoview.data.track_data import AlleleTracks
from genoview.data.transcript.alt_exons import Place, alt_width, edits_as_written
from genoview.scoring.effects import Effect, largest_effects
from genoview.scoring.splicing.delta import as_written
from genoview.scoring.splicing.events import (
    EventKind,
    ExonEnds,
    Site,
    SpliceEvent,
    exons_after,
    own_sites,
)
from genoview.scoring.splicing.rereading import Reading

POSSIBLE = 0.2
PARTNER = 0.05  # of a site that ends a new exon which a stronger one begins; tracks say no less
CERTAINTIES = ((0.8, "very likely"), (0.5, "likely"), (POSSIBLE, "possibly"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One transcript before and after.

    Attributes:
        after: with all events that are as sure as the surest; exons are places on REF.
        events: the surest first, at least one.
        coding_change: bp that the coding part grows by; None where it stays as it is.
    """

    gene: Gene
    before: Transcript
    after: Transcript
    events: tuple[SpliceEvent, ...]
    coding_change: int | None = None

    @property
    def score(self) -> float:
        """The largest change of a probability behind it, 0 to 1."""
        return self.events[0].score

    @property
    def name(self) -> str:
        """`HNF4A NM_000457`."""
        return f"{self.gene.symbol or self.gene.gene_id} {self.before.transcript_id}"

    @property
    def why(self) -> str:
        """The sites behind the surest event, in words."""
        return self.events[0].why

    @property
    def surest(self) -> tuple[SpliceEvent, ...]:
        """Events that are called as likely as the first: they are read together."""
        return surest_of(self.events)

    @property
    def frame(self) -> str:
        """What it does to the reading frame, in words; empty where no coding part is known."""
        span = _coding_span(self.before)
        if span is None:
            return ""
        start = span.start if span.strand == "+" else span.end - 1
        if not any(exon.interval.start <= start < exon.interval.end for exon in self.after.exons):
            return "the start codon is lost"
        is_open = self.coding_change and not all(event.is_exact for event in self.surest)
        return "reading frame not known" if is_open else frame_words(self.coding_change)

    @property
    def words(self) -> str:
        """`exon 11 very likely extended by 32 bp at its 5' end, frameshift (+32 bp)`."""
        return self.described(certainty(self.score))

    def described(self, sure: str, scores: str = "") -> str:
        """The words with a certainty, and scores behind the event, that were read elsewhere."""
        first = self.events[0]
        is_sized = first.kind in (EventKind.EXON_SKIPPING, EventKind.INTRON_RETENTION)
        size = signed(first.bases) if is_sized and not self.frame else ""
        facts = "; ".join(filter(None, (size, scores)))
        words = first.words(sure) + (f" ({facts})" if facts else "")
        return f"{words}, {self.frame}" if self.frame else words


def surest_of(events: Sequence[SpliceEvent]) -> tuple[SpliceEvent, ...]:
    """Those that are called as likely as the first."""
    top = certainty(events[0].score)
    return tuple(event for event in events if certainty(event.score) == top)


def frame_words(coding_change: int | None) -> str:
    """`frameshift (+32 bp)`, `in frame (−33 bp, 11 residues lost)`."""
    if coding_change is None:
        return "the coding part is unchanged"
    if coding_change % 3:
        return f"frameshift ({signed(coding_change)})"
    n = abs(coding_change) // 3
    residues = f", {n:,} residue{'s' * (n != 1)} lost" if coding_change < 0 else ""
    return f"in frame ({signed(coding_change)}{residues})"


def signed(bases: int) -> str:
    """`−33 bp`, with a true minus sign."""
    return f"{bases:+,} bp".replace("-", "−")


def certainty(score: float) -> str:
    """`very likely`, `likely`, `possibly` by the published cut-offs; empty below 0.2."""
    return next((words for cut, words in CERTAINTIES if as_written(score) >= cut), "")


def outcomes(
    effects: Sequence[Effect],
    genes: Sequence[Gene],
    variant: Variant | None = None,
    chosen: Mapping[str, Transcript] | None = None,
) -> tuple[Outcome, ...]:
    """One a gene whose splice sites change by 0.2 or more, the surest first.

    The chosen transcript of the gene is read, if it changes as surely as the one that has most of
    the changed sites as its own and, of several, the longest coding part; else that one.

    Args:
        variant: for lengths of ALT; without it they are those of REF.
        chosen: by the gene's symbol.
    """
    changed = [effect for effect in effects if effect.track.assay.facts.gives_transcripts]
    choice = chosen or {}
    found = (_of_gene(gene, changed, variant, choice.get(gene.symbol)) for gene in genes)
    return tuple(sorted(filter(None, found), key=lambda outcome: -outcome.score))


def _of_gene(
    gene: Gene, changed: Sequence[Effect], variant: Variant | None, chosen: Transcript | None
) -> Outcome | None:
    by_site = {
        Site.of(effect): effect
        for effect in changed
        if effect.track.strand == gene.interval.strand and gene.interval.overlaps(effect.interval)
    }
    mine = {site: effect for site, effect in by_site.items() if abs(effect.difference) >= POSSIBLE}
    partners = {
        site: effect for site, effect in by_site.items() if PARTNER <= effect.difference < POSSIBLE
    }
    spliced = [transcript for transcript in gene.transcripts if len(transcript.exons) > 1]
    if not mine or not spliced:
        return None
    most = max(
        spliced,
        key=lambda transcript: (
            len(own_sites(transcript) & mine.keys()),
            _coding_length(transcript),
            len(transcript.exons),
        ),
    )
    read = (
        _read(gene, Reading(transcript, mine, partners, variant), variant)
        for transcript in (chosen, most)
        if transcript is not None and len(transcript.exons) > 1
    )
    results = [outcome for outcome in read if outcome]
    surest = certainty(max((outcome.score for outcome in results), default=0.0))
    return next((outcome for outcome in results if certainty(outcome.score) == surest), None)


def _read(gene: Gene, reading: Reading, variant: Variant | None) -> Outcome | None:
    transcript = reading.transcript
    events = tuple(sorted(reading.events(), key=lambda event: -event.score))
    if not events:
        return None
    exons = exons_after(transcript, surest_of(events))
    after = _with_exons(transcript, [exon.span for exon in exons])
    return Outcome(gene, transcript, after, events, _change(transcript, after, exons, variant))


def _change(
    before: Transcript, after: Transcript, exons: Sequence[ExonEnds], variant: Variant | None
) -> int | None:
    """bp of ALT that the coding part grows by; None where its places stay."""
    span = _coding_span(before)
    if span is None or _coding(before) == _coding(after):
        return None
    edits = edits_as_written(variant) if variant else ()
    length = 0
    for exon in exons:
        (start, end), added = exon.span, exon.added(span.strand == "-")
        first, behind = max(start, span.start), min(end, span.end)
        if first < behind:
            left, right = added[0] * (first == start), added[1] * (behind == end)
            length += alt_width(Place(first, behind, left, right), edits)
    return length - _coding_length(before)


def _with_exons(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> Transcript:
    """The transcript with exons at these places, coding between its first and last codon."""
    coding = _coding_span(transcript)
    exons = []
    for start, end in sorted(spans):
        interval = replace(transcript.interval, start=start, end=end)
        exons.append(Exon(interval, interval.intersection(coding) if coding else None))
    return replace(transcript, exons=tuple(exons))


def _coding(transcript: Transcript) -> list[Interval]:
    return [exon.coding for exon in transcript.exons if exon.coding]


def _coding_length(transcript: Transcript) -> int:
    return sum(part.width for part in _coding(transcript))


def _coding_span(transcript: Transcript) -> Interval | None:
    parts = _coding(transcript)
    if not parts:
        return None
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return replace(transcript.interval, start=start, end=end)


MOST_SITES = 12  # of a track, among changed splice sites, from which an outcome is read


def splice_changes(shown: Sequence[Shown], variant: Variant) -> tuple[Effect, ...]:
    """All that changes at splice sites, by the models that speak of them."""
    return tuple(
        effect
        for model in shown
        if model.assay.facts.gives_transcripts and model.alt is not None
        for effect in largest_effects(
            AlleleTracks(model.ref.data, model.alt.data), variant, per_track=MOST_SITES
        )
    )
