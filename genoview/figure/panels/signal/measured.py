"""Measured values as a row: what a file has, with gaps where it has nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.site_data import FloatArray, IntArray
from genoview.figure.panels.frame.axis import base_x, base_xs
from genoview.figure.panels.frame.downsampling import strongest_last
from genoview.figure.panels.frame.row import Row, Trace, View
from genoview.figure.panels.frame.row_style import RowStyle, Style
from genoview.figure.panels.frame.scale import AUTO, decade_below, end_ticks, range_of
from genoview.figure.panels.frame.text import escape, span_text
from genoview.figure.panels.frame.theme import Theme, faded
from genoview.figure.panels.signal.colour_strip import LEAST, STRIPES_HEIGHT, heatmap, spread
from genoview.figure.panels.signal.signal import DENSE_PX, LINE_PX, SIGNAL_HEIGHT, shown_unit

MEASURED = "measured"
FILE_UNIT = "file's unit"  # no format names it
STEP_PX = 3.0  # bases wider than this are drawn as steps

Positions = npt.NDArray[np.float64]


def measured_signal_row(
    positions: Positions,
    values: FloatArray,
    view: View,
    theme: Theme,
    style: RowStyle,
    notes: Sequence[str] = (),
) -> Row:
    """Values of a file over one axis, in the file's own unit.

    Args:
        positions: float64[points], 0-based; each of two points at one position is a minimum and
            maximum. None where the file has not the chromosome.
        values: float32[points], NaN where there is no value.
        style: its title is the file's; the colour is by default the theme's for what no model
            predicted.
        notes: behind the unit, such as "3 lines left out".
    """
    scale = style.scale or AUTO
    near = (positions >= view.interval.start - 0.5) & (positions <= view.interval.end - 0.5)
    y_range = decade_below(range_of(values[near], scale), scale)
    if scale.log:
        values = np.where(values > 0, values, np.float32(np.nan))
    none = "no value above zero in view" if scale.log else "no value in view"
    message = "" if np.isfinite(values[near]).any() else none
    drawn, heat = replace(style, colour=style.colour or theme.muted), style.style is Style.HEAT
    traces = list(_traces(positions, values, view, drawn))
    if heat and traces:
        traces.insert(0, _stripe(positions, values, view, drawn.colour, y_range, scale.log))
    return Row(
        title=style.title,
        unit=" · ".join([f"{MEASURED}, {shown_unit(FILE_UNIT, style.style)}", *notes]),
        traces=tuple(traces),
        height_px=STRIPES_HEIGHT if heat else style.height_px or SIGNAL_HEIGHT,
        y_range=y_range,
        ticks=() if message else end_ticks(y_range, scale.log),
        scale_group=scale.group,
        log=scale.log,
        colour=drawn.colour,
        message=message if len(positions) else _absent(view),
    )


def density_row(
    counts: IntArray,
    view: View,
    theme: Theme,
    style: RowStyle,
    *,
    left_out: str,
    notes: Sequence[str] = (),
) -> Row:
    """How many features there are, where each could not be drawn.

    Args:
        counts: int64[bins], features that overlap each of as many equal parts of what is drawn.
        left_out: how many are in view, none of which is drawn by itself.
    """
    width = view.drawn.width / len(counts)
    positions = view.drawn.start + (np.arange(len(counts)) + 0.5) * width - 0.5
    row = measured_signal_row(np.floor(positions), counts.astype(np.float32), view, theme, style)
    words = [f"{MEASURED}, entries in {span_text(width)}"]
    words += [f"{left_out} left out, zoom in to see each", *notes]
    return replace(row, unit=" · ".join(words))


def absent_row(
    view: View, theme: Theme, *, title: str, notes: Sequence[str] = (), message: str = ""
) -> Row:
    """A file that has nothing to draw, with the reason."""
    return Row(
        title=title,
        unit=" · ".join([MEASURED, *notes]),
        height_px=24,
        colour=theme.muted,
        message=message or _absent(view),
    )


def _absent(view: View) -> str:
    return f"nothing on {view.interval.chrom} in this file"


def _traces(positions: Positions, values: FloatArray, view: View, row: RowStyle) -> Iterator[Trace]:
    """A line, and its filling as a trace of its own: Plotly's would go across the gaps."""
    if not np.isfinite(values).any():
        return
    style, paired, bars = row.style, _paired(positions), row.style is Style.BARS
    step = _step(positions, paired, view.drawn)
    if paired:
        values = strongest_last(values)
    x, y = outlined(positions, values, step)
    stepped = not paired and step * view.px_per_bp >= STEP_PX
    shape = "hvh" if stepped or bars else "linear"
    note = f" <i>extreme of {span_text(step)}</i>" if paired else ""
    line: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": base_xs(x),
        "y": y,
        "name": escape(row.title),
        "connectgaps": False,
        "line": {
            "color": row.colour,
            "width": 0 if bars or style is Style.HEAT else DENSE_PX if paired else LINE_PX,
            "shape": shape,
        },
        "hovertemplate": f"%{{y:.3~g}}{note}",
    }
    if style in (Style.LINE, Style.HEAT):
        yield line
        return
    filling = {"fill": "tozeroy", "fillcolor": faded(row.colour, 0.9 if bars else 0.28)}
    if np.isfinite(y).all():
        yield line | filling
        return
    base, top = grounded(x, y)
    if row.scale is not None and row.scale.log:
        top = np.maximum(top, np.float32(LEAST))
    baseline = {"x": base_xs(base), "y": top, "line": {"width": 0, "shape": shape}}
    yield {"type": "scatter", "mode": "lines", "hoverinfo": "skip", **baseline, **filling}
    yield line


def grounded(x: Positions, y: FloatArray) -> tuple[Positions, FloatArray]:
    """The outline of each run with a zero below its ends, without the gaps between."""
    gaps = np.flatnonzero(~np.isfinite(y))
    base, top = np.copy(x), np.copy(y)
    base[gaps], top[gaps] = x[gaps - 1], 0
    behind = gaps[gaps < len(x) - 1] + 1
    base, top = np.insert(base, behind, x[behind]), np.insert(top, behind, 0)
    zero = np.zeros(1, dtype=np.float32)
    return np.concatenate([base[:1], base, base[-1:]]), np.concatenate([zero, top, zero])


def _stripe(
    positions: Positions,
    values: FloatArray,
    view: View,
    colour: str,
    y_range: tuple[float, float],
    log: bool,
) -> Trace:
    """Each value, or the maximum of each stretch, as colour; gaps have none."""
    paired = _paired(positions)
    highest = np.fmax(values[::2], values[1::2]) if paired else values
    step = _step(positions, paired, view.drawn)
    cells = heatmap(highest[None, :], base_x(float(positions[0])), step, colour, log)
    return spread(cells, y_range, log)


def _paired(positions: Positions) -> bool:
    """Whether points come as minimum and maximum of a stretch."""
    return len(positions) > 1 and bool(positions[0] == positions[1])


def _step(positions: Positions, paired: bool, drawn: Interval) -> float:
    """bp from one point, or pair of points, to the next."""
    places = positions[::2] if paired else positions
    if len(places) < 2:
        return float(drawn.width) if paired else 1.0
    return float(places[-1] - places[0]) / (len(places) - 1)


def outlined(positions: Positions, values: FloatArray, step: float) -> tuple[Positions, FloatArray]:
    """Each run of values from the left edge of its first to the right edge of its last.

    Else a value between gaps would be a line without length, which is not seen. Of each gap one
    NaN stays.
    """
    known = np.isfinite(values)
    before, behind = np.roll(known, 1), np.roll(known, -1)
    before[:1] = behind[-1:] = False
    kept = known | before
    positions, values = positions[kept], values[kept]
    first, last = (known & ~before)[kept], (known & ~behind)[kept]
    lefts, rights = np.flatnonzero(first), np.flatnonzero(last)
    places = np.concatenate([lefts, rights + 1])
    x = np.insert(
        positions, places, np.concatenate([positions[lefts], positions[rights] + step]) - step / 2
    )
    y = np.insert(values, places, np.concatenate([values[lefts], values[rights]]))
    return x, y
