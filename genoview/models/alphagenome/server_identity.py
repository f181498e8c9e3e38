"""What a server is now: which models, in which versions, and of which genome.

The protocol has no field for either. A genoview server sends both in the headers of every answer,
also of a health check, which needs no key and computes nothing. Other servers send neither.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MODELS_HEADER = "x-genoview-models"  # digest of models, weights, dtype, genome and genes
GENOME_HEADER = "x-genoview-genome"  # family of the genome, such as GRCh37
KEEPING_HEADER = "x-genoview-keeping"  # of a call: who keeps its answer for the next time
BY_CALLER = "caller"
HEALTH_CHECK = "/grpc.health.v1.Health/Check"
FRESH_S = 60.0  # how long an identity is trusted
SOON_S = 5.0  # when an unreachable server is tried again
WAIT_S = 2.0  # for its headers


@dataclass(frozen=True, slots=True)
class Identity:
    """Empty where the server does not send it.

    Attributes:
        models: equal while its values are; changes with models, weights, genome and genes.
        genome: family of the genome that its intervals are of.
    """

    models: str = ""
    genome: str = ""

    @classmethod
    def of(cls, headers: Iterable[Any] | None) -> "Identity":
        """Of the headers of an answer, pairs of text."""
        texts = {str(key): str(value) for key, value in headers or ()}
        return cls(texts.get(MODELS_HEADER, ""), texts.get(GENOME_HEADER, ""))


NOBODY = Identity()


class Watch:
    """Identity of one server, requested at most once in FRESH_S. Thread safe."""

    def __init__(
        self, target: str, secure: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._target, self._secure, self._clock = target, secure, clock
        self._lock = threading.Lock()
        self._latest = NOBODY
        self._due = float("-inf")

    def identity(self) -> Identity:
        """The latest one, also of a server that cannot be reached. Waits for at most WAIT_S."""
        with self._lock:
            if self._clock() >= self._due:
                answer = self._request()
                self._latest = self._latest if answer is None else answer
                self._due = self._clock() + (SOON_S if answer is None else FRESH_S)
            return self._latest

    def forget(self) -> None:
        """Ask again at the next question."""
        with self._lock:
            self._due = float("-inf")

    def _request(self) -> Identity | None:
        """None where nothing answers, or grpc is not here to ask with."""
        try:
            import grpc
        except ImportError:
            return None
        if self._secure:
            channel = grpc.secure_channel(self._target, grpc.ssl_channel_credentials())
        else:
            channel = grpc.insecure_channel(self._target)
        with channel:
            check = channel.unary_unary(HEALTH_CHECK, lambda _: b"", lambda _: b"")
            call = check.future(None, timeout=WAIT_S)
            if call.exception() is None:
                return Identity.of(call.initial_metadata())
            silent = call.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
            return None if silent else NOBODY
