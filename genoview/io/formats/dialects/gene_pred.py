"""A line of genePred, of refFlat or of a table of UCSC's genes -> Feature.

https://genome.ucsc.edu/FAQ/FAQformat.html#format9; 0-based, half-open.
"""

import re
from collections.abc import Sequence

from genoview.data.features import Feature
from genoview.data.input.decoding import whole_number
from genoview.io.formats.bed import parse_bed
from genoview.io.formats.text_lines import BadLine, Namer, columns_of

_N_COLUMNS = 8  # from the strand on: strand, transcript, coding part, exons
_LIST = re.compile(r"[0-9]+(,[0-9]+)*,?")
_AT_MOST_BEFORE = 3  # bin or gene, name, chromosome


def parse_gene_pred(line: str, chrom_name: Namer) -> Feature:
    """One line: a transcript, its exons and its coding part.

    Raises:
        BadLine: it has not the columns, or exons that lie outside of it.
    """
    cells = columns_of(line)
    at = _strand_at(cells)
    if at is None:
        raise BadLine("it has not the columns of genePred")
    chrom, strand, start, end, first, last, n = cells[at - 1 : at + 6]
    starts, ends = (_numbers(cell) for cell in cells[at + 6 : at + 8])
    if len(starts) != len(ends):
        raise BadLine("the number of its exons is not the number that it says")
    sizes = ",".join(str(b - a) for a, b in zip(starts, ends, strict=True))
    offsets = ",".join(str(a - int(start)) for a in starts)
    name, others = cells[at - 2], cells[: at - 2]
    gene = cells[at + 9 : at + 10] or [cell for cell in others if not cell.isdecimal()]
    bed = [chrom, start, end, name, "0", strand, first, last, "0", n, sizes, offsets]
    return parse_bed("\t".join([*bed, *gene[:1]]), chrom_name)


def is_gene_pred(cells: Sequence[str]) -> bool:
    """Whether a line has the columns, behind a bin or a gene's name or not."""
    return _strand_at(cells) is not None


def _strand_at(cells: Sequence[str]) -> int | None:
    for at in range(2, _AT_MOST_BEFORE + 1):
        numbers, lists = cells[at + 1 : at + 6], cells[at + 6 : at + 8]
        if len(lists) == 2 and cells[at] in ("+", "-") and None not in map(whole_number, numbers):
            return at if all(_LIST.fullmatch(cell) for cell in lists) else None
    return None


def _numbers(cell: str) -> list[int]:
    return [int(part) for part in cell.split(",") if part]
