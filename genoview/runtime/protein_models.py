"""Language models of proteins, loaded within the memory of all models, and what they scored."""

from collections.abc import Callable, Sequence

from genoview.data.genome import Variant
from genoview.data.progress import Progress
from genoview.io.assembly import Assembly
from genoview.models.configured_file import LargeModel
from genoview.models.protein import configured
from genoview.models.protein.contract import ResidueModel
from genoview.report.consequences import chosen_of, consequences_of
from genoview.report.missense import Missense, change_on, published_of
from genoview.runtime.workbench import Workbench
from genoview.scoring.missense.change import ProteinChange
from genoview.scoring.missense.score import MissenseScore, known_score, missense_score


def protein_model(bench: Workbench, model: LargeModel) -> ResidueModel:
    """With its weights, loaded at its first use.

    Raises:
        BackendError: it cannot be loaded, or is no model of proteins.
    """

    def make() -> ResidueModel:
        return configured.create(model, bench.device, bench.settings.dtype)

    loaded = bench.models.get(_name(model), make, model.kind)
    assert isinstance(loaded, ResidueModel)  # as it was made
    return loaded


def known_scores(
    bench: Workbench, change: ProteinChange, models: Sequence[LargeModel]
) -> tuple[MissenseScore, ...]:
    """Of models that are in memory, whose version is known, what is cached."""
    loaded = [bench.models.find(_name(model)) for model in models]
    scores = (
        known_score(change, model.card, model.version, bench.store)
        for model in loaded
        if isinstance(model, ResidueModel)
    )
    return tuple(score for score in scores if score is not None)


def scored_missense(
    bench: Workbench,
    variant: Variant,
    assembly: Assembly,
    models: Sequence[LargeModel],
    meter: Callable[[str], Progress],
) -> Missense:
    """On the first transcript, by these models, computed where it is not cached.

    Args:
        meter: progress by what is done.

    Raises:
        GenoviewError: a model cannot be loaded or fails, or the genes cannot be read.
    """
    chosen = chosen_of(consequences_of(variant, assembly), "")
    change = change_on(variant, chosen, assembly)
    published, reason = published_of(bench.settings.alphamissense, variant, assembly, change)
    scores = tuple(
        missense_score(change, protein_model(bench, model), bench.store, meter(model.kind))
        for model in (models if change.substitutions else ())
    )
    return Missense(change, chosen.named.symbol if chosen else "", scores, published, reason)


def known_missense(
    bench: Workbench, variant: Variant, assembly: Assembly, change: ProteinChange, gene: str
) -> Missense:
    """What is known of a change without computing anything."""
    models = configured.protein_models(bench.large) if change.substitutions else ()
    published, reason = published_of(bench.settings.alphamissense, variant, assembly, change)
    return Missense(change, gene, known_scores(bench, change, models), published, reason)


def _name(model: LargeModel) -> str:
    return f"{model.kind}@{model.digest}"
