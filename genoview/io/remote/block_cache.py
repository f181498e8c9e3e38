"""Bytes of remote files, through blocks on disk with a limit of their own."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from itertools import pairwise
from pathlib import Path

import numpy as np

from genoview.data.progress import Progress, no_progress
from genoview.errors import NetworkError, StoreError
from genoview.io.remote.block_file import BLOCK, BlockFile, Stretches, blocks_of, n_blocks_of
from genoview.io.remote.ranges import Answer, RangeClient, RemoteFile, Tick, no_tick

LIMIT_MB = 1_000  # of 10**6 bytes, what is kept on purpose not counted
MOST_BLOCKS = 64  # 4 MiB in one request: what is lost where a person stops
POLL_S = 0.1  # between two looks whether a person stopped, while another thread's request runs
Runs = Iterator[tuple[int, int]]

_log = logging.getLogger(__name__)


class _ContentChanged(Exception):
    """The file at the address is no longer the one that the blocks belong to."""


class BlockCache:
    """A folder of block files; the blocks used longest ago go where there are too many.

    Args:
        limit_bytes: for all files together, what is kept on purpose not counted.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_MB * 10**6) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._since_count = 0
        self._counted: int | None = None
        self._files: dict[str, CachedFile] = {}

    def open(self, file: RemoteFile, client: RangeClient) -> "CachedFile":
        """One for each file of a process, so that its threads share requests.

        Raises:
            StoreError: the folder cannot be written.
        """
        with self._lock:
            if file.key not in self._files:
                try:
                    disk = BlockFile(self.folder / file.key)
                except OSError as error:
                    raise StoreError(
                        f"{self.folder} cannot be written: {error.strerror or error}. Choose "
                        "another folder by GENOVIEW_CACHE."
                    ) from error
                self._files[file.key] = CachedFile(disk, client, self.wrote)
            return self._files[file.key]

    def wrote(self, n_bytes: int) -> None:
        """Count what was written, and evict where that is too much."""
        with self._lock:
            self._since_count += n_bytes
            if self._counted is None or self._counted + self._since_count > self.limit_bytes:
                self._evict()

    def _evict(self) -> None:
        """Down to 9 tenths of the limit."""
        disks = [BlockFile(path) for path in sorted(self.folder.glob("[!.]*")) if path.is_dir()]
        used = [np.where(disk.kept_blocks(), 0, disk.last_used()) for disk in disks]
        ages = np.concatenate([*used, np.zeros(0, np.uint32)])
        n_evictable = int(np.count_nonzero(ages))
        n_over = n_evictable - int(self.limit_bytes * 0.9) // BLOCK
        if n_evictable * BLOCK <= self.limit_bytes:
            n_over = 0
        if n_over > 0:
            oldest = np.argsort(np.where(ages == 0, np.iinfo(np.uint32).max, ages), kind="stable")
            going = np.zeros(len(ages), bool)
            going[oldest[:n_over]] = True
            bounds = np.cumsum([0, *map(len, used)])
            for disk, (first, end) in zip(disks, pairwise(bounds), strict=True):
                if not disk.drop(np.flatnonzero(going[first:end]).tolist()):
                    disk.drop(np.flatnonzero(ages[first:end]).tolist())
        self._counted, self._since_count = (n_evictable - max(n_over, 0)) * BLOCK, 0


class CachedFile:
    """A remote file whose blocks come once; thread safe, and safe beside other processes.

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
        self._flights: dict[int, Future[bytes]] = {}
        self._write_error: OSError | None = None

    def size(self, tick: Tick = no_tick) -> int:
        """Length of the whole file in bytes; asks for its first block where nobody knows yet.

        Raises:
            NetworkError: it cannot be had.
        """
        if self._disk.size is None and self.file.size is None:
            self._blocks(0, 1, tick)
        return self._disk.size or self.file.size or 0

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
                error = self._write_error or OSError("blocks vanished")
                raise self._full(error, done / len(indices)) from error
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
        found: dict[int, bytes] = {}
        generation = self.generation
        while absent := [index for index in range(first, stop) if index not in found]:
            stored = {index: self._disk.get(index) for index in absent}
            found |= {index: block for index, block in stored.items() if block is not None}
            mine, others = self._claim([index for index in absent if index not in found])
            found |= self._fetched(mine, tick)
            for index, flight in others.items():
                block = _waited(flight, tick)
                found |= {} if block is None else {index: block}
            if generation != self.generation:
                raise _ContentChanged
        return [found[index] for index in range(first, stop)]

    def _claim(self, absent: Sequence[int]) -> tuple[list[int], dict[int, Future[bytes]]]:
        """Blocks for this thread to fetch, and those that others are fetching."""
        with self._lock:
            others = {i: self._flights[i] for i in absent if i in self._flights}
            mine = [  # not one that has come since it was looked for
                i for i in absent if i not in others and not self._disk.last_used(i, i + 1)[0]
            ]
            self._flights |= {index: Future() for index in mine}
            return mine, others

    def _fetched(self, mine: list[int], tick: Tick) -> dict[int, bytes]:
        """Adjacent blocks in one request."""
        found: dict[int, bytes] = {}
        try:
            for first, stop in _runs(mine):
                answer = self._client.get(first * BLOCK, stop * BLOCK, tick)
                blocks = {
                    first + i: answer.body[i * BLOCK : (i + 1) * BLOCK]
                    for i in range(n_blocks_of(len(answer.body)))
                }
                self._store(answer, blocks)
                found |= blocks
        except NetworkError as error:  # others do not ask the same again
            self._land(mine, found, error)
            raise
        finally:
            self._land(mine, found)
        return found

    def _land(
        self, mine: list[int], found: dict[int, bytes], error: NetworkError | None = None
    ) -> None:
        with self._lock:
            flights = {index: self._flights.pop(index) for index in mine if index in self._flights}
        for index, flight in flights.items():
            if index in found:
                flight.set_result(found[index])
            elif error:
                flight.set_exception(error)
            else:
                flight.cancel()

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
            disk.describe(answer.total, disk.etags | {answer.url: answer.etag})


def _runs(indices: Sequence[int]) -> Runs:
    """`[1, 2, 5]` -> 1 to 3, 5 to 6; none longer than one request."""
    start = 0
    for at in range(1, len(indices) + 1):
        ends = at == len(indices) or indices[at] != indices[at - 1] + 1
        if ends or at - start == MOST_BLOCKS:
            yield indices[start], indices[at - 1] + 1
            start = at


def _waited(flight: Future[bytes], tick: Tick) -> bytes | None:
    """A block that another thread fetches; None where it was stopped."""
    while True:
        tick()
        try:
            return flight.result(POLL_S)
        except CancelledError:
            return None
        except TimeoutError:
            continue
