"""Predicted values along the genome."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from genoview.data.assay import Assay as Assay
from genoview.data.assay import Family as Family
from genoview.data.genome import STRANDS, Interval
from genoview.data.pyramid import extremes, stretch_of
from genoview.data.site_data import FloatArray as FloatArray
from genoview.data.site_data import IntArray as IntArray
from genoview.errors import TrackError


@dataclass(frozen=True, slots=True)
class Biosample:
    """A tissue or cell type by its ontology term, as `UBERON:0001157`."""

    curie: str
    name: str


@dataclass(frozen=True, slots=True)
class TrackMetadata:
    """What one track is.

    Attributes:
        name: as a person reads it; unique among the tracks of a model, together with strand.
        strand: of the sequence that was read; "." where the track has none.
        unit: of the values, in words.
        group: what ties tracks that differ in one thing only, such as a factor's id.
        member: which network of an ensemble this is; empty for a model's own word, their mean.
    """

    name: str
    assay: Assay
    strand: str
    unit: str
    biosample: Biosample | None = None
    group: str = ""
    member: str = ""

    def __post_init__(self) -> None:
        if self.strand not in STRANDS:
            raise TrackError(f"Track {self.name}: strand {self.strand!r} is none of + - .")

    @property
    def is_acceptor(self) -> bool:
        """Of a track of splice sites: acceptors, where others are donors."""
        return "acceptor" in self.name.lower()

    @property
    def label(self) -> str:
        return self.name if self.strand == "." else f"{self.name} ({self.strand})"


def bins_touching(
    interval: Interval, whole: Interval, resolution: int
) -> tuple[int, int, Interval]:
    """First and behind the last bin of `whole` that touch an interval, and what they cover.

    Raises:
        TrackError: no bin does.
    """
    shared = whole.intersection(interval)
    if shared is None:
        raise TrackError(f"{interval.to_ucsc()} lies outside of {whole.to_ucsc()}.")
    first = (shared.start - whole.start) // resolution
    last = -(-(shared.end - whole.start) // resolution)
    start, end = (whole.start + number * resolution for number in (first, last))
    return first, last, replace(whole, start=start, end=end)


@dataclass(frozen=True, slots=True)
class TrackData:
    """Values of several tracks over one interval.

    Attributes:
        values: float32[bins, tracks], each in its track's unit.
        tracks: one entry a column.
        interval: `bins * resolution` bp wide.
        resolution: bp a bin.
    """

    values: FloatArray
    tracks: tuple[TrackMetadata, ...]
    interval: Interval
    resolution: int

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.dtype != np.float32:
            raise TrackError(
                f"Values are {self.values.dtype}{list(self.values.shape)}; "
                "float32[bins, tracks] was expected."
            )
        n_bins, n_tracks = self.values.shape
        if n_tracks != len(self.tracks):
            raise TrackError(f"{n_tracks} columns of values came with {len(self.tracks)} tracks.")
        if n_bins * self.resolution != self.interval.width:
            raise TrackError(
                f"{n_bins} bins of {self.resolution} bp do not fill {self.interval.to_ucsc()}."
            )

    @property
    def n_bins(self) -> int:
        return int(self.values.shape[0])

    def select(self, columns: Iterable[int]) -> Self:
        """The given columns, in the given order."""
        chosen = list(columns)
        # One column is the usual; as a view of the same memory it is known again by its address.
        wanted = slice(chosen[0], chosen[0] + 1) if len(chosen) == 1 and chosen[0] >= 0 else chosen
        return replace(
            self, values=self.values[:, wanted], tracks=tuple(self.tracks[i] for i in chosen)
        )

    def slice(self, interval: Interval) -> Self:
        """The bins that touch `interval`.

        Raises:
            TrackError: no bin does.
        """
        first, last, covered = bins_touching(interval, self.interval, self.resolution)
        return replace(self, values=self.values[first:last], interval=covered)

    def moved_to(self, interval: Interval) -> Self:
        """The same values at another place of the same width."""
        return replace(self, interval=interval)

    def extremes(
        self, max_points: int, within: Interval | None = None
    ) -> tuple[npt.NDArray[np.float64], FloatArray]:
        """At most `max_points` points a track that keep each stretch's minimum and maximum.

        Args:
            within: only the bins that touch it. Stretches begin at multiples of their length, so
                that a pan shows the same ones again.

        Returns:
            positions: float64[points], 0-based centres of bins or of stretches of bins.
            values: float32[points, tracks]; every bin where they fit, otherwise minimum and
                maximum of each stretch in turn, so that no peak is lost.
        """
        first, last, _ = bins_touching(within or self.interval, self.interval, self.resolution)
        if last - first <= max_points:
            return self._centres(np.arange(first, last), 1), self.values[first:last]
        stretch = stretch_of(first, last, max_points)
        first = first // stretch * stretch
        last = min(-(-last // stretch) * stretch, self.n_bins)
        low, high = extremes(self.values, first, last, stretch)
        values = np.stack([low, high], axis=1).reshape(-1, len(self.tracks))
        return np.repeat(self._centres(np.arange(first, last, stretch), stretch), 2), values

    def _centres(self, firsts: npt.NDArray[np.int_], stretch: int) -> npt.NDArray[np.float64]:
        lasts = np.minimum(firsts + stretch, self.n_bins)
        middle = (firsts + lasts) * self.resolution / 2
        return np.asarray(self.interval.start + middle - 0.5, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class AlleleTracks:
    """REF and ALT, both on REF coordinates."""

    ref: TrackData
    alt: TrackData

    def __post_init__(self) -> None:
        if (self.ref.interval, self.ref.resolution, self.ref.tracks) != (
            self.alt.interval,
            self.alt.resolution,
            self.alt.tracks,
        ):
            raise TrackError("REF and ALT differ in interval, resolution or tracks.")

    def difference(self) -> TrackData:
        """ALT - REF."""
        return replace(self.ref, values=self.alt.values - self.ref.values)
