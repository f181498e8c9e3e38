"""bigBed files as UCSC's bedToBigBed writes them with `-extraIndex=name`, of a few rows.

Layout: bbiFile.h, bPlusTree.c and cirTree.c of UCSC's kent. The trees have small nodes, so that
few names make them deep.
"""

import struct
import zlib

AS = b"""table bigDbSnp
"columns that are read here, and those between them"
    (
    string   chrom;         "Chromosome"
    uint     chromStart;    "First base, from 0"
    uint     chromEnd;      "Behind the last base"
    string   name;          "rs number"
    lstring  ref;           "Reference allele"
    int      altCount;      "Number of alternate alleles"
    lstring[altCount]  alts;  "Alternate alleles"
    )
\0"""
Rows = list[tuple[str, int, int, str]]  # chrom, start, end, the rest parted by tabs


def b_plus_tree(items: list[tuple[bytes, bytes]], offset: int, block_size: int) -> bytes:
    """Of sorted keys and values; whole nodes, as bptFileBulkIndexToOpenFile writes them."""
    key_size = max(len(key) for key, _ in items)
    value_size = len(items[0][1])
    items = [(key.ljust(key_size, b"\0"), value) for key, value in items]
    levels = [[items[i : i + block_size] for i in range(0, len(items), block_size)]]
    while len(levels[0]) > 1:
        firsts = [(node[0][0], None) for node in levels[0]]
        levels.insert(0, [firsts[i : i + block_size] for i in range(0, len(firsts), block_size)])
    head = struct.pack("<IIIIQQ", 0x78CA8C91, block_size, key_size, value_size, len(items), 0)
    content, place = head, offset + len(head)
    leaf, inner = (4 + block_size * (key_size + size) for size in (value_size, 8))
    widths = [inner] * (len(levels) - 1) + [leaf]
    for depth, level in enumerate(levels):
        is_leaf = depth == len(levels) - 1
        child = place + widths[depth] * len(level)
        for node in level:
            body = struct.pack("<BBH", is_leaf, 0, len(node))
            for key, value in node:
                if not is_leaf:
                    value, child = struct.pack("<Q", child), child + widths[depth + 1]
                body += key + value
            content += body.ljust(widths[depth], b"\0")
        place += widths[depth] * len(level)
    return content


def r_tree(blocks: list[tuple[int, int, int, int, int, int]], end: int, n_rows: int) -> bytes:
    """One leaf: first chromosome and start, last chromosome and end, offset and size of each."""
    first, last = blocks[0], blocks[-1]
    head = struct.pack(
        "<IIQIIIIQII",
        0x2468ACE0,
        max(len(blocks), 2),
        n_rows,
        first[0],
        first[1],
        last[2],
        last[3],
        end,
        1,
        0,
    )
    return (
        head
        + struct.pack("<BBH", 1, 0, len(blocks))
        + b"".join(struct.pack("<IIIIQQ", *each) for each in blocks)
    )


def big_bed(
    rows: Rows,
    lengths: dict[str, int],
    rows_a_block: int = 3,
    block_size: int = 4,
    padding: int = 0,
    packed: bool = True,
) -> bytes:
    """Args: rows: by chromosome and start. padding: bytes before the index of names."""
    names = sorted(lengths)
    ids = {name: i for i, name in enumerate(names)}
    rows = sorted(rows, key=lambda row: (ids[row[0]], row[1]))
    auto_sql = 64
    summary = auto_sql + len(AS)
    extension = summary + 40
    extra = extension + 64
    chroms = extra + 20
    chrom_items = [(n.encode(), struct.pack("<II", ids[n], lengths[n])) for n in names]
    chrom_tree = b_plus_tree(chrom_items, chroms, max(len(names), 2))
    data = chroms + len(chrom_tree)
    body, blocks, entries, place = struct.pack("<Q", len(rows)), [], [], data + 8
    for i in range(0, len(rows), rows_a_block):
        group = rows[i : i + rows_a_block]
        text = b"".join(
            struct.pack("<III", ids[c], s, e) + rest.encode() + b"\0" for c, s, e, rest in group
        )
        text = zlib.compress(text) if packed else text
        blocks.append(
            (
                ids[group[0][0]],
                group[0][1],
                ids[group[-1][0]],
                max(r[2] for r in group),
                place,
                len(text),
            )
        )
        entries += [
            (row[3].split("\t")[0].encode(), struct.pack("<QQ", place, len(text))) for row in group
        ]
        body, place = body + text, place + len(text)
    index = place
    tree = r_tree(blocks, index, len(rows))
    by_name = index + len(tree) + padding
    name_tree = b_plus_tree(sorted(entries), by_name, block_size)
    n_fields = len(rows[0][3].split("\t")) + 3
    buffer = 1 << 15 if packed else 0
    head = struct.pack(
        "<IHHQQQHHQQIQ",
        0x8789F2EB,
        4,
        0,
        chroms,
        data,
        index,
        n_fields,
        4,
        auto_sql,
        summary,
        buffer,
        extension,
    )
    totals = struct.pack("<Qdddd", len(rows), 1, 1, len(rows), len(rows))
    more = struct.pack("<HHQ", 64, 1, extra).ljust(64, b"\0") + struct.pack(
        "<HHQIHH", 0, 1, by_name, 0, 3, 0
    )
    return (
        head + AS + totals + more + chrom_tree + body + tree + bytes(padding) + name_tree + head[:4]
    )


def snp_row(chrom: str, start: int, name: str, ref: str, *alts: str) -> tuple[str, int, int, str]:
    """As of bigDbSnp: alts end with a comma; what follows is not read here."""
    fields = (name, ref, str(len(alts)), "".join(f"{alt}," for alt in alts), "0", "1", "-1,")
    return chrom, start, start + len(ref), "\t".join(fields)
