"""A line of STAR's SJ.out.tab -> Feature: an intron that reads span.

STAR's manual, "Splice junctions": https://github.com/alexdobin/STAR/blob/master/doc/STARmanual.pdf.
"""

from collections.abc import Sequence

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.data.input.decoding import whole_number
from genoview.io.formats.text_lines import BadLine, Namer, columns_of, place

ENDING = "sj.out.tab"  # of the file's name, in lower case
_STRANDS = {"0": ".", "1": "+", "2": "-"}
_MOTIFS = ("another motif", "GT/AG", "CT/AC", "GC/AG", "CT/GC", "AT/AC", "GT/AT")
_N_COLUMNS = 9


def parse_junction(line: str, chrom_name: Namer) -> Feature:
    """One line; the score is the count of reads that map here alone.

    Raises:
        BadLine: it has not the columns, or no place.
    """
    cells = columns_of(line)
    if not is_junction(cells):
        raise BadLine("it has not the nine columns of SJ.out.tab")
    start, end = place(cells[1], cells[2], first=1)
    unique, several, overhang = cells[6:9]
    known = "annotated" if cells[5] == "1" else "not annotated"
    return Feature(
        name=_MOTIFS[int(cells[4])],
        interval=Interval(chrom_name(cells[0]), start, end, _STRANDS[cells[3]]),
        score=float(unique),
        details=f"{known}, unique reads {unique}, reads that map to several places {several}, "
        f"longest overhang {overhang} bp",
    )


def is_junction(cells: Sequence[str]) -> bool:
    """Whether a line has the columns: strand 0 to 2, motif 0 to 6, annotated or not, counts."""
    if len(cells) != _N_COLUMNS or None in map(whole_number, cells[1:]):
        return False
    return cells[3] in _STRANDS and int(cells[4]) < len(_MOTIFS) and cells[5] in ("0", "1")
