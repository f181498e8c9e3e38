"""Plain or gzipped file -> BGZF, the gzip of blocks that can be read at a position.

Format: `bgzip` of htslib (Bonfield et al. 2021, doi:10.1093/gigascience/giab007).
"""

import gzip
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from genoview.errors import GenomeError

Progress = Callable[[float], None]
BLOCK_LENGTH = 0xFF00  # bytes before compression in one block, as bgzip writes them
EOF_BLOCK = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
_HEAD_LENGTH = 18  # bytes of a block's header, with its one extra field BC
_BUFFER_LENGTH = 1 << 20  # bytes read at a time


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
    """
    partial = target.with_name(target.name + ".part")
    try:
        with opened(source) as (text, share), partial.open("wb") as out:
            while chunk := text.read(BLOCK_LENGTH):
                out.write(_block(chunk))
                progress(share())
            out.write(EOF_BLOCK)
        partial.replace(target)
    except (OSError, EOFError, zlib.error) as error:
        partial.unlink(missing_ok=True)
        raise GenomeError(f"{source.name} cannot be recompressed as {target}: {error}.") from error


def _block(chunk: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    data = packer.compress(chunk) + packer.flush()
    head = bytes.fromhex("1f8b08040000000000ff060042430200") + struct.pack("<H", len(data) + 25)
    return head + data + struct.pack("<II", zlib.crc32(chunk), len(chunk))


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, Callable[[], float]]]:
    """Uncompressed bytes of a file, and a function for the share that has been read."""
    size = max(path.stat().st_size, 1)
    with path.open("rb", buffering=_BUFFER_LENGTH) as raw:

        def share() -> float:
            return min(raw.tell() / size, 1.0)

        if compression(path) == "plain":
            yield raw, share
        else:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                # GzipFile finds lines in Python; a buffer over it finds them in C.
                yield cast(BinaryIO, io.BufferedReader(unpacked, _BUFFER_LENGTH)), share


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
    packed, size = struct.unpack_from("<QQ", table, 16 * count - 8) if count else (0, 0)
    with path.open("rb") as file:
        for _, start, length in _blocks(file, packed, size):
            size = start + length
    return int(size)


def _blocks(file: BinaryIO, packed: int, unpacked: int) -> Iterator[tuple[int, int, int]]:
    """Offset in the file, offset in the text and length in the text of each block from one on."""
    file.seek(packed)
    while head := file.read(_HEAD_LENGTH):
        if len(head) < _HEAD_LENGTH or head[:2] != b"\x1f\x8b" or head[12:14] != b"BC":
            raise GenomeError(f"The file is no BGZF at byte {packed:,}: it is damaged or cut off.")
        (rest,) = struct.unpack_from("<H", head, 16)
        file.seek(packed + rest - 3)
        size = file.read(4)
        if len(size) < 4:
            raise GenomeError(f"The file ends inside the block at byte {packed:,}: it is cut off.")
        (length,) = struct.unpack("<I", size)
        yield packed, unpacked, length
        packed, unpacked = packed + rest + 1, unpacked + length
