"""A line of BEDPE or of UCSC's interact -> one Feature with both ends.

BEDPE: https://bedtools.readthedocs.io; interact: https://genome.ucsc.edu/goldenPath/help/interact.
"""

from collections.abc import Sequence

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.formats.text_lines import BadLine, Namer, columns_of, number_or_none, place

_DETAIL_CELLS = 4
_N_INTERACT = 18  # columns


def parse_bedpe(line: str, chrom_name: Namer) -> Feature:
    """One line: two places, name, score, strands.

    Raises:
        BadLine: it has not two places.
    """
    columns = columns_of(line)
    if len(columns) < 6:
        raise BadLine("it has fewer than 6 columns")
    ends = [_end(columns[i : i + 3], chrom_name) for i in (0, 3)]
    name, score = (*columns[6:8], "", "")[:2]
    return _pair(ends, name, score, columns[10:])


def parse_interact(line: str, chrom_name: Namer) -> Feature:
    """One line: source and target behind the place of both.

    Raises:
        BadLine: it has not its columns, or not two places.
    """
    columns = columns_of(line)
    if len(columns) < _N_INTERACT:
        raise BadLine("it has fewer than 18 columns")
    ends = [_end(columns[i : i + 3], chrom_name) for i in (8, 13)]
    return _pair(ends, columns[3], columns[4], [f"value {columns[5]}", columns[6]])


def _end(cells: Sequence[str], chrom_name: Namer) -> Interval:
    return Interval(chrom_name(cells[0]), *place(cells[1], cells[2]))


def _pair(ends: Sequence[Interval], name: str, score: str, rest: Sequence[str]) -> Feature:
    """Both ends as boxes; of ends on two chromosomes the first, with the other in words."""
    details = [cell for cell in rest[:_DETAIL_CELLS] if cell not in ("", ".")]
    left, right = ends
    if left.chrom == right.chrom:
        left, right = sorted(ends)
        whole = Interval(left.chrom, left.start, max(left.end, right.end))
        blocks = (left, right) if left.end < right.start else ()
    else:
        whole, blocks = left, ()
        details.insert(0, f"joined to {right.to_ucsc()}")
    return Feature(
        name="" if name == "." else name,
        interval=whole,
        score=number_or_none(score),
        blocks=blocks,
        details=", ".join(details),
    )
