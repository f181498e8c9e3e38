"""Work -> Job: one run at a time on a device, progress, cancel, one run per key.

queued -> running -> done | failed | cancelled
"""

import logging
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from typing import Any, Generic, TypeVar

from genoview.errors import BackendError, Cancelled, GenoviewError
from genoview.runtime.pace import Pace

KEEP_FINISHED = 32  # jobs whose result stays at hand
KEEP_S = 600.0  # and for how long after their end

T = TypeVar("T")
Progress = Callable[[float], None]
"""Called with the share done, 0 to 1; may raise `Cancelled`, which ends the run."""

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
        self._future: Future[T] | None = None
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
            future = self._future
        if future is not None:
            future.cancel()  # takes it out of the queue if it has not begun
        return True

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; False if it did not come in time."""
        return self._settled.wait(timeout_s)

    def _join(self, owner: str) -> bool:
        """One more wants it; False if it is being stopped or ended without a result."""
        with self._lock:
            usable = self.error is None if self.is_finished else not self._stop
            if usable:
                self._owners.add(owner)
            return usable

    def _abandon(self) -> None:
        self._owners.clear()
        self.cancel()

    def _run(self, work: Callable[[Progress], T]) -> T:
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

    def _settle(self, future: "Future[T]") -> None:
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
        self._future = None  # or a failure's traceback would keep its arrays in memory
        self._settled.set()


class JobQueue:
    """One thread a device, begun when first needed."""

    def __init__(
        self,
        keep_finished: int = KEEP_FINISHED,
        keep_s: float = KEEP_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep_finished = keep_finished
        self._keep_s = keep_s
        self._clock = clock
        self._lock = threading.Lock()
        self._jobs: dict[str, Job[object]] = {}  # the newest of each key, in order of submission
        self._threads: dict[str, ThreadPoolExecutor] = {}
        self._emptied = -math.inf  # when, on the clock
        self._closed = False

    def submit(
        self,
        key: str,
        work: Callable[[Progress], T],
        title: str,
        device: str = "cpu",
        owner: str = "",
        draft: Any = None,
    ) -> Job[T]:
        """Queue some work, or join the job of the same key that waits, runs or has its result.

        Args:
            key: names the work's content; equal keys mean equal results.
            owner: who wants it, such as a session; submitting twice counts once.
            draft: filled by the work; a job that is joined has that of its own work.

        Raises:
            BackendError: the queue was shut down.
        """
        with self._lock:
            self._forget()
            earlier = self._jobs.get(key)
            if earlier is not None and earlier._join(owner):
                return earlier  # type: ignore[return-value]  # equal keys, equal results
            if self._closed:
                raise BackendError(f"{title} cannot run: the server is being shut down.")
            job: Job[T] = Job(key, title, device, self._clock, draft)
            job._join(owner)
            self._jobs.pop(key, None)
            self._jobs[key] = job  # type: ignore[assignment]  # read back as what the key means
            future = self._thread(device).submit(job._run, work)
            job._future = future
        future.add_done_callback(job._settle)
        return job

    def keep(self, n_finished: int) -> None:
        """From now on so many results stay at hand."""
        with self._lock:
            self._keep_finished = n_finished

    def ahead(self, job: Job[Any]) -> int:
        """How many jobs on its device will end before `job` begins."""
        return len(self._before(job))

    def wait_s(self, job: Job[Any]) -> float | None:
        """Seconds until `job` begins; None while one before it has no estimate."""
        rests = [other.estimate_s for other in self._before(job)]
        known = [rest for rest in rests if rest is not None]
        return sum(known) if len(known) == len(rests) else None

    def _before(self, job: Job[Any]) -> list[Job[Any]]:
        with self._lock:
            keys = list(self._jobs)
            if job.state is not State.QUEUED or job.key not in keys:
                return []
            before = [self._jobs[key] for key in keys[: keys.index(job.key)]]
        return [other for other in before if other.device == job.device and not other.is_finished]

    def find(self, key: str) -> Job[Any] | None:
        """The newest job of a key, unless it ended without a result or is forgotten."""
        with self._lock:
            job = self._jobs.get(key)
        return None if job is None or job.error is not None else job

    def stands(self, job: Job[Any]) -> bool:
        """Whether a job ended with a result, and nothing was emptied since."""
        return job.state is State.DONE and (job.finished or 0.0) > self._emptied

    def empty(self) -> None:
        """Let go of every result: the same work runs again. What runs now keeps its own."""
        with self._lock:
            self._emptied = self._clock()
            for key in [key for key, job in self._jobs.items() if job.is_finished]:
                del self._jobs[key]

    def shutdown(self) -> None:
        """Stop every job at its next progress and wait for the threads."""
        with self._lock:
            self._closed = True
            jobs, threads = list(self._jobs.values()), list(self._threads.values())
        for job in jobs:
            job._abandon()
        for thread in threads:
            thread.shutdown(wait=True)

    def _thread(self, device: str) -> ThreadPoolExecutor:
        if device not in self._threads:
            self._threads[device] = ThreadPoolExecutor(1, f"genoview-{device}")
        return self._threads[device]

    def _forget(self) -> None:
        """Let go of results that are old or too many."""
        finished = [job for job in self._jobs.values() if job.finished is not None]
        finished.sort(key=lambda job: job.finished or 0.0, reverse=True)
        oldest = self._clock() - self._keep_s
        for place, job in enumerate(finished):
            if place >= self._keep_finished or (job.finished or 0.0) < oldest:
                del self._jobs[job.key]


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
