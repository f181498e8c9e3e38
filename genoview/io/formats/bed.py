"""A line of BED, BED3 to BED12 with any columns behind -> Feature.

Columns: https://genome.ucsc.edu/FAQ/FAQformat.html#format1; colours (itemRgb) are not used.
"""

from collections.abc import Sequence

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.formats.text_lines import (
    BadLine,
    Namer,
    columns_of,
    number_or_none,
    place,
    strand_of,
)

BED12 = 12  # columns with thick part and blocks
_THICK, _BLOCKED = 6, 9  # cells behind the place with thick part and colour, with blocks too
_DETAIL_CELLS = 4
_PEAKS = ("signal", "-log10 p", "-log10 q", "summit")  # narrowPeak's columns from the seventh


def parse_bed(line: str, chrom_name: Namer) -> Feature:
    """One line.

    Raises:
        BadLine: it has no place, or blocks that lie outside of it.
    """
    columns = columns_of(line)
    if len(columns) < 3:
        raise BadLine("it has fewer than 3 columns")
    start, end = place(columns[1], columns[2])
    return feature_of(chrom_name(columns[0]), start, end, columns[3:])


def feature_of(
    chrom: str, start: int, end: int, rest: Sequence[str], n_defined: int = BED12
) -> Feature:
    """A feature of a place and the cells behind it, name first.

    Args:
        n_defined: columns with BED's meaning, as a bigBed file says; others are details.

    Raises:
        BadLine: its blocks lie outside of it.
    """
    cells = rest[: max(n_defined - 3, 0)]
    strand = strand_of(cells[2]) if len(cells) > 2 else "."
    interval = Interval(chrom, start, end, strand)
    n_used = _n_used(interval, cells)
    return Feature(
        name=cells[0] if cells and cells[0] != "." else "",
        interval=interval,
        score=number_or_none(cells[1]) if len(cells) > 1 else None,
        blocks=_blocks(interval, cells) if n_used == _BLOCKED else (),
        thick=_thick(interval, cells) if n_used >= _THICK else None,
        details=_details(rest[n_used:], n_used),
    )


def _n_used(interval: Interval, cells: Sequence[str]) -> int:
    """Cells with BED's meaning: in narrowPeak and others the later ones are measurements."""
    if len(cells) >= _BLOCKED and cells[6].isdecimal():
        return _BLOCKED
    if len(cells) < 5 or not (cells[3].isdecimal() and cells[4].isdecimal()):
        return min(len(cells), 3)
    inside = interval.start <= int(cells[3]) <= int(cells[4]) <= interval.end
    return _THICK if inside else 3


def _thick(interval: Interval, cells: Sequence[str]) -> Interval | None:
    if not (cells[3].isdecimal() and cells[4].isdecimal()):
        raise BadLine("its thick part is not two whole numbers")
    start, end = int(cells[3]), int(cells[4])
    if start >= end:  # written so where nothing is thick
        return None
    if start < interval.start or end > interval.end:
        raise BadLine("its thick part lies outside of it")
    return Interval(interval.chrom, start, end, interval.strand)


def _blocks(interval: Interval, cells: Sequence[str]) -> tuple[Interval, ...]:
    sizes, starts = _numbers(cells[7]), _numbers(cells[8])
    if not len(sizes) == len(starts) == int(cells[6]):
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
    parts = [part for part in cell.strip().split(",") if part]
    if not all(part.isdecimal() for part in parts):
        raise BadLine("its blocks are not whole numbers")
    return [int(part) for part in parts]


def _details(cells: Sequence[str], n_used: int) -> str:
    """Cells without a place in BED; narrowPeak's by their names."""
    numbers = all(number_or_none(cell) is not None for cell in cells)
    if n_used == 3 and len(cells) in (3, 4) and numbers:
        pairs = zip(_PEAKS, cells, strict=False)
        return ", ".join(f"{word} {cell}" for word, cell in pairs if not cell.startswith("-1"))
    return ", ".join(cell for cell in cells[:_DETAIL_CELLS] if cell not in ("", "."))
