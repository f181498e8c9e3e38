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

from genoview.io.big.byte_source import ByteSource, damaged, unpack
from genoview.io.big.key_tree import KeyTree
from genoview.io.formats.text_lines import LocalFileError

BIGWIG, BIGBED = "bigWig", "bigBed"
MAGIC = {0x888FFC26: BIGWIG, 0x8789F2EB: BIGBED}
HEAD_LENGTH = 1 << 14  # bytes read at once: header, zoom levels, and mostly schema and chromosomes
MOST_CHROMOSOMES = 200_000
MOST_SCHEMA = 1 << 16  # bytes of autoSql
MOST_UNPACKED = 1 << 24  # bytes of one block
_COMMENT = re.compile(r'"[^"]*"')  # of autoSql
_FIELD = re.compile(  # `lstring[altCount]  alts primary` of autoSql
    r"^\s*[\w.]+(?:\s*[\[(][^\])]{0,2000}[\])])?\s+(\w+)"
    r"(?:\s+(?:primary|unique|auto|index(?:\[\d+\])?))*\s*\Z",
    re.MULTILINE,
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
        extension_at: where further indexes are listed; 0 for none.
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
    extension_at: int
    chromosomes: Mapping[str, tuple[int, int]]


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
    (
        _,
        n_zooms,
        chroms_at,
        data_at,
        index_at,
        _,
        n_defined,
        schema_at,
        summary_at,
        buffer,
        extension_at,
    ) = parts
    if n_zooms > 64 or max(chroms_at, data_at, index_at) >= source.size():
        raise damaged(source.name, "its header points outside of it")
    zooms = [struct.unpack_from(f"{order}IIQQ", head, 64 + 24 * i) for i in range(n_zooms)]
    kind = MAGIC[magic]
    (n_data,) = unpack(source, f"{order}{'Q' if kind == BIGBED else 'I'}", data_at)
    n_bases = unpack(source, f"{order}Q", summary_at)[0] if summary_at else None
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
        extension_at,
        _chromosomes(source, order, chroms_at),
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


def _fields(source: ByteSource, at: int) -> tuple[str, ...]:
    text = source.read(at, at + MOST_SCHEMA).partition(b"\0")[0].decode("utf-8", "replace")
    declared = _COMMENT.sub(" ", text).partition("(")[2].split(";")[:-1]
    return tuple(match[1] if (match := _FIELD.search(each)) else "" for each in declared)


def _chromosomes(source: ByteSource, order: str, at: int) -> dict[str, tuple[int, int]]:
    """Number and length in bp by name."""
    tree = KeyTree.at(source, order, at, "list of chromosomes")
    if tree.value_length != 8:
        raise damaged(source.name, "it has no list of chromosomes")
    if tree.n_items > MOST_CHROMOSOMES:
        raise damaged(source.name, f"it has {tree.n_items:,} chromosomes")
    trees: dict[str, tuple[int, int]] = {}
    for key, value in tree.leaves():
        number, length = struct.unpack(f"{order}II", value)
        if number > MOST_CHROMOSOMES:
            raise damaged(source.name, "its chromosomes are not numbered")
        trees[key.rstrip(b"\0").decode("utf-8", "replace")] = (number, length)
        if len(trees) > tree.n_items:
            raise damaged(source.name, "its list of chromosomes has no end")
    return trees
