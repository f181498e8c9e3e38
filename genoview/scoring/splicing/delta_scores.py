"""Lines of variants + genome + genes -> delta scores, one result a line, in order.

scorer = SpliceScorer(backend, reference, genes, distance=50)
for result in scorer.score(lines): ...

Lines are taken some at a time; those of one gene share the computation of REF. A line that cannot
be scored keeps its place, with the reason in a sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from genoview.data.genome import Interval, Variant, canonical_chrom, reverse_complement
from genoview.data.progress import Progress, no_progress
from genoview.errors import GenomeError
from genoview.io.reference import ReferenceGenome
from genoview.models.base import Backend
from genoview.models.variant_batch import Edit, EditedStrand
from genoview.scoring import DeltaScores
from genoview.scoring.splicing.genes import GeneSource, SpliceGene
from genoview.scoring.splicing.rules import Rules, rules_of
from genoview.scoring.variant_line import VariantLine, shortened, unreadable

LEAST_DISTANCE, MOST_DISTANCE = 1, 5_000  # bp; the original spliceai ends at 4,999
FIRST_CHUNK, LARGEST_CHUNK = 16, 1_024  # lines: the first results soon, later ones at full speed
GROWTH = 8  # times as many lines from chunk to chunk


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """What came of a line.

    Attributes:
        raw, masked: one entry a gene; empty where there is a reason.
        reason: why nothing was computed, in one sentence.
    """

    line: VariantLine
    raw: tuple[DeltaScores, ...] = ()
    masked: tuple[DeltaScores, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    """One variant in one gene."""

    place: int  # of its line in the chunk
    variant: Variant
    gene: SpliceGene
    span: Interval


@dataclass(slots=True)
class _Chunk:
    """Some lines while they are worked on; raw and masked scores by the place of a question."""

    lines: list[VariantLine]
    reasons: dict[int, str] = field(default_factory=dict)
    questions: list[_Question] = field(default_factory=list)
    answers: dict[int, tuple[DeltaScores, DeltaScores]] = field(default_factory=dict)

    def results(self) -> Iterator[ScoredLine]:
        by_line: dict[int, list[tuple[DeltaScores, DeltaScores]]] = {}
        for i, question in enumerate(self.questions):
            by_line.setdefault(question.place, []).append(self.answers[i])
        for place, line in enumerate(self.lines):
            raw = tuple(raw_scores for raw_scores, _ in by_line.get(place, ()))
            masked = tuple(masked_scores for _, masked_scores in by_line.get(place, ()))
            yield ScoredLine(line, raw, masked, self.reasons.get(place, ""))


class SpliceScorer:
    """Delta scores by one model in one genome."""

    def __init__(
        self,
        backend: Backend,
        reference: ReferenceGenome,
        genes: GeneSource,
        distance: int = 50,
        rules: Rules | None = None,
    ) -> None:
        """Score up to `distance` bp from each variant.

        Args:
            rules: of the original program to follow; by default that of the backend's weights.

        Raises:
            GenomeError: the distance is out of range.
        """
        if not LEAST_DISTANCE <= distance <= MOST_DISTANCE:
            raise GenomeError(
                f"A distance of {distance:,} bp was requested; {LEAST_DISTANCE} to "
                f"{MOST_DISTANCE:,} bp can be scored."
            )
        self._backend, self._reference, self._genes = backend, reference, genes
        self._distance = distance
        self._rules = rules or rules_of(backend.card.name)

    def score(
        self,
        lines: Iterable[VariantLine],
        total: int | None = None,
        progress: Progress = no_progress,
        first_chunk: int = FIRST_CHUNK,
    ) -> Iterator[ScoredLine]:
        """One result for each line, in order, as they are ready.

        Args:
            total: number of lines, where it is known; without it progress stays at 0.
            progress: called often; may raise `Cancelled`, which ends the iterator.
            first_chunk: lines that are worked on together before the first result.

        Raises:
            Cancelled: from `progress`.
        """
        source, size, n_done = iter(lines), first_chunk, 0
        progress(0.0)
        while some := list(islice(source, size)):
            n = len(some)

            def part(share: float, before: int = n_done, n: int = n) -> None:
                progress(min((before + share * n) / total, 1.0) if total else 0.0)

            yield from self._chunk(some, part)
            n_done, size = n_done + n, min(GROWTH * size, LARGEST_CHUNK)
        progress(1.0)

    def _chunk(self, lines: list[VariantLine], progress: Progress) -> Iterator[ScoredLine]:
        chunk = _Chunk(lines)
        for place, line in enumerate(lines):
            reason = self._ask(chunk, place, line)
            if reason:
                chunk.reasons[place] = reason
        by_gene: dict[SpliceGene, list[int]] = {}
        for i, question in enumerate(chunk.questions):
            by_gene.setdefault(question.gene, []).append(i)
        self._answer(chunk, by_gene, progress)
        yield from chunk.results()

    def _ask(self, chunk: _Chunk, place: int, line: VariantLine) -> str:
        """The line's questions; or why there are none."""
        reason = unreadable(line)
        if reason:
            return reason
        chrom = canonical_chrom(line.chrom)
        variant = Variant(chrom, line.pos, line.ref.upper(), line.alt.upper())
        reason = self._mismatch(variant)
        if not reason:
            chrom_length = self._reference.chromosomes[chrom]
            reason = self._rules.refusal(variant, self._distance, chrom_length)
        if reason:
            return reason
        genes = self._rules.genes(variant, self._genes.at(chrom, variant.start))
        span = self._rules.span(variant, self._distance)
        chunk.questions += [_Question(place, variant, gene, span) for gene in genes]
        if not genes:
            return f"No gene of the table lies at {chrom}:{line.pos:,}."
        return ""

    def _mismatch(self, variant: Variant) -> str:
        """Why the genome does not fit the variant; empty where it does."""
        try:
            bases = self._reference.fetch(variant.interval)
        except GenomeError as error:
            return str(error)
        if bases == variant.ref:
            return ""
        name, place = self._reference.name, f"{variant.chrom}:{variant.pos:,}"
        if not bases.strip("N"):
            return f"{name} has no sequence at {place}."
        return f"REF is {shortened(variant.ref)}, but {name} has {shortened(bases)} at {place}."

    def _answer(
        self, chunk: _Chunk, by_gene: dict[SpliceGene, list[int]], progress: Progress
    ) -> None:
        """Scores of all questions; of those of a gene REF is one sequence."""
        strands = [
            self._strand(gene, [chunk.questions[i] for i in members])
            for gene, members in by_gene.items()
        ]
        predicted = self._backend.predict_strands(strands, progress) if strands else []
        for (gene, members), answers in zip(by_gene.items(), predicted, strict=True):
            step = -1 if gene.strand == "-" else 1
            for i, alleles in zip(members, answers, strict=True):
                question = chunk.questions[i]
                ref, alt = alleles.ref[::step], alleles.alt[::step]
                chunk.answers[i] = self._rules.scores(
                    question.variant, gene, question.span, ref, alt
                )

    def _strand(self, gene: SpliceGene, questions: Sequence[_Question]) -> EditedStrand:
        """A gene's bases as its strand is read, N outside of it, and the variants in it."""
        window = _window(questions, self._backend.context_length)
        sequence = masked(self._reference.fetch(window), window, gene.interval)
        reverse = gene.strand == "-"
        edits = [_edit(question, window, reverse) for question in questions]
        return EditedStrand(reverse_complement(sequence) if reverse else sequence, edits)


def masked(sequence: str, window: Interval, kept: Interval) -> str:
    """N outside of `kept`, as the original programs hide what lies outside of a gene."""
    left = min(max(kept.start - window.start, 0), window.width)
    right = max(min(kept.end - window.start, window.width), left)
    return "N" * left + sequence[left:right] + "N" * (window.width - right)


def _window(questions: Sequence[_Question], context_length: int) -> Interval:
    """What a model must read to answer all of them."""
    start = min(question.span.start for question in questions)
    end = max(max(question.span.end, question.variant.end) for question in questions)
    return Interval(questions[0].span.chrom, start, end).expanded(context_length)


def _edit(question: _Question, window: Interval, reverse: bool) -> Edit:
    """The variant on the strand that is read, counted from the window's end of that strand."""
    variant, span = question.variant, question.span
    start, first, last = (place - window.start for place in (variant.start, span.start, span.end))
    if not reverse:
        return Edit(start, len(variant.ref), variant.alt, first, last)
    start = window.end - variant.end
    first, last = window.end - span.end, window.end - span.start
    return Edit(start, len(variant.ref), reverse_complement(variant.alt), first, last)
