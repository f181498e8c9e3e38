"""Typed name -> its parts: `NM_000022.4(ADA):c.976-34G>A` and the like."""

import re
from dataclasses import dataclass

from genoview.data.transcript.amino_acids import RESIDUE_PATTERN, one_letter
from genoview.data.transcript.numbering import PLACE_PATTERN
from genoview.errors import QueryError
from genoview.query.clean import shown

_NAME = re.compile(
    r"(?P<reference>[A-Za-z0-9][\w.@-]*)\s*(?:\(\s*(?P<inner>[\w.@-]+)\s*\))?\s*[:\s]\s*"
    r"(?P<kind>[cgmnp])\.\s*(?P<change>\S.*?)(?:\s+\(?p\.\S+)?",
    re.ASCII | re.IGNORECASE,
)
_BARE_PROTEIN = re.compile(  # BRAF V600E
    rf"(?P<reference>[A-Za-z][\w.@-]*)[:\s]+(?P<change>{RESIDUE_PATTERN}[0-9]+{RESIDUE_PATTERN})",
    re.ASCII | re.IGNORECASE,
)
_BASES = "[ACGTU]"
_CHANGE = re.compile(
    rf"(?P<first>{PLACE_PATTERN})(?:_(?P<last>{PLACE_PATTERN}))?(?:"
    rf"(?P<ref>{_BASES}+)>(?P<alt>{_BASES}+)"
    rf"|DEL(?P<deleted>{_BASES}*)(?:INS(?P<replacement>{_BASES}+))?"
    rf"|INS(?P<inserted>{_BASES}+)|DUP(?P<doubled>{_BASES}*)|INV(?P<inverted>{_BASES}*)"
    rf"|(?P<unit>{_BASES}*)\[(?P<count>[0-9]{{1,4}})\]|(?P<same>{_BASES}*=))",
    re.ASCII,
)
_PROTEIN = re.compile(
    rf"\(?(?P<first>{RESIDUE_PATTERN})(?P<first_at>[0-9]{{1,6}})"
    rf"(?:_(?P<last>{RESIDUE_PATTERN})(?P<last_at>[0-9]{{1,6}}))?"
    rf"(?:(?P<operation>DEL|DUP)|(?P<alt>{RESIDUE_PATTERN}|=))\)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """What was typed, unread.

    Attributes:
        reference: accession of a transcript, protein or chromosome, or a gene's symbol.
        gene: the symbol in brackets; "" where there is none.
        kind: c, g, m, n or p.
    """

    text: str
    reference: str
    gene: str
    kind: str
    change: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of bases, its places as they are written.

    Attributes:
        operation: replace, insert, duplicate, invert, repeat.
        stated: the bases that the name says are there; "" where it says none.
        bases: what comes in their place; the unit of a repeat.
        count: copies of a repeat.
    """

    first: str
    last: str
    operation: str
    stated: str = ""
    bases: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """A change of residues, in one-letter code; numbers count from 1.

    Attributes:
        operation: substitute, delete or duplicate.
    """

    first: str
    first_at: int
    last: str
    last_at: int
    operation: str
    alt: str = ""


def read_name(text: str) -> Name | None:
    """The parts of an HGVS name; None where the text is none."""
    line = text.strip()
    if line[:2].lower() == "m.":  # there is one mitochondrial sequence
        line = f"chrM:{line}"
    if match := _NAME.fullmatch(line):
        reference, inner = match["reference"], match["inner"] or ""
        if inner and reference.upper().startswith(("NC_", "NG_", "CHR")) and "_" in inner:
            reference, inner = inner, ""  # NC_000020.10(NM_000022.4):c.
        return Name(line, reference, inner, match["kind"].lower(), match["change"])
    if match := _BARE_PROTEIN.fullmatch(line):
        return Name(line, match["reference"], "", "p", match["change"])
    return None


def read_change(name: Name) -> Change:
    """The change of a c., g., m. or n. name.

    Raises:
        QueryError: it is of a kind that cannot be placed.
    """
    match = _CHANGE.fullmatch(name.change.upper().replace(" ", ""))
    if match is None:
        raise QueryError(
            f"{shown(name.text)} is a change of a kind that is not read here. Known are 76A>C, "
            "76del, 76_78del, 76_77insACG, 76_78delinsTT, 76_78dup, 76_78inv and 76CAG[12], one at "
            "a time, with positions that are certain and bases that are spelled out."
        )
    part = {key: (text or "").replace("U", "T") for key, text in match.groupdict().items()}
    first, last = match["first"], match["last"] or match["first"]
    if match["same"]:
        raise QueryError(f"{shown(name.text)} says that nothing changes; type a change.")
    if match["inserted"]:
        return Change(first, last, "insert", "", part["inserted"])
    if match["count"]:
        return Change(first, last, "repeat", "", part["unit"], int(match["count"]))
    if match["doubled"] is not None:
        return Change(first, last, "duplicate", part["doubled"])
    if match["inverted"] is not None:
        return Change(first, last, "invert", part["inverted"])
    stated, bases = part["ref"] or part["deleted"], part["alt"] or part["replacement"]
    if match["ref"] and not match["last"] and len(stated) > 1:
        raise QueryError(f"{shown(name.text)}: write the first and the last position, as 76_77.")
    return Change(first, last, "replace", stated, bases)


def read_protein_change(name: Name) -> ProteinChange:
    """The change of a p. name.

    Raises:
        QueryError: too many changes of the DNA would make it, or it is not read here.
    """
    match = _PROTEIN.fullmatch(name.change.replace(" ", ""))
    if match is None:
        raise QueryError(
            f"{shown(name.text)}: of protein names, Arg211His, R211H, Trp24Ter, Ala2=, Phe508del, "
            "Lys23_Val25del and Ala3_Ser5dup lead back to the DNA. Many changes of the DNA may "
            "make the others; type the change as c. or on the chromosome."
        )
    first = one_letter(match["first"])
    last, last_at = match["last"] or first, int(match["last_at"] or match["first_at"])
    alt = match["alt"] or ""
    operation = (match["operation"] or "").lower()
    if not operation and match["last"]:
        raise QueryError(f"{shown(name.text)}: one residue is substituted at a time.")
    return ProteinChange(
        first,
        int(match["first_at"]),
        one_letter(last),
        last_at,
        {"del": "delete", "dup": "duplicate", "": "substitute"}[operation],
        first if alt == "=" else one_letter(alt) if alt else "",
    )
