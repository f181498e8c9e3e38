"""Jobs of one call, and how long it may take."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import uuid4

import grpc

from genoview.errors import Cancelled
from genoview.runtime.jobs import Job
from genoview.server.limits import Budget
from genoview.server.status import Refusal

T = TypeVar("T")
LOOK_S = 0.1  # between two looks whether the caller is still there


class CallJobs:
    """Jobs that one call has queued; released when it ends, however it does."""

    def __init__(self, seconds: float, budget: Budget | None = None) -> None:
        """Args: budget: of the bytes of all calls; None for no end of them."""
        self._owner = uuid4().hex
        self._until = time.monotonic() + seconds
        self._jobs: list[Job[object]] = []
        self._gone = threading.Event()
        self._budget, self._n_bytes = budget, 0

    @property
    def is_late(self) -> bool:
        """Whether the call took all the time that it may."""
        return time.monotonic() > self._until

    def reserve(self, n_bytes: int) -> None:
        """Room for an answer, until its request is answered.

        Raises:
            Refusal: the answers of other calls take it.
        """
        if self._budget is not None:
            self._budget.take(n_bytes)
            self._n_bytes += n_bytes

    @contextmanager
    def answering(self) -> Iterator[None]:
        """One request: what it took is free when the block ends.

        Jobs of an answered request are released: what they still do, such as caching, goes on.
        """
        try:
            yield
            self._jobs.clear()  # or a long stream of requests would hold the results of all
        finally:
            if self._budget is not None:
                self._budget.give(self._n_bytes)
            self._n_bytes = 0

    def take(self, submit: Callable[[str], Job[T]]) -> Job[T]:
        """A job in this call's name."""
        job = submit(self._owner)
        self._jobs.append(job)  # type: ignore[arg-type]  # only cancelled by
        if self._gone.is_set():
            job.cancel(self._owner)
        return job

    def result(self, job: Job[T]) -> T:
        """Wait for a job.

        Raises:
            GenoviewError: the job's, or Cancelled since the caller went, or it took too long.
        """
        while not job.wait(LOOK_S):
            self.check(job)
        if job.error is not None:
            raise job.error
        assert job.result is not None  # a job without an error has one
        return job.result

    def check(self, job: Job[Any]) -> None:
        """Pass while the caller is there and there is time for the job.

        Raises:
            Cancelled: the caller went. Refusal: it took too long.
        """
        if self._gone.is_set():
            raise Cancelled("The caller went before the answer was there.")
        if self.is_late:
            self.release()
            raise Refusal(
                grpc.StatusCode.DEADLINE_EXCEEDED,
                f"{job.title} was stopped: a call may not take so long on this server. Ask for a "
                "shorter stretch.",
            )

    def release(self) -> None:
        """Cancel the jobs that no other call waits for."""
        self._gone.set()
        for job in list(self._jobs):
            job.cancel(self._owner)
