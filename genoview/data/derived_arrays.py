"""Arrays derived from a prediction's, computed once and cached as long as they live.

A pan draws the same prediction again and again: columns picked out of hundreds, differences and
the order of lanes need not be computed again each time.
"""

import weakref
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy.typing as npt

from genoview.data.pyramid import address_of, owner_of
from genoview.data.track_data import TrackData
from genoview.errors import TrackError

Made = TypeVar("Made")
_cache: dict[Hashable, Any] = {}


def remembered(
    arrays: Sequence[npt.NDArray[Any]], what: Hashable, make: Callable[[], Made]
) -> Made:
    """The cached result of `make` for these arrays, or a new one.

    Args:
        what: distinguishes results of the same arrays.
    """
    key = (what, *((address_of(array), array.shape, array.strides) for array in arrays))
    if key not in _cache:
        value = _cache[key] = make()
        for array in arrays:
            weakref.finalize(owner_of(array), _cache.pop, key, None)
        return value
    cached: Made = _cache[key]
    return cached


def selected(data: TrackData, columns: Sequence[int]) -> TrackData:
    """The given columns, in the given order; the same memory again for the same question.

    Neighbouring columns are a view of the values, others a copy.
    """
    chosen = tuple(columns)
    tracks = tuple(data.tracks[i] for i in chosen)
    first, n = (chosen[0], len(chosen)) if chosen else (0, 0)
    if chosen == tuple(range(first, first + n)):
        return replace(data, values=data.values[:, first : first + n], tracks=tracks)
    values = remembered(
        [data.values], ("columns", chosen), lambda: data.values.take(chosen, axis=1)
    )
    return replace(data, values=values, tracks=tracks)


def difference(ref: TrackData, alt: TrackData) -> TrackData:
    """ALT - REF; the same memory again for the same two.

    Raises:
        TrackError: they differ in shape.
    """
    if ref.values.shape != alt.values.shape:
        raise TrackError(
            f"REF has {list(ref.values.shape)} values and ALT {list(alt.values.shape)}."
        )
    values = remembered([ref.values, alt.values], "difference", lambda: alt.values - ref.values)
    return replace(ref, values=values)
