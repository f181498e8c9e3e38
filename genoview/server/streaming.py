"""Rows of an output that are read, and sent, while the models still compute those behind them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Generic, TypeVar

import numpy as np

from genoview.data.genome import Interval
from genoview.data.track_data import FloatArray, TrackData
from genoview.runtime.jobs import Job
from genoview.server.call import LOOK_S, CallJobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GrowingTracks(Generic[T]):
    """Tracks of one model, as far as they are computed.

    Attributes:
        final: the tracks of the job's result.
    """

    job: Job[T]
    call_jobs: CallJobs
    final: Callable[[T], TrackData]

    def reaching(self, n_bins: int) -> TrackData:
        """The tracks, once at least so many of their first bins are final.

        Raises:
            GenoviewError: as `CallJobs.result`.
        """
        draft = self.job.draft
        while draft is not None and not draft.has_ended and not self.job.is_finished:
            data: TrackData | None = draft.wait(n_bins, LOOK_S)
            if data is not None:
                return data
            self.call_jobs.check(self.job)
        return self.final(self.call_jobs.result(self.job))


@dataclass(frozen=True, slots=True)
class OutputRows:
    """The columns of one output.

    Attributes:
        rows: float32[last - first, tracks] of the bins from `first` to before `last`; waits for
            them.
    """

    interval: Interval
    resolution: int
    n_bins: int
    n_tracks: int
    rows: Callable[[int, int], FloatArray]

    @classmethod
    def of(cls, data: TrackData) -> "OutputRows":
        """Of tracks that are there."""
        values = data.values
        n_bins, n_tracks = values.shape

        def rows(first: int, last: int) -> FloatArray:
            return values[first:last]

        return cls(data.interval, data.resolution, n_bins, n_tracks, rows)

    def fitted(self, width: int) -> "OutputRows":
        """Bins over exactly `width` bp, each value repeated where its bins would reach past them.

        Their width is the largest that divides both.
        """
        shared = gcd(self.resolution, width)
        if shared == self.resolution:
            return self
        n_repeats = self.resolution // shared

        def rows(first: int, last: int) -> FloatArray:
            taken = np.arange(first, last) // n_repeats
            start = first // n_repeats
            values: FloatArray = self.rows(start, int(taken[-1]) + 1)[taken - start]
            return values

        return OutputRows(self.interval, shared, width // shared, self.n_tracks, rows)


def side_by_side(parts: Sequence[tuple[GrowingTracks, Sequence[int]]]) -> OutputRows:  # type: ignore[type-arg]
    """Columns of several models, over the same bins.

    Args:
        parts: models with the columns wanted, among the tracks that are served.

    Raises:
        GenoviewError: as `CallJobs.result`.
    """
    first, _ = parts[0]
    shape = first.reaching(0)

    def rows(begin: int, end: int) -> FloatArray:
        pieces = [_spoken(tracks.reaching(end), begin, end, columns) for tracks, columns in parts]
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=1)

    n_tracks = sum(len(columns) for _, columns in parts)
    return OutputRows(shape.interval, shape.resolution, shape.n_bins, n_tracks, rows)


def _spoken(data: TrackData, first: int, last: int, columns: Sequence[int]) -> FloatArray:
    """Rows of the columns wanted, not counting the single networks of an ensemble."""
    spoken = [i for i, track in enumerate(data.tracks) if not track.member]
    chosen = [spoken[column] for column in columns]
    rows = data.values[first:last]
    return rows if chosen == list(range(rows.shape[1])) else rows[:, chosen]
