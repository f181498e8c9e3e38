"""How often each two places of an interval touch in the nucleus, as a model predicts it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.genome import Interval
from genoview.data.track_data import FloatArray, TrackMetadata, bins_touching
from genoview.errors import TrackError


@dataclass(frozen=True, slots=True)
class ContactMap:
    """A square of bins against bins for several tracks.

    Attributes:
        values: float32[bins, bins, tracks], each in its track's unit; NaN where there is none.
        tracks: one entry a track, such as a cell line each.
        interval: `bins * resolution` bp wide.
        resolution: bp a bin.
    """

    values: FloatArray
    tracks: tuple[TrackMetadata, ...]
    interval: Interval
    resolution: int

    def __post_init__(self) -> None:
        shape = self.values.shape
        square = self.values.ndim == 3 and shape[0] == shape[1]
        if not square or self.values.dtype != np.float32:
            raise TrackError(
                f"Contacts are {self.values.dtype}{list(shape)}; "
                "float32[bins, bins, tracks] was expected."
            )
        if shape[2] != len(self.tracks):
            raise TrackError(f"{shape[2]} contact maps came with {len(self.tracks)} tracks.")
        if self.n_bins * self.resolution != self.interval.width:
            raise TrackError(
                f"{self.n_bins} bins of {self.resolution} bp do not fill {self.interval.to_ucsc()}."
            )

    @property
    def n_bins(self) -> int:
        return int(self.values.shape[0])

    def select(self, columns: Iterable[int]) -> "ContactMap":
        """The given tracks, in the given order."""
        chosen = list(columns)
        tracks = tuple(self.tracks[i] for i in chosen)
        return replace(self, values=self.values[:, :, chosen], tracks=tracks)

    def slice(self, interval: Interval) -> "ContactMap":
        """The square of the bins that touch `interval`.

        Raises:
            TrackError: no bin does.
        """
        first, last, covered = bins_touching(interval, self.interval, self.resolution)
        return replace(self, values=self.values[first:last, first:last], interval=covered)

    def moved_to(self, interval: Interval) -> "ContactMap":
        """The same values at another place of the same width."""
        return replace(self, interval=interval)

    def minus(self, other: "ContactMap") -> "ContactMap":
        """This less `other`, such as ALT - REF.

        Raises:
            TrackError: they differ in interval, resolution or tracks.
        """
        if (self.interval, self.resolution, self.tracks) != (
            other.interval,
            other.resolution,
            other.tracks,
        ):
            raise TrackError("Contact maps differ in interval, resolution or tracks.")
        return replace(self, values=self.values - other.values)
