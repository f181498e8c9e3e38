"""Variants -> gain and loss of splice sites in each gene of a place, on a page and in a file."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import ClassVar

from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress
from genoview.data.track_data import AlleleTracks
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.scoring import gain_loss
from genoview.scoring.model_result import GainScores, ModelFacts, ModelResult, ResultQuestion
from genoview.scoring.splicing.delta_question import DISTANCE
from genoview.scoring.splicing.genes import GeneSource, SpliceGene, annotated_genes
from genoview.scoring.splicing.strand_pairs import StrandPairs, VariantOnStrand


@dataclass(frozen=True)
class GainQuestion(ResultQuestion):
    """Gain and loss of one variant by one model, raw and masked, in all genes of its place.

    Attributes:
        distance: bp on each side of the variant in which sites are compared.
        genes: to score in; those of the assembly without.
    """

    KIND: ClassVar[tuple[object, ...]] = ("gains", 1)

    distance: int = DISTANCE
    genes: GeneSource | None = None

    @property
    def read(self) -> Interval:
        """Where REF is compared with ALT."""
        return self.variant.interval.expanded(self.distance)

    @property
    def facts(self) -> Sequence[object]:
        """Distance, genes, and the bases that are read."""
        bases = self.assembly.reference.fetch(self.model.window(self.read))
        return self.distance, list(map(astuple, self.at())), bases

    def at(self) -> Sequence[SpliceGene]:
        """The genes of the place."""
        source = self.genes or annotated_genes(self.assembly.annotation)
        return source.at(self.variant.chrom, self.variant.start)

    def result(self, pairs: Mapping[str, AlleleTracks]) -> ModelResult:
        """From both alleles on the strand of each gene."""
        name, variant, genes = self.model.card.name, self.variant, self.at()
        if not genes:
            reason = f"No gene of the table lies at {variant.chrom}:{variant.pos:,}."
            return ModelResult(name, reason=reason)
        return ModelResult(
            name, gains=tuple(self._scores(pairs[gene.strand], gene) for gene in genes)
        )

    def _scores(self, pair: AlleleTracks, gene: SpliceGene) -> GainScores:
        arguments = pair, self.variant, gene.strand, self.distance
        return GainScores(
            gene.name, gene.strand, gain_loss(*arguments), gain_loss(*arguments, gene.boundaries)
        )


class SpliceGains:
    """Pangolin's gain and loss."""

    def __init__(
        self, backend: Backend, assembly: Assembly, distance: int, genes: GeneSource | None = None
    ) -> None:
        """Score up to `distance` bp from each variant, by the assembly's genes or others.

        Raises:
            GenomeError: the distance is out of range.
        """
        self.backend = backend
        self._facts, self._assembly, self._distance = ModelFacts.of(backend), assembly, distance
        self._genes = genes or annotated_genes(assembly.annotation)
        self._strands = StrandPairs(backend, assembly.reference, distance)

    def question(self, variant: Variant) -> GainQuestion:
        """What its answer depends on."""
        return GainQuestion(variant, self._facts, self._assembly, self._distance, self._genes)

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        """One result a variant, in order; `progress` may raise `Cancelled`."""
        questions = [self.question(variant) for variant in variants]
        wanted: dict[VariantOnStrand, None] = {}
        for question in questions:
            wanted |= dict.fromkeys((question.variant, gene.strand) for gene in question.at())
        pairs = dict(zip(wanted, self._strands.pairs(list(wanted), progress), strict=True))
        return [
            question.result(
                {gene.strand: pairs[question.variant, gene.strand] for gene in question.at()}
            )
            for question in questions
        ]
