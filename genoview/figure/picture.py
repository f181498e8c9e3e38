"""Scene -> the picture of a report: SVG in the light theme, the rows that change, not too tall."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from genoview.data.genome import Interval
from genoview.data.track_data import Family
from genoview.errors import ExportError
from genoview.figure.build import build_figure
from genoview.figure.opening import opening_view
from genoview.figure.options import Options
from genoview.figure.panels import RANDOM_WEIGHTS, FigureTexts, Row, View
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import model_rows
from genoview.figure.tracks.genome import CHROMOSOME, genome_rows
from genoview.figure.tracks.unchanged import unchanged_ids
from genoview.io import export

WIDTH_PX = 1_050
MOST_PX = 380  # of all rows: less than 90 mm at a width of 190 mm, beside tables on a page


def picture_of(
    scene: Scene, view: Interval | None = None, options: Options | None = None
) -> tuple[bytes | None, str]:
    """The picture, and "" or why there is none.

    Args:
        view: what is drawn; what is seen first, where it is None.
        options: the reader's, of which theme, width and height are the report's.
    """
    genes = scene.assembly.annotation.genes(scene.request.predicted)
    part = view or opening_view(scene.request, genes, scene.report)
    chosen = replace(options or Options(), dark=False, width_px=WIDTH_PX, unchanged="folded")
    chosen = replace(chosen, hidden=chosen.hidden | hidden_rows(scene, part, chosen))
    own = replace(scene, files=())  # local files stay on this machine
    banner = RANDOM_WEIGHTS if any(model.random_weights for model in scene.shown) else None
    try:
        figure = build_figure(own, part, chosen, FigureTexts(banner=banner))
        return export.image(figure, "svg", scene.provenance(), width=WIDTH_PX), ""
    except ExportError as error:
        return None, f"No picture of the tracks: {error}"


def hidden_rows(scene: Scene, view: Interval, options: Options) -> frozenset[str]:
    """The chromosome, and changed rows that do not fit; those of splicing have room first."""
    frame, unchanged = View(view, width_px=options.width_px), unchanged_ids(scene, options)
    models = sorted(scene.drawn, key=lambda a: a.card.family is not Family.SPLICING)
    rows = _heights(genome_rows(scene, frame, options))
    for answer in models:
        rows |= _heights(model_rows(answer.shown, frame, options))
    hidden, left = {CHROMOSOME}, MOST_PX
    for row_id, height in rows.items():
        if row_id in unchanged or row_id in hidden:
            continue
        if height <= left:
            left -= height
        else:
            hidden.add(row_id)
    return frozenset(hidden)


def _heights(rows: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    return {row_id: sum(row.height_px for row in drawn) for row_id, drawn in rows.items() if drawn}
