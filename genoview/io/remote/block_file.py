"""Blocks of one remote file on disk: a sparse file, and a table of which blocks are there.

    <folder>/blocks     the file, with holes
    <folder>/table      a row a block: when last used (minutes since 1970, 0 = absent), and CRC-32
    <folder>/content    JSON: length, date and ETag by address of what the blocks belong to
    <folder>/kept/NAME  JSON: stretches of bytes that are never evicted

Processes share a folder without a lock: a block counts only if its CRC fits, so that one which is
half written, or evicted while it is read, is absent. Other content comes as new files; who still
has the old ones open goes on with them until it, too, meets the other content.
"""

import ctypes
import json
import os
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genoview.io.remote.private_files import open_private, private_folder, write_private

BLOCK = 1 << 16  # bytes
LIMIT_MB = 1_000  # of 10**6 bytes, what is kept on purpose not counted
ROW = np.dtype([("used", "<u4"), ("crc", "<u4")])
TOUCH_MIN = 60  # minutes; a block's last use is written no more often
PUNCH_HOLE = 3  # of fallocate(2), FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE
Stretches = list[tuple[int, int]]  # bytes, half-open


class _Descriptors:
    """Of both files; closed when the last thread that reads them has ended."""

    def __init__(self, folder: Path) -> None:
        self.blocks, self.table = -1, -1
        self.blocks = open_private(folder / "blocks")
        self.table = open_private(folder / "table")

    def __del__(self) -> None:
        for descriptor in (self.blocks, self.table):
            if descriptor >= 0:
                os.close(descriptor)


class BlockFile:
    """Thread safe, except `reset` and `remove` during a `put`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open()

    def _open(self) -> None:
        private_folder(self.folder.parent)
        private_folder(self.folder)
        self.size: int | None = None
        self.etags: dict[str, str] = {}
        self.modified = ""
        try:
            content = json.loads((self.folder / "content").read_text(encoding="utf-8"))
            self.size, self.etags = content["size"], content["etags"]
            self.modified = content.get("modified", "")
        except (OSError, ValueError, KeyError):
            pass  # nothing is here yet: it is written before the first block
        self._files = _Descriptors(self.folder)

    def describe(self, size: int, etags: dict[str, str], modified: str = "") -> None:
        """Write down what the blocks belong to."""
        content = {"size": size, "etags": etags} | ({"modified": modified} if modified else {})
        write_private(self.folder / "content", json.dumps(content))
        self.size, self.etags, self.modified = size, etags, modified

    def reset(self) -> None:
        """Forget every block, and what they belonged to; what is to be kept is still to be kept."""
        for name in ("table", "blocks", "content"):
            (self.folder / name).unlink(missing_ok=True)
        self._open()

    def remove(self) -> None:
        """Delete all that is here, at once for who comes next."""
        going = Path(tempfile.mkdtemp(dir=self.folder.parent, prefix=".removed-"))
        self.folder.rename(going / "blocks")
        shutil.rmtree(going, ignore_errors=True)
        self._open()

    def get(self, index: int) -> bytes | None:
        """A block, if it is here and whole."""
        files, now = self._files, _minutes()
        row = np.frombuffer(os.pread(files.table, ROW.itemsize, index * ROW.itemsize), ROW)
        if not len(row) or not row["used"][0]:
            return None
        content = os.pread(files.blocks, self._length(index), index * BLOCK)
        if zlib.crc32(content) != row["crc"][0]:
            self.drop([index])
            return None
        if now - int(row["used"][0]) > TOUCH_MIN:
            os.pwrite(files.table, now.to_bytes(4, "little"), index * ROW.itemsize)
        return content

    def put(self, index: int, content: bytes) -> None:
        """Write a block, then its row.

        Raises:
            OSError: such as a full disk; the block stays absent.
        """
        files = self._files
        _write_all(files.blocks, content, index * BLOCK)
        row = np.array([(_minutes(), zlib.crc32(content))], ROW).tobytes()
        _write_all(files.table, row, index * ROW.itemsize)

    def last_used(self, first: int = 0, stop: int | None = None) -> NDArray[np.uint32]:
        """uint32[blocks]: minutes since 1970; 0 where a block is absent."""
        n_blocks = (n_blocks_of(self.size or 0) if stop is None else stop) - first
        stored = os.pread(self._files.table, n_blocks * ROW.itemsize, first * ROW.itemsize)
        rows: NDArray[Any] = np.zeros(n_blocks, ROW)
        there = np.frombuffer(stored[: len(stored) // ROW.itemsize * ROW.itemsize], ROW)
        rows[: len(there)] = there
        used: NDArray[np.uint32] = rows["used"]
        return used

    def drop(self, indices: Iterable[int]) -> bool:
        """Forget blocks; False where the file system makes no holes: it frees whole files alone."""
        freed = True
        for index in indices:
            _write_all(self._files.table, bytes(ROW.itemsize), index * ROW.itemsize)
            freed &= _punch(self._files.blocks, index * BLOCK, BLOCK)
        if not freed and not self.last_used().any():
            os.ftruncate(self._files.blocks, 0)
        return freed

    def kept(self) -> dict[str, Stretches]:
        """What is never evicted, whether it has come yet or not, by name."""
        by_name: dict[str, Stretches] = {}
        for path in sorted((self.folder / "kept").glob("[!.]*")):
            try:
                stretches = json.loads(path.read_text(encoding="utf-8"))
                by_name[path.name] = [(int(start), int(end)) for start, end in stretches]
            except (OSError, ValueError, TypeError):
                continue
        return by_name

    def keep(self, name: str, stretches: Stretches) -> None:
        """From now on, never evict these bytes."""
        write_private(self.folder / "kept" / name, json.dumps(stretches))

    def release(self, name: str) -> None:
        """The bytes of that name may be evicted, unless another name has them too."""
        (self.folder / "kept" / name).unlink(missing_ok=True)

    def kept_blocks(self) -> NDArray[np.bool_]:
        """bool[blocks]."""
        mask = np.zeros(n_blocks_of(self.size or 0), bool)
        for index in blocks_of(each for kept in self.kept().values() for each in kept):
            if index < len(mask):  # the length is not known before the first answer
                mask[index] = True
        return mask

    def _length(self, index: int) -> int:
        return min(BLOCK, (self.size or 0) - index * BLOCK)


def n_blocks_of(size: int) -> int:
    """How many blocks a length takes."""
    return -(-size // BLOCK)


def blocks_of(stretches: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Indices of the blocks that stretches of bytes touch."""
    for start, end in stretches:
        yield from range(start // BLOCK, n_blocks_of(end))


def _minutes() -> int:
    return int(time.time() / 60)


def _write_all(descriptor: int, content: bytes, offset: int) -> None:
    """A nearly full disk takes a part first, and refuses the rest."""
    view = memoryview(content)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written


@cache
def _fallocate() -> Any:
    if sys.platform != "linux":
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "fallocate", None)
    if function is not None:
        function.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64]
    return function


def _punch(descriptor: int, offset: int, length: int) -> bool:
    function = _fallocate()
    return function is not None and function(descriptor, PUNCH_HOLE, offset, length) == 0
