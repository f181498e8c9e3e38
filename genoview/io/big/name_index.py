"""bigBed -> its rows of a name, by the index of names that UCSC's bedToBigBed writes.

Format: Kent et al. 2010, doi:10.1093/bioinformatics/btq351, and bbiFile.h of UCSC's kent, versions
3 and 4: a B+ tree of names after the data, each with the place of the block that has its row.
"""

import struct
from collections.abc import Iterator
from functools import cached_property

from genoview.errors import GenomeError
from genoview.io.big.bigbed import Entry, entry_of, rows_of
from genoview.io.big.byte_source import ByteSource, damaged, unpack
from genoview.io.big.header import BIGBED, Header, read_header, unpacked
from genoview.io.big.key_tree import KeyTree
from genoview.io.formats.text_lines import LocalFileError

NAME_FIELD = 3  # chrom, start, end, name
MAX_BLOCK = 1 << 20  # bytes, packed


class NameIndex:
    """Thread safe: what it remembers is the same whoever reads it."""

    def __init__(self, source: ByteSource) -> None:
        self.source = source

    def find(self, name: str) -> list[Entry]:
        """Rows of that very name.

        Raises:
            NetworkError: they cannot be had.
            GenomeError: the file is no bigBed, or has no index of names.
        """
        try:
            places = dict.fromkeys(self._places(name.encode()))
            return [entry for place in places for entry in self._block(*place, name)]
        except LocalFileError as error:
            raise GenomeError(
                f"{self.source.name} is not the bigBed file that was expected. {error} Remove what "
                "is here of it, then try again, or from another mirror."
            ) from error

    @cached_property
    def _header(self) -> Header:
        header = read_header(self.source)
        if header.kind != BIGBED:
            raise LocalFileError(f"{self.source.name} is a {header.kind}, not a bigBed.")
        return header

    @cached_property
    def _chroms(self) -> dict[int, str]:
        return {number: name for name, (number, _) in self._header.chromosomes.items()}

    @cached_property
    def _names(self) -> KeyTree:
        order, offset = self._header.order, self._header.extension_at
        _, count, offset = unpack(self.source, f"{order}HHQ", offset) if offset else (0, 0, 0)
        for _ in range(count):
            kind, n_fields, root, _, field = unpack(self.source, f"{order}HHQIH", offset)
            if (kind, n_fields, field) == (0, 1, NAME_FIELD):
                return KeyTree.at(self.source, order, root, "index of names")
            offset += 16 + 4 * n_fields
        raise damaged(self.source.name, "it has no index of names")

    def _places(self, name: bytes) -> Iterator[tuple[int, int]]:
        """Offset and size of the blocks that have the name; it may lie in several leaves."""
        tree = self._names
        key = name.ljust(tree.key_length, b"\0")
        if tree.value_length != 16 or len(key) > tree.key_length:
            return
        for each, value in tree.leaves(key):
            if each == key:
                offset, size = struct.unpack(f"{tree.order}QQ", value)
                yield offset, size

    def _block(self, offset: int, size: int, name: str) -> Iterator[Entry]:
        if size > MAX_BLOCK:
            raise damaged(self.source.name, f"a block of it has {size:,} bytes")
        content = self.source.read(offset, offset + size)
        content = unpacked(self.source.name, content, self._header.is_packed)
        for number, row in rows_of(self.source.name, content, self._header.order):
            entry = entry_of(self._chroms.get(number, ""), row, self._header)
            if entry.cells and entry.cells[0] == name:
                yield entry
