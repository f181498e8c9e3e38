"""A prediction that is read while it is computed: bin after bin, from its first one on."""

import threading
from collections.abc import Callable

from genoview.data.track_data import TrackData

Watch = Callable[[TrackData, int], None]
"""Called with the tracks of a prediction and how many of their first bins are final."""


def unwatched(data: TrackData, n_bins: int) -> None:
    """Nobody reads before the end."""


class Draft:
    """One thread publishes bins, any thread may wait for more."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._data: TrackData | None = None
        self._n_bins = 0
        self._ended = False

    @property
    def has_ended(self) -> bool:
        """Whether no more bins follow, however far it went."""
        return self._ended

    def publish(self, data: TrackData, n_bins: int) -> None:
        """So many of the first bins are final; the others hold anything."""
        with self._changed:
            self._data, self._n_bins = data, n_bins
            self._changed.notify_all()

    def end(self) -> None:
        """No more bins follow: readers take the values from the result."""
        with self._changed:
            self._data, self._ended = None, True
            self._changed.notify_all()

    def wait(self, n_bins: int, timeout_s: float) -> TrackData | None:
        """The tracks once so many first bins are final; None if not in time, or no more."""

        def is_there() -> bool:
            return self._data is not None and self._n_bins >= n_bins

        with self._changed:
            self._changed.wait_for(lambda: self._ended or is_there(), timeout_s)
            return self._data if is_there() else None
