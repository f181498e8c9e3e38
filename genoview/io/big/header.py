"""bigWig and bigBed: header, schema and chromosomes.

Layout: Kent et al. 2010, doi:10.1093/bioinformatics/btq351, supplement. No offset or count of a
file is believed: what points outside of it, or promises more than it can hold, is refused.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from genoview.io.big.byte_source import ByteSource
from genoview.io.formats.text_lines import LocalFileError

BIGWIG, BIGBED = "bigWig", "bigBed"
MAGIC = {0x888FFC26: BIGWIG, 0x8789F2EB: BIGBED}
HEAD_LENGTH = 1 << 14  # bytes read at once: header, zoom levels, and mostly schema and chromosomes
MOST_CHROMOSOMES = 200_000
MOST_SCHEMA = 1 << 16  # bytes of autoSql
MOST_UNPACKED = 1 << 24  # bytes of one block
_CHROM_TREE = 0x78CA8C91
_DEEPEST = 12  # levels of a tree
_FIELD = re.compile(  # `lstring[altCount]  alts;` of autoSql
    r"^[ \t]*[\w.]+(?:\s*[\[(][^\])]{0,2000}[\])])?\s+(\w+)\s*;", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Zoom:
    """A summary of the values, with as many bp a record as `reduction`."""

    reduction: int
    index_at: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself.

    Attributes:
        kind: BIGWIG or BIGBED.
        order: `<` or `>`, as of struct.
        zooms: finest first.
        fields: names of a bigBed's columns by its autoSql; may be empty.
        n_defined: of them, those with BED's meaning.
        is_packed: whether blocks are compressed.
        n_data: entries of a bigBed, or sections of a bigWig.
        n_bases: with a value; None where the file does not say.
        chromosomes: number and length in bp by the file's name.
    """

    kind: str
    order: str
    zooms: tuple[Zoom, ...]
    fields: tuple[str, ...]
    n_defined: int
    is_packed: bool
    index_at: int
    n_data: int
    n_bases: int | None
    chromosomes: Mapping[str, tuple[int, int]]


def damaged(name: str, words: str) -> LocalFileError:
    """One sentence, with nothing of the content."""
    return LocalFileError(f"{name} is damaged or cut off: {words}.")


def read_header(source: ByteSource) -> Header:
    """Header, schema, chromosomes and zoom levels.

    Raises:
        LocalFileError: it is neither bigWig nor bigBed, is damaged, or cannot be had.
    """
    head = source.read(0, HEAD_LENGTH)
    for order in "<>":
        magic = struct.unpack_from(f"{order}I", head)[0] if len(head) >= 4 else 0
        if magic in MAGIC:
            break
    else:
        raise LocalFileError(f"{source.name} is neither bigWig nor bigBed.")
    if len(head) < 64:
        raise damaged(source.name, "its header breaks off")
    parts = struct.unpack_from(f"{order}HHQQQHHQQIQ", head, 4)
    _, n_zooms, chroms_at, data_at, index_at, _, n_defined, schema_at, summary_at, buffer, _ = parts
    if n_zooms > 64 or max(chroms_at, data_at, index_at) >= source.size():
        raise damaged(source.name, "its header points outside of it")
    zooms = [struct.unpack_from(f"{order}IIQQ", head, 64 + 24 * i) for i in range(n_zooms)]
    kind = MAGIC[magic]
    (n_data,) = _unpack(source, f"{order}{'Q' if kind == BIGBED else 'I'}", data_at)
    n_bases = _unpack(source, f"{order}Q", summary_at)[0] if summary_at else None
    return Header(
        kind,
        order,
        tuple(sorted((Zoom(z[0], z[3]) for z in zooms if z[0]), key=lambda zoom: zoom.reduction)),
        _fields(source, schema_at) if kind == BIGBED and schema_at else (),
        n_defined if n_defined > 3 else 12,  # 3: written without a schema
        buffer > 0,
        index_at,
        n_data,
        n_bases,
        _Chromosomes(source, order).read(chroms_at),
    )


def unpacked(name: str, content: bytes, is_packed: bool) -> bytes:
    """A block of data.

    Raises:
        LocalFileError: it is damaged, or larger than any block.
    """
    if not is_packed:
        return content
    reader = zlib.decompressobj()
    try:
        block = reader.decompress(content, MOST_UNPACKED)
    except zlib.error as error:
        raise damaged(name, "a block of data cannot be unpacked") from error
    if reader.unconsumed_tail or not reader.eof:
        raise damaged(name, "a block of data is cut off, or too large")
    return block


def table_of(content: bytes, form: npt.DTypeLike, count: int, at: int = 0) -> npt.NDArray[Any]:
    """Rows of a block; none of an empty one, which NumPy refuses."""
    form = np.dtype(form)
    return np.frombuffer(content, form, count, at) if count else np.empty(0, form)


def _unpack(source: ByteSource, form: str, at: int) -> tuple[int, ...]:
    content = source.read(at, at + struct.calcsize(form))
    if len(content) < struct.calcsize(form):
        raise damaged(source.name, f"it ends before byte {at:,}")
    return struct.unpack(form, content)


def _fields(source: ByteSource, at: int) -> tuple[str, ...]:
    text = source.read(at, at + MOST_SCHEMA).partition(b"\0")[0].decode("utf-8", "replace")
    return tuple(_FIELD.findall(text))


class _Chromosomes:
    """The B+ tree of names, read as a whole."""

    def __init__(self, source: ByteSource, order: str) -> None:
        self._source = source
        self._order = order
        self._found: dict[str, tuple[int, int]] = {}

    def read(self, at: int) -> dict[str, tuple[int, int]]:
        magic, _, key_length, value_length, n_items, _ = _unpack(
            self._source, f"{self._order}IIIIQQ", at
        )
        if magic != _CHROM_TREE or value_length != 8 or not 0 < key_length <= 1_024:
            raise damaged(self._source.name, "it has no list of chromosomes")
        if n_items > MOST_CHROMOSOMES:
            raise damaged(self._source.name, f"it has {n_items:,} chromosomes")
        self._n_items, self._key = n_items, key_length
        nodes = [at + 32]
        for _ in range(_DEEPEST):
            nodes = [child for node in nodes for child in self._children(node)]
            if not nodes:
                return self._found
            if len(nodes) > MOST_CHROMOSOMES:
                break
        raise damaged(self._source.name, "its list of chromosomes has no end")

    def _children(self, at: int) -> list[int]:
        """Takes what a leaf has, or gives where the nodes below lie."""
        is_leaf, _, count = _unpack(self._source, f"{self._order}BBH", at)
        width = self._key + 8
        content = self._source.read(at + 4, at + 4 + count * width)
        if len(content) < count * width:
            raise damaged(self._source.name, "its list of chromosomes breaks off")
        form = f"{self._order}{self._key}s{'II' if is_leaf else 'Q'}"
        rows = struct.iter_unpack(form, content)
        if not is_leaf:
            return [row[1] for row in rows]
        for key, number, length in rows:
            self._found[key.rstrip(b"\0").decode("utf-8", "replace")] = (number, length)
        if any(number > MOST_CHROMOSOMES for number, _ in self._found.values()):
            raise damaged(self._source.name, "its chromosomes are not numbered")
        if len(self._found) > self._n_items:
            raise damaged(self._source.name, "its list of chromosomes has no end")
        return []
