"""Variants -> delta scores in each gene of a place: one question for a page and for a file.

scorer = SpliceDeltas(backend, assembly, distance=50)
results = cached_many(store, [scorer.question(variant), ...], ...scorer.score...)
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from genoview.data.genome import Variant
from genoview.data.progress import Progress
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.scoring import DELTA_KINDS as KINDS
from genoview.scoring import Change, DeltaScores
from genoview.scoring.model_result import (
    GeneScores,
    ModelFacts,
    ModelResult,
    ResultQuestion,
    digest,
    result_of,
)
from genoview.scoring.splicing.delta_scores import ScoredLine, SpliceScorer
from genoview.scoring.splicing.genes import GeneSource, SpliceGene, annotated_genes
from genoview.scoring.variant_line import VariantLine

DISTANCE = 50  # bp on each side, the default of the original programs
DISTANCES = (50, 100, 500, 1_000, 2_000, 5_000)  # offered; any between is read from a link
DOCUMENT_LAYOUT = 1  # of the documents of earlier versions


@dataclass(frozen=True)
class DeltaQuestion(ResultQuestion):
    """Delta scores of one variant by one model, raw and masked, in all genes of its place.

    Attributes:
        distance: bp on each side of the variant in which sites are compared.
        genes: to score in; those of the assembly without.
    """

    distance: int = DISTANCE
    genes: GeneSource | None = None

    @property
    def parts(self) -> "tuple[DeltaQuestion, ...]":
        """The same of each change of a haplotype alone; none where it is one change."""
        return tuple(replace(self, variant=change) for change in self.variant.parts)

    @property
    def facts(self) -> Sequence[object]:
        """Distance, genes, length of the chromosome, and the bases that are read."""
        reference = self.assembly.reference
        window = self.variant.interval.expanded(self.distance + 1 + self.model.context_length)
        length = reference.chromosomes[self.variant.chrom]
        return self.distance, list(map(astuple, self._genes())), length, reference.fetch(window)

    @property
    def document_key(self) -> str:
        """Keys under which earlier versions cached the Variant page's report."""
        model, assembly = self.model, self.assembly
        window = self.variant.interval.expanded(self.distance + model.context_length + 2)
        return digest(
            *("delta scores", DOCUMENT_LAYOUT, model.card.name, model.version),
            *(self.distance, str(self.variant), assembly.name, assembly.annotation.name),
            hashlib.sha256(assembly.reference.fetch(window).encode()).hexdigest(),
            [asdict(gene) for gene in self._genes()],
        )

    def from_plain(self, plain: Any) -> ModelResult:
        """Inverse of `to_plain`; also reads documents of earlier versions."""
        if "raw" not in plain:
            return result_of(plain)
        pairs = zip(map(_read, plain["raw"]), map(_read, plain["masked"]), strict=True)
        genes = tuple(GeneScores(raw, masked) for raw, masked in pairs)
        return ModelResult(self.model.card.name, genes, reason=plain["reason"])

    def _genes(self) -> Sequence[SpliceGene]:
        source = self.genes or annotated_genes(self.assembly.annotation)
        return source.at(self.variant.chrom, self.variant.start)


class SpliceDeltas:
    """Delta scores by one model in one genome."""

    def __init__(
        self,
        backend: Backend,
        assembly: Assembly,
        distance: int = DISTANCE,
        genes: GeneSource | None = None,
    ) -> None:
        """Score up to `distance` bp from each variant, by the assembly's genes or others.

        Raises:
            GenomeError: the distance is out of range.
        """
        self.backend = backend
        self._facts, self._assembly, self._distance = ModelFacts.of(backend), assembly, distance
        self._genes = genes or annotated_genes(assembly.annotation)
        self._scorer = SpliceScorer(backend, assembly.reference, self._genes, distance)

    def question(self, variant: Variant) -> DeltaQuestion:
        """What its answer depends on."""
        return DeltaQuestion(variant, self._facts, self._assembly, self._distance, self._genes)

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        """One result a variant, in order; `progress` may raise `Cancelled`."""
        lines = [
            VariantLine(variant.chrom, variant.pos, variant.ref, variant.alt)
            for variant in variants
        ]
        scored = self._scorer.score(lines, len(lines), progress)
        return [self._result(line) for line in scored]

    def _result(self, scored: ScoredLine) -> ModelResult:
        pairs = zip(scored.raw, scored.masked, strict=True)
        genes = tuple(GeneScores(raw, masked) for raw, masked in pairs)
        return ModelResult(self.backend.card.name, genes, reason=scored.reason)


def _read(plain: dict[str, Any]) -> DeltaScores:
    names = [kind.replace(" ", "_") for kind in KINDS]
    changes = {name: Change(**plain[name]) for name in names}
    return DeltaScores(**{**plain, **changes})
