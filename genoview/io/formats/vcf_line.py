"""A line of VCF -> its columns: for tracks, batches and the search box alike.

VCF 4.5: https://samtools.github.io/hts-specs/VCFv4.5.pdf.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genoview.data.input.decoding import whole_number
from genoview.io.formats.text_lines import BadLine, columns_of

N_FIXED = 8  # columns of every line, INFO the last
_CONTIG = re.compile(r"##contig=<(.*)>\s*")
_ALLELE = re.compile(r"[ACGTN]+", re.IGNORECASE)


class TooFewColumns(BadLine):
    """A line that ends before ALT."""

    def __init__(self, n_columns: int) -> None:
        super().__init__("it has fewer than 5 columns")
        self.n_columns = n_columns


class BadPosition(BadLine):
    """POS is not a position of VCF."""

    def __init__(self, pos: str) -> None:
        super().__init__("POS is not a whole number from 1 on")
        self.pos = pos


@dataclass(frozen=True, slots=True)
class VcfLine:
    """Columns as they are written; `pos` is 1-based, 0 for the place before the first base.

    Attributes:
        name: column ID; empty where there is none.
        rest: QUAL, FILTER, INFO and what follows, as far as the line goes.
    """

    chrom: str
    pos: int
    name: str
    ref: str
    alts: tuple[str, ...]
    rest: tuple[str, ...] = ()

    @property
    def qual(self) -> str:
        return self._cell(0)

    @property
    def verdict(self) -> str:
        """Column FILTER."""
        return self._cell(1)

    @property
    def info(self) -> dict[str, str]:
        """INFO by key; a flag has the empty value."""
        pairs = (pair.partition("=") for pair in self._cell(2).split(";"))
        return {key: value for key, _, value in pairs if key not in ("", ".")}

    def _cell(self, i: int) -> str:
        return self.rest[i] if len(self.rest) > i else "."


def parse_vcf_line(text: str) -> VcfLine:
    """Columns of one line; alleles are taken as they are.

    Raises:
        TooFewColumns: it ends before ALT. BadPosition: it has no position, or no chromosome.
    """
    columns = columns_of(text)
    if len(columns) < 5:
        raise TooFewColumns(len(columns))
    chrom, pos, name, ref, alt = columns[:5]
    if " " in text:
        chrom, pos, name, ref, alt = map(str.strip, columns[:5])
    number = whole_number(pos)
    if number is None or not chrom:
        raise BadPosition(pos)
    own_name = "" if name == "." else name
    return VcfLine(chrom, number, own_name, ref, tuple(alt.split(",")), tuple(columns[5:]))


def is_symbol(alt: str) -> bool:
    """`<DEL>` and other names in place of bases."""
    return alt.startswith("<") and alt.endswith(">")


def is_allele(text: str) -> bool:
    """Bases, `*`, `.`, `<DEL>`, or a breakend such as `G]17:198982]` or `G.`."""
    return is_bases(text) or text in ("*", ".") or is_symbol(text) or is_breakend(text)


def is_breakend(text: str) -> bool:
    """With its mate in brackets; a single one has a dot in its place."""
    is_single = text.startswith(".") != text.endswith(".") and is_bases(text.strip("."))
    return "[" in text or "]" in text or is_single


def is_bases(text: str) -> bool:
    """One or more of A, C, G, T and N, in either case."""
    return _ALLELE.fullmatch(text) is not None


def is_vcf(cells: Sequence[str]) -> bool:
    """Whether cells are a line of VCF, not of BED or of ANNOVAR's input.

    Both have a number in the third cell; ClinVar has its number there too, as the ID. ANNOVAR's
    is the end, which REF's length gives: 1-based, or 0-based in lines of other programs.
    """
    if len(cells) < 5 or not cells[1].isdecimal():
        return False
    start, end, ref = whole_number(cells[1]), whole_number(cells[2]), cells[3]
    if start is None or end is None:
        return not cells[2].isdecimal()
    is_end = end - start in (len(ref) - 1, len(ref))
    are_alleles = is_bases(ref) and all(map(is_allele, cells[4].split(",")))
    if cells[4] == ".":  # a score of BED too, whose end lies behind its start
        return are_alleles and end < start
    return are_alleles and not is_end


def contig_lengths(lines: Iterable[str]) -> dict[str, int]:
    """Lengths in bp that a header's `##contig` lines give, by the names of the file."""
    lengths: dict[str, int] = {}
    for line in lines:
        match = _CONTIG.fullmatch(line)
        pairs = (pair.partition("=") for pair in match[1].split(",")) if match else ()
        fields = {key.strip(): value for key, _, value in pairs}
        length = whole_number(fields.get("length", ""))
        if length and fields.get("ID"):
            lengths[fields["ID"]] = length
    return lengths
