"""bigBed -> its rows of a name, by the index of names that UCSC's bedToBigBed writes.

Format: Kent et al. 2010, doi:10.1093/bioinformatics/btq351, and bbiFile.h of UCSC's kent, versions
3 and 4: a B+ tree of names after the data, each with the place of the block that has its row.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from genoview.errors import GenomeError
from genoview.io.remote.cached_file import CachedFile

BIG_BED, TREE = 0x8789F2EB, 0x78CA8C91  # magic numbers
NAME_FIELD = 3  # chrom, start, end, name
MAX_DEPTH = 12  # of a tree; 256 names a node make 5 of a thousand million
MAX_NODE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a bigBed; `fields` are those behind chrom, start and end, 0-based half-open."""

    chrom: str
    start: int
    end: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tree:
    """A B+ tree of the file: where its root lies, and how wide its nodes are."""

    root: int
    block_size: int
    key_size: int
    value_size: int


class NameIndex:
    """Thread safe: what it remembers is the same whoever reads it."""

    def __init__(self, file: CachedFile) -> None:
        self.file = file

    def find(self, name: str) -> list[Row]:
        """Rows of that very name.

        Raises:
            NetworkError: they cannot be had.
            GenomeError: the file is no bigBed, or has no index of names.
        """
        try:
            places = dict.fromkeys(self._places(name.encode()))
            return [row for place in places for row in self._block(*place) if row.fields[0] == name]
        except (struct.error, zlib.error, UnicodeDecodeError, IndexError, KeyError) as error:
            raise self._broken(str(error)) from error

    @cached_property
    def _order(self) -> str:
        magic = self.file.read(0, 4)
        for order in "<>":
            if magic == struct.pack(f"{order}I", BIG_BED):
                return order
        raise self._broken(f"it begins with {magic.hex(' ')}")

    @cached_property
    def _is_packed(self) -> bool:
        (buffer_size,) = self._unpack("I", 52)
        return bool(buffer_size)

    @cached_property
    def _names(self) -> _Tree:
        (extension,) = self._unpack("Q", 56)
        _, count, offset = self._unpack("HHQ", extension) if extension else (0, 0, 0)
        for _ in range(count):
            kind, n_fields, root, _, field = self._unpack("HHQIH", offset)
            if (kind, n_fields, field) == (0, 1, NAME_FIELD):
                return self._tree(root)
            offset += 16 + 4 * n_fields
        raise self._broken("it has no index of names")

    @cached_property
    def _chroms(self) -> dict[int, str]:
        (offset,) = self._unpack("Q", 8)
        tree = self._tree(offset)
        leaves = self._leaves(tree, tree.root, b"", everything=True)
        return {
            struct.unpack(f"{self._order}II", value)[0]: key.rstrip(b"\0").decode()
            for key, value in leaves
        }

    def _places(self, name: bytes) -> Iterator[tuple[int, int]]:
        """Offset and size of the blocks that have the name; it may lie in several leaves."""
        tree = self._names
        key = name.ljust(tree.key_size, b"\0")
        if len(key) > tree.key_size:
            return
        for each, value in self._leaves(tree, tree.root, key):
            if each == key:
                offset, size = struct.unpack(f"{self._order}QQ", value)
                yield offset, size

    def _leaves(
        self, tree: _Tree, offset: int, key: bytes, depth: int = 0, everything: bool = False
    ) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values of all leaves whose range has the key, or of all there are."""
        is_leaf, _, count = self._unpack("BBH", offset)
        size = tree.key_size + (tree.value_size if is_leaf else 8)
        if depth > MAX_DEPTH or count > tree.block_size:
            raise self._broken("its index of names has no end")
        content = self.file.read(offset + 4, offset + 4 + count * size)
        items = [content[i * size : (i + 1) * size] for i in range(count)]
        keys = [item[: tree.key_size] for item in items]
        values = [item[tree.key_size :] for item in items]
        if is_leaf:
            yield from zip(keys, values, strict=True)
            return
        for first, behind, value in zip(keys, [*keys[1:], b"\xff"], values, strict=True):
            if everything or first <= key <= behind:
                (child,) = struct.unpack(f"{self._order}Q", value)
                yield from self._leaves(tree, child, key, depth + 1, everything)

    def _tree(self, offset: int) -> _Tree:
        magic, block_size, key_size, value_size = self._unpack("IIII", offset)
        if magic != TREE or block_size * (key_size + value_size) > MAX_NODE:
            raise self._broken(f"its index begins with {magic:#x}")
        return _Tree(offset + 32, block_size, key_size, value_size)

    def _block(self, offset: int, size: int) -> Iterator[Row]:
        if size > MAX_NODE:
            raise self._broken(f"a block of it has {size:,} bytes")
        content = self.file.read(offset, offset + size)
        content = zlib.decompress(content) if self._is_packed else content
        place = 0
        while place < len(content):
            chrom, start, end = struct.unpack_from(f"{self._order}III", content, place)
            text = content[place + 12 :].partition(b"\0")[0]
            yield Row(self._chroms[chrom], start, end, tuple(text.decode().split("\t")))
            place += 12 + len(text) + 1

    def _unpack(self, form: str, offset: int) -> tuple[int, ...]:
        packed = struct.Struct(self._order + form)
        return packed.unpack(self.file.read(offset, offset + packed.size))

    def _broken(self, words: str) -> GenomeError:
        return GenomeError(
            f"{self.file.file.name} is not the bigBed file that was expected: {words}. Remove what "
            "is here of it, then try again, or from another mirror."
        )
