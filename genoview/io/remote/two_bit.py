"""UCSC's 2bit -> sequence, without its tables of soft masks: a few blocks in place of megabytes.

Format: genome.ucsc.edu/FAQ/FAQformat.html#format7, versions 0 and 1.
"""

import struct
import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genoview.errors import GenomeError
from genoview.io.remote.block_file import BLOCK, Stretches
from genoview.io.remote.cached_file import CachedFile

MAGIC = 0x1A412743
HEAD_LENGTH = 2_048  # bytes of a record that are read at once: 250 runs of N fit
_BASES = np.frombuffer(b"TCAG", np.uint8)
_PLACES = np.arange(256)
_FOUR = np.stack([_BASES[_PLACES >> shift & 3] for shift in (6, 4, 2, 0)], axis=1)
"""uint8[256, 4]: the bases of a byte, the first in its highest bits."""


@dataclass(frozen=True, slots=True)
class Record:
    """A sequence of the file.

    Attributes:
        offset: of the record, in bytes.
        packed: offset of its bases.
        length: bp.
        n_starts: int64[runs], first bp of each run of N, ascending.
        n_ends: int64[runs], half-open.
    """

    offset: int
    packed: int
    length: int
    n_starts: NDArray[np.int64]
    n_ends: NDArray[np.int64]

    @property
    def stretches(self) -> Stretches:
        """Bytes of its head and of its bases; what lies between are soft masks."""
        head = self.offset + max(12 + 8 * len(self.n_starts), HEAD_LENGTH)
        return [(self.offset, head), (self.packed, self.packed + -(-self.length // 4))]


class TwoBit:
    """Thread safe."""

    def __init__(self, file: CachedFile) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._generation = -1
        self._order = "<"
        self._index_end = 0
        self._offsets: dict[str, int] = {}
        self._records: dict[str, Record] = {}

    def fetch(self, name: str, start: int, end: int) -> str:
        """Upper-case A, C, G, T or N of a part of a record, 0-based half-open, within it.

        Raises:
            NetworkError: it cannot be had.
            GenomeError: the file is no 2bit, or has no such record.
        """
        while True:
            record = self.record(name)
            generation = self._generation
            first = start // 4
            packed = self.file.read(record.packed + first, record.packed + -(-end // 4))
            if generation == self.file.generation:
                break
        if not 0 <= start <= end <= record.length or len(packed) < -(-end // 4) - first:
            raise self._broken(f"{name} ends before {end:,}")
        bases = _FOUR[np.frombuffer(packed, np.uint8)].reshape(-1)
        bases = bases[start - 4 * first : end - 4 * first]
        runs = slice(
            np.searchsorted(record.n_ends, start, "right"), np.searchsorted(record.n_starts, end)
        )
        for n_start, n_end in zip(record.n_starts[runs], record.n_ends[runs], strict=True):
            bases[max(n_start - start, 0) : n_end - start] = ord("N")
        return bases.tobytes().decode("ascii")

    def record(self, name: str) -> Record:
        """Where a record lies; read once.

        Raises:
            NetworkError: it cannot be had.
            GenomeError: the file is no 2bit, or has no such record.
        """
        with self._lock:
            while self._generation != self.file.generation:
                self._records, generation = {}, self.file.generation
                self._offsets = self._read_index()
                self._generation = generation
            if name not in self._offsets:
                raise self._broken(f"it has no {name}")
            if name not in self._records:
                self._records[name] = self._read_record(name, self._offsets[name])
            return self._records[name]

    def stretches(self, name: str) -> Stretches:
        """All bytes that a record is read from."""
        return [(0, self._index_end), *self.record(name).stretches]

    def _read_index(self) -> dict[str, int]:
        """Names and offsets, from the start of the file."""
        content = self.file.read(0, BLOCK)
        orders = [order for order in "<>" if content[:4] == struct.pack(f"{order}I", MAGIC)]
        if not orders or len(content) < 16:
            raise self._broken(f"it begins with {content[:4].hex(' ')}")
        self._order = orders[0]
        version, n_records = struct.unpack_from(f"{self._order}II", content, 4)
        if version > 1:
            raise self._broken(f"it is of version {version}; 0 or 1 was expected")
        form = struct.Struct(f"{self._order}{'IQ'[version]}")
        offsets, place = dict[str, int](), 16
        for _ in range(n_records):
            if place + 256 + form.size > len(content):
                content += self.file.read(len(content), len(content) + BLOCK)
            if place >= len(content) or place + 1 + content[place] + form.size > len(content):
                raise self._broken("its list of sequences breaks off")
            end = place + 1 + content[place]
            offsets[content[place + 1 : end].decode("ascii", "replace")] = form.unpack_from(
                content, end
            )[0]
            place = end + form.size
        self._index_end = place
        return offsets

    def _read_record(self, name: str, offset: int) -> Record:
        head = self.file.read(offset, offset + HEAD_LENGTH)
        if len(head) < 16:
            raise self._broken(f"{name} breaks off")
        length, n_runs = struct.unpack_from(f"{self._order}II", head)
        n_head = 12 + 8 * n_runs  # up to and with the count of masks
        if offset + n_head > self.file.size():
            raise self._broken(f"{name} has {n_runs:,} runs of N")
        if n_head > len(head):
            head += self.file.read(offset + len(head), offset + n_head)
        runs = np.frombuffer(head, f"{self._order}u4", 2 * n_runs, 8).reshape(2, -1)
        starts, sizes = runs.astype(np.int64)
        (n_masks,) = struct.unpack_from(f"{self._order}I", head, n_head - 4)
        packed = offset + n_head + 8 * n_masks + 4
        if packed + -(-length // 4) > self.file.size():
            raise self._broken(f"{name} would end past the end of the file")
        return Record(offset, packed, length, starts, starts + sizes)

    def _broken(self, words: str) -> GenomeError:
        return GenomeError(
            f"{self.file.file.name} is not the 2bit file that was expected: {words}. Remove what "
            "is here of it, then read it again, or from another mirror."
        )
