"""A chromosome, a position and two alleles, as text -> a variant, or why it is none."""

import re

from genoview.data.assembly_names import chromosome
from genoview.errors import QueryError
from genoview.query.clean import shown
from genoview.query.numbers import to_number
from genoview.query.requests import ParsedVariant, checked_variant

ALLELE_PATTERN = r"(?:[A-Za-z]+|[.*-]|<[^<>\s]*>|[A-Za-z.]?[\[\]][^\s,]*)"
ALT_PATTERN = rf"(?:{ALLELE_PATTERN}(?:,{ALLELE_PATTERN})*)"
ALLELE = re.compile(ALLELE_PATTERN)
ALT = re.compile(ALT_PATTERN)


def variant_from(line: str, name: str, position: str, ref: str, alt: str) -> ParsedVariant:
    """The variant of four fields.

    Raises:
        QueryError: an allele is empty, symbolic, one of several, or not a sequence.
    """
    chrom, assembly = chromosome(name)
    pos = to_number(position)
    if "," in alt:
        first = f"{chrom}:{pos}:{ref}>{alt.split(',')[0]}".upper().replace("CHR", "chr")
        raise QueryError(
            f"{shown(line)} has several ALT alleles. Type one of them at a time, as {first}."
        )
    for allele, other, role in ((ref, alt, "REF"), (alt, ref, "ALT")):
        if allele in {"-", "."}:
            raise QueryError(_no_anchor(line, role, allele, chrom, pos, other))
        if not allele.isalpha():
            raise QueryError(
                f"{shown(line)}: {role} {allele} stands for a change without its bases. Type the "
                "bases of both alleles; a deletion also as chr20:g.43042365_43042370del."
            )
    return ParsedVariant(checked_variant(chrom, pos, ref, alt), assembly)


def _no_anchor(line: str, role: str, allele: str, chrom: str, pos: int, bases: str) -> str:
    if allele == "." or bases in {"-", "."}:
        return f"{shown(line)} has no {role} allele ({allele}). Type the bases of both alleles."
    bases = bases.upper()
    last = pos + len(bases) - 1
    hgvs = f"{pos}del" if last == pos else f"{pos}_{last}del"
    if role == "REF":
        hgvs = f"{pos}_{pos + 1}ins{bases}"
    return (
        f"{shown(line)} writes {role} as {allele}. Write the change with the base before it, as a "
        f"VCF does, or as {chrom}:g.{hgvs}."
    )
