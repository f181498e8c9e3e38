"""Genomic HGVS and SPDI: `NC_000020.10:g.43042364T>C`, `NC_000020.10:43042363:T:C`.

Den Dunnen et al. 2016 (doi:10.1002/humu.22981); Holmes et al. 2020
(doi:10.1093/bioinformatics/btz856). SPDI counts from 0, HGVS from 1.
"""

import re

from genoview.data.assembly_names import chromosome, known_assembly
from genoview.errors import QueryError
from genoview.query.clean import one_assembly, shown
from genoview.query.requests import ParsedEdit, ParsedVariant, checked_variant

_HGVS = re.compile(
    r"(?:(?P<reference>[^\s:]+)\s*:\s*)?(?P<kind>[cgmnopr])\.\s*(?P<change>[(\[\w*?=+-]\S*)",
    re.IGNORECASE | re.ASCII,
)
_PLACE = r"(?P<first>[0-9]{1,11})(?:_(?P<last>[0-9]{1,11}))?"
_SUBSTITUTION = re.compile(rf"{_PLACE}(?P<ref>[A-Z]+)>(?P<alt>[A-Z]+)", re.ASCII)
_EDIT = re.compile(
    rf"{_PLACE}(?:DEL(?P<deleted>[A-Z]*?)(?:INS(?P<replacement>[A-Z]+))?|INS(?P<inserted>[A-Z]+)"
    r"|DUP(?P<doubled>[A-Z]*)|INV(?P<inverted>[A-Z]*))",
    re.ASCII,
)
_SPDI = re.compile(
    r"(NC_[0-9]+\.[0-9]+):([0-9]{1,11}):([ACGTN]*|[0-9]{1,11}):([ACGTN]*)", re.IGNORECASE
)
_KINDS = {"C": "coding DNA", "N": "non-coding transcript", "R": "RNA", "P": "protein"}
_OWN_SEQUENCE = ("NG_", "LRG_", "NT_", "NW_", "NM_", "NR_", "XM_", "NP_", "ENST", "ENSG")


def parse_hgvs(line: str) -> ParsedVariant | ParsedEdit | None:
    """The genomic change of an HGVS expression; None where the line is none.

    Raises:
        QueryError: it counts along a transcript or protein, or its change is of no known kind.
    """
    match = _HGVS.fullmatch(line)
    if not match:
        return None
    reference, inside = match["reference"] or "", ""
    if reference.endswith(")"):
        reference, _, inside = reference[:-1].partition("(")
    kind = match["kind"].upper()
    if kind in _KINDS:
        raise QueryError(
            f"{shown(line)} is HGVS {kind.lower()}. ({_KINDS[kind]}), whose positions count along "
            "a transcript. Type the transcript or its gene before it, as ADA:c.976-34G>A, one "
            "change at a time, or the change on the chromosome, as chr20:43042364:C>T."
        )
    if not reference or reference.upper().startswith(_OWN_SEQUENCE):
        raise QueryError(
            f"{shown(line)} does not count along a chromosome. Give the chromosome and the "
            "position on it: NC_000020.10:g.43042364C>T or chr20:g.43042364C>T."
        )
    chrom, assembly = chromosome(reference)
    build = known_assembly(inside)  # chr20(GRCh38):g.
    return _change(line, chrom, one_assembly(line, assembly, build), match["change"].upper())


def _change(line: str, chrom: str, assembly: str, change: str) -> ParsedVariant | ParsedEdit:
    if match := _SUBSTITUTION.fullmatch(change):
        variant = checked_variant(chrom, int(match["first"]), match["ref"], match["alt"])
        if match["last"] and int(match["last"]) != variant.end:
            raise QueryError(f"{shown(line)}: {variant.ref} does not fill the positions given.")
        return ParsedVariant(variant, assembly)
    match = _EDIT.fullmatch(change)
    if not match:
        raise QueryError(
            f"{shown(line)} is genomic HGVS of a kind that is not read here. Known are "
            "100T>C, 100del, 100_102del, 100_101insACG, 100_102delinsTT, 100_102dup and "
            "100_102inv, with positions that are certain."
        )
    return _edit(line, chrom, assembly, match)


def _edit(line: str, chrom: str, assembly: str, match: re.Match[str]) -> ParsedEdit:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    deleted, operation = match["deleted"] or "", "replace"
    if match["doubled"] is not None:
        deleted, operation = match["doubled"], "duplicate"
    elif match["inverted"] is not None:
        deleted, operation = match["inverted"], "invert"
    if match["inserted"]:
        if last != first + 1:
            raise QueryError(
                f"{shown(line)}: an insertion lies between two neighbours, as 100_101ins."
            )
        last = first
        start = first
    else:
        start = first - 1
    inserted = match["inserted"] or match["replacement"] or ""
    return ParsedEdit(chrom, start, last, deleted, inserted, operation, assembly)


def parse_spdi(line: str) -> ParsedVariant | ParsedEdit | None:
    """A change as SPDI writes it; None where the line is none."""
    match = _SPDI.fullmatch(line)
    if not match:
        return None
    chrom, assembly = chromosome(match[1])
    start, deleted, inserted = int(match[2]), match[3].upper(), match[4].upper()
    note = ("Read as SPDI, whose positions count from 0.",)
    if deleted.isdigit():
        return ParsedEdit(
            chrom, start, start + int(deleted), "", inserted, "replace", assembly, note
        )
    if deleted and inserted:
        return ParsedVariant(checked_variant(chrom, start + 1, deleted, inserted), assembly, note)
    end = start + len(deleted)
    return ParsedEdit(chrom, start, end, deleted, inserted, "replace", assembly, note)
