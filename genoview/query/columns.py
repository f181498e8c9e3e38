"""Lines of BED, VCF, ANNOVAR and Ensembl VEP: fields parted by tabs or blanks.

Three columns, a name and two numbers, are BED (0-based, half-open), whatever parts them, as in
the UCSC browser; a range in 1-based counting has a colon or a dash.
"""

import re
from dataclasses import replace

from genoview.data.assembly_names import chromosome
from genoview.data.genome import Interval, reverse_complement
from genoview.errors import QueryError
from genoview.io.formats.vcf_line import is_vcf
from genoview.query.alleles import ALLELE, ALT, variant_from
from genoview.query.clean import shown
from genoview.query.numbers import to_number
from genoview.query.requests import ParsedEdit, ParsedLocus, ParsedVariant

BED_NOTE = "Read as a line of BED, whose first base counts as 0."
VEP_NOTE = "Read as a line of Ensembl VEP's own format, which counts from 1."
_NAME = re.compile(r"[\w.#*|-]+|HLA-[\w*:]+", re.ASCII)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*(?:[,'][0-9]+)*)(?:\.[0-9]+)?[kKmM]?[bB]?")
_VEP_ALLELES = re.compile(r"(?:[ACGT]+|-)(?:/(?:[ACGT]+|-))+", re.IGNORECASE)
_VEP_WHOLE = {  # changes by their place; "" where that does not say what is there afterwards
    **{"DEL": "replace", "DUP": "duplicate", "TDUP": "duplicate", "INV": "invert"},
    **{"INS": "", "CNV": "", "BND": "", "STR": ""},
}
_VEP_STRANDS = ("+", "1", "-", "-1")
_BASES = re.compile(r"[ACGTN]+(?:,[ACGTN]+)*|[.*]|<[^>]*>|\S*[\[\]]\S*", re.IGNORECASE)


def parse_columns(line: str) -> ParsedLocus | ParsedVariant | ParsedEdit | None:
    """What a line of a table asks for; None where the line is none."""
    cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()
    if len(cells) < 3 or not _NAME.fullmatch(cells[0]) or not _NUMBER.fullmatch(cells[1]):
        return None
    if _NUMBER.fullmatch(cells[2]):
        if is_vcf(cells):
            return variant_from(line, cells[0], cells[1], cells[3], cells[4])
        return _vep(line, cells) or _annovar(cells) or _bed(cells)
    bare = len(cells) == 4 or (len(cells) > 4 and not _BASES.fullmatch(cells[4]))
    if bare and ALLELE.fullmatch(cells[2]) and _BASES.fullmatch(cells[3]):
        return variant_from(line, cells[0], cells[1], cells[2], cells[3])
    if len(cells) > 4 and ALLELE.fullmatch(cells[3]) and ALT.fullmatch(cells[4]):
        return variant_from(line, cells[0], cells[1], cells[3], cells[4])
    return None


def _bed(cells: list[str]) -> ParsedLocus:
    start, end = to_number(cells[1]), to_number(cells[2])
    if start == end:
        raise QueryError(
            f"{shown(' '.join(cells[:3]))} is empty as BED, whose end is not part of the "
            f"interval. For the position, type {cells[0]}:{cells[1]}."
        )
    chrom, assembly = chromosome(cells[0])
    notes = (BED_NOTE,) if start < end else (BED_NOTE, "The ends were swapped.")
    return ParsedLocus(Interval(chrom, min(start, end), max(start, end)), assembly, notes)


def _vep(line: str, cells: list[str]) -> ParsedEdit | ParsedVariant | None:
    """Name, start, end, alleles with slashes, strand; an insertion ends before it starts."""
    alleles, strand = (*cells[3:5], "", "")[:2]
    if strand in _VEP_STRANDS and alleles.upper() in _VEP_WHOLE:
        return _vep_whole(line, cells)
    if not _VEP_ALLELES.fullmatch(alleles) or strand not in ("", *_VEP_STRANDS):
        return None
    if not strand and to_number(cells[2]) - to_number(cells[1]) + 1 != len(
        alleles.split("/")[0].strip("-")
    ):
        return _annovar([*cells[:3], *alleles.split("/", 1)])
    if strand.startswith("-"):
        alleles = "/".join(reverse_complement(allele) for allele in alleles.split("/"))
    ref, alts = alleles.upper().split("/", 1)
    if "/" in alts or "-" not in (ref, alts):
        parsed = variant_from(line, cells[0], cells[1], ref, alts.replace("/", ","))
        return replace(parsed, notes=(VEP_NOTE,))
    chrom, assembly = chromosome(cells[0])
    start, end = to_number(cells[1]) - 1, to_number(cells[2])
    ref, alt = ref.strip("-"), alts.strip("-")
    if end - start != len(ref):
        raise QueryError(
            f"{shown(line)} has REF {ref or '-'}, but {cells[1]} to {cells[2]} are "
            f"{end - start:,} bp. In VEP's format start and end are those of REF, from 1 on."
        )
    return ParsedEdit(chrom, start, end, ref, alt, assembly=assembly, notes=(VEP_NOTE,))


def _vep_whole(line: str, cells: list[str]) -> ParsedEdit:
    """A deletion, duplication or inversion by its place alone."""
    operation = _VEP_WHOLE[cells[3].upper()]
    if not operation:
        raise QueryError(
            f"{shown(line)}: {cells[3]} stands for a change without its bases. Type the place, as "
            f"{cells[0]}:{cells[1]}-{cells[2]}, or the bases of both alleles."
        )
    chrom, assembly = chromosome(cells[0])
    start, end = to_number(cells[1]) - 1, to_number(cells[2])
    return ParsedEdit(chrom, start, end, operation=operation, assembly=assembly, notes=(VEP_NOTE,))


def _annovar(cells: list[str]) -> ParsedEdit | ParsedVariant | None:
    """Name, start, end, REF and ALT: 1-based, or 0-based where only that agrees with REF."""
    if len(cells) < 5 or not all(re.fullmatch("[ACGTacgt]+|-", cell) for cell in cells[3:5]):
        return None
    start, end = to_number(cells[1]), to_number(cells[2])
    ref, alt = (cell.strip("-").upper() for cell in cells[3:5])
    chrom, assembly = chromosome(cells[0])
    counted = "from 0" if ref and end - start == len(ref) else "from 1"
    notes = (f"Read as a line of start, end, REF and ALT that counts {counted}.",)
    if ref and alt:
        pos = cells[1] if counted == "from 1" else str(start + 1)
        parsed = variant_from(" ".join(cells[:5]), cells[0], pos, ref, alt)
        return ParsedVariant(parsed.variant, assembly, notes)
    if counted == "from 1":  # an insertion stands behind the base that is named
        start = start if not ref else start - 1
    return ParsedEdit(chrom, start, start + len(ref), ref, alt, assembly=assembly, notes=notes)
