"""Work -> Job: one run at a time on a device, one run per key."""

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from genoview.data.progress import Progress
from genoview.errors import BackendError
from genoview.runtime.jobs.job import Job, State

KEEP_FINISHED = 32  # jobs whose result stays at hand
KEEP_S = 600.0  # and for how long after their end

T = TypeVar("T")


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
            if earlier is not None and earlier.join(owner):
                return earlier  # type: ignore[return-value]  # equal keys, equal results
            if self._closed:
                raise BackendError(f"{title} cannot run: the server is being shut down.")
            job: Job[T] = Job(key, title, device, self._clock, draft)
            job.join(owner)
            self._jobs.pop(key, None)
            self._jobs[key] = job  # type: ignore[assignment]  # read back as what the key means
            future = self._thread(device).submit(job.run, work)
            job.future = future
        future.add_done_callback(job.settle)
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
            job.abandon()
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
