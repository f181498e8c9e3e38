"""Variants -> what one model says of each, and the key under which that is kept.

A key names all that an answer depends on: model, version, distance, the bases that are read, the
genes that mask them, and the variant.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Protocol

from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress
from genoview.data.track_data import AlleleTracks, Assay, Family
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.registry import file_models, is_here
from genoview.models.weights import ModelFolder
from genoview.runtime.batch.gain_loss import SpliceGains
from genoview.runtime.batch.results import CellChange, GeneScores, ModelResult
from genoview.scoring import activity_changes
from genoview.scoring.splicing.delta_scores import ScoredLine, SpliceScorer, VariantLine
from genoview.scoring.splicing.genes import GeneSource, annotated_genes

LAYOUT = 1  # raised when kept answers come to mean something else
POOLED = "-pooled"  # of several outputs of a cell, the one over all replicates


def available_models(folder: ModelFolder) -> tuple[str, ...]:
    """Those that can score a file and whose weights are here.

    Args:
        folder: where models that were added lie.
    """
    return tuple(entry.name for entry in file_models() if is_here(entry, folder))


class Scorer(Protocol):
    """One model in one genome."""

    @property
    def backend(self) -> Backend:
        """The model."""

    def key(self, variant: Variant) -> str:
        """sha256 of what the answer depends on, hexadecimal."""

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        """One result a variant, in order; `progress` may raise `Cancelled`."""


class SpliceDeltas:
    """Delta scores in each gene of a place."""

    def __init__(
        self, backend: Backend, assembly: Assembly, distance: int, genes: GeneSource | None = None
    ) -> None:
        """Score up to `distance` bp from each variant, by the assembly's genes or others.

        Raises:
            GenomeError: the distance is out of range.
        """
        self.backend = backend
        self._genes = genes or annotated_genes(assembly.annotation)
        self._assembly, self._distance = assembly, distance
        self._scorer = SpliceScorer(backend, assembly.reference, self._genes, distance)

    def key(self, variant: Variant) -> str:
        reference = self._assembly.reference
        bases = variant.interval.expanded(self._distance + 1 + self.backend.context_length)
        genes = [astuple(gene) for gene in self._genes.at(variant.chrom, variant.start)]
        length = reference.chromosomes[variant.chrom]
        facts = (self._distance, genes, length, reference.fetch(bases))
        return _key(self.backend, variant, facts)

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        lines = [VariantLine(one.chrom, one.pos, one.ref, one.alt) for one in variants]
        found = self._scorer.score(lines, len(lines), progress)
        return [self._result(one) for one in found]

    def _result(self, scored: ScoredLine) -> ModelResult:
        pairs = zip(scored.raw, scored.masked, strict=True)
        genes = tuple(GeneScores(raw, masked) for raw, masked in pairs)
        return ModelResult(self.backend.card.name, genes, reason=scored.reason)


class ReporterChanges:
    """ALT - REF of reporter activity in each cell type, as the Variant page has it.

    Of outputs for each replicate and for all, those for all: `K562 minP`.
    """

    def __init__(self, backend: Backend, assembly: Assembly) -> None:
        self.backend = backend
        self._assembly = assembly

    def key(self, variant: Variant) -> str:
        window = self.backend.window(self._touched(variant))
        return _key(self.backend, variant, (self._assembly.reference.fetch(window),))

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        found = []
        for i, variant in enumerate(variants):
            progress(i / len(variants))
            found.append(self._result(variant))
        return found

    def _result(self, variant: Variant) -> ModelResult:
        backend, interval = self.backend, self._touched(variant)
        sequence = self._assembly.reference.fetch(backend.window(interval))
        ref = backend.predict(sequence, interval)
        alt = backend.predict_alternate(ref, sequence, variant)
        before, after = ref.members(), alt.members()
        changes = activity_changes(
            AlleleTracks(ref.spoken().data, alt.spoken().data),
            None if before is None or after is None else AlleleTracks(before, after),
            variant,
            backend.context_length,
        )
        told = [one for one in changes if one.cell.endswith(POOLED)] or changes
        cells = tuple(CellChange(_cell(one.cell), one.log2_fold_change, one.spread) for one in told)
        return ModelResult(backend.card.name, cells=cells)

    def _touched(self, variant: Variant) -> Interval:
        """Every bin that the variant can change, and one more on each side."""
        reach = self.backend.context_length + 2 * self.backend.resolution
        return self.backend.grid(variant.interval.expanded(reach))


def _cell(group: str) -> str:
    return group.removesuffix(POOLED).replace("-", " ")


def scorer_of(backend: Backend, assembly: Assembly, distance: int) -> Scorer:
    """The way of a model's family."""
    if backend.tracks[0].assay is Assay.SPLICE_SITE_STRENGTH:
        return SpliceGains(backend, assembly, distance)
    if backend.card.family is Family.SPLICING:
        return SpliceDeltas(backend, assembly, distance)
    return ReporterChanges(backend, assembly)


def _key(backend: Backend, variant: Variant, facts: Sequence[object]) -> str:
    text = json.dumps([LAYOUT, backend.card.name, backend.version, str(variant), *facts])
    return hashlib.sha256(text.encode()).hexdigest()
