"""Scene -> rows in the reader's order -> one figure.

A model is drawn as its assay says (`tracks.by_assay`); all else is the reader's choice (`Options`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import plotly.graph_objects as go

from genoview.data.answer import Shown
from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.figure.enlarged import enlarged
from genoview.figure.options import Options
from genoview.figure.panels import (
    ALT_NOTE,
    DIFFERENCE,
    RANDOM_WEIGHTS,
    FigureTexts,
    Mark,
    Row,
    Spec,
    View,
    composed,
    variant_mark,
)
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import drawer_of, has_double, model_rows, model_titles
from genoview.figure.tracks.genome import CHROMOSOME, genome_rows, genome_titles
from genoview.figure.tracks.many_tracks import Rows
from genoview.figure.tracks.mutagenesis import scan_rows
from genoview.figure.tracks.unchanged import folded
from genoview.figure.tracks.user_files import local_ids, local_rows

LONGEST_TITLE = 80  # characters; of a longer query the beginning, and what it is
CUT_TITLE = 28  # characters of a longer query, so that its kind and size fit a telephone


def build(scene: Scene, view: Interval, options: Options, texts: FigureTexts | None = None) -> Spec:
    """The figure of `view` as plain data, for a page that draws anew with every gesture.

    Args:
        view: within the request's locus; what a reader looks at.
        texts: around the rows, where they are not the usual ones.
    """
    variant = scene.request.variant
    frame = View(view, width_px=round(options.width_px / options.zoom))
    rows = folded(_rows(scene, frame, options), scene, frame, options)
    marks = [
        Mark(highlight.interval, highlight.label, colour=highlight.colour)
        for highlight in options.highlights
    ]
    marks += map(variant_mark, variant.changes if variant else ())
    drawn = composed(
        [row for row_id in ordered(list(rows), options.order) for row in rows[row_id]],
        frame,
        options.theme,
        texts or _texts(scene, view),
        marks=marks,
    )
    return enlarged(drawn, options.zoom)


def build_figure(
    scene: Scene, view: Interval, options: Options, texts: FigureTexts | None = None
) -> go.Figure:
    """The same as a figure that Plotly has checked."""
    return go.Figure(build(scene, view, options, texts))


def _title(request: Request) -> str:
    """In one line: `chr20:43042364:C>CGGTTGTACTG…, insertion, 640 bp`."""
    text, variant = request.text, request.variant
    if variant is None or len(text) <= LONGEST_TITLE:
        return text
    size = f", {abs(variant.length_change):,} bp" if variant.length_change else ""
    return f"{text[:CUT_TITLE]}…, {variant.kind}{size}"


def _texts(scene: Scene, view: Interval) -> FigureTexts:
    variant = scene.request.variant
    return FigureTexts(
        title=_title(scene.request),
        subtitle=f"{scene.assembly.name}, {view.to_ucsc()}",
        note=ALT_NOTE if variant and any(part.length_change for part in variant.changes) else "",
        provenance=scene.provenance().footer,
        banner=RANDOM_WEIGHTS if any(model.random_weights for model in scene.shown) else None,
    )


def _rows(scene: Scene, frame: View, options: Options) -> Rows:
    """Every row by its id, in the usual order."""
    shown, scans = scene.shown, scan_rows(scene.scans, frame, options)
    rows = {
        row_id: options.chosen(row_id, drawn)
        for row_id, drawn in genome_rows(scene, frame, options).items()
        if row_id not in options.hidden and drawn
    }
    for model in shown:
        rows |= scans if drawer_of(model).explains_scans else {}
        rows |= {
            row_id: _named(drawn, model, shown, options)
            for row_id, drawn in model_rows(model, frame, options).items()
            if drawn
        }
    return rows | scans | local_rows(scene.files, frame, options)


def _named(
    rows: Sequence[Row], model: Shown, shown: Sequence[Shown], options: Options
) -> list[Row]:
    """The rows, each with its model's name where the reader wants it or two are of one assay."""
    if not (options.name_models or has_double(model, shown)):
        return list(rows)
    return [
        row if row.title == DIFFERENCE else replace(row, unit=f"{model.title}, {row.unit}")
        for row in rows
    ]


def row_titles(
    scene: Scene, tokens: Sequence[str] = (), scan_titles: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Every row that there can be, by its id, in the usual order; those of local files last.

    Args:
        tokens: the reader's choice of tissues, as in `Options.tracks`.
        scan_titles: rows of mutagenesis.
    """
    scans = dict(scan_titles or {})
    titles = genome_titles(scene)
    for model in scene.shown:
        titles |= scans if drawer_of(model).explains_scans else {}
        titles |= model_titles(model, scene.shown, tokens)
    return titles | scans | local_ids(scene.files)


def ordered(ids: Sequence[str], order: Sequence[str]) -> list[str]:
    """The reader's order first, the rest behind in the usual one; unnamed, the chromosome leads."""
    if CHROMOSOME not in order:  # as in links made before that row was there
        order = (CHROMOSOME, *order)
    return [i for i in order if i in ids] + [i for i in ids if i not in order]
