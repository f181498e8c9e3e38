"""A remote file on this machine: blocks that are here, and one request for each that is not."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from genoview.data.progress import Progress, no_progress
from genoview.errors import NetworkError, StoreError
from genoview.io.remote.block_file import BLOCK, BlockFile, Stretches, blocks_of, n_blocks_of
from genoview.io.remote.flights import Flights, waited
from genoview.io.remote.ranges import Answer, RangeClient, Tick, no_tick

MOST_BLOCKS = 64  # 4 MiB in one request: what is lost where a person stops

_log = logging.getLogger(__name__)


class _ContentChanged(Exception):
    """The file at the address is no longer the one that the blocks belong to."""


class CachedFile:
    """A remote file whose blocks are fetched once; safe with other threads and processes.

    Attributes:
        generation: changes when the file is another one than before; what was read of it then
            does not fit what is read now.
    """

    def __init__(self, disk: BlockFile, client: RangeClient, wrote: Callable[[int], None]) -> None:
        self.file = client.file
        self.generation = 0
        self._disk = disk
        self._client = client
        self._wrote = wrote
        self._lock = threading.Lock()
        self._flights = Flights()
        self._write_error: OSError | None = None

    @property
    def name(self) -> str:
        """For messages."""
        return self.file.name

    def size(self, tick: Tick = no_tick) -> int:
        """Length of the whole file in bytes; asks for its first block where it is unknown yet.

        Raises:
            NetworkError: it cannot be had.
        """
        if self._disk.size is None and self.file.size is None:
            self._blocks(0, 1, tick)
        return self._disk.size or self.file.size or 0

    @property
    def modified(self) -> str:
        """When the file was changed, in its server's words; may be empty."""
        return self._disk.modified

    def read(self, start: int, end: int, tick: Tick = no_tick) -> bytes:
        """Bytes from `start` to before `end`, fewer at the end of the file.

        Raises:
            NetworkError: some are not on this machine, and cannot be had.
        """
        end = min(end, self.size(tick))
        if end <= start:
            return b""
        first = start // BLOCK
        content = b"".join(self._blocks(first, n_blocks_of(end), tick))
        return content[start - first * BLOCK : end - first * BLOCK]

    def is_here(self, stretches: Stretches) -> bool:
        """Whether all these bytes are on this machine."""
        return self.share_here(stretches) == 1.0

    def share_here(self, stretches: Stretches) -> float:
        """Of the blocks that these bytes touch, 0 to 1."""
        indices = list(blocks_of(stretches))
        if not indices or self._disk.size is None:
            return 0.0
        return float(np.mean(self._disk.last_used()[indices] > 0))

    def kept(self) -> dict[str, float]:
        """What is kept on purpose, by name, and which share of it has come."""
        return {name: self.share_here(stretches) for name, stretches in self._disk.kept().items()}

    def bytes_here(self) -> int:
        """On this machine, in whole blocks."""
        return int(np.count_nonzero(self._disk.last_used())) * BLOCK

    def keep(self, name: str, stretches: Stretches, progress: Progress = no_progress) -> None:
        """Bring these bytes here to stay; goes on where it was stopped.

        Raises:
            NetworkError: they cannot be had; those that came stay.
            StoreError: they cannot be written.
            Cancelled: as `progress` says.
        """
        try:
            self._disk.keep(name, stretches)
        except OSError as error:
            raise self._full(error, 0.0) from error
        indices = sorted(set(blocks_of(stretches)))
        done = 0
        for first, stop in _runs(indices):
            progress(done / len(indices))
            self._blocks(first, stop, lambda: progress(done / len(indices)))  # noqa: B023
            if not self._disk.last_used(first, stop).all():
                cause = self._write_error or OSError("blocks vanished")
                raise self._full(cause, done / len(indices)) from cause
            done += stop - first
        progress(1.0)

    def release(self, name: str) -> None:
        """Delete what was kept by that name, except what other names need."""
        stretches = self._disk.kept().get(name, [])
        self._disk.release(name)
        others = self._disk.kept_blocks()
        self._disk.drop(index for index in blocks_of(stretches) if not others[index])

    def remove(self) -> None:
        """Delete all of it."""
        with self._lock:
            self._disk.remove()
            self.generation += 1

    def _full(self, error: OSError, share: float) -> StoreError:
        return StoreError(
            f"{self.file.name} cannot be kept in {self._disk.folder.parent}: "
            f"{error.strerror or error}. {share:.0%} is here; free some space, then go on."
        )

    def _blocks(self, first: int, stop: int, tick: Tick) -> list[bytes]:
        try:
            return self._collected(first, stop, tick)
        except _ContentChanged:
            pass
        try:
            return self._collected(first, stop, tick)
        except _ContentChanged as error:
            raise NetworkError(
                f"{self.file.name} is another file at each reading. Try again later."
            ) from error

    def _collected(self, first: int, stop: int, tick: Tick) -> list[bytes]:
        by_index: dict[int, bytes] = {}
        generation = self.generation
        while absent := [index for index in range(first, stop) if index not in by_index]:
            stored = {index: self._disk.get(index) for index in absent}
            by_index |= {index: block for index, block in stored.items() if block is not None}
            mine, others = self._flights.claim(
                [index for index in absent if index not in by_index], self._disk
            )
            by_index |= self._fetched(mine, tick)
            for index, flight in others.items():
                block = waited(flight, tick)
                by_index |= {} if block is None else {index: block}
            if generation != self.generation:
                raise _ContentChanged
        return [by_index[index] for index in range(first, stop)]

    def _fetched(self, mine: list[int], tick: Tick) -> dict[int, bytes]:
        """Adjacent blocks in one request."""
        by_index: dict[int, bytes] = {}
        try:
            for first, stop in _runs(mine):
                answer = self._client.get(first * BLOCK, stop * BLOCK, tick)
                blocks = {
                    first + i: answer.body[i * BLOCK : (i + 1) * BLOCK]
                    for i in range(n_blocks_of(len(answer.body)))
                }
                self._store(answer, blocks)
                by_index |= blocks
        except NetworkError as error:  # others do not ask the same again
            self._flights.land(mine, by_index, error)
            raise
        finally:
            self._flights.land(mine, by_index)
        return by_index

    def _store(self, answer: Answer, blocks: dict[int, bytes]) -> None:
        """On disk, if it can be; a full disk costs a request the next time, not the answer."""
        with self._lock:
            try:
                self._accept(answer)
                for index, block in blocks.items():
                    self._disk.put(index, block)
            except OSError as error:
                if self._write_error is None:
                    _log.warning("%s is not cached: %s", self.file.name, error)
                self._write_error = error
                self._disk.size = answer.total
                return
        self._write_error = None
        try:
            self._wrote(len(answer.body))
        except OSError as error:
            _log.warning("Blocks of remote files are not evicted: %s", error)

    def _accept(self, answer: Answer) -> None:
        """Empty the file where the answer is of another content."""
        disk = self._disk
        etag = disk.etags.get(answer.url, "")
        if disk.size is not None and (
            disk.size != answer.total or (etag and answer.etag and etag != answer.etag)
        ):
            disk.reset()
            self.generation += 1
        if disk.size is None or disk.etags.get(answer.url, "") != answer.etag:
            disk.describe(answer.total, disk.etags | {answer.url: answer.etag}, answer.modified)


def _runs(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """`[1, 2, 5]` -> 1 to 3, 5 to 6; none longer than one request."""
    start = 0
    for at in range(1, len(indices) + 1):
        ends = at == len(indices) or indices[at] != indices[at - 1] + 1
        if ends or at - start == MOST_BLOCKS:
            yield indices[start], indices[at - 1] + 1
            start = at
