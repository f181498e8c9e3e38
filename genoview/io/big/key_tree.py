"""The B+ tree of a bigWig or bigBed: names of chromosomes or of rows, each with a value."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from genoview.io.big.byte_source import ByteSource, damaged, unpack

_TREE = 0x78CA8C91
_DEEPEST = 12  # levels; 256 keys a node make 5 of a thousand million
_LONGEST_KEY = 1_024
_MOST_NODES = 200_000  # of a level


@dataclass(frozen=True, slots=True)
class KeyTree:
    """Where its root lies, and how wide its nodes are; `what` names it in errors."""

    source: ByteSource
    order: str
    what: str
    root: int
    key_length: int
    value_length: int
    n_items: int

    @classmethod
    def at(cls, source: ByteSource, order: str, offset: int, what: str) -> "KeyTree":
        """Raises: LocalFileError: no tree is there."""
        magic, _, key, value, n_items, _ = unpack(source, f"{order}IIIIQQ", offset)
        if magic != _TREE or not 0 < key <= _LONGEST_KEY or value not in (8, 16):
            raise damaged(source.name, f"it has no {what}")
        return cls(source, order, what, offset + 32, key, value, n_items)

    def leaves(self, key: bytes | None = None) -> Iterator[tuple[bytes, bytes]]:
        """Keys, padded with zeros, and values of the leaves that may have the key; or of all.

        Raises:
            LocalFileError: the tree is damaged.
        """
        nodes = [self.root]
        for _ in range(_DEEPEST):
            below: list[int] = []
            for node in nodes:
                is_leaf, items = self._items(node)
                if is_leaf:
                    yield from items
                else:
                    below += self._below(items, key)
            if not below:
                return
            if len(below) > _MOST_NODES:
                break
            nodes = below
        raise damaged(self.source.name, f"its {self.what} has no end")

    def _items(self, at: int) -> tuple[bool, list[tuple[bytes, bytes]]]:
        is_leaf, _, count = unpack(self.source, f"{self.order}BBH", at)
        width = self.key_length + (self.value_length if is_leaf else 8)
        content = self.source.read(at + 4, at + 4 + count * width)
        if len(content) < count * width:
            raise damaged(self.source.name, f"its {self.what} breaks off")
        rows = (content[i : i + width] for i in range(0, count * width, width))
        return bool(is_leaf), [(row[: self.key_length], row[self.key_length :]) for row in rows]

    def _below(self, items: list[tuple[bytes, bytes]], key: bytes | None) -> Iterator[int]:
        """Where the nodes lie whose range has the key; one key may lie in several."""
        ends = [first for first, _ in items[1:]] + [b"\xff"]
        for (first, value), behind in zip(items, ends, strict=True):
            if key is None or first <= key <= behind:
                yield struct.unpack(f"{self.order}Q", value)[0]
