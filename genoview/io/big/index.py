"""The R-tree of a bigWig or bigBed: which blocks of data overlap a place."""

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from genoview.data.site_data import IntArray
from genoview.io.big.byte_source import ByteSource, damaged, read_spans
from genoview.io.big.header import table_of

MOST_NODES = 64  # of one level that are read for a place
MOST_BLOCKS = 20_000
MOST_ITEMS = 1 << 15  # of a node
_TREE = 0x2468ACE0
_DEEPEST = 12  # levels
_BOUNDS = [("chrom", "u4"), ("start", "u4"), ("last_chrom", "u4"), ("end", "u4")]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks of data that overlap a place, in the order of the file.

    Attributes:
        start, end: int64[blocks], bp that each covers of the chromosome.
        offset, size: int64[blocks], in bytes.
        share: of all blocks of the file, 0 to 1.
        is_whole: False where there are more than are read.
    """

    start: IntArray
    end: IntArray
    offset: IntArray
    size: IntArray
    share: float
    is_whole: bool = True

    @property
    def n_bytes(self) -> int:
        """Packed."""
        return int(self.size.sum())


def find_blocks(source: ByteSource, order: str, at: int, place: tuple[int, int, int]) -> Blocks:
    """Args: at: where the tree begins; `place`: number of the chromosome, start, end.

    Raises:
        LocalFileError: the tree is damaged, or cannot be had.
    """
    head = source.read(at, at + 48)
    if len(head) < 48 or struct.unpack_from(f"{order}I", head)[0] != _TREE:
        raise damaged(source.name, "it has no index")
    node_items, n_blocks = struct.unpack_from(f"{order}IQ", head, 4)
    if not 0 < node_items <= MOST_ITEMS:
        raise damaged(source.name, f"its index has {node_items:,} items a node")
    nodes = [at + 48]
    for _ in range(_DEEPEST):
        inner, leaves = _read_nodes(source, order, nodes, node_items, place)
        if len(leaves):
            if max(leaves["offset"].max(), leaves["size"].max()) >= source.size():
                raise damaged(source.name, "its index points outside of it")
            return _blocks(leaves, place, n_blocks)
        nodes = sorted(set(inner["offset"].tolist()))
        if not nodes:
            return _nothing()
        if len(nodes) > MOST_NODES:
            return _too_many(inner, place)
    raise damaged(source.name, "its index has no end")


def _read_nodes(
    source: ByteSource, order: str, nodes: list[int], node_items: int, place: tuple[int, int, int]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Items that overlap the place: those of inner nodes, and those of leaves."""
    forms = {
        0: np.dtype([(name, order + form) for name, form in [*_BOUNDS, ("offset", "u8")]]),
        1: np.dtype(
            [(name, order + form) for name, form in [*_BOUNDS, ("offset", "u8"), ("size", "u8")]]
        ),
    }
    leaves_by_kind: dict[int, list[npt.NDArray[Any]]] = {0: [], 1: []}
    size = source.size()
    spans = [(at, min(at + 4 + node_items * 32, size)) for at in nodes if at < size]
    for content in read_spans(source, spans).values():
        if len(content) < 4:
            raise damaged(source.name, "its index breaks off")
        is_leaf, _, count = struct.unpack_from(f"{order}BBH", content)
        form = forms[bool(is_leaf)]
        if len(content) < 4 + count * form.itemsize:
            raise damaged(source.name, "its index breaks off")
        items = table_of(content, form, count, 4)
        leaves_by_kind[bool(is_leaf)].append(items[_overlapping(items, place)])
    inner, leaves = (
        np.concatenate(leaves_by_kind[kind]) if leaves_by_kind[kind] else np.empty(0, forms[kind])
        for kind in (0, 1)
    )
    return inner, leaves


def _overlapping(items: npt.NDArray[Any], place: tuple[int, int, int]) -> npt.NDArray[np.bool_]:
    chrom, start, end = place
    first = items["chrom"].astype(np.int64) << 32 | items["start"]
    last = items["last_chrom"].astype(np.int64) << 32 | items["end"]
    overlaps: npt.NDArray[np.bool_] = (first <= (chrom << 32 | end)) & (
        last >= (chrom << 32 | start)
    )
    return overlaps


def _bounds(items: npt.NDArray[Any], place: tuple[int, int, int]) -> tuple[IntArray, IntArray]:
    """bp of the place's chromosome; what reaches over its ends is cut off."""
    chrom, start, end = place
    left = np.where(items["chrom"] < chrom, start, items["start"]).astype(np.int64)
    right = np.where(items["last_chrom"] > chrom, end, items["end"]).astype(np.int64)
    return left, np.maximum(right, left + 1)


def _blocks(leaves: npt.NDArray[Any], place: tuple[int, int, int], n_blocks: int) -> Blocks:
    left, right = _bounds(leaves, place)
    share = min(len(leaves) / max(n_blocks, 1), 1.0)
    offset, size = leaves["offset"].astype(np.int64), leaves["size"].astype(np.int64)
    return Blocks(left, right, offset, size, share, len(leaves) <= MOST_BLOCKS)


def _too_many(inner: npt.NDArray[Any], place: tuple[int, int, int]) -> Blocks:
    """The inner nodes in place of the blocks below them."""
    left, right = _bounds(inner, place)
    none = np.zeros(len(inner), np.int64)
    return Blocks(left, right, none, none, 1.0, is_whole=False)


def _nothing() -> Blocks:
    none = np.empty(0, np.int64)
    return Blocks(none, none, none, none, 0.0)
