"""How long a server waits for its callers: to send a request, and to take what is sent."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import grpc

from genoview.server.call import CallJobs

T = TypeVar("T")
LONGEST_LOOK_S = 1.0
CODE = grpc.StatusCode.DEADLINE_EXCEEDED
WORDS = (
    "This server waited {seconds:g} s for its caller to send a request or to take the answer, and "
    "ended the call. Read the stream without stops, or ask for less at once."
)


class Caller:
    """A caller, and how long the server waits for it.

    Attributes:
        was_dropped: it took too long, and its call was ended.
    """

    def __init__(self, context: Any, call_jobs: CallJobs) -> None:
        self.call_jobs = call_jobs
        self.was_dropped = False
        self._context = context
        self._since: float | None = None

    @property
    def code(self) -> grpc.StatusCode:
        """Of a call that its caller did not stay for."""
        return CODE if self.was_dropped else grpc.StatusCode.CANCELLED

    def requests(self, sent: Iterable[T]) -> Iterator[T]:
        """Those of a stream, each waited for."""
        source = iter(sent)
        while True:
            self._since = time.monotonic()
            try:
                request = next(source)
            except StopIteration:
                return
            finally:
                self._since = None
            yield request

    def taking(self, messages: Iterable[T]) -> Iterator[T]:
        """Messages, of which the next is made when the caller has taken the last."""
        for message in messages:
            self._since = time.monotonic()
            yield message
            self._since = None

    def check(self, now: float, patience_s: float) -> None:
        """End the call where the caller took too long, at one message or at all of them."""
        since = self._since
        if since is None or (now - since < patience_s and not self.call_jobs.is_late):
            return
        self.was_dropped = True
        self.call_jobs.release()
        # What waits for the caller in gRPC is freed by an end of the call alone. The public way
        # to one says CANCELLED, which a caller would take for its own doing.
        call = getattr(getattr(self._context, "_rpc_event", None), "call", None)
        if call is None:
            self._context.cancel()
        else:
            call.cancel(CODE.value[0], WORDS.format(seconds=now - since))


class Patience:
    """Looks after all calls of a server from `start` to `stop`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._callers: set[Caller] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="genoview-patience", daemon=True)

    def start(self) -> None:
        """Look, again and again."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    @contextmanager
    def with_caller(self, context: Any, call_jobs: CallJobs) -> Iterator[Caller]:
        """Waited for no longer than so many seconds at once while the block lasts."""
        caller = Caller(context, call_jobs)
        with self._lock:
            self._callers.add(caller)
        try:
            yield caller
        finally:
            with self._lock:
                self._callers.discard(caller)

    def _look(self) -> None:
        while not self._ended.wait(min(self._seconds / 4, LONGEST_LOOK_S)):
            with self._lock:
                callers = list(self._callers)
            for caller in callers:
                caller.check(time.monotonic(), self._seconds)
