"""The models that can score a file, and how each of them does.

A scorer's questions name all that an answer depends on; they are those of the Variant page.
"""

from collections.abc import Sequence
from typing import Protocol

from genoview.data.genome import Variant
from genoview.data.model_card import ModelCard
from genoview.data.progress import Progress
from genoview.data.track_data import Family
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.registry import exon_models, file_models, is_here
from genoview.models.weights import ModelFolder
from genoview.runtime.batch.exon_scorer import InclusionScorer
from genoview.runtime.workbench import Workbench
from genoview.scoring.model_result import ModelResult
from genoview.scoring.reporter_changes import ReporterChanges
from genoview.scoring.splicing.delta_question import SpliceDeltas
from genoview.scoring.splicing.gain_loss_question import SpliceGains
from genoview.store import Question


def available_models(folder: ModelFolder) -> tuple[str, ...]:
    """Those that can score a file and whose weights are here.

    Args:
        folder: where models that were added lie.
    """
    return tuple(entry.name for entry in file_models() if is_here(entry, folder))


class Scoring(Protocol):
    """A model, as far as a file names it."""

    @property
    def card(self) -> ModelCard: ...

    @property
    def version(self) -> str: ...


class Scorer(Protocol):
    """One model in one genome."""

    @property
    def backend(self) -> Scoring:
        """The model."""

    def question(self, variant: Variant) -> Question[ModelResult]:
        """What the answer depends on."""

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        """One result a variant, in order; `progress` may raise `Cancelled`."""


def scorer_named(bench: Workbench, name: str, assembly: Assembly, distance: int) -> Scorer:
    """Of a model by its name, loaded at its first use."""
    if name in exon_models():
        return InclusionScorer(bench, name, assembly)
    return scorer_of(bench.backend(name), assembly, distance)


def scorer_of(backend: Backend, assembly: Assembly, distance: int) -> Scorer:
    """The way of a model's family."""
    if backend.tracks[0].assay.facts.has_strengths:
        return SpliceGains(backend, assembly, distance)
    if backend.card.family is Family.SPLICING:
        return SpliceDeltas(backend, assembly, distance)
    return ReporterChanges(backend, assembly)
