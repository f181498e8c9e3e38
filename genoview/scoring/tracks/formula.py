"""A score and how it is computed: name, formula and unit, as tooltips and exports give them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.track_data import FloatArray, TrackData, TrackMetadata
from genoview.errors import TrackError

Float64Array = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

AVSEC_2026 = "Avsec et al. 2026, Nature 649:1206"
OF_TRACK = "of the track"  # a unit that is whatever the track is in


@dataclass(frozen=True, slots=True)
class Formula:
    """How one score is computed.

    Attributes:
        name: as a person reads it.
        text: the formula; Σ is a sum over bins, log2 and ln are logarithms.
        unit: of the score, in words.
        source: who defined it; empty for this project.
    """

    name: str
    text: str
    unit: str
    source: str = ""

    @property
    def words(self) -> str:
        """`Gene mask LFC: ln(...) − ln(...). Unit: natural logarithm. Source: ...`."""
        source = f" Source: {self.source}." if self.source else ""
        return f"{self.name}: {self.text}. Unit: {self.unit}.{source}"


@dataclass(frozen=True, slots=True)
class TrackScore:
    """One score of one track.

    Attributes:
        gene: whose bases are meant; empty where the place of the variant is.
    """

    formula: Formula
    track: TrackMetadata
    value: float
    gene: str = ""

    @property
    def unit(self) -> str:
        """The formula's, or the track's where the formula keeps it."""
        return self.track.unit if self.formula.unit == OF_TRACK else self.formula.unit


def strands_agree(tracks: Sequence[TrackMetadata], strand: str) -> BoolArray:
    """bool[tracks]: a track of no strand goes with either strand."""
    return np.array([track.strand in (".", strand) or strand == "." for track in tracks])


def bins_touching(data: TrackData, parts: Sequence[Interval]) -> BoolArray:
    """bool[bins]: bins that share a base with one of the parts."""
    mask = np.zeros(data.n_bins, dtype=np.bool_)
    for part in parts:
        shared = data.interval.intersection(part)
        if shared is not None:
            first = (shared.start - data.interval.start) // data.resolution
            mask[first : -(-(shared.end - data.interval.start) // data.resolution)] = True
    return mask


def not_negative(*alleles: Float64Array) -> None:
    """What a logarithm of 1 + x needs.

    Raises:
        TrackError: a value lies below 0, such as a logarithm.
    """
    lowest = min(float(values.min(initial=0.0)) for values in alleles)
    if lowest < 0:
        raise TrackError(
            f"A value is {lowest:g}; this score takes a logarithm of 1 + value, and counts or "
            "probabilities of 0 or more were expected."
        )


def check_alike(ref: FloatArray, alt: FloatArray) -> None:
    """Two alleles are compared value by value.

    Raises:
        TrackError: they differ in shape.
    """
    if ref.shape != alt.shape:
        raise TrackError(f"REF is {list(ref.shape)} and ALT {list(alt.shape)}: they must be alike.")
