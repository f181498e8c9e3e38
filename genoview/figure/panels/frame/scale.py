"""The range of a y axis: from the values in view, shared in a group, or fixed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.track_data import FloatArray
from genoview.errors import TrackError
from genoview.figure.panels.frame.row import Row
from genoview.figure.panels.frame.text import nice_ceiling
from genoview.figure.panels.signal.colour_strip import coloured, spread

LOG_DECADES = 4  # most that a logarithmic axis shows below its top
LEAST_APART = 0.2  # of an axis, between two of its numbers
EMPTY_TOP = 1.0  # top of an axis without a value above zero


@dataclass(frozen=True, slots=True)
class Scale:
    """How a row's y axis finds its range.

    Attributes:
        low, high: fixed ends in the unit; None: from the values in view, zero included.
        group: rows with the same group share the widest of their ranges.
        log: logarithmic; values at or below zero are not drawn.
        least: what the top is never below, so that small values look small.
    """

    low: float | None = None
    high: float | None = None
    group: str = ""
    log: bool = False
    least: float = 0.0

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise TrackError(f"A y axis from {self.low:g} to {self.high:g} has no height.")


AUTO = Scale()
PROBABILITY = Scale(0.0, 1.0)
TWOFOLD = Scale(least=1.0)


def natural_scale(unit: str) -> Scale:
    """Axes on which noise is not blown up into peaks; AUTO for units whose size means nothing.

    0 to 1 for probabilities, up to twofold or more for log2.
    """
    if unit == "probability":
        return PROBABILITY
    return TWOFOLD if unit.startswith("log2") else AUTO


def range_of(values: FloatArray | Sequence[FloatArray], scale: Scale) -> tuple[float, float]:
    """Bottom and top of the axis for these values."""
    parts = [values] if isinstance(values, np.ndarray) else list(values)
    joined = np.concatenate([np.ravel(part) for part in parts] or [np.empty(0, np.float32)])
    finite = joined[np.isfinite(joined)]
    if scale.log:
        return _log_range(finite, scale)
    low = 0.0 - nice_ceiling(-float(finite.min(initial=0)))
    high = max(nice_ceiling(float(finite.max(initial=0))), scale.least)
    if low == high == 0:
        high = EMPTY_TOP
    low = scale.low if scale.low is not None else low
    high = scale.high if scale.high is not None else high
    return (low, high) if low < high else (low, low + EMPTY_TOP)


def _log_range(finite: FloatArray, scale: Scale) -> tuple[float, float]:
    positive = finite[finite > 0]
    fixed = scale.high if scale.high and scale.high > 0 else 0.0
    high = fixed or nice_ceiling(float(positive.max(initial=0))) or EMPTY_TOP
    least = float(positive.min(initial=high))
    low = scale.low if scale.low and scale.low > 0 else max(least, high / 10**LOG_DECADES)
    return (low, high) if low < high else (high / 10, high)


def decade_below(y_range: tuple[float, float], scale: Scale) -> tuple[float, float]:
    """A logarithmic range down to a power of ten below its least value, so that it is seen too."""
    low, high = y_range
    if not scale.log or scale.low is not None:
        return y_range
    floor = 10.0 ** (math.ceil(math.log10(low) - 1e-6) - 1)
    return max(floor, high / 10**LOG_DECADES), high


def symmetric(reach: float) -> tuple[float, float]:
    """Around zero, for differences."""
    top = nice_ceiling(reach) or EMPTY_TOP
    return -top, top


def end_ticks(y_range: tuple[float, float], log: bool = False) -> tuple[float, ...]:
    """Both ends, and zero where it lies between; ends so near it that they would overlap go."""
    low, high = y_range
    if log or not low < 0 < high:
        return low, high
    apart = LEAST_APART * (high - low)
    return *((low,) if -low >= apart else ()), 0.0, *((high,) if high >= apart else ())


def share_ranges(rows: Iterable[Row]) -> list[Row]:
    """Rows of one `scale_group` get the widest range among those with something to show."""
    listed = list(rows)
    widest: dict[str, tuple[float, float]] = {}
    for row in listed:
        if row.scale_group and not row.message:
            own = _of_values(row)
            low, high = widest.get(row.scale_group, own)
            widest[row.scale_group] = (min(low, own[0]), max(high, own[1]))
    return [
        with_range(row, widest[row.scale_group]) if row.scale_group in widest else row
        for row in listed
    ]


def _of_values(row: Row) -> tuple[float, float]:
    """From zero where what hangs below the zero line is another strand, not below zero."""
    if row.colour_range is not None:
        return row.colour_range
    return row.y_range if row.signed else (0.0, max(map(abs, row.y_range)))


def with_range(row: Row, y_range: tuple[float, float]) -> Row:
    """The row on another axis, or with colours that span another range.

    What hangs below zero hangs as far as the rest stands above.
    """
    if row.colour_range is not None:
        traces = tuple(coloured(trace, y_range, row.log) for trace in row.traces)
        return replace(row, colour_range=y_range, traces=traces)
    if not row.signed:
        below, above = row.y_range[0] < 0, row.y_range[1] > 0
        y_range = (-y_range[1] if below else 0.0, y_range[1] if above else 0.0)
    traces = tuple(spread(trace, y_range, row.log) for trace in row.traces)
    ticks = end_ticks(y_range, row.log) if row.ticks else ()
    return replace(row, y_range=y_range, ticks=ticks, traces=traces)
