"""Contact maps of REF and ALT -> how much the contacts of the variant's bin change."""

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import FloatArray
from genoview.errors import TrackError
from genoview.scoring.tracks.formula import AVSEC_2026, OF_TRACK, Float64Array, Formula, check_alike

CONTACTS = Formula(
    "Contact map",
    "mean over rows of |ALT − REF| in the column of the variant's bin",
    OF_TRACK,
    AVSEC_2026,
)


def contact_change(
    ref: FloatArray, alt: FloatArray, interval: Interval, variant: Variant
) -> Float64Array:
    """float64[tracks], in the unit of the map.

    Args:
        ref, alt: float32[bins, bins, tracks] of `interval`, in bins of equal width.

    Raises:
        TrackError: the maps differ in shape or are not square, or lack the variant.
    """
    check_alike(ref, alt)
    n_bins = len(ref)
    if ref.ndim != 3 or ref.shape[1] != n_bins or n_bins == 0 or interval.width % n_bins:
        raise TrackError(
            f"A contact map is {list(ref.shape)} over {interval.width:,} bp; "
            "[bins, bins, tracks] in bins of equal width was expected."
        )
    if not interval.contains(Interval(variant.chrom, variant.start, variant.start + 1)):
        raise TrackError(f"{variant} lies outside of {interval.to_ucsc()}, which was mapped.")
    at = (variant.start - interval.start) // (interval.width // n_bins)
    change = np.abs(alt[:, at].astype(np.float64) - ref[:, at])
    return np.asarray(change.mean(axis=0))
