"""Blocks on their way here: a thread waits for what another has requested already."""

import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future

from genoview.errors import NetworkError
from genoview.io.remote.block_file import BlockFile
from genoview.io.remote.ranges import Tick

POLL_S = 0.1  # between two looks whether a person stopped, while another thread's request runs


class Flights:
    """Of one file; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._futures: dict[int, Future[bytes]] = {}

    def claim(
        self, absent: Sequence[int], disk: BlockFile
    ) -> tuple[list[int], dict[int, Future[bytes]]]:
        """Blocks for this thread to fetch, and those that others are fetching."""
        with self._lock:
            others = {i: self._futures[i] for i in absent if i in self._futures}
            mine = [  # not one that has come since it was looked for
                i for i in absent if i not in others and not disk.last_used(i, i + 1)[0]
            ]
            self._futures |= {index: Future() for index in mine}
            return mine, others

    def land(
        self, mine: list[int], by_index: dict[int, bytes], error: NetworkError | None = None
    ) -> None:
        """Hand blocks, or the error, to whoever waits; nothing where the request was stopped."""
        with self._lock:
            flights = {index: self._futures.pop(index) for index in mine if index in self._futures}
        for index, flight in flights.items():
            if index in by_index:
                flight.set_result(by_index[index])
            elif error:
                flight.set_exception(error)
            else:
                flight.cancel()


def waited(flight: Future[bytes], tick: Tick) -> bytes | None:
    """A block that another thread fetches; None where it was stopped."""
    while True:
        tick()
        try:
            return flight.result(POLL_S)
        except CancelledError:
            return None
        except TimeoutError:
            continue
