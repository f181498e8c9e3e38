"""A line of a file + genome -> why it cannot be scored, by kind and in a sentence; or None."""

from dataclasses import dataclass
from enum import Enum

from genoview.data.genome import Interval, canonical_chrom
from genoview.errors import GenomeError
from genoview.io.reference import ReferenceGenome
from genoview.query import MAX_CHANGED
from genoview.scoring.variant_line import VariantLine, unreadable

LONGEST = MAX_CHANGED + 1  # letters of an allele, with the anchor base


class Kind(Enum):
    """Why lines are skipped, as the count of a file names it."""

    UNREADABLE = "not readable as a variant"
    MISSING = "ALT missing"
    SYMBOLIC = "ALT symbolic"
    LETTERS = "letters other than A, C, G and T"
    SAME = "REF and ALT equal"
    TOO_LONG = "alleles too long"
    OTHER_ASSEMBLY = "of another assembly"
    ABSENT = "outside of the genome"
    WRONG_REF = "REF not the genome's"
    NOT_SCORED = "not scored by the chosen models"


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a variant from being scored."""

    kind: Kind
    reason: str


def fault_of(line: VariantLine, reference: ReferenceGenome) -> Fault | None:
    """None where the line is a variant of this genome."""
    reason = unreadable(line)
    if reason:
        return Fault(_kind(line), reason)
    ref, alt = line.ref.upper(), line.alt.upper()
    if max(len(ref), len(alt)) > LONGEST:
        longest = max(len(ref), len(alt))
        return Fault(
            Kind.TOO_LONG,
            f"An allele is {longest:,} bp long; up to {LONGEST:,} bp are compared.",
        )
    return _misfit(line, ref, reference)


def _kind(line: VariantLine) -> Kind:
    """Of a line that `unreadable` refuses, by the same order of questions."""
    ref, alt = line.ref.upper(), line.alt.upper()
    if alt in ("", ".", "-"):
        return Kind.MISSING
    if alt == "*" or alt.startswith("<") or "[" in alt or "]" in alt:
        return Kind.SYMBOLIC
    if set(ref + alt) - set("ACGT") or not ref:
        return Kind.LETTERS
    return Kind.SAME if ref == alt else Kind.ABSENT


def _misfit(line: VariantLine, ref: str, reference: ReferenceGenome) -> Fault | None:
    chrom = canonical_chrom(line.chrom)
    place = Interval(chrom, line.pos - 1, line.pos - 1 + len(ref))
    try:
        reference.check(place)
        bases = reference.fetch(place)
    except GenomeError as error:
        return Fault(Kind.ABSENT, str(error))
    if bases == ref:
        return None
    at = f"{chrom}:{line.pos:,}"
    if "N" in bases:
        return Fault(Kind.ABSENT, f"{reference.name} has no known base at {at}.")
    return Fault(
        Kind.WRONG_REF, f"REF is {short(ref)}, but {reference.name} has {short(bases)} at {at}."
    )


def short(allele: str, longest: int = 20) -> str:
    """The allele, or its beginning and its length."""
    return allele if len(allele) <= longest else f"{allele[:longest]}... ({len(allele):,} bp)"
