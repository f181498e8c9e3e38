"""What `report` and `verify` share: a variant computed to its end, as the record of its page."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from genoview.cli.arguments import option
from genoview.cli.question import Question, answers_to
from genoview.cli.terminal import Meter
from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.errors import ExportError, GenoviewError
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.models.configured_file import LargeModel
from genoview.models.configured_names import checked, of_proteins
from genoview.query.resolve_names import chosen_names
from genoview.report.consequences import TranscriptConsequence, chosen_of, consequences_of
from genoview.report.missense import Missense, change_on, published_of
from genoview.report.one_page.build import Made, record_of
from genoview.report.one_page.record import Record
from genoview.report.variant_report import ReportOptions, variant_report
from genoview.runtime.inclusion import inclusion_of
from genoview.runtime.protein_models import protein_model
from genoview.runtime.workbench import Workbench
from genoview.scoring.missense.score import missense_score
from genoview.scoring.splicing.delta_question import DISTANCE
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.store import Store


@dataclass(frozen=True, slots=True)
class OnePage(Question):
    """A variant, and how it is read."""

    distance: int = option(DISTANCE, "bp around a variant for delta scores")
    transcript: str = option("", "on which the consequence is read; that of MANE, or the longest")


def computed(bench: Workbench, question: OnePage, *, recall: bool = True) -> Scene:
    """The variant with its report.

    Args:
        recall: take what was computed before.

    Raises:
        GenoviewError: the query cannot be read or is no variant, or a model does not answer.
    """
    proteins = of_proteins(question.models)
    models = [checked(name, bench.large) for name in proteins]  # before anything is computed
    others = tuple(name for name in question.models if name not in proteins)
    result = answers_to(bench, replace(question, models=others), recall=recall)
    request, assembly = result.request, result.assembly
    if request.variant is None:
        raise ExportError(
            f"{request.text} is a place: a report of one page is about a variant, as "
            "chr20:43042364:C>T. `genoview view` draws a place."
        )
    store = bench.store if recall else None
    on = chosen_of(consequences_of(request.variant, assembly), question.transcript)
    options = ReportOptions(
        question.distance,
        result.levels,
        backend=bench.backend,
        names=chosen_names(request.variant, assembly),
        missense=_missense(bench, request.variant, result.assembly, on, models, store),
        meter=Meter,
        transcript=question.transcript,
        inclusion=_inclusion(bench, request, assembly),
    )
    report = variant_report(request, result.answers, assembly, store, options)
    return Scene(request, assembly, result.answers, report, levels=result.levels)


def _inclusion(bench: Workbench, request: Request, assembly: Assembly) -> tuple[ExonInclusion, ...]:
    """None where it cannot be had, as on the page."""
    with suppress(GenoviewError):
        return inclusion_of(bench, request, assembly)
    return ()


def _missense(
    bench: Workbench,
    variant: Variant,
    assembly: Assembly,
    on: TranscriptConsequence | None,
    models: Sequence[LargeModel],
    store: Store | None,
) -> Missense | None:
    """Where a model of proteins is named, or a table is there."""
    if not (models or bench.settings.alphamissense):
        return None
    change = change_on(variant, on, assembly)
    published, reason = published_of(bench.settings.alphamissense, variant, assembly, change)
    scores = tuple(
        missense_score(change, protein_model(bench, model), store, Meter(model.kind))
        for model in (models if change.substitutions else ())
    )
    return Missense(change, on.named.symbol if on else "", scores, published, reason)


def record(scene: Scene, question: OnePage, reopen: str = "") -> Record:
    """Of a scene that `computed` made."""
    assert scene.report is not None  # as it was computed
    made = Made(question.distance, question.flank, question.transcript, reopen)
    return record_of(scene.report, scene.assembly, made)
