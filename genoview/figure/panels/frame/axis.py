"""Positions -> x of the figure: the one place of the panels where counting begins at 1.

The base at 0-based `p` is drawn at x = p + 1, so the axis and every hover show the number that a
person reads. A boundary, such as an interval's start or end, lies half a base to its left.
"""

import math

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval

XArray = npt.NDArray[np.int32] | npt.NDArray[np.float64]


def base_x(position: float) -> float:
    """x of the middle of the base at a 0-based position."""
    return position + 1


def edge_x(boundary: float) -> float:
    """x of a 0-based half-open interval's start or end."""
    return boundary + 0.5


def edge_xs(boundaries: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """x of many boundaries."""
    return np.asarray(boundaries, dtype=np.float64) + 0.5


def x_range(interval: Interval) -> tuple[float, float]:
    """Left and right x of an interval's first and last base, edges included."""
    return edge_x(interval.start), edge_x(interval.end)


def interval_at(chrom: str, left: float, right: float) -> Interval:
    """The bases touched by an x range, as a reader leaves it after panning or zooming."""
    start = math.floor(left - 0.5 + 1e-6)
    return Interval(chrom, start, max(math.ceil(right - 0.5 - 1e-6), start + 1))


def base_xs(positions: npt.ArrayLike) -> XArray:
    """x of many 0-based positions, as int32 where they are whole, float64 where not.

    Never float32: it cannot tell neighbouring bases apart beyond 16.8 Mb.
    """
    xs = np.asarray(positions, dtype=np.float64) + 1
    whole = np.round(xs)
    return whole.astype(np.int32) if np.array_equal(xs, whole) else xs
