"""Blocks of a bgzipped file by their offsets, without a library that could end the process.

Format: SAM specification, 4.1, https://samtools.github.io/hts-specs/SAMv1.pdf.
"""

import struct
import zlib
from collections.abc import Iterator

from genoview.io.big.byte_source import ByteSource, damaged

BLOCK_LENGTH = 1 << 16  # bytes of a block, packed or not, at most
MOST_LINE = 32_000_000  # bytes, as in files that are read whole
_HEAD = 18


def unpack_blocks(name: str, content: bytes, end: int, most: int) -> list[tuple[int, bytes]]:
    """Offset and unpacked bytes of each block that begins before `end`.

    Raises:
        LocalFileError: a block is damaged, or there are more than `most` unpacked bytes.
    """
    blocks: list[tuple[int, bytes]] = []
    at = n_unpacked = 0
    while at < min(end, len(content)):
        if content[at : at + 4] != b"\x1f\x8b\x08\x04" or content[at + 12 : at + 14] != b"BC":
            raise damaged(name, "a block is not of bgzip")
        if len(content) < at + _HEAD:
            raise damaged(name, "a block breaks off")
        length = struct.unpack_from("<H", content, at + 16)[0] + 1
        reader = zlib.decompressobj(wbits=31)
        try:
            block = reader.decompress(content[at : at + length], BLOCK_LENGTH)
        except zlib.error as error:
            raise damaged(name, "a block cannot be unpacked") from error
        if not reader.eof or length <= _HEAD:
            raise damaged(name, "a block breaks off")
        blocks.append((at, block))
        n_unpacked += len(block)
        if n_unpacked > most:
            raise damaged(name, f"it has more than {most:,} bytes where fewer are expected")
        at += length
    return blocks


def first_block(source: ByteSource) -> bytes:
    """Unpacked.

    Raises:
        LocalFileError: it is not of bgzip, damaged, or cannot be had.
    """
    [(_, block)] = unpack_blocks(source.name, source.read(0, BLOCK_LENGTH), 1, BLOCK_LENGTH)
    return block


def lines_between(source: ByteSource, begin: int, stop: int) -> Iterator[bytes]:
    """Lines between two virtual offsets (block << 16 | place within), read block by block.

    Raises:
        LocalFileError: a block is damaged, a line has no end, or the file cannot be had.
    """
    at, parts, length = begin >> 16, [b""], 0
    while at <= stop >> 16 and (packed := source.read(at, at + BLOCK_LENGTH)):
        [(_, block)] = unpack_blocks(source.name, packed, 1, BLOCK_LENGTH)
        first = begin & 0xFFFF if at == begin >> 16 else 0
        behind = stop & 0xFFFF if at == stop >> 16 else len(block)
        head, *lines = block[first:behind].split(b"\n")
        parts.append(head)
        length += len(head)
        if lines:
            yield b"".join(parts)
            yield from lines[:-1]
            parts, length = [lines[-1]], len(lines[-1])
        if length > MOST_LINE:
            raise damaged(source.name, f"it has a line of more than {MOST_LINE:,} bytes")
        at += struct.unpack_from("<H", packed, 16)[0] + 1
    yield b"".join(parts)
