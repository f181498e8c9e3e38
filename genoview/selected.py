"""Columns of a TrackData, kept beside it: what is drawn anew in every pan is picked out once."""

import weakref
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from genoview.pyramid import address_of, owner_of
from genoview.tracks import FloatArray, TrackData

_Key = tuple[int, tuple[int, ...], tuple[int, ...]]
_kept: dict[_Key, FloatArray] = {}


def selected(data: TrackData, columns: Sequence[int]) -> TrackData:
    """The given columns, in the given order; the same memory again for the same question.

    Neighbouring columns are a view of the values. Others are copied, and the copy lives as long
    as the values do.
    """
    chosen = tuple(columns)
    tracks = tuple(data.tracks[i] for i in chosen)
    first, n = (chosen[0], len(chosen)) if chosen else (0, 0)
    if chosen == tuple(range(first, first + n)):
        return replace(data, values=data.values[:, first : first + n], tracks=tracks)
    key = (address_of(data.values), data.values.shape, chosen)
    if key not in _kept:
        _kept[key] = np.ascontiguousarray(data.values[:, list(chosen)])
        weakref.finalize(owner_of(data.values), _kept.pop, key, None)
    return replace(data, values=_kept[key], tracks=tracks)
