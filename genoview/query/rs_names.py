"""rs80357906, rs334:T>A -> the variant of a number of dbSNP on one genome.

text --read_rs--> RsName --dbSNP's table--> alleles --the genome's bases--> Variant
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from genoview.data.genome import Interval, Variant
from genoview.errors import NetworkError, NotLookedUp, QueryError
from genoview.io.assembly import Assembly
from genoview.io.dbsnp import KnownAllele
from genoview.io.remote.consent import ConsentNeeded
from genoview.query.clean import first_line, spaced, split_assembly
from genoview.query.reference import resolve_hgvs
from genoview.query.requests import ParsedEdit
from genoview.query.resolve_names import is_covered, lies_elsewhere

HOW_ELSE = "the change itself, as 17-43106487-A-C, or a name of it, as NM_007294.4:c.181T>G"
MAX_LISTED = 8  # alleles that a message lists
_RS = re.compile(
    r"rs\s?([0-9]{1,12})(?:\s*[:\s,-]\s*(?:(?P<ref>[ACGT]+)\s*(?:>|->|/)\s*)?(?P<alt>[ACGT]+))?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class RsName:
    """A number of dbSNP as it was typed.

    Attributes:
        ref, alt: of the allele that is meant; empty where none was typed.
        assembly: the build that the text names; "" where it names none.
    """

    name: str
    ref: str
    alt: str
    assembly: str
    notes: tuple[str, ...]


def read_rs(text: str) -> RsName | None:
    """The number in a pasted text; None where it is none.

    Raises:
        QueryError: the text is empty.
    """
    line, notes = first_line(text)
    body, hint = split_assembly(line)
    match = _RS.fullmatch(spaced(body))
    if match is None:
        return None
    ref, alt = ((match[key] or "").upper() for key in ("ref", "alt"))
    return RsName(f"rs{int(match[1])}", ref, alt, hint, notes)


def place_rs(typed: RsName, assembly: Assembly) -> tuple[Variant, str]:
    """The variant, and a sentence on where it was looked up.

    Raises:
        NotLookedUp: dbSNP's table cannot be read, or there is none for this build.
        QueryError: dbSNP does not have it, or has several alleles; carries them.
        GenomeError: the genome has no sequence there; says where it lies.
    """
    table = assembly.snps
    if table is None:
        raise NotLookedUp(
            f"{typed.name} is a dbSNP or dbVar id, which is not resolvable offline: dbSNP's table "
            f"can be read for GRCh38 and GRCh37, not for {assembly.name}. Type {HOW_ELSE}.",
            typed.name,
        )
    try:
        known = table.alleles(typed.name)
    except ConsentNeeded as error:
        words = f"{typed.name} is looked up in dbSNP {table.release}. {error}"
        raise NotLookedUp(words, typed.name, needs_consent=True) from error
    except NetworkError as error:
        raise NotLookedUp(
            f"{typed.name} cannot be looked up without a network. {error} Or type {HOW_ELSE}.",
            typed.name,
        ) from error
    return chosen(typed, known, assembly), f"{typed.name}, by dbSNP {table.release}."


def chosen(typed: RsName, known: Iterable[KnownAllele], assembly: Assembly) -> Variant:
    """The one variant among what is known of a number.

    Raises:
        QueryError: there is none, or there are several; carries them.
        GenomeError: the genome has no sequence there; says where it lies.
    """
    variants = dict.fromkeys(variants_of(typed, known, assembly))
    fitting = [each for each in variants if _fits(typed, each)]
    if len(fitting) == 1:
        return fitting[0]
    if not variants:
        raise QueryError(
            f"dbSNP has no {typed.name} on a chromosome of {assembly.family or assembly.name}. "
            f"Check the number, or type {HOW_ELSE}."
        )
    listed = ", ".join(map(str, list(variants)[:MAX_LISTED]))
    more = f" and {len(variants) - MAX_LISTED} more" if len(variants) > MAX_LISTED else ""
    raise QueryError(
        f"{typed.name} has {len(variants)} alleles on {assembly.name}: {listed}{more}. Choose one "
        f"of them, or type it as {typed.name}:{next(iter(variants)).alt}.",
        tuple((typed.name, str(variant)) for variant in variants),
    )


def variants_of(typed: RsName, known: Iterable[KnownAllele], assembly: Assembly) -> list[Variant]:
    """As the genome has them: checked against its bases, left-normalised.

    Raises:
        GenomeError: the genome has no sequence there; says where it lies.
    """
    variants, fetch = list[Variant](), assembly.reference.fetch
    for entry in known:
        place = Interval(entry.chrom, entry.start, entry.start + max(len(entry.ref), 1))
        if not is_covered(place, assembly):
            raise lies_elsewhere(typed.name, place, assembly)
        end = entry.start + len(entry.ref)
        if not {*entry.ref, *entry.alt} <= set("ACGT") or _bases_at(entry, assembly) != entry.ref:
            continue
        edit = ParsedEdit(entry.chrom, entry.start, end, entry.ref, entry.alt)
        variants.append(resolve_hgvs(edit, fetch).normalised(fetch))
    return variants


def _bases_at(allele: KnownAllele, assembly: Assembly) -> str:
    """What the genome has where the allele lies."""
    if not allele.ref:
        return ""
    return assembly.reference.fetch(
        Interval(allele.chrom, allele.start, allele.start + len(allele.ref))
    )


def _fits(typed: RsName, variant: Variant) -> bool:
    return typed.alt in ("", variant.alt) and typed.ref in ("", variant.ref)
