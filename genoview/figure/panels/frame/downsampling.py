"""TrackData -> the points of a line: few enough to draw, exact where a base can be seen."""

from dataclasses import dataclass

import numpy as np

from genoview.data.track_data import FloatArray, TrackData
from genoview.figure.panels.frame.axis import XArray, base_xs
from genoview.figure.panels.frame.row import View
from genoview.figure.panels.frame.text import span_text

STEP_PX = 3.0  # bins wider than this are drawn as steps, not joined by slopes
HOVER_PX = 6.0  # a point at least this often, so that the pointer always finds one


@dataclass(frozen=True, slots=True)
class Points:
    """Points of all tracks of a `TrackData`.

    Attributes:
        x: of the figure, [points].
        values: float32[points, tracks].
        stretch: bp that one pair of points stands for; the resolution where every bin is drawn.
        paired: points come as minimum and maximum of a stretch.
        stepped: bins are wide enough to be drawn as steps.
    """

    x: XArray
    values: FloatArray
    stretch: int
    paired: bool
    stepped: bool

    @property
    def hover_note(self) -> str:
        """What a value under the pointer is, where it is not simply the bin's."""
        return f" <i>extreme of {span_text(self.stretch)}</i>" if self.paired else ""


def sample(data: TrackData, view: View) -> Points | None:
    """Points of what is drawn of `data`; None where nothing of it is."""
    if not data.interval.overlaps(view.drawn):
        return None
    shared = data.interval.intersection(view.drawn) or data.interval
    most = max(round(view.n_points * shared.width / view.drawn.width), 4)
    positions, values = data.extremes(most, view.drawn)
    stepped = data.resolution * view.px_per_bp >= STEP_PX
    if len(positions) > 2 and positions[0] == positions[1]:  # minimum and maximum of stretches
        stretch = round(positions[2] - positions[0])
        # A stretch is about a pixel: a whole base is near enough, and half the bytes.
        return Points(base_xs(np.floor(positions)), values, stretch, True, False)
    positions, values = _widened(positions, values, data.resolution, view)
    return Points(base_xs(positions), values, data.resolution, False, stepped)


def _widened(
    positions: np.ndarray[tuple[int], np.dtype[np.float64]],
    values: FloatArray,
    resolution: int,
    view: View,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], FloatArray]:
    """Wide bins as several points, at most one a base, so that steps end at the bins' edges."""
    room = view.max_points // max(len(positions), 1)
    copies = min(int(resolution * view.px_per_bp / HOVER_PX), resolution, room)
    if copies < 2:
        return positions, values
    within = ((np.arange(copies) + 0.5) / copies - 0.5) * resolution
    return (positions[:, None] + within).ravel(), np.repeat(values, copies, axis=0)


def strongest_last(values: FloatArray) -> FloatArray:
    """Pairs of one column, reordered: of two points at one x, Plotly's hover takes the later."""
    pairs = values.reshape(-1, 2)
    low_first = np.abs(pairs[:, :1]) <= np.abs(pairs[:, 1:])
    return np.where(low_first, pairs, pairs[:, ::-1]).reshape(-1)
