"""Changed splice sites + genes -> transcripts before and after, in words a curator can read.

Cut-offs for the change of a probability: Jaganathan et al. 2019, doi:10.1016/j.cell.2018.12.015
(0.2 for high recall, 0.5 recommended, 0.8 for high precision).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from genoview.data.answer import Shown
from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant
from genoview.data.track_data import AlleleTracks
from genoview.scoring.effects import Effect, largest_effects
from genoview.scoring.splicing.delta import as_written
from genoview.scoring.splicing.rereading import Consequence, Reading, Site, own_sites

POSSIBLE = 0.2
CERTAINTIES = ((0.8, "very likely"), (0.5, "likely"), (POSSIBLE, "possibly"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One transcript before and after; `consequences` has the surest first, and at least one."""

    gene: Gene
    before: Transcript
    after: Transcript
    consequences: tuple[Consequence, ...]

    @property
    def score(self) -> float:
        """The largest change of a probability behind it, 0 to 1."""
        return self.consequences[0].score

    @property
    def name(self) -> str:
        """`HNF4A NM_000457`."""
        return f"{self.gene.symbol or self.gene.gene_id} {self.before.transcript_id}"

    @property
    def frame(self) -> str:
        """What it does to the reading frame, in words; empty where no coding part is known."""
        span = _coding_span(self.before)
        if span is None:
            return ""
        start = span.start if span.strand == "+" else span.end - 1
        if not any(exon.interval.start <= start < exon.interval.end for exon in self.after.exons):
            return "the start codon is lost"
        if _coding(self.before) == _coding(self.after):
            return "outside of the coding part"
        grown = _coding_length(self.after) - _coding_length(self.before)
        return "frame kept" if grown % 3 == 0 else "frame broken"

    @property
    def words(self) -> str:
        """`exon 4 very likely skipped (−107 bp), frame broken`."""
        return self.described(certainty(self.score))

    def described(self, sure: str) -> str:
        """The words with a certainty that was read from other numbers."""
        frame = f", {self.frame}" if self.frame else ""
        return f"{self.consequences[0].words(sure)}{frame}"


def certainty(score: float) -> str:
    """`very likely`, `likely`, `possibly` by the published cut-offs; empty below 0.2."""
    return next((words for cut, words in CERTAINTIES if as_written(score) >= cut), "")


def outcomes(effects: Sequence[Effect], genes: Sequence[Gene]) -> tuple[Outcome, ...]:
    """One a gene whose splice sites change by 0.2 or more, the surest first.

    Of several transcripts the one counts that has most of the changed sites as its own, then the
    one with the longest coding part.
    """
    changed = [
        effect
        for effect in effects
        if effect.track.assay.facts.gives_transcripts and abs(effect.difference) >= POSSIBLE
    ]
    result = [outcome for gene in genes for outcome in _of_gene(gene, changed)]
    return tuple(sorted(result, key=lambda outcome: -outcome.score))


def _of_gene(gene: Gene, changed: Sequence[Effect]) -> list[Outcome]:
    mine = {
        Site.of(effect): effect
        for effect in changed
        if effect.track.strand == gene.interval.strand and gene.interval.overlaps(effect.interval)
    }
    spliced = [transcript for transcript in gene.transcripts if len(transcript.exons) > 1]
    if not mine or not spliced:
        return []
    transcript = max(
        spliced,
        key=lambda transcript: (
            len(own_sites(transcript) & mine.keys()),
            _coding_length(transcript),
            len(transcript.exons),
        ),
    )
    reading = Reading(transcript, mine)
    consequences = sorted(reading.consequences(), key=lambda consequence: -consequence.score)
    if not consequences:
        return []
    after = _with_exons(transcript, reading.spans())
    return [Outcome(gene, transcript, after, tuple(consequences))]


def _with_exons(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> Transcript:
    """The transcript with exons at these places, coding between its first and last codon."""
    coding = _coding_span(transcript)
    exons = []
    for start, end in spans:
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
