"""Variants -> gain and loss of splice sites in each gene of a place, as the Variant page has them.

Variants close together on one strand share the computation of REF.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import chain

from genoview.alignment import alt_to_ref, collapse_to_ref
from genoview.backends.base import Backend, Progress
from genoview.backends.edits import Alleles, Edit, EditedStrand
from genoview.batch.results import GainScores, ModelResult
from genoview.errors import GenomeError
from genoview.genome import Interval, Variant, reverse_complement
from genoview.request import Assembly
from genoview.scoring import gain_loss
from genoview.splice_genes import GeneSource, SpliceGene, annotated_genes
from genoview.splice_scores import LEAST_DISTANCE, MOST_DISTANCE
from genoview.tracks import AlleleTracks, FloatArray, TrackData

LAYOUT = 1  # raised when kept answers come to mean something else
FARTHEST = 20_000  # bp between neighbours that are read as one sequence
LONGEST = 500_000  # bp of such a sequence


@dataclass(frozen=True, slots=True)
class _Question:
    """One variant on one strand; `place` is that of the variant in the list."""

    place: int
    variant: Variant
    strand: str
    span: Interval


class SpliceGains:
    """Pangolin's gain and loss."""

    def __init__(
        self, backend: Backend, assembly: Assembly, distance: int, genes: GeneSource | None = None
    ) -> None:
        """Score up to `distance` bp from each variant, by the assembly's genes or others.

        Raises:
            GenomeError: the distance is out of range.
        """
        if not LEAST_DISTANCE <= distance <= MOST_DISTANCE:
            raise GenomeError(
                f"A distance of {distance:,} bp was asked for; {LEAST_DISTANCE} to "
                f"{MOST_DISTANCE:,} bp can be scored."
            )
        self.backend = backend
        self._genes = genes or annotated_genes(assembly.annotation)
        self._assembly, self._distance = assembly, distance

    def key(self, variant: Variant) -> str:
        window = self.backend.window(self._span(variant))
        bases = self._assembly.reference.fetch(window)
        genes = [astuple(gene) for gene in self._at(variant)]
        card, version = self.backend.card.name, self.backend.version
        facts = ("gains", LAYOUT, card, version, str(variant), self._distance, genes, bases)
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        questions = [
            _Question(i, variant, strand, self._span(variant))
            for i, variant in enumerate(variants)
            for strand in sorted({gene.strand for gene in self._at(variant)})
        ]
        groups = list(_groups(questions))
        strands = [self._strand(group) for group in groups]
        found = self.backend.predict_strands(strands, progress) if strands else []
        pairs = {
            (one.place, one.strand): self._pair(one, alleles)
            for group, answers in zip(groups, found, strict=True)
            for one, alleles in zip(group, answers, strict=True)
        }
        return [self._result(i, variant, pairs) for i, variant in enumerate(variants)]

    def _result(
        self, place: int, variant: Variant, pairs: dict[tuple[int, str], AlleleTracks]
    ) -> ModelResult:
        name, genes = self.backend.card.name, self._at(variant)
        if not genes:
            reason = f"No gene of the table lies at {variant.chrom}:{variant.pos:,}."
            return ModelResult(name, reason=reason)
        scores = []
        for gene in genes:
            asked = pairs[place, gene.strand], variant, gene.strand, self._distance
            scores.append(
                GainScores(
                    gene.name, gene.strand, gain_loss(*asked), gain_loss(*asked, gene.boundaries)
                )
            )
        return ModelResult(name, gains=tuple(scores))

    def _at(self, variant: Variant) -> Sequence[SpliceGene]:
        return self._genes.at(variant.chrom, variant.start)

    def _span(self, variant: Variant) -> Interval:
        return variant.interval.expanded(self._distance)

    def _strand(self, group: Sequence[_Question]) -> EditedStrand:
        """What is read, as its strand is, and the variants in it."""
        window = _window(group, self.backend.context_length)
        sequence = self._assembly.reference.fetch(window)
        reverse = group[0].strand == "-"
        edits = [_edit(one, window, reverse) for one in group]
        return EditedStrand(reverse_complement(sequence) if reverse else sequence, edits)

    def _pair(self, question: _Question, alleles: Alleles) -> AlleleTracks:
        """Both alleles on REF coordinates."""
        step = -1 if question.strand == "-" else 1
        ref, alt = alleles.ref[::step], alleles.alt[::step]
        span = question.span
        positions = alt_to_ref(question.variant, span.start, len(alt))
        alt = collapse_to_ref(alt, positions, 1, span.start, span.width)
        return AlleleTracks(self._data(ref, question), self._data(alt, question))

    def _data(self, values: FloatArray, question: _Question) -> TrackData:
        tracks = tuple(one for one in self.backend.tracks if one.strand == question.strand)
        return TrackData(values.astype("float32"), tracks, question.span, 1)


def _groups(questions: Sequence[_Question]) -> Iterator[list[_Question]]:
    """Those of one strand that lie close, in order of place."""
    ordered = sorted(
        questions, key=lambda one: (one.span.chrom, one.strand, one.span.start, one.place)
    )
    group: list[_Question] = []
    for one in ordered:
        if group and not _is_close(one, group):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _is_close(one: _Question, group: Sequence[_Question]) -> bool:
    first, last = group[0], group[-1]
    if (one.span.chrom, one.strand) != (first.span.chrom, first.strand):
        return False
    near = one.span.start - last.span.end <= FARTHEST
    return near and one.span.end - first.span.start <= LONGEST


def _window(group: Sequence[_Question], context_length: int) -> Interval:
    ends = chain.from_iterable((one.span.end, one.variant.end) for one in group)
    start = min(one.span.start for one in group)
    return Interval(group[0].span.chrom, start, max(ends)).expanded(context_length)


def _edit(question: _Question, window: Interval, reverse: bool) -> Edit:
    """The variant on the strand that is read, counted from the window's end of that strand."""
    variant, span, length = question.variant, question.span, len(question.variant.ref)
    if reverse:
        start, alt = window.end - variant.end, reverse_complement(variant.alt)
        return Edit(start, length, alt, window.end - span.end, window.end - span.start)
    start = variant.start - window.start
    return Edit(start, length, variant.alt, span.start - window.start, span.end - window.start)
