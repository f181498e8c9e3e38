"""Values as colour: a stripe a track, over the height of a row whose axis is still that of values.

The axis makes the numbers at its ends the key to the colours, and lets an unseen line of the exact
values lie over the stripes for the pointer.
"""

from collections.abc import Sequence

import numpy as np

from genoview.data.track_data import FloatArray, TrackData
from genoview.figure.panels.frame.axis import edge_x
from genoview.figure.panels.frame.row import Trace, View
from genoview.figure.panels.frame.theme import Theme, blended, faded

STRIPES_HEIGHT = 30  # px
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
STEPS = (0.0, 0.02, 0.1, 0.25, 0.5, 1.0)  # of the largest difference, with a colour each
OPAQUE = (0.0, 0.1, 0.25, 0.5, 1.0)  # of the end of a scale, with an opaque colour each
LEAST = 1e-30  # what counts as zero where colours go by the logarithm


def cells(data: TrackData, view: View, max_cells: int) -> tuple[FloatArray, float, float]:
    """Maxima of equal stretches of what is drawn, with the x and the width of the first.

    Returns:
        z: float32[tracks, cells].
    """
    part = data.slice(view.drawn)
    n_cells = max(min(view.n_points // 2, max_cells), 1)
    stretch = -(-part.n_bins // n_cells)
    firsts = np.arange(0, part.n_bins, stretch)
    width = stretch * part.resolution
    z = np.maximum.reduceat(part.values, firsts, axis=0).T
    return np.ascontiguousarray(z), edge_x(part.interval.start) + width / 2, width


def ramp(colour: str) -> list[tuple[float, str]]:
    """Colour scale from transparent to the full colour."""
    return [(share, faded(colour, share)) for share in SHARES]


def diverging(theme: Theme) -> list[tuple[float, str]]:
    """Loss, the ground's neighbour, gain; steps so that small effects are seen beside large."""
    zero = blended(theme.muted, theme.paper, 0.10)
    shares = [step**0.5 for step in STEPS]  # of colour
    falling = [
        ((1 - step) / 2, blended(theme.loss, zero, share))
        for step, share in zip(reversed(STEPS), reversed(shares), strict=True)
    ]
    rising = [
        ((1 + step) / 2, blended(theme.gain, zero, share))
        for step, share in zip(STEPS, shares, strict=True)
    ]
    return [*falling, *rising[1:]]


def colours_of(span: tuple[float, float], theme: Theme, colour: str) -> list[tuple[float, str]]:
    """From the background to the family's colour; to grey below zero. Opaque: cells may overlap."""
    rising = [(share, blended(colour, theme.paper, 0.06 + 0.94 * share**0.7)) for share in OPAQUE]
    if span[0] >= 0:
        return rising
    falling = [
        ((1 - share) / 2, blended(theme.ref, theme.paper, 0.06 + 0.94 * share**0.7))
        for share in reversed(OPAQUE)
    ]
    return [*falling, *(((1 + share) / 2, colour) for share, colour in rising)]


def stripes(
    data: Sequence[TrackData], view: View, colour: str, y_range: tuple[float, float], log: bool
) -> Trace:
    """The first column of each, the first at the top, filling the axis from end to end."""
    parts = [cells(track, view, view.max_points) for track in reversed(data)]
    z = np.concatenate([part[0][:1] for part in parts])
    return spread(heatmap(z, parts[0][1], parts[0][2], colour, log), y_range, log)


def heatmap(z: FloatArray, x0: float, dx: float, colour: str, log: bool) -> Trace:
    """Cells without their place in y; a NaN has no colour.

    Args:
        z: float32[lanes, cells], values in their unit.
        x0, dx: x of the middle of the first cells, and their width.
    """
    return {
        "type": "heatmap",
        "z": np.log10(np.maximum(z, np.float32(LEAST))) if log else z,
        "x0": x0,
        "dx": dx,
        "colorscale": ramp(colour),
        "showscale": False,
        "hoverinfo": "skip",
    }


def spread(trace: Trace, y_range: tuple[float, float], log: bool) -> Trace:
    """Stripes over the whole of an axis, coloured by its ends; other traces as they are."""
    if trace["type"] != "heatmap":
        return trace
    low, high = np.log10(y_range) if log else y_range
    edges = np.linspace(low, high, len(trace["z"]) + 1)
    return coloured(trace, y_range, log) | {"y": 10**edges if log else edges}


def coloured(trace: Trace, span: tuple[float, float], log: bool) -> Trace:
    """A heatmap whose colours span this range, in the unit; other traces as they are."""
    if trace["type"] != "heatmap":
        return trace
    low, high = np.log10(span) if log else span
    return trace | {"zmin": float(low), "zmax": float(high)}
