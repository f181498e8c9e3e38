"""One number a gene, such as its level of mRNA: a mark at its start, and a line over the gene.

Zero is the mean gene. Of a variant, genes whose number it changes show REF and ALT with the change.
"""

from collections.abc import Sequence

import numpy as np

from genoview.data.track_data import Family
from genoview.figure.panels.frame.axis import base_x, edge_x
from genoview.figure.panels.frame.row import Legend, Row, Thing, Trace, View
from genoview.figure.panels.frame.text import escape
from genoview.figure.panels.frame.theme import Theme, faded
from genoview.figure.panels.signal.level_words import (
    MARK_PX,
    LevelMark,
    is_seen,
    label_trace,
    placed_words,
)

HEIGHT = 96  # px
ROOM = 0.5  # of the axis beyond the largest value, for marks and words
LEAST_END = 1.0  # of the axis on each side of zero
CARD = "level"  # what a click asks for


def level_row(
    marks: Sequence[LevelMark],
    view: View,
    theme: Theme,
    *,
    title: str,
    unit: str,
    left_out: str = "",
) -> Row:
    """A row of one model.

    Args:
        left_out: beside the unit, on genes without a number.
    """
    low, high = _ends(marks)
    shown = [mark for mark in marks if is_seen(mark, view.drawn)]
    seen = any(is_seen(mark, view.interval) for mark in shown)
    colour = theme.families[Family.EXPRESSION]
    traces = _traces(shown, view, theme, (low, high)) if shown else ()
    changed = any(mark.alt is not None for mark in marks)
    return Row(
        title=title,
        unit=", ".join(filter(None, [unit, left_out])),
        traces=traces,
        height_px=HEIGHT if marks else 24,
        y_range=(low, high),
        ticks=(_last_tick(low), 0.0, _last_tick(high)) if marks else (),
        colour=colour,
        predicted=True,
        legend=_legend(theme) if changed else (),
        message="" if seen else "no gene with a level in view",
        things=tuple(_thing(mark, view, high - low) for mark in shown),
    )


def _last_tick(end: float) -> float:
    """The last whole or half number before an end of the axis."""
    return float(np.trunc(end / (1 + ROOM) * 2) / 2)


def _legend(theme: Theme) -> tuple[Legend, ...]:
    return (Legend("level of REF", theme.ref, "◆"), Legend("level of ALT", theme.alt, "◆"))


def _ends(marks: Sequence[LevelMark]) -> tuple[float, float]:
    """Over all genes, in view or not, so that the axis stays while a reader pans."""
    values = [value for mark in marks for value in (mark.ref, mark.value)]
    low = min([-LEAST_END, *values])
    high = max([LEAST_END, *values])
    return low * (1 + ROOM), high * (1 + ROOM)


def _traces(
    marks: Sequence[LevelMark], view: View, theme: Theme, ends: tuple[float, float]
) -> tuple[Trace, ...]:
    changed = [mark for mark in marks if mark.alt is not None]
    same = [mark for mark in marks if mark.alt is None]
    traces = [
        _lines(marks, view, theme),
        _stems(marks, theme),
        _diamonds(same, [mark.ref for mark in same], theme.families[Family.EXPRESSION]),
    ]
    if changed:
        traces += [
            _diamonds(changed, [mark.ref for mark in changed], theme.ref, "-open"),
            _diamonds(changed, [mark.value for mark in changed], theme.alt),
        ]
    words = label_trace(placed_words(marks, view, ends, HEIGHT), theme)
    return *traces, words


def _lines(marks: Sequence[LevelMark], view: View, theme: Theme) -> Trace:
    """Lines over the extent of each gene, at the height of its level."""
    drawn = view.drawn
    xs: list[float | None] = []
    ys: list[float | None] = []
    for mark in marks:
        left, right = max(mark.extent.start, drawn.start), min(mark.extent.end, drawn.end)
        if left < right:
            xs += [edge_x(left), edge_x(right), None]
            ys += [mark.ref, mark.ref, None]
    colour = faded(theme.families[Family.EXPRESSION], 0.45)
    return _line(xs, ys, colour, 3)


def _stems(marks: Sequence[LevelMark], theme: Theme) -> Trace:
    """Stems from the mean gene to each mark."""
    xs = [x for mark in marks for x in (base_x(mark.tss), base_x(mark.tss), None)]
    ys = [y for mark in marks for y in (0.0, mark.ref, None)]
    return _line(xs, ys, faded(theme.families[Family.EXPRESSION], 0.6), 1.4)


def _line(xs: list[float | None], ys: list[float | None], colour: str, width: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.array(xs, dtype=np.float64),
        "y": np.array(ys, dtype=np.float32),
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def _diamonds(
    marks: Sequence[LevelMark], values: Sequence[float], colour: str, suffix: str = ""
) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([base_x(mark.tss) for mark in marks]),
        "y": np.array(values, dtype=np.float32),
        "marker": {
            "symbol": f"diamond{suffix}",
            "size": MARK_PX,
            "color": colour,
            "line": {"width": 1.5 if suffix else 0, "color": colour},
        },
        "name": "level",
        "hovertext": [escape(f"{mark.words}, start of transcription") for mark in marks],
        "hovertemplate": "%{hovertext}",
    }


def _thing(mark: LevelMark, view: View, span: float) -> Thing:
    """A click finds the gene along its line and at its mark."""
    left = min(max(mark.extent.start, view.drawn.start), mark.tss)
    right = max(min(mark.extent.end, view.drawn.end), mark.tss + 1)
    half = MARK_PX / 2 / HEIGHT * span
    low, high = sorted((mark.ref, mark.value))
    x, y = (edge_x(left), edge_x(right)), (low - half, high + half)
    return Thing(CARD, mark.key, f"{mark.label}: level", x, y)
