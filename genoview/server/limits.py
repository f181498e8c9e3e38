"""How much one caller may ask for, and how many are let in at once."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import grpc
from alphagenome.protos.v1 import dna_model_pb2

from genoview.data.genome import Interval
from genoview.query.resolve import MAX_WIDTH
from genoview.server.status import Refusal, invalid

MAX_MESSAGE_BYTES = 4 * 2**20  # of one request: a sequence of 2**20 letters and room to say no
MAX_SCORERS = 20  # a request, as in the official client
MAX_ISM_WIDTH = 10  # bp a request, as in the official client, which splits longer stretches
BASES = frozenset("ACGTN")


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator may choose.

    Attributes:
        queue: calls that run or wait; one more is refused with RESOURCE_EXHAUSTED.
        seconds: a call may take, waiting included; then DEADLINE_EXCEEDED.
        answer_bytes: of the values of one answer, as float32 and both alleles.
        held_bytes: of the values of all answers that are made or sent at once; one more is refused
            with RESOURCE_EXHAUSTED.
        width: bp of an interval or a sequence.
        patience: seconds that a caller may take to send a request or to take a message.
    """

    queue: int = 16
    seconds: float = 3_600.0
    answer_bytes: int = 2 * 2**30
    held_bytes: int = 4 * 2**30
    width: int = MAX_WIDTH
    patience: float = 60.0

    def check_width(self, width: int) -> None:
        """Pass what is not too long."""
        if not 0 < width <= self.width:
            raise invalid(f"{width:,} bp were requested; 1 to {self.width:,} bp are answered.")

    def check_sequence(self, sequence: str) -> None:
        """Pass A, C, G, T and N of a length that is answered."""
        self.check_width(len(sequence))
        if others := sorted(set(sequence) - BASES):
            raise invalid(
                f"The sequence holds {', '.join(map(repr, others[:5]))}; upper-case A, C, G, T "
                "and N are read."
            )

    def check_answer(self, n_values: int) -> int:
        """The bytes of an answer of so many values, if it can be sent.

        Raises:
            Refusal: it cannot.
        """
        if n_values * 4 > self.answer_bytes:
            raise invalid(
                f"The answer would take {n_values * 4 / 1e6:,.0f} MB; this server sends "
                f"{self.answer_bytes / 1e6:,.0f} MB at most. Ask for a shorter stretch or for "
                "fewer outputs."
            )
        return n_values * 4


def check_model_and_organism(organism: int, model_version: str) -> None:
    """Check that no other model or species is requested than is served."""
    if organism not in (dna_model_pb2.ORGANISM_HOMO_SAPIENS, dna_model_pb2.ORGANISM_UNSPECIFIED):
        raise invalid("These models are of human sequence; ask for the organism HOMO_SAPIENS.")
    if model_version:
        raise invalid(
            f"There is no model version {model_version!r} here: this server runs genoview's own "
            "models, not AlphaGenome. Leave model_version out."
        )


def check_scorers(scorers: Sequence[object]) -> None:
    """Pass one to as many scorers as a request may have."""
    if not 0 < len(scorers) <= MAX_SCORERS:
        raise invalid(f"{len(scorers)} scorers were given; 1 to {MAX_SCORERS} are taken.")


def check_ism(ism: Interval, interval: Interval) -> None:
    """Pass a short stretch that lies in the interval."""
    if ism.width > MAX_ISM_WIDTH:
        raise invalid(
            f"{ism.width:,} bp of mutagenesis were requested; a request has {MAX_ISM_WIDTH} at "
            "most. Split it, as the official client does."
        )
    if not interval.contains(ism):
        raise invalid(f"{ism.to_ucsc()} lies outside of {interval.to_ucsc()}.")


class Budget:
    """Bytes that all answers may take at once. Thread safe."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._n_taken = 0

    def take(self, n_bytes: int) -> None:
        """Take so many more.

        Raises:
            Refusal: the answers that are being sent leave no room.
        """
        with self._lock:
            if self._n_taken and self._n_taken + n_bytes > self._limit:
                raise Refusal(
                    grpc.StatusCode.RESOURCE_EXHAUSTED,
                    f"The answers that are made and sent at this moment take "
                    f"{self._n_taken / 1e6:,.0f} MB; there is no room for "
                    f"{n_bytes / 1e6:,.0f} MB more. Try again later.",
                )
            self._n_taken += n_bytes

    def give(self, n_bytes: int) -> None:
        """Free so many."""
        with self._lock:
            self._n_taken -= n_bytes


class Gate:
    """Lets so many calls in, and no more."""

    def __init__(self, limit: int, watch: Callable[[int], None] = lambda n: None) -> None:
        """Args: watch: called with the number of calls inside, whenever that changes."""
        self._limit = limit
        self._watch = watch
        self._changed = threading.Condition()
        self._n_inside = 0
        self._closed = False

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Inside while a call is answered.

        Raises:
            Refusal: it is full or closed.
        """
        self._change(1)
        try:
            yield
        finally:
            self._change(-1)

    def close(self) -> None:
        """Let nobody in any more."""
        with self._changed:
            self._closed = True

    def emptied(self, seconds: float) -> bool:
        """Wait until everybody is out; False if somebody is in after all that time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._n_inside == 0, seconds)

    def _change(self, step: int) -> None:
        with self._changed:
            if step > 0:
                self._check()
            self._n_inside += step
            self._watch(self._n_inside)
            self._changed.notify_all()

    def _check(self) -> None:
        if self._closed:
            message = "This server is ending and takes no new calls."
            raise Refusal(grpc.StatusCode.UNAVAILABLE, message)
        if self._n_inside >= self._limit:
            raise Refusal(
                grpc.StatusCode.RESOURCE_EXHAUSTED,
                f"{self._n_inside} calls run or wait already; try again later.",
            )
