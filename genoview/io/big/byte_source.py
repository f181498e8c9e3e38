"""Where the bytes of a large file come from: this machine, or blocks of a remote file."""

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from genoview.io.formats.text_lines import LocalFileError

Span = tuple[int, int]  # bytes, half-open
GAP = 1 << 16  # bytes that are read on purpose for the sake of fewer requests


class ByteSource(Protocol):
    """Bytes by place; LocalFileError where they cannot be had."""

    @property
    def name(self) -> str: ...

    @property
    def generation(self) -> int:
        """Changes when the file is another one than before."""
        ...

    def size(self) -> int: ...

    def read(self, start: int, end: int) -> bytes:
        """From `start` to before `end`, fewer at the end of the file."""
        ...


def damaged(name: str, words: str) -> LocalFileError:
    """One sentence, with nothing of the content."""
    return LocalFileError(f"{name} is damaged or cut off: {words}.")


def unpack(source: ByteSource, form: str, at: int) -> tuple[int, ...]:
    """Numbers at a place, as struct writes their form.

    Raises:
        LocalFileError: the file ends before, or cannot be had.
    """
    content = source.read(at, at + struct.calcsize(form))
    if len(content) < struct.calcsize(form):
        raise damaged(source.name, f"it ends before byte {at:,}")
    return struct.unpack(form, content)


@dataclass(frozen=True, slots=True)
class LocalBytes:
    """Of a file on this machine, opened again for each reading."""

    name: str
    path: Path

    @property
    def generation(self) -> int:
        try:
            return self.path.stat().st_mtime_ns
        except OSError as error:
            raise self._absent(error) from error

    def size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise self._absent(error) from error

    def read(self, start: int, end: int) -> bytes:
        try:
            with self.path.open("rb") as file:
                last = min(end, os.fstat(file.fileno()).st_size)
                if start >= last:  # as where a place in the file is damaged
                    return b""
                file.seek(start)
                return file.read(last - start)
        except OSError as error:
            raise self._absent(error) from error

    def _absent(self, error: OSError) -> LocalFileError:
        if not self.path.is_file():
            words = f"no longer exists: there is no file {self.path}"
            return LocalFileError(f"{self.name} {words}.")
        return LocalFileError(f"{self.name} cannot be read: {error.strerror}.")


def read_spans(source: ByteSource, spans: Iterable[Span]) -> dict[Span, bytes]:
    """Each stretch of bytes; what lies close together is read at once."""
    ordered = sorted(set(spans))
    ends = list(accumulate((end for _, end in ordered), max))
    content: dict[Span, bytes] = {}
    first = 0
    for i in range(1, len(ordered) + 1):
        if i < len(ordered) and ordered[i][0] - ends[i - 1] <= GAP:
            continue
        begin = ordered[first][0]
        run = source.read(begin, ends[i - 1])
        content |= {(a, b): run[a - begin : b - begin] for a, b in ordered[first:i]}
        first = i
    return content
