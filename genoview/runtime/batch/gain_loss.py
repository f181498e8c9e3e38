"""Variants -> gain and loss of splice sites in each gene of a place, as on the Variant page."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple

from genoview.data.genome import Variant
from genoview.data.progress import Progress
from genoview.data.track_data import AlleleTracks
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.runtime.batch.results import GainScores, ModelResult
from genoview.scoring import gain_loss
from genoview.scoring.splicing.genes import GeneSource, SpliceGene, annotated_genes
from genoview.scoring.splicing.strand_pairs import Asked, StrandPairs

LAYOUT = 1  # raised when kept answers come to mean something else


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
        self._genes = genes or annotated_genes(assembly.annotation)
        self._distance = distance
        self._strands = StrandPairs(backend, assembly.reference, distance)

    def key(self, variant: Variant) -> str:
        genes = [astuple(gene) for gene in self._at(variant)]
        card, version = self.backend.card.name, self.backend.version
        bases = self._strands.read(variant)
        facts = ("gains", LAYOUT, card, version, str(variant), self._distance, genes, bases)
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        asked: dict[Asked, None] = {}
        for variant in variants:
            asked |= dict.fromkeys((variant, gene.strand) for gene in self._at(variant))
        found = self._strands.pairs(list(asked), progress)
        pairs = dict(zip(asked, found, strict=True))
        return [self._result(variant, pairs) for variant in variants]

    def _result(self, variant: Variant, pairs: Mapping[Asked, AlleleTracks]) -> ModelResult:
        name, genes = self.backend.card.name, self._at(variant)
        if not genes:
            reason = f"No gene of the table lies at {variant.chrom}:{variant.pos:,}."
            return ModelResult(name, reason=reason)
        scores = [self._scores(pairs[variant, gene.strand], variant, gene) for gene in genes]
        return ModelResult(name, gains=tuple(scores))

    def _scores(self, pair: AlleleTracks, variant: Variant, gene: SpliceGene) -> GainScores:
        asked = pair, variant, gene.strand, self._distance
        masked = gain_loss(*asked, gene.boundaries)
        return GainScores(gene.name, gene.strand, gain_loss(*asked), masked)

    def _at(self, variant: Variant) -> Sequence[SpliceGene]:
        return self._genes.at(variant.chrom, variant.start)
