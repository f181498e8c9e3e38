"""Splice junctions as a model predicts them: introns, and how much each is used in each tissue."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.track_data import FloatArray, IntArray, TrackMetadata
from genoview.errors import TrackError

DTYPES = (("start", np.int64), ("end", np.int64), ("strand", np.int8), ("values", np.float32))
Ends = tuple[int, int, int]
"""Start, end and strand of a junction: what makes it the same one in two alleles."""


@dataclass(frozen=True, slots=True)
class Junctions:
    """Introns with a value each in several tracks, in any order.

    Attributes:
        start, end: int64[junctions], 0-based half-open: an intron's first base, and the one
            behind its last.
        strand: int8[junctions], 1 or -1.
        values: float32[junctions, tracks], each in its track's unit; NaN where there is none.
        tracks: one entry a column, such as a tissue each; the strand is the junction's own.
        interval: where the model looks for junctions. One that reaches beyond it is kept whole;
            outside of it nothing was predicted, which is not the same as no junction.
    """

    start: IntArray
    end: IntArray
    strand: npt.NDArray[np.int8]
    values: FloatArray
    tracks: tuple[TrackMetadata, ...]
    interval: Interval

    def __post_init__(self) -> None:
        for name, dtype in DTYPES:
            column, n_dims = getattr(self, name), 2 if name == "values" else 1
            if column.dtype != dtype or column.ndim != n_dims or len(column) != len(self.start):
                raise TrackError(
                    f"{name} of junctions is {column.dtype}{list(column.shape)}; "
                    f"{np.dtype(dtype)}[{len(self.start)}{', tracks' if n_dims == 2 else ''}] was "
                    "expected."
                )
        if self.values.shape[1] != len(self.tracks):
            raise TrackError(
                f"{self.values.shape[1]} columns of junctions came with {len(self.tracks)} tracks."
            )
        if bool(np.any(self.end <= self.start)):
            raise TrackError("A junction's intron is empty: its end must lie behind its start.")
        if not set(np.unique(self.strand).tolist()) <= {-1, 1}:
            raise TrackError("The strand of a junction is 1 or -1.")

    def __len__(self) -> int:
        return len(self.start)

    @property
    def ends(self) -> list[Ends]:
        """Start, end and strand of each."""
        columns = (self.start.tolist(), self.end.tolist(), self.strand.tolist())
        return list(zip(*columns, strict=True))

    def where(self, mask: npt.NDArray[np.bool_] | IntArray) -> "Junctions":
        """The junctions that a mask or an index array picks."""
        return replace(
            self,
            start=self.start[mask],
            end=self.end[mask],
            strand=self.strand[mask],
            values=self.values[mask],
        )

    def within(self, interval: Interval) -> "Junctions":
        """The junctions whose introns touch `interval`; where they were looked for stays."""
        return self.where((self.end > interval.start) & (self.start < interval.end))

    def shifted(self, offset: int) -> "Junctions":
        """The same, `offset` bp to the right."""
        start, end = self.interval.start + offset, self.interval.end + offset
        return self.moved_to(replace(self.interval, start=start, end=end))

    def moved_to(self, interval: Interval) -> "Junctions":
        """The same at another place of the same width."""
        offset = interval.start - self.interval.start
        return replace(self, start=self.start + offset, end=self.end + offset, interval=interval)

    def select(self, columns: Iterable[int]) -> "Junctions":
        """The given columns, in the given order."""
        chosen = list(columns)
        tracks = tuple(self.tracks[i] for i in chosen)
        return replace(self, values=self.values[:, chosen], tracks=tracks)

    def aligned(self, other: "Junctions") -> "tuple[Junctions, Junctions]":
        """Both with the junctions of either, sorted by place; zero where one has none.

        Raises:
            TrackError: they differ in tracks or in where junctions were looked for.
        """
        if (self.tracks, self.interval) != (other.tracks, other.interval):
            raise TrackError("Junctions of REF and ALT differ in interval or tracks.")
        places = sorted({*self.ends, *other.ends})
        return self._at(places), other._at(places)

    def _at(self, places: list[Ends]) -> "Junctions":
        number = {place: i for i, place in enumerate(places)}
        values = np.zeros((len(places), len(self.tracks)), dtype=np.float32)
        values[[number[place] for place in self.ends]] = self.values
        start, end, strand = np.array(places, dtype=np.int64).reshape(-1, 3).T
        return replace(self, start=start, end=end, strand=strand.astype(np.int8), values=values)
