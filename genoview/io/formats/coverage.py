"""Values along the genome -> few enough to draw: exact at base level, else minimum and maximum.

Positions are 0-based centres of bases or of stretches; NaN stands where there is no value.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.site_data import FloatArray, IntArray

Signal = tuple[npt.NDArray[np.float64], FloatArray]
"""positions: float64[points]; values: float32[points], in the file's unit."""


def no_signal() -> Signal:
    """Of a chromosome that a file has not."""
    return np.empty(0, dtype=np.float64), np.empty(0, dtype=np.float32)


def stretch_length(width: int, n_points: int) -> int:
    """bp a pair of points, so that at most `n_points` cover the width."""
    return -(-width // max(n_points // 2, 1))


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of one value on a chromosome, by start, apart from each other.

    Attributes:
        start, end: int64[runs], 0-based half-open.
        value: float32[runs].
    """

    start: IntArray
    end: IntArray
    value: FloatArray

    def signal(self, interval: Interval, n_points: int) -> Signal:
        """Every base where they fit in `n_points`, else minimum and maximum of each stretch."""
        clipped = self._within(interval)
        if interval.width <= n_points:
            return np.arange(interval.start, interval.end, dtype=np.float64), clipped._bases(
                interval
            )
        length = stretch_length(interval.width, n_points)
        return pairs(interval, length, *clipped._extremes(interval, length))

    def _within(self, interval: Interval) -> "Runs":
        first = int(np.searchsorted(self.end, interval.start, side="right"))
        last = max(int(np.searchsorted(self.start, interval.end, side="left")), first)
        return Runs(
            np.maximum(self.start[first:last], interval.start),
            np.minimum(self.end[first:last], interval.end),
            self.value[first:last],
        )

    def _bases(self, interval: Interval) -> FloatArray:
        values = np.full(interval.width, np.nan, dtype=np.float32)
        places, owners = spread(self.start - interval.start, self.end - interval.start)
        values[places] = self.value[owners]
        return values

    def _extremes(self, interval: Interval, length: int) -> tuple[FloatArray, FloatArray]:
        n = -(-interval.width // length)
        low, high = np.full(n, np.inf, np.float32), np.full(n, -np.inf, np.float32)
        first = (self.start - interval.start) // length
        last = (self.end - interval.start - 1) // length
        places, owners = spread(first, last + 1)
        np.minimum.at(low, places, self.value[owners])
        np.maximum.at(high, places, self.value[owners])
        low[np.isinf(low)] = np.nan
        high[np.isinf(high)] = np.nan
        return low, high


def spread(first: IntArray, behind: IntArray) -> tuple[IntArray, IntArray]:
    """All whole numbers of each range, and which range each is of."""
    length = behind - first
    owners = np.repeat(np.arange(len(first)), length)
    before = np.cumsum(length) - length
    return np.arange(len(owners)) - before[owners] + first[owners], owners


def extremes_of_bases(values: FloatArray, length: int) -> tuple[FloatArray, FloatArray]:
    """Minimum and maximum of each stretch of `length` bases; NaN where all of it is."""
    n = -(-len(values) // length)
    padded = np.full(n * length, np.nan, dtype=np.float32)
    padded[: len(values)] = values
    table = padded.reshape(n, length)
    return np.fmin.reduce(table, axis=1), np.fmax.reduce(table, axis=1)


def pairs(interval: Interval, length: int, low: FloatArray, high: FloatArray) -> Signal:
    """Minimum and maximum in turn, at the centre of their stretch."""
    firsts = np.arange(len(low)) * length
    lasts = np.minimum(firsts + length, interval.width)
    centres = np.floor(interval.start + (firsts + lasts) / 2 - 0.5)
    values = np.stack([low, high], axis=1).reshape(-1).astype(np.float32)
    return np.repeat(centres, 2), values
