"""A line of a file of variants, before its alleles are known to be sequences."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VariantLine:
    """A line of a VCF, unchecked; one ALT."""

    chrom: str
    pos: int
    ref: str
    alt: str


def unreadable(line: VariantLine) -> str:
    """Why the alleles are no sequences to compare, in a sentence; empty where they are."""
    ref, alt = line.ref.upper(), line.alt.upper()
    if alt in ("", ".", "-"):
        return "ALT is missing: nothing varies at this line."
    if alt == "*":
        return "ALT * stands for a base that another variant deletes: there is nothing to compute."
    if alt.startswith("<") or "[" in alt or "]" in alt:
        return f"ALT {shortened(line.alt)} is symbolic: it has no bases to compute with."
    for name, allele, text in (("REF", ref, line.ref), ("ALT", alt, line.alt)):
        if not re.fullmatch("[ACGT]+", allele):
            return f"{name} {shortened(text)!r} is not a sequence of A, C, G and T."
    if ref == alt:
        return f"REF and ALT are both {shortened(ref)}: nothing changes."
    if line.pos < 1:
        return f"Position {line.pos} lies before the chromosome, which begins at 1."
    return ""


def shortened(allele: str, longest: int = 20) -> str:
    """An allele as a sentence can quote it."""
    return allele if len(allele) <= longest else f"{allele[:longest]}... ({len(allele):,} bp)"
