"""Minimum and maximum of stretches of bins, quickly, however many bins there are.

A view of a megabase asks for a few hundred stretches of a thousand bins, again at each pan. The
extremes of every 16 bins are cached with the values, so that a wide view reads a sixteenth.
"""

import weakref
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
FACTOR = 16  # bins per cached pair of extremes
MANY = 16  # columns from which bins are reduced by a reshape
WORTHWHILE = 4 * FACTOR  # bins of a stretch from which cached pairs are read

_Key = tuple[int, tuple[int, ...], tuple[int, ...]]
_cache: dict[_Key, tuple[FloatArray, FloatArray]] = {}


def stretch_of(first: int, last: int, max_points: int) -> int:
    """Bins a stretch, so that a minimum and a maximum of each are at most `max_points`.

    Stretches begin at multiples of their own length, which can take one more of them.
    """
    half = max(max_points // 2, 1)
    most = half if first == 0 else max(half - 1, 1)
    stretch = -(-(last - first) // most)
    return stretch if stretch < WORTHWHILE else -(-stretch // FACTOR) * FACTOR


def extremes(
    values: FloatArray, first: int, last: int, stretch: int
) -> tuple[FloatArray, FloatArray]:
    """float32[stretches, tracks] of minima and of maxima of the bins from `first` to `last`.

    `first` is a multiple of `stretch`; the last stretch may be short.
    """
    if stretch % FACTOR == 0 and stretch >= WORTHWHILE:
        low, high = _pairs(values)
        first, last, stretch = first // FACTOR, -(-last // FACTOR), stretch // FACTOR
    else:
        low = high = values
    return (
        _reduced(np.minimum, low[first:last], stretch),
        _reduced(np.maximum, high[first:last], stretch),
    )


def _reduced(extreme: np.ufunc, values: FloatArray, stretch: int) -> FloatArray:
    """float32[stretches, tracks] of every `stretch` bins; the last stretch may be short."""
    if values.shape[1] < MANY:
        return np.asarray(extreme.reduceat(values, np.arange(0, len(values), stretch), axis=0))
    # Of many columns `reduceat` takes twenty times as long as this.
    n = len(values) // stretch
    whole = values[: n * stretch].reshape(n, stretch, values.shape[1])
    parts = [extreme.reduce(whole, axis=1)]
    if n * stretch < len(values):
        parts.append(extreme.reduce(values[n * stretch :], axis=0)[None])
    return np.concatenate(parts)


def _pairs(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Extremes of every FACTOR bins, cached as long as the array that holds the values."""
    key = (address_of(values), values.shape, values.strides)
    pairs = _cache.get(key)
    if pairs is None:
        pairs = (_reduced(np.minimum, values, FACTOR), _reduced(np.maximum, values, FACTOR))
        _cache[key] = pairs
        weakref.finalize(owner_of(values), _cache.pop, key, None)
    return pairs


def address_of(values: npt.NDArray[Any]) -> int:
    """Where its first value lies in memory; with its shape and strides, what an array is."""
    return int(values.__array_interface__["data"][0])


def owner_of(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array whose end is the end of these values' memory."""
    while isinstance(values.base, np.ndarray):
        values = values.base
    return values
