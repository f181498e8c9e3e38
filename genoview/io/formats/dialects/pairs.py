"""A line of BEDPE or of UCSC's interact -> one Feature with both ends.

BEDPE: https://bedtools.readthedocs.io; interact: https://genome.ucsc.edu/goldenPath/help/interact.
"""

import re
from collections.abc import Sequence

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.formats.text_lines import BadLine, Namer, columns_of, number_or_none, place

_DETAIL_CELLS = 4
_COLOUR = re.compile(r"[0-9]{1,3},[0-9]{1,3},[0-9]{1,3}")
_N_INTERACT = 18  # columns


def parse_bedpe(line: str, chrom_name: Namer) -> Feature:
    """One line: two places, name, score, strands.

    Raises:
        BadLine: it has not two places.
    """
    columns = columns_of(line)
    if len(columns) < 6:
        raise BadLine("it has fewer than 6 columns")
    known = [cells for cells in (columns[:3], columns[3:6]) if not _is_unknown(cells)]
    ends = [_end(cells, chrom_name) for cells in known]
    name, score = (*columns[6:8], "", "")[:2]
    details = columns[10:]
    if _COLOUR.fullmatch(name):  # Juicer's, which has no name
        name, score, details = "", "", columns[7:]
    return _pair(ends, name, score, details)


def turned_bedpe(line: str) -> str | None:
    """The line with its second place first, where that is on another chromosome."""
    cells = columns_of(line)
    if len(cells) < 6 or cells[0] == cells[3] or _is_unknown(cells[:3]) or _is_unknown(cells[3:6]):
        return None
    strands = [*reversed(cells[8:10])] if len(cells) >= 10 else cells[8:10]
    return "\t".join([*cells[3:6], *cells[:3], *cells[6:8], *strands, *cells[10:]])


def parse_interact(line: str, chrom_name: Namer) -> Feature:
    """One line: source and target behind the place of both.

    Raises:
        BadLine: it has not its columns, or not two places.
    """
    columns = columns_of(line)
    if len(columns) < _N_INTERACT:
        raise BadLine("it has fewer than 18 columns")
    ends = [_end(columns[i : i + 3], chrom_name) for i in (8, 13)]
    if ends[0].chrom != ends[1].chrom == chrom_name(columns[0]):  # a line for each chromosome
        ends.reverse()
    return _pair(ends, columns[3], columns[4], [f"value {columns[5]}", columns[6]])


def is_bedpe(cells: Sequence[str]) -> bool:
    """Whether a line has a second place where BED has name, score and strand."""
    if len(cells) < 6 or not all(map(str.isdecimal, (*cells[1:3], *cells[4:6]))):
        return False
    is_chrom = cells[3] == cells[0] or (cells[0].startswith("chr") and cells[3].startswith("chr"))
    return is_chrom and len(cells[4]) > 1  # STAR has a number of 0 to 6 there


def is_interact(cells: Sequence[str]) -> bool:
    """Whether a line has the columns, with three places where they belong."""
    places = [*cells[1:3], *cells[9:11], *cells[14:16]]
    return len(cells) == _N_INTERACT and all(map(str.isdecimal, places))


def _is_unknown(cells: Sequence[str]) -> bool:
    """Of an end that BEDPE leaves open: `. -1 -1`."""
    return list(cells) == [".", "-1", "-1"]


def _end(cells: Sequence[str], chrom_name: Namer) -> Interval:
    return Interval(chrom_name(cells[0]), *place(cells[1], cells[2]))


def _pair(ends: Sequence[Interval], name: str, score: str, rest: Sequence[str]) -> Feature:
    """Both ends as boxes; of ends on two chromosomes the first, with the other in words."""
    details = [cell for cell in rest[:_DETAIL_CELLS] if cell not in ("", ".")]
    if not ends:
        raise BadLine("both its ends are unknown")
    left, right = ends[0], ends[-1]
    blocks: tuple[Interval, ...] = ()
    if len(ends) == 1:
        whole = left
        details.insert(0, "the other end is unknown")
    elif left.chrom == right.chrom:
        left, right = sorted(ends)
        whole = Interval(left.chrom, left.start, max(left.end, right.end))
        blocks = (left, right) if left.end < right.start else ()
    else:
        whole = left
        details.insert(0, f"joined to {right.to_ucsc()}")
    return Feature(
        name="" if name == "." else name,
        interval=whole,
        score=number_or_none(score),
        blocks=blocks,
        details=", ".join(details),
    )
