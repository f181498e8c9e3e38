"""The line: text -> Request -> sequence -> Prediction -> store -> Answer -> Report -> figure."""

import time
from collections.abc import Iterable

import plotly.graph_objects as go

from genoview.data.answer import Answer
from genoview.data.prediction import Prediction, Watch, unwatched
from genoview.data.progress import Progress, no_progress, step_progress
from genoview.data.request import Request
from genoview.data.track_data import AlleleTracks
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.model_input import ModelInput
from genoview.query.resolve import resolve
from genoview.report.variant_report import variant_report
from genoview.store import PredictionCache, Store

REF_SHARE = 0.6  # of the work on a variant


def figure_of(
    text: str,
    models: Iterable[Backend],
    assembly: Assembly,
    store: Store | None = None,
    options: Options | None = None,
) -> go.Figure:
    """A locus or variant, as typed, with what each model predicts of it."""
    request = resolve(text, assembly)
    answers = [answer(request, model, assembly, store) for model in models]
    report = variant_report(request, answers, assembly, store)
    scene = Scene(request, assembly, answers, report)
    return build_figure(scene, request.locus.interval, options or Options())


def answer(
    request: Request,
    model: Backend,
    assembly: Assembly,
    store: Store | None = None,
    progress: Progress = no_progress,
    watch: Watch = unwatched,
) -> Answer:
    """What `model` predicts of the request: read from the store, or computed and kept there.

    Args:
        watch: is given REF while it is computed.
    """
    began = time.perf_counter()
    reads, variant = ModelInput(request, model), request.variant
    sequence = assembly.reference.fetch(reads.window)
    cache = PredictionCache(store, model, sequence, reads.grid)
    share = REF_SHARE if variant else 1.0
    first, rest = step_progress(progress, 0, share), step_progress(progress, share, 1)
    ref = cache.recall("", lambda: model.predict(sequence, reads.grid, first, watch))
    alt = None
    if variant:
        alt = cache.recall(
            reads.alignment, lambda: model.predict_alternate(ref, sequence, variant, rest)
        )
    progress(1.0)
    covered = assembly.reference.covered(request.predicted.chrom)
    return Answer(
        card=model.card,
        version=model.version,
        device=model.place,
        ref=ref.without_members(),
        alt=alt and alt.without_members(),
        reach=model.context_length,
        members=_members(ref, alt),
        cached=cache.cached,
        seconds=time.perf_counter() - began,
        warnings=(*cache.warnings, *reads.edge_warning(covered, assembly.name)),
        notes=model.notes(reads.predicted, variant),
    )


def _members(ref: Prediction, alt: Prediction | None) -> AlleleTracks | None:
    """Both alleles by each network of an ensemble."""
    before, after = ref.members(), alt.members() if alt else None
    return None if before is None or after is None else AlleleTracks(before, after)


def is_cached(request: Request, model: Backend, assembly: Assembly, store: Store) -> bool:
    """Whether nothing would have to be computed."""
    reads = ModelInput(request, model)
    cache = PredictionCache(store, model, assembly.reference.fetch(reads.window), reads.grid)
    alleles = [""] if request.variant is None else ["", reads.alignment]
    return all(store.holds(cache.key(allele)) for allele in alleles)
