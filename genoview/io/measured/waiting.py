"""A page does not wait for a slow server: it draws what has come, and a thread reads the rest.

with brief_reads(0.3):      # of this thread alone, for all readings together
    file.features(...)      # in time, or StillReading, while a thread goes on
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.data.site_data import IntArray
from genoview.io.formats.contents import EstimatingSource, FeatureSource, SignalSource
from genoview.io.formats.coverage import Signal
from genoview.io.formats.local_file import LocalFile
from genoview.io.formats.text_lines import LocalFileError

FAULT_S = 20.0  # for which a fault stands before the same is read again
N_THREADS = 6
LEAST_S = 0.02  # for what is in memory, when the time is over

T = TypeVar("T")
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class StillReading(LocalFileError):
    """It has not come yet; a thread goes on reading."""


@contextmanager
def brief_reads(seconds: float) -> Iterator[None]:
    """In this thread, published files are waited for no longer than this, all together."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(N_THREADS, "tracks")


class Readings:
    """Of one file, those under way. Thread safe."""

    def __init__(self, words: str) -> None:
        """Args: words: of the message while it reads, such as the host's name."""
        self._words = words
        self._lock = threading.RLock()  # a reading may land at once
        self._flights: dict[object, Future[Any]] = {}
        self._faults: dict[object, tuple[float, LocalFileError]] = {}
        self._missed: set[object] = set()
        self.n_late = 0

    @property
    def is_reading(self) -> bool:
        """Whether something that was asked for has not come yet."""
        with self._lock:
            return bool(self._missed)

    def forget(self) -> None:
        """Read again what failed."""
        with self._lock:
            self._faults.clear()

    def call(self, key: object, read: Callable[[], T]) -> T:
        """What `read` gives.

        Raises:
            StillReading: it takes longer than this thread waits.
            LocalFileError: as `read` says.
        """
        deadline = _deadline.get()
        if deadline is None:
            return read()
        with self._lock:
            since, fault = self._faults.get(key, (0.0, None))
            if fault is not None and time.monotonic() - since < FAULT_S:
                raise fault
            flight = self._flights.get(key)
            if flight is None:
                flight = self._flights[key] = _threads().submit(read)
                flight.add_done_callback(lambda done: self._landed(key, done))
        try:
            result: T = flight.result(max(deadline - time.monotonic(), LEAST_S))
            return result
        except TimeoutError:
            with self._lock:
                if not flight.done():
                    self._missed.add(key)
            raise StillReading(f"being read from {self._words} …") from None

    def _landed(self, key: object, flight: Future[Any]) -> None:
        with self._lock:
            self._flights.pop(key, None)
            error = flight.exception()
            if isinstance(error, LocalFileError):
                self._faults[key] = (time.monotonic(), error)
            if key in self._missed:
                self._missed.discard(key)
                self.n_late += 1


class _Features:
    """A feature source that does not keep a page waiting."""

    def __init__(self, source: FeatureSource, readings: Readings) -> None:
        self._source = source
        self._readings = readings

    def is_exact(self, interval: Interval) -> bool:
        source = self._source
        if not isinstance(source, EstimatingSource):
            return True
        return self._readings.call(("exact", interval), lambda: source.is_exact(interval))

    def count(self, interval: Interval) -> int:
        return self._readings.call(("count", interval), lambda: self._source.count(interval))

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        key = "features", interval, limit
        return self._readings.call(key, lambda: self._source.features(interval, limit))

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        key = "density", interval, n_bins
        return self._readings.call(key, lambda: self._source.density(interval, n_bins))


class _Signals:
    """A signal source that does not keep a page waiting."""

    def __init__(self, source: SignalSource, readings: Readings) -> None:
        self._source = source
        self._readings = readings

    def signal(self, interval: Interval, n_points: int) -> Signal:
        key = interval, n_points
        return self._readings.call(key, lambda: self._source.signal(interval, n_points))


def patient(file: LocalFile, readings: Readings) -> LocalFile:
    """The same file, whose readings a page does not wait for."""
    features, signals = file.contents.features, file.contents.signals
    contents = replace(
        file.contents,
        features=None if features is None else _Features(features, readings),
        signals=None if signals is None else _Signals(signals, readings),
    )
    return replace(file, contents=contents)


class _Unread:
    """Stands for a file that is not open: each reading says why."""

    def __init__(self, words: str) -> None:
        self._words = words

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        raise LocalFileError(self._words)

    def count(self, interval: Interval) -> int:
        raise LocalFileError(self._words)

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        raise LocalFileError(self._words)


def unread(words: str) -> FeatureSource:
    """A feature source whose every reading is a LocalFileError with these words."""
    return _Unread(words)
