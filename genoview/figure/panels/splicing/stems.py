"""Values that are nothing almost everywhere, such as splice sites: stems at the few positions.

A stem is a line from zero, as wide as a base where bases can be told apart.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.track_data import FloatArray, TrackData
from genoview.figure.panels.frame.axis import base_xs
from genoview.figure.panels.frame.row import Trace, View
from genoview.figure.panels.frame.text import escape

THRESHOLD = 0.01  # probability below which a position gets no stem
THIN_PX, THICK_PX = 1.8, 16.0


@dataclass(frozen=True, slots=True)
class Stems:
    """Bins with a stem, all [stems].

    Attributes:
        positions: 0-based middles of bins; halves where bins have an even width.
        values: float32, in the track's unit.
    """

    positions: npt.NDArray[np.float64]
    values: FloatArray

    def __len__(self) -> int:
        return len(self.positions)


def seen_stems(stems: Stems, view: View) -> bool:
    """Whether one is in view, not only ready beside it."""
    inside = (stems.positions >= view.interval.start) & (stems.positions < view.interval.end)
    return bool(inside.any())


def find_stems(data: TrackData, column: int, view: View, threshold: float = THRESHOLD) -> Stems:
    """Bins at least `threshold` from zero; the strongest of each pixel where they are many."""
    if not data.interval.overlaps(view.drawn):
        return Stems(np.empty(0), np.empty(0, np.float32))
    part = data.slice(view.drawn)
    values = part.values[:, column]
    reached = np.flatnonzero(np.abs(values) >= threshold)
    kept = reached
    if 3 * len(reached) > view.n_points:
        kept = _strongest_of_each(reached, np.abs(values[reached]), part.n_bins, view.n_points // 3)
    middle = np.asarray(part.interval.start + (kept + 0.5) * part.resolution - 0.5, np.float64)
    return Stems(middle, values[kept])


def _strongest_of_each(
    reached: npt.NDArray[np.intp], strength: FloatArray, n_bins: int, n_stretches: int
) -> npt.NDArray[np.intp]:
    """The strongest of `found` in each of `n_stretches` equal stretches, sorted."""
    stretch = reached * n_stretches // n_bins
    order = np.lexsort((-strength, stretch))
    first = np.unique(stretch[order], return_index=True)[1]
    return np.sort(reached[order[first]])


def stem_px(view: View, widening: float = 1.0) -> float:
    """Width of a stem: never more than its base where bases can be told apart."""
    base = 0.72 * view.px_per_bp
    if base < THIN_PX:
        return THIN_PX * widening
    return min(min(base, THICK_PX) * widening, max(view.px_per_bp, THIN_PX * widening))


def stem_trace(
    stems: Stems,
    view: View,
    *,
    name: str,
    colour: str,
    downward: bool = False,
    widening: float = 1.0,
) -> Trace:
    """Lines from zero, with a gap after each.

    Args:
        downward: drawn below zero although positive, as the - strand's are.
        widening: of the line, for what stands behind another.
    """
    n = len(stems)
    y = np.full((n, 3), np.nan, dtype=np.float32)
    y[:, 0] = 0
    y[:, 1] = -stems.values if downward else stems.values
    trace: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": np.repeat(base_xs(stems.positions), 3),
        "y": y.ravel(),
        "name": escape(name),
        "line": {"color": colour, "width": stem_px(view, widening)},
        "hovertemplate": "%{y:.3~g} at %{x:,d}",
    }
    if downward:  # the value is not the y that is drawn
        hover = {"hovertemplate": "%{customdata:.3~g} at %{x:,d}"}
        trace |= hover | {"customdata": np.repeat(stems.values, 3)}
    return trace
