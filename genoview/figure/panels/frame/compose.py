"""Rows -> one figure: a shared x axis, marks across all rows, and the words around them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from genoview.errors import TrackError
from genoview.figure.panels.frame.axes import page_layout, position_trace, x_axes, y_axis
from genoview.figure.panels.frame.frame import FigureTexts, Frame, framed
from genoview.figure.panels.frame.labels import (
    legend_lines,
    messages,
    row_bars,
    row_labels,
    warnings,
)
from genoview.figure.panels.frame.layout import Layout, stacked
from genoview.figure.panels.frame.marks import Mark, mark_labels, mark_shapes, n_flag_lanes
from genoview.figure.panels.frame.row import RIGHT, Row, Trace, View
from genoview.figure.panels.frame.scale import share_ranges
from genoview.figure.panels.frame.shading import shaded
from genoview.figure.panels.frame.theme import LIGHT, Theme

Spec = dict[str, Any]
"""A figure as plain data: `data`, a list of traces, and `layout`."""

RANDOM_WEIGHTS = "RANDOM WEIGHTS: not a prediction"


NO_TEXTS = FigureTexts()


def composed(
    rows: Sequence[Row],
    view: View,
    theme: Theme = LIGHT,
    texts: FigureTexts = NO_TEXTS,
    *,
    marks: Sequence[Mark] = (),
    uirevision: str | None = None,
) -> Spec:
    """The figure of a view as plain `data` and `layout`, from the first row to the last.

    Plain, because building Plotly's objects takes ten times as long as composing them.

    Args:
        uirevision: while it stays, the reader's zoom stays; the interval by default.

    Raises:
        TrackError: there is no row.
    """
    if not rows:
        raise TrackError("There is nothing to draw: switch on at least one track.")
    scaled = share_ranges(rows)
    layout = stacked(scaled, view, n_flag_lanes(marks, view))
    legend = legend_lines([entry for row in scaled for entry in row.legend], view)
    frame = framed(texts, legend, layout, view, theme)
    return {
        "data": _traces(scaled, view),
        "layout": {
            **page_layout(view, theme),
            "height": frame.height,
            "margin": {"l": view.left_px, "r": RIGHT, "t": frame.top, "b": frame.bottom, "pad": 0},
            "uirevision": uirevision or view.interval.to_ucsc(),
            "meta": _meta(scaled, layout, view, texts),
            **_drawn_around(scaled, layout, view, theme, marks, frame),
            **x_axes(view, theme),
            **_y_axes(scaled, layout, view, theme),
        },
    }


def compose(
    rows: Sequence[Row],
    view: View,
    theme: Theme = LIGHT,
    texts: FigureTexts = NO_TEXTS,
    *,
    marks: Sequence[Mark] = (),
    uirevision: str | None = None,
) -> go.Figure:
    """What `composed` gives, as a figure that Plotly has checked."""
    return go.Figure(composed(rows, view, theme, texts, marks=marks, uirevision=uirevision))


def axis_name(i: int) -> str:
    """`y`, `y2`, `y3` ...: what a trace calls the axis of row i, counted from 0."""
    return "y" if i == 0 else f"y{i + 1}"


def _traces(rows: Sequence[Row], view: View) -> list[Trace]:
    """Every row's traces on the shared x axis and an axis y of its own."""
    traces: list[Trace] = []
    for i, row in enumerate(rows):
        own = (position_trace(row, view, names_position=i == 0), *row.traces)
        for n, trace in enumerate(own):
            axes: Trace = {"xaxis": "x", "yaxis": axis_name(i), "uid": f"r{i}t{n}"}
            traces.append(trace | axes | {"showlegend": False})
    below = _nothing() | {"xaxis": "x2", "yaxis": axis_name(len(rows) - 1)}
    return [*traces, below]


def _nothing() -> Trace:
    empty = np.empty(0, dtype=np.float32)
    return {"type": "scatter", "mode": "lines", "x": empty, "y": empty, "hoverinfo": "skip"} | {
        "showlegend": False
    }


def _y_axes(rows: Sequence[Row], layout: Layout, view: View, theme: Theme) -> dict[str, Any]:
    return {
        f"yaxis{axis_name(i)[1:]}": y_axis(row, place.domain(layout.height), view, theme)
        for i, (row, place) in enumerate(zip(rows, layout.places, strict=True))
    }


def _drawn_around(
    rows: Sequence[Row],
    layout: Layout,
    view: View,
    theme: Theme,
    marks: Sequence[Mark],
    frame: Frame,
) -> dict[str, Any]:
    """Shapes and annotations; what comes later lies above."""
    shades, shade_words = shaded(rows, layout, view, theme)
    return {
        "shapes": [
            *shades,
            *_owned(rows, "shapes"),
            *row_bars(rows, layout, view),
            *mark_shapes(marks, view, theme),
        ],
        "annotations": [
            *frame.annotations,
            *row_labels(rows, layout, view, theme),
            *shade_words,
            *messages(rows, layout, theme),
            *_owned(rows, "words"),
            *(warnings(rows, layout, frame.banner, theme) if frame.banner else ()),
            *mark_labels(marks, view, theme),
        ],
    }


def _owned(rows: Sequence[Row], kind: str) -> list[dict[str, Any]]:
    """Shapes or words of the rows themselves, each on its row's axis."""
    return [
        item | {"yref": axis_name(i)} for i, row in enumerate(rows) for item in getattr(row, kind)
    ]


def _meta(rows: Sequence[Row], layout: Layout, view: View, texts: FigureTexts) -> dict[str, Any]:
    """What a page, an export or a test can find in the figure without reading its traces.

    `choices` are what may be chosen of a row and `choice` how its id is drawn now, `height` being
    that of the id's first row. `top` and `height` of a row are px below the top of the first row's
    strip, `strip` what its label takes above it; `things` are [kind, key, label, left, right, low,
    high].
    """
    present: dict[str, dict[str, Any]] = {}
    for row in rows:
        present.setdefault(row.row_id, row.choice | _ends(row))
    return {
        "width_px": view.width_px,
        "chrom": view.interval.chrom,
        "start": view.interval.start,
        "end": view.interval.end,
        "provenance": texts.provenance,
        "banner": texts.banner or "",
        "rows": [
            {
                "id": row.row_id,
                "title": row.title,
                "unit": row.full_unit,
                "yaxis": axis_name(i),
                "top": place.top,
                "height": place.height,
                "strip": place.strip,
                "predicted": row.predicted,
                "choices": list(row.choices),
                "choice": present[row.row_id],
                "things": [[t.kind, t.key, t.label, *t.x, *t.y] for t in row.things],
                **({"folds": row.folds} if row.folds else {}),
            }
            for i, (row, place) in enumerate(zip(rows, layout.places, strict=True))
        ],
    }


def _ends(row: Row) -> dict[str, float]:
    """`low` and `high` of the values that a row shows, where the reader may choose them."""
    if "range" not in row.choices:
        return {}
    low, high = (row.ticks[0], row.ticks[-1]) if row.ticks else row.y_range
    if row.colour_range is not None:
        low, high = row.colour_range
    if not row.signed:  # another strand hangs below zero
        low, high = 0.0, max(abs(low), high)
    return {"low": float(low), "high": float(high)}
