"""How much each splice junction is used in REF and ALT -> its score."""

import numpy as np

from genoview.data.track_data import FloatArray
from genoview.errors import TrackError
from genoview.scoring.tracks.formula import AVSEC_2026, Float64Array, Formula, check_alike

PSEUDOCOUNT = 1e-7  # added to a junction's value before its logarithm
JUNCTION = Formula(
    "Splice junction",
    "|ln(ALT + 1e-7) − ln(REF + 1e-7)| of each junction",
    "natural logarithm",
    AVSEC_2026,
)


def junction_change(ref: FloatArray, alt: FloatArray) -> Float64Array:
    """float64[junctions, tracks], natural logarithm.

    Args:
        ref, alt: float32[junctions, tracks], how much each junction is used, 0 or more.

    Raises:
        TrackError: the alleles differ in shape, or a value lies below 0.
    """
    check_alike(ref, alt)
    lowest = min(float(ref.min(initial=0.0)), float(alt.min(initial=0.0)))
    if lowest < 0:
        raise TrackError(f"A junction is used {lowest:g} times; 0 or more was expected.")
    before, after = (np.log(v.astype(np.float64) + PSEUDOCOUNT) for v in (ref, alt))
    return np.asarray(np.abs(after - before))
