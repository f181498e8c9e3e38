"""Plain or gzipped file -> BGZF, the gzip of blocks that can be read at a position.

Format: `bgzip` of htslib (Bonfield et al. 2021, doi:10.1093/gigascience/giab007).
"""

import gzip
import io
import struct
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pysam

from genoview.errors import GenomeError

Progress = Callable[[float], None]
EOF_BLOCK = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
_HEAD_LENGTH = 18  # bytes of a block's header, with its one extra field BC
MOST_RATIO = 250  # of unpacked to packed bytes; genotypes of 500,000 people reach 100
RATIO_FROM = 32_000_000  # unpacked bytes; less does no harm
MOST_LINES = 500_000  # of a file that unpacks to more than SHORT_RATIO times its size
SHORT_RATIO = 100  # lines of places differ, so that many of them do not pack so well
MOST_LINE = 32_000_000  # bytes; a line of VCF with 500,000 people has 8 million
_BUFFER_LENGTH = 1 << 16  # bytes read at a time; as many may be lost where a file is cut off


def no_progress(share: float) -> None:
    """Progress that nobody watches."""


def compression(path: Path) -> str:
    """`plain`, `gzip` or `bgzf`, by the first bytes.

    Raises:
        GenomeError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(14)
    except OSError as error:
        raise GenomeError(f"{path} cannot be read: {error.strerror}.") from error
    if head[:2] != b"\x1f\x8b":
        return "plain"
    return "bgzf" if head[12:14] == b"BC" else "gzip"


def recompress(source: Path, target: Path, progress: Progress = no_progress) -> None:
    """Write a plain or gzipped file as BGZF, which can be read at a position.

    Raises:
        GenomeError: the source is not whole, or the target cannot be written.
        TooLarge: the source unpacks without end.
    """
    partial = target.with_name(target.name + ".part")
    try:
        with open_sequence(source) as (text, share), written(partial) as out:
            while chunk := text.read(_BUFFER_LENGTH):
                out.write(chunk)
                progress(share())
        partial.replace(target)
    except TooLarge:
        partial.unlink(missing_ok=True)
        raise
    except (OSError, EOFError, zlib.error) as error:
        partial.unlink(missing_ok=True)
        raise GenomeError(f"{source.name} cannot be recompressed as {target}: {error}.") from error


def written(path: Path) -> pysam.BGZFile:
    """A new BGZF file to write into.

    Raises:
        OSError: it cannot be written; BGZFile alone would end the process there.
    """
    path.open("wb").close()
    return pysam.BGZFile(str(path), "wb", index=None)


@contextmanager
def opened(path: Path) -> Iterator[tuple[io.BufferedReader, Callable[[], float]]]:
    """Uncompressed bytes of a file, and a function for the share that has been read."""
    size = max(path.stat().st_size, 1)
    with path.open("rb", buffering=_BUFFER_LENGTH) as raw:

        def share() -> float:
            return min(raw.tell() / size, 1.0)

        if compression(path) == "plain":
            yield cast(io.BufferedReader, raw), share
        else:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                # GzipFile finds lines in Python; a buffer over it finds them in C.
                yield io.BufferedReader(unpacked, _BUFFER_LENGTH), share


class TooLarge(GenomeError):
    """A file unpacks to far more than its size, or a line of it has no end."""


class _Limited(io.RawIOBase):
    """Bytes of text, as long as they are not too many for the file, or for a line.

    Attributes:
        most_line: bytes of one; 0 where lines may have any length.
    """

    def __init__(self, raw: io.BufferedReader, path: Path, share: Callable[[], float]) -> None:
        self._raw, self._name, self._share = raw, path.name, share
        self._size = path.stat().st_size
        self.most_line = MOST_LINE
        self._is_old_mac = False  # lines end with a carriage return alone
        self._n_read = self._n_line = self._n_lines = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._raw.read1(len(buffer))
        if not self._n_read:
            self._is_old_mac = b"\r" in content.rstrip(b"\r") and b"\n" not in content
        if self._is_old_mac:
            content = content.replace(b"\r", b"\n")
        buffer[: len(content)] = content
        self._n_read += len(content)
        self._n_lines += content.count(b"\n")
        most = SHORT_RATIO if self._n_lines > MOST_LINES else MOST_RATIO
        packed = self._size * self._share()  # so far, and a buffer more
        if self._n_read > packed * most and (self._n_read > RATIO_FROM or most == SHORT_RATIO):
            raise TooLarge(
                f"{self._name} unpacks to more than {most} times its size: it is no file of data."
            )
        end = content.rfind(b"\n")
        self._n_line = self._n_line + len(content) if end < 0 else len(content) - end - 1
        if self._n_line > self.most_line > 0:
            raise TooLarge(
                f"{self._name} has a line of more than {MOST_LINE:,} bytes: it is no table, or its "
                "line ends are lost."
            )
        return len(content)


@contextmanager
def open_text(path: Path) -> Iterator[tuple[io.BufferedReader, Callable[[], float]]]:
    """As `opened`, behind a byte order mark; raises TooLarge at what unpacks without end."""
    with opened(path) as (unlimited, share):
        limited = io.BufferedReader(_Limited(unlimited, path, share), _BUFFER_LENGTH)
        file = cast(io.BufferedReader, limited)
        if file.peek(len(BOM_UTF8)).startswith(BOM_UTF8):
            file.read(len(BOM_UTF8))
        yield file, share


@contextmanager
def open_sequence(path: Path) -> Iterator[tuple[io.BufferedReader, Callable[[], float]]]:
    """As `opened`, for a line as long as a chromosome; TooLarge at what unpacks without end."""
    with opened(path) as (unlimited, share):
        limited = _Limited(unlimited, path, share)
        limited.most_line = 0
        yield io.BufferedReader(limited, _BUFFER_LENGTH), share


def unpacked(content: bytes, most: int) -> bytes:
    """Of a plain or gzipped file; ValueError from so many bytes on."""
    if content[:2] != b"\x1f\x8b":
        return content
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        text = file.read(most)
    if len(text) == most:
        raise ValueError("it unpacks to more than such a file has")
    return text


def is_whole(path: Path) -> bool:
    """Whether a BGZF file ends with its end mark; true of others."""
    if compression(path) != "bgzf":
        return True
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - len(EOF_BLOCK), 0))
        return file.read() == EOF_BLOCK


def block_table(path: Path) -> bytes:
    """A .gzi: uint64 count, then uint64 offset in the file and in the text of each later block.

    Raises:
        GenomeError: the file is cut off, or damaged.
    """
    with path.open("rb") as file:
        blocks = list(_blocks(file, 0, 0))
    if not blocks or blocks[-1][2]:
        raise GenomeError(
            f"{path.name} does not end as a bgzipped file does: it is cut off. Copy it again."
        )
    entries = [struct.pack("<QQ", packed, unpacked) for packed, unpacked, _ in blocks[1:-1]]
    return struct.pack("<Q", len(entries)) + b"".join(entries)


def unpacked_size(path: Path, table: bytes) -> int:
    """Bytes of text in the file, by its .gzi.

    Raises:
        GenomeError: the table is not of this file.
    """
    (count,) = struct.unpack_from("<Q", table)
    if len(table) != 8 + 16 * count:
        raise GenomeError(f"The .gzi of {path.name} is cut off; remove it.")
    starts = [(0, 0), *struct.iter_unpack("<QQ", table[8:])]
    if any(a >= c or b > d for (a, b), (c, d) in pairwise(starts)):
        raise GenomeError(f"The .gzi of {path.name} is damaged; remove it.")
    packed, size = starts[-1]
    with path.open("rb") as file:
        for _, start, length in _blocks(file, packed, size):
            size = start + length
    return int(size)


def _blocks(file: io.BufferedReader, packed: int, unpacked: int) -> Iterator[tuple[int, int, int]]:
    """Offset in the file, offset in the text and length in the text of each block from one on."""
    file.seek(packed)
    while head := file.read(_HEAD_LENGTH):
        if len(head) < _HEAD_LENGTH or head[:2] != b"\x1f\x8b" or head[12:14] != b"BC":
            raise GenomeError(f"The file is not BGZF at byte {packed:,}: it is damaged or cut off.")
        (rest,) = struct.unpack_from("<H", head, 16)
        file.seek(packed + rest - 3)
        size = file.read(4)
        if len(size) < 4:
            raise GenomeError(f"The file ends inside the block at byte {packed:,}: it is cut off.")
        (length,) = struct.unpack("<I", size)
        yield packed, unpacked, length
        packed, unpacked = packed + rest + 1, unpacked + length
