"""Many tracks at once: a line of colour a track."""

import numpy as np

from genoview.panels.axis import edge_x
from genoview.panels.points import HOVER_PX
from genoview.panels.row import Row, Trace, View
from genoview.panels.scale import Scale, natural_scale, range_of
from genoview.panels.signal import NOT_PREDICTED, single_unit, visible_values
from genoview.panels.text import escape, number
from genoview.panels.theme import Theme, faded
from genoview.tracks import FloatArray, TrackData

LINE_HEIGHT = 18  # px
MAX_TRACKS = 24
TOLD_FROM = 0.05  # of the top of the scale: what the hover speaks of
MAX_CELLS = 16_000  # of the whole row: 85 kB of JSON


def heat_row(
    data: TrackData,
    view: View,
    theme: Theme,
    *,
    title: str = "",
    scale: Scale | None = None,
    max_tracks: int = MAX_TRACKS,
) -> Row:
    """The tracks with the highest values in view, the highest first; each cell is a maximum."""
    unit = single_unit(data)
    seen = visible_values(data, view)
    order = np.argsort(-seen.max(axis=0, initial=-np.inf), kind="stable")[:max_tracks]
    shown = data.select(int(i) for i in order)
    y_range = range_of(visible_values(shown, view), scale or natural_scale(unit))
    drawn = data.interval.overlaps(view.drawn)
    family = theme.families[data.tracks[0].assay.family]
    n = len(order)
    left_out = f", top {n} of {len(data.tracks)}" if n < len(data.tracks) else ""
    return Row(
        title=title or data.tracks[0].assay.label,
        unit=f"{number(y_range[0])} to {number(y_range[1])} {unit}{left_out}",
        traces=_traces(shown, view, y_range, family) if drawn else (),
        height_px=LINE_HEIGHT * n if drawn else 24,
        y_range=(n - 0.5, -0.5) if drawn else (0.0, 1.0),
        names=tuple((float(i), track.label) for i, track in enumerate(shown.tracks))
        if drawn
        else (),
        colour=family,
        predicted=True,
        covered=data.interval,
        message="" if drawn else NOT_PREDICTED,
    )


def _traces(
    data: TrackData, view: View, y_range: tuple[float, float], family: str
) -> tuple[Trace, Trace]:
    """The cells, and what the hover says of each column of them."""
    part = data.slice(view.drawn)
    n_cells = max(min(view.n_points // 2, MAX_CELLS // len(data.tracks)), 1)
    stretch = -(-part.n_bins // n_cells)
    firsts = np.arange(0, part.n_bins, stretch)
    width = stretch * part.resolution
    z = np.maximum.reduceat(part.values, firsts, axis=0).T
    shares = (0.0, 0.25, 0.5, 0.75, 1.0)
    cells: Trace = {
        "type": "heatmap",
        "z": np.ascontiguousarray(z),
        "x0": edge_x(part.interval.start) + width / 2,
        "dx": width,
        "y0": 0,
        "dy": 1,
        "zmin": y_range[0],
        "zmax": y_range[1],
        "colorscale": [(share, faded(family, share)) for share in shares],
        "showscale": False,
        "ygap": 1,
        "hoverinfo": "skip",
    }
    return cells, _strongest(z, cells, data, view, y_range[1])


def _strongest(z: FloatArray, cells: Trace, data: TrackData, view: View, top: float) -> Trace:
    """Names the track with the highest value: Plotly's hover over all rows cannot tell lanes."""
    told = np.flatnonzero(z.max(axis=0) >= TOLD_FROM * top)
    copies = max(int(cells["dx"] * view.px_per_bp / HOVER_PX), 1)
    within = ((np.arange(copies) + 0.5) / copies - 0.5) * cells["dx"]
    middle = cells["x0"] + cells["dx"] * told
    best = np.repeat(z[:, told].argmax(axis=0), copies)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(middle[:, None] + within).astype(np.int32).ravel(),
        "y": best.astype(np.int8),
        "customdata": np.repeat(z[:, told].max(axis=0), copies),
        "text": [escape(data.tracks[i].label) for i in best],
        "marker": {"opacity": 0, "size": 1},
        "name": "highest",
        "hovertemplate": "%{text} %{customdata:.3~g}",
    }
