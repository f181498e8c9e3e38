"""bigBed files as UCSC's bedToBigBed lays them out: schema, chromosomes, blocks, R-tree."""

import struct
import zlib
from collections.abc import Sequence

Row = tuple[str, int, int, str]  # chromosome, start, end, cells with tabs between
BED3_FIELDS = ("string chrom;", "uint chromStart;", "uint chromEnd;")


def schema(*fields: str) -> str:
    """autoSql of a table with these columns behind the first three: `lstring clinSign`."""
    lines = "".join(f'    {field}; "words"\n' for field in fields)
    first = "".join(f'    {field} "place"\n' for field in BED3_FIELDS)
    return f'table toy\n"A table; with words"\n    (\n{first}{lines}    )\n'


def big_bed(
    rows: Sequence[Row],
    lengths: dict[str, int],
    auto_sql: str = "",
    n_defined: int = 3,
    *,
    per_block: int = 512,
    per_node: int = 256,
    order: str = "<",
) -> bytes:
    """Rows by chromosome, in the order of `lengths`, then by start."""
    numbers = {name: i for i, name in enumerate(sorted(lengths))}
    ordered = sorted(rows, key=lambda row: (numbers[row[0]], row[1], row[2]))
    blocks: list[list[Row]] = []
    for row in ordered:
        if not blocks or len(blocks[-1]) == per_block or blocks[-1][0][0] != row[0]:
            blocks.append([])
        blocks[-1].append(row)
    text = auto_sql.encode() + b"\0" if auto_sql else b""
    chroms_at = 64 + len(text) + 40
    chroms = _chromosomes(lengths, numbers, order)
    data_at = chroms_at + len(chroms)
    content, leaves = struct.pack(f"{order}Q", len(ordered)), []
    for block in blocks:
        raw = b"".join(
            struct.pack(f"{order}III", numbers[chrom], start, end) + cells.encode() + b"\0"
            for chrom, start, end, cells in block
        )
        packed, number = zlib.compress(raw), numbers[block[0][0]]
        place = (number, block[0][1], number, max(row[2] for row in block))
        leaves.append((*place, data_at + len(content), len(packed)))
        content += packed
    index_at = data_at + len(content)
    head = struct.pack(
        f"{order}IHHQQQHHQQIQ",
        *(0x8789F2EB, 4, 0, chroms_at, data_at, index_at),
        *(auto_sql.count(";") - 1 if auto_sql else 3, n_defined, 64 if auto_sql else 0),
        *(64 + len(text), 1 << 20, 0),
    )
    summary = struct.pack(
        f"{order}Qdddd", sum(end - start for _, start, end, _ in rows), 0, 1, 1, 1
    )
    return head + text + summary + chroms + content + _tree(leaves, index_at, per_node, order)


def _chromosomes(lengths: dict[str, int], numbers: dict[str, int], order: str) -> bytes:
    width, n = max(map(len, lengths)), len(lengths)
    head = struct.pack(f"{order}IIIIQQ", 0x78CA8C91, max(n, 1), width, 8, n, 0)
    node = struct.pack(f"{order}BBH", 1, 0, n)
    for name, number in sorted(numbers.items()):
        node += name.encode().ljust(width, b"\0") + struct.pack(f"{order}II", number, lengths[name])
    return head + node


def _tree(leaves: list[tuple[int, ...]], at: int, per_node: int, order: str) -> bytes:
    """Root first, then level by level, each node as long as a full one."""
    levels = [[leaves[i : i + per_node] for i in range(0, max(len(leaves), 1), per_node)]]
    while len(levels[0]) > 1:
        nodes = levels[0]
        spans = [(node[0][0], node[0][1], *max((row[2], row[3]) for row in node)) for node in nodes]
        levels.insert(
            0,
            [
                [(*span, i + j) for j, span in enumerate(spans[i : i + per_node])]
                for i in range(0, len(spans), per_node)
            ],
        )
    sizes = [4 + per_node * (32 if level is levels[-1] else 24) for level in levels]
    starts, place = [], at + 48
    for level, size in zip(levels, sizes, strict=True):
        starts.append(place)
        place += size * len(level)
    ends = (leaves[0][0], leaves[0][1], leaves[-1][2], leaves[-1][3]) if leaves else (0, 0, 0, 0)
    tree = struct.pack(
        f"{order}IIQIIIIQII", 0x2468ACE0, per_node, len(leaves), *ends, at, per_node, 0
    )
    for depth, (level, size) in enumerate(zip(levels, sizes, strict=True)):
        is_leaf = depth == len(levels) - 1
        for node in level:
            rows = b"".join(
                struct.pack(f"{order}IIIIQQ", *row)
                if is_leaf
                else struct.pack(
                    f"{order}IIIIQ", *row[:4], starts[depth + 1] + sizes[depth + 1] * row[4]
                )
                for row in node
            )
            tree += (struct.pack(f"{order}BBH", is_leaf, 0, len(node)) + rows).ljust(size, b"\0")
    return tree
