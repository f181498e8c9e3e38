"""Many tracks at once: a line of colour a track."""

from collections.abc import Sequence

import numpy as np

from genoview.data.track_data import FloatArray, TrackData
from genoview.figure.panels.frame.downsampling import HOVER_PX
from genoview.figure.panels.frame.row import Row, Trace, View
from genoview.figure.panels.frame.row_style import USUAL, RowStyle
from genoview.figure.panels.frame.scale import natural_scale, range_of
from genoview.figure.panels.frame.text import escape
from genoview.figure.panels.frame.theme import Theme
from genoview.figure.panels.signal.colour_strip import cells, coloured, heatmap
from genoview.figure.panels.signal.signal import NOT_PREDICTED, single_unit, visible_values

LINE_HEIGHT = 18  # px
MAX_TRACKS = 24
HOVER_FROM = 0.05  # of the top of the scale: what the hover speaks of
MAX_CELLS = 16_000  # of the whole row: 85 kB of JSON


def heat_row(
    data: TrackData,
    view: View,
    theme: Theme,
    style: RowStyle = USUAL,
    *,
    max_tracks: int = MAX_TRACKS,
    ranked: bool = True,
) -> Row:
    """The tracks with the highest values in view, the highest first; each cell is a maximum.

    Args:
        ranked: False keeps the first tracks in their own order.
    """
    unit = single_unit(data)
    seen = visible_values(data, view)
    highest = seen.max(axis=0, initial=-np.inf) if ranked else np.zeros(len(data.tracks))
    order = np.argsort(-highest, kind="stable")[:max_tracks]
    shown = data.select(int(i) for i in order)
    scale = style.scale or natural_scale(unit)
    span = range_of(visible_values(shown, view), scale)
    drawn = data.interval.overlaps(view.drawn)
    colour = style.colour or theme.families[data.tracks[0].assay.family]
    n = len(order)
    left_out = f", top {n} of {len(data.tracks)}" if n < len(data.tracks) else ""
    return Row(
        title=style.title or data.tracks[0].assay.label,
        unit=f"{unit}{left_out}",
        traces=_traces(shown, view, span, colour, scale.log) if drawn else (),
        height_px=LINE_HEIGHT * n if drawn else 24,
        y_range=(n - 0.5, -0.5) if drawn else (0.0, 1.0),
        names=tuple((float(i), track.label) for i, track in enumerate(shown.tracks))
        if drawn
        else (),
        scale_group=scale.group,
        colour_range=span,
        log=scale.log,
        colour=colour,
        predicted=True,
        covered=data.interval,
        message="" if drawn else NOT_PREDICTED,
    )


def _traces(
    data: TrackData, view: View, span: tuple[float, float], colour: str, log: bool
) -> tuple[Trace, Trace]:
    """The cells, and what the hover says of each column of them."""
    z, x0, width = cells(data, view, MAX_CELLS // len(data.tracks))
    placed = {"y0": 0, "dy": 1, "ygap": 1}
    lanes = coloured(heatmap(z, x0, width, colour, log) | placed, span, log)
    names = [track.label for track in data.tracks]
    return lanes, strongest(z, lanes, names, view, span[0] if log else HOVER_FROM * span[1])


def strongest(
    z: FloatArray,
    lanes: Trace,
    names: Sequence[str],
    view: View,
    least: float,
    word: str = "highest",
) -> Trace:
    """Names the lane with the largest value: Plotly's hover over all rows cannot tell lanes."""
    size = np.abs(np.nan_to_num(z))
    seen_cells = np.flatnonzero(size.max(axis=0, initial=0) >= least)
    copies = max(int(lanes["dx"] * view.px_per_bp / HOVER_PX), 1)
    within = ((np.arange(copies) + 0.5) / copies - 0.5) * lanes["dx"]
    middle = lanes["x0"] + lanes["dx"] * seen_cells
    best = np.repeat(size[:, seen_cells].argmax(axis=0), copies)
    return {
        "type": "scatter",
        "mode": "none",
        "x": np.round(middle[:, None] + within).astype(np.int32).ravel(),
        "y": best.astype(np.int8),
        "customdata": np.repeat(z[size[:, seen_cells].argmax(axis=0), seen_cells], copies),
        "text": [escape(names[i]) for i in best],
        "name": word,
        "hovertemplate": "%{text} %{customdata:.3~g}",
    }
