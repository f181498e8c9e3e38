"""Variants -> change of reporter activity in each cell type, as pages and files have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress
from genoview.data.track_data import AlleleTracks
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.scoring import ActivityChange, activity_changes
from genoview.scoring.model_result import CellChange, ModelFacts, ModelResult, ResultQuestion

POOLED = "-pooled"  # of several outputs of a cell, the one over all replicates


@dataclass(frozen=True)
class ReporterQuestion(ResultQuestion):
    """ALT - REF of reporter activity of one variant by one model in each cell type."""

    @property
    def read(self) -> Interval:
        """Every bin that the variant can change, and one more on each side."""
        reach = self.model.context_length + 2 * self.model.resolution
        return self.variant.interval.expanded(reach).snapped(self.model.resolution)

    @property
    def facts(self) -> Sequence[object]:
        """The bases that are read."""
        return (self.assembly.reference.fetch(self.model.window(self.read)),)

    def result(self, changes: Sequence[ActivityChange]) -> ModelResult:
        """Of outputs for each replicate and for all, those for all: `K562 minP`."""
        cells = tuple(
            CellChange(_cell(change.cell), change.log2_fold_change, change.spread)
            for change in pooled(changes)
        )
        return ModelResult(self.model.card.name, cells=cells)


class ReporterChanges:
    """ALT - REF of reporter activity by one model in one genome."""

    def __init__(self, backend: Backend, assembly: Assembly) -> None:
        self.backend = backend
        self._facts, self._assembly = ModelFacts.of(backend), assembly

    def question(self, variant: Variant) -> ReporterQuestion:
        """What its answer depends on."""
        return ReporterQuestion(variant, self._facts, self._assembly)

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        """One result a variant, in order; `progress` may raise `Cancelled`."""
        results = []
        for i, variant in enumerate(variants):
            progress(i / len(variants))
            results.append(self._result(self.question(variant)))
        return results

    def _result(self, question: ReporterQuestion) -> ModelResult:
        backend, interval, variant = self.backend, question.read, question.variant
        sequence = self._assembly.reference.fetch(backend.window(interval))
        ref = backend.predict(sequence, interval)
        alt = backend.predict_alternate(ref, sequence, variant)
        before, after = ref.members(), alt.members()
        changes = activity_changes(
            AlleleTracks(ref.without_members().data, alt.without_members().data),
            None if before is None or after is None else AlleleTracks(before, after),
            variant,
            backend.context_length,
        )
        return question.result(changes)


def pooled(changes: Sequence[ActivityChange]) -> Sequence[ActivityChange]:
    """Those over all replicates, where there are any."""
    return [change for change in changes if change.cell.endswith(POOLED)] or changes


def _cell(group: str) -> str:
    return group.removesuffix(POOLED).replace("-", " ")
