"""AlleleTracks around a variant -> one score a track: the field's centre-mask aggregations.

The mask is ceil(width / resolution) bins around the variant's bin, as far as they were predicted.
"""

from collections.abc import Callable
from enum import Enum

import numpy as np

from genoview.data.assay import NARROW
from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.errors import TrackError
from genoview.scoring.tracks.formula import (
    AVSEC_2026,
    OF_TRACK,
    Float64Array,
    Formula,
    not_negative,
)

Aggregate = Callable[[Float64Array, Float64Array], Float64Array]
"""REF and ALT float64[bins of the mask, tracks] -> float64[tracks]."""


def _log2_of_sums(ref: Float64Array, alt: Float64Array) -> Float64Array:
    not_negative(ref, alt)
    return np.asarray(np.log2(1 + alt.sum(axis=0)) - np.log2(1 + ref.sum(axis=0)))


def _sum_of_log2(ref: Float64Array, alt: Float64Array) -> Float64Array:
    not_negative(ref, alt)
    return np.asarray(np.log2(alt + 1).sum(axis=0) - np.log2(ref + 1).sum(axis=0))


def _sum(ref: Float64Array, alt: Float64Array) -> Float64Array:
    return np.asarray(alt.sum(axis=0) - ref.sum(axis=0))


def _mean(ref: Float64Array, alt: Float64Array) -> Float64Array:
    return np.asarray(alt.mean(axis=0) - ref.mean(axis=0))


def _l2(ref: Float64Array, alt: Float64Array) -> Float64Array:
    return np.asarray(np.sqrt(np.square(alt - ref).sum(axis=0)))


def _l2_log1p(ref: Float64Array, alt: Float64Array) -> Float64Array:
    not_negative(ref, alt)
    return _l2(np.log1p(ref), np.log1p(alt))


def _active_sum(ref: Float64Array, alt: Float64Array) -> Float64Array:
    return np.asarray(np.maximum(ref.sum(axis=0), alt.sum(axis=0)))


def _active_mean(ref: Float64Array, alt: Float64Array) -> Float64Array:
    return np.asarray(np.maximum(ref.mean(axis=0), alt.mean(axis=0)))


class Centre(Enum):
    """How the bins of the mask become one number."""

    DIFF_LOG2_SUM = ("log2(1 + Σ ALT) − log2(1 + Σ REF)", "log2", _log2_of_sums)
    DIFF_SUM_LOG2 = ("Σ log2(ALT + 1) − Σ log2(REF + 1)", "log2", _sum_of_log2)
    DIFF_SUM = ("Σ ALT − Σ REF", OF_TRACK, _sum)
    DIFF_MEAN = ("mean ALT − mean REF", OF_TRACK, _mean)
    L2_DIFF = ("√ Σ (ALT − REF)²", OF_TRACK, _l2)
    L2_DIFF_LOG1P = ("√ Σ (ln(1 + ALT) − ln(1 + REF))²", "natural logarithm", _l2_log1p)
    ACTIVE_SUM = ("the larger of Σ REF and Σ ALT", OF_TRACK, _active_sum)
    ACTIVE_MEAN = ("the larger of mean REF and mean ALT", OF_TRACK, _active_mean)

    def __init__(self, text: str, unit: str, aggregate: Aggregate) -> None:
        self.text = text
        self.unit = unit
        self.aggregate = aggregate

    def formula(self, width: int) -> Formula:
        """With the width of its mask, in bp."""
        place = f"over the bins of {width:,} bp around the variant"
        name = f"Centre mask {self.name}"
        return Formula(name, f"{self.text}, {place}", self.unit, AVSEC_2026)


def centre_score(
    pair: AlleleTracks, variant: Variant, aggregation: Centre, width: int = NARROW
) -> Float64Array:
    """float64[tracks], in the unit of `aggregation`.

    Args:
        width: bp of the mask.

    Raises:
        TrackError: the variant lies outside of the tracks, or a value below 0 has no logarithm.
    """
    mask = centre_bins(pair.ref, variant, width)
    before, after = (data.values[mask].astype(np.float64) for data in (pair.ref, pair.alt))
    return aggregation.aggregate(before, after)


def centre_bins(data: TrackData, variant: Variant, width: int) -> slice:
    """The bins of the mask that were predicted; of an even number, more lie to the left.

    Raises:
        TrackError: the variant's bin is not among them.
    """
    at = (variant.start - data.interval.start) // data.resolution
    if data.interval.chrom != variant.chrom or not 0 <= at < data.n_bins:
        raise TrackError(f"{variant} lies outside of {data.interval.to_ucsc()}, which was scored.")
    n_bins = -(-width // data.resolution)
    first = at - n_bins // 2
    return slice(max(first, 0), first + n_bins)
