"""A line of BED, BED3 to BED12 with any columns behind -> Feature.

Columns: https://genome.ucsc.edu/FAQ/FAQformat.html#format1; colours (itemRgb) are not used.
"""

import re
from collections.abc import Sequence

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.data.input.decoding import whole_number
from genoview.io.formats.text_lines import (
    BadLine,
    Namer,
    columns_of,
    number_or_none,
    place,
    strand_of,
)

BED6, BED12 = 6, 12  # columns with strand; with thick part and blocks too
_THICK, _BLOCKED = 6, 9  # cells behind the place with thick part and colour, with blocks too
_DETAIL_CELLS = 4
_NUMBERS = re.compile("[0-9,]*")


def parse_bed(line: str, chrom_name: Namer) -> Feature:
    """One line.

    Raises:
        BadLine: it has no place, or blocks that lie outside of it.
    """
    return feature_of(*placed(columns_of(line), chrom_name))


def placed(columns: list[str], chrom_name: Namer) -> tuple[str, int, int, list[str]]:
    """Chromosome, 0-based start and end, and the cells behind; raises as `parse_bed`."""
    if len(columns) < 3:
        raise BadLine("it has fewer than 3 columns")
    start, end = place(columns[1], columns[2], may_be_empty=True)
    return chrom_name(columns[0]), start, end, columns[3:]


def feature_of(
    chrom: str,
    start: int,
    end: int,
    rest: Sequence[str],
    n_defined: int = BED12,
    labels: Sequence[str] = (),
) -> Feature:
    """A feature of a place and the cells behind it, name first.

    What is 0 bp wide lies between two bases: it is drawn over both, and says so.

    Args:
        n_defined: columns with BED's meaning, as a bigBed file says; others are details.
        labels: of the cells, as the file's autoSql says; "" where a cell needs none.

    Raises:
        BadLine: its blocks lie outside of it.
    """
    cells = rest[: max(n_defined - 3, 0)]
    strand = strand_of(cells[2]) if len(cells) > 2 else "."
    if start == end:
        interval = Interval(chrom, max(start - 1, 0), end + 1, strand)
        n_used, between = min(len(cells), 3), [f"between {start:,} and {start + 1:,}"]
    else:
        interval = Interval(chrom, start, end, strand)
        n_used, between = _n_used(interval, cells, len(rest)), []
    return Feature(
        name=cells[0] if cells and cells[0] != "." else "",
        interval=interval,
        score=number_or_none(cells[1]) if len(cells) > 1 else None,
        blocks=_blocks(interval, cells) if n_used == _BLOCKED else (),
        thick=_thick(interval, cells) if n_used >= _THICK else None,
        details=", ".join(between + _details(rest, n_used, labels)),
    )


def _n_used(interval: Interval, cells: Sequence[str], n_cells: int) -> int:
    """Cells with BED's meaning: in other programs' files the later ones are measurements."""
    is_thick = len(cells) >= 5 and cells[3].isdecimal() and cells[4].isdecimal()
    if len(cells) >= _BLOCKED and cells[6].isdecimal():
        are_lists = all(_NUMBERS.fullmatch(cell) for cell in cells[7:9])
        if n_cells == _BLOCKED and (is_thick or are_lists):
            return _BLOCKED
        if is_thick and are_lists and _are_blocks(interval, cells):
            return _BLOCKED
    if not is_thick:
        return min(len(cells), 3)
    first, last = whole_number(cells[3]), whole_number(cells[4])
    if first is None or last is None:
        return 3
    inside = interval.start <= first <= last <= interval.end
    return _THICK if inside else 3


def _are_blocks(interval: Interval, cells: Sequence[str]) -> bool:
    """Whether two lists of numbers are blocks, where columns behind may be measurements."""
    try:
        _blocks(interval, cells)
    except BadLine:
        return False
    return True


def _thick(interval: Interval, cells: Sequence[str]) -> Interval | None:
    start, end = whole_number(cells[3]), whole_number(cells[4])
    if start is None or end is None:
        raise BadLine("its thick part is not two whole numbers")
    if start >= end:  # written so where nothing is thick
        return None
    if start < interval.start or end > interval.end:
        raise BadLine("its thick part lies outside of it")
    return Interval(interval.chrom, start, end, interval.strand)


def _blocks(interval: Interval, cells: Sequence[str]) -> tuple[Interval, ...]:
    sizes, starts = _numbers(cells[7]), _numbers(cells[8])
    if not len(sizes) == len(starts) == whole_number(cells[6]):
        raise BadLine("the number of its blocks is not the number that it says")
    if not sizes:
        return ()
    blocks = sorted(zip(starts, sizes, strict=True))
    if min(sizes) < 1 or max(map(sum, blocks)) > interval.width:
        raise BadLine("its blocks lie outside of it")
    return tuple(
        Interval(interval.chrom, interval.start + at, interval.start + at + size, interval.strand)
        for at, size in blocks
    )


def _numbers(cell: str) -> list[int]:
    numbers = [whole_number(part) for part in cell.strip().split(",") if part]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        raise BadLine("its blocks are not whole numbers")
    return known


def _details(cells: Sequence[str], n_used: int, labels: Sequence[str]) -> list[str]:
    """Cells without a place in BED; -1 of a measurement stands for none."""
    if len(cells) <= n_used:
        return []
    named = [(*labels, *[""] * len(cells))[i] for i in range(len(cells))]
    pairs = list(zip(named, cells, strict=True))[n_used : max(n_used + _DETAIL_CELLS, len(labels))]
    return [
        f"{label} {cell}".strip()
        for label, cell in pairs
        if cell not in ("", ".") and not (label and number_or_none(cell) == -1)
    ]
