"""A job: one run of some work, with progress, cancel and result.

queued -> running -> done | failed | cancelled
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum
from typing import Any, Generic, TypeVar

from genoview.data.progress import Progress
from genoview.errors import BackendError, Cancelled, GenoviewError
from genoview.runtime.jobs.pace import Pace

T = TypeVar("T")
logger = logging.getLogger(__name__)


class State(Enum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Generic[T]):
    """One run of some work, shared by all its owners. Read its attributes from any thread.

    `join`, `run`, `settle` and `abandon` are for the queue.

    Attributes:
        share: of the work done, 0 to 1.
        started, finished: on the queue's clock in seconds, None before.
        result: what the work returned, once done.
        error: why there is no result, once failed or cancelled.
        draft: what can be read of the result before it is there, where the work makes any.
        expected_s: what such work took before, in seconds; None where it is not known.
    """

    def __init__(
        self, key: str, title: str, device: str, clock: Callable[[], float], draft: Any = None
    ) -> None:
        self.key = key
        self.title = title
        self.device = device
        self.draft = draft
        self.share = 0.0
        self.expected_s: float | None = None
        self.started: float | None = None
        self.finished: float | None = None
        self.result: T | None = None
        self.error: GenoviewError | None = None
        self._clock = clock
        self._lock = threading.Lock()
        self._owners: set[str] = set()
        self._stop = False
        self._settled = threading.Event()
        self.future: Future[T] | None = None
        self._pace: Pace | None = None

    @property
    def state(self) -> State:
        if not self._settled.is_set():
            return State.QUEUED if self.started is None else State.RUNNING
        if self.error is None:
            return State.DONE
        return State.CANCELLED if isinstance(self.error, Cancelled) else State.FAILED

    @property
    def is_finished(self) -> bool:
        return self._settled.is_set()

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start, up to the end; 0 while queued."""
        if self.started is None:
            return 0.0
        return (self._clock() if self.finished is None else self.finished) - self.started

    @property
    def estimate_s(self) -> float | None:
        """Seconds that remain at the speed of late, else as before; None where neither is known."""
        if self.is_finished:
            return 0.0
        rest = None if self._pace is None else self._pace.rest_s(self._clock())
        if rest is None and self.expected_s is not None:
            return max(self.expected_s - self.elapsed_s, 0.0)
        return rest

    def cancel(self, owner: str = "") -> bool:
        """`owner` wants it no longer. It stops when nobody does: at once, or at its next progress.

        Returns:
            whether it was cancelled.
        """
        with self._lock:
            self._owners.discard(owner)
            if self._owners or self.is_finished:
                return False
            self._stop = True
            future = self.future
        if future is not None:
            future.cancel()  # takes it out of the queue if it has not begun
        return True

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; False if it did not come in time."""
        return self._settled.wait(timeout_s)

    def join(self, owner: str) -> bool:
        """One more wants it; False if it is being stopped or ended without a result."""
        with self._lock:
            usable = self.error is None if self.is_finished else not self._stop
            if usable:
                self._owners.add(owner)
            return usable

    def abandon(self) -> None:
        self._owners.clear()
        self.cancel()

    def run(self, work: Callable[[Progress], T]) -> T:
        self.started = self._clock()
        self._pace = Pace(self.started)
        self._report(0.0)
        return work(self._report)

    def _report(self, share: float) -> None:
        if self._stop:
            raise Cancelled(f"{self.title} was stopped.")
        self.share = min(max(share, 0.0), 1.0)
        if self._pace is not None:
            self._pace.note(self._clock(), self.share)

    def settle(self, future: "Future[T]") -> None:
        """Take over what the executor caught: it keeps every exception for whoever asks."""
        if future.cancelled():
            self.error = Cancelled(f"{self.title} was stopped before it began.")
        elif (caught := future.exception()) is None:
            self.result, self.share = future.result(), 1.0
        elif isinstance(caught, GenoviewError):
            self.error = caught
        else:
            logger.error("%s failed", self.title, exc_info=caught)
            self.error = _unexpected(self.title, self.device, caught)
        self.finished = self._clock()
        self.future = None  # or a failure's traceback would keep its arrays in memory
        self._settled.set()


def _unexpected(title: str, device: str, caught: BaseException) -> BackendError:
    kind = type(caught).__name__
    if isinstance(caught, MemoryError) or kind == "OutOfMemoryError":
        return BackendError(
            f"{title} ran out of memory on {device}. Choose a shorter region, or fewer tracks."
        )
    return BackendError(
        f"{title} failed unexpectedly ({kind}); the server's log has the details. Try again, or "
        "leave this model out."
    )
