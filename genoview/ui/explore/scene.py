"""A request, its answers and the address -> the Scene and the Options of this reader."""

from collections.abc import Sequence

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import optional_ids
from genoview.figure.tracks.unchanged import unchanged_ids
from genoview.ui.explore import gene_levels, highlights, local_files, mutagenesis, unchanged_rows
from genoview.ui.explore.measured.chosen import files as measured_files
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.present import slides
from genoview.ui.variant.report import report_of


def scene_of(request: Request, answers: Sequence[Answer]) -> Scene:
    """Everything that is shown of the request at this moment."""
    return Scene(
        request,
        shell.bench().assembly(request.assembly),
        answers,
        report_of(request, answers),
        (*local_files.files(request.assembly), *measured_files(request.assembly, shell.current())),
        mutagenesis.so_far(),
        gene_levels.levels_of(request),
    )


def options_of(request: Request, state: ViewState) -> Options:
    """The choices as drawing takes them."""
    return Options(
        hidden=frozenset(state.hidden),
        order=state.order,
        factors=state.factors,
        scale=state.scale,
        y_max=state.y_max,
        height=state.height,
        dark=shell.theme() == "dark",
        width_px=shell.width_px(),
        by_transcript={"transcripts": True, "collapsed": False}.get(state.genes),
        rows=state.rows,
        highlights=highlights.highlights_of(state, request.locus.interval.chrom),
        tracks=state.tracks,
        name_models=bool(state.family),
        unchanged=unchanged_rows.state_of(request, state),
        zoom=slides.ZOOM if slides.is_presented() and not shell.is_phone() else 1.0,
    )


def optional_rows(scene: Scene, state: ViewState) -> tuple[str, ...]:
    """Ids of rows that are drawn only where the order names them, folded ones among them."""
    options = options_of(scene.request, state)
    folded = unchanged_ids(scene, options) if options.unchanged == "folded" else ()
    return tuple(dict.fromkeys((*optional_ids(scene.shown), *folded)))
