"""Rows of gnomAD's and dbSNP's bigBed files -> Features.

Columns by the files' own schemas: gnomadVcfBedToBigBed and bigDbSnp.as of
github.com/ucscGenomeBrowser/kent.
"""

from collections.abc import Callable

from genoview.data.features import Feature
from genoview.data.input.decoding import whole_number
from genoview.io.big.bigbed import Entry
from genoview.io.formats.text_lines import number_or_none
from genoview.io.measured.alleles import Change, trimmed
from genoview.io.measured.cells import frequency_words, placed, plain_text

CONSEQUENCES = ("pLoF", "missense", "synonymous")
OTHER = "other"
COMMON, RARE = 0.01, 0.0001  # allele frequencies from which an entry is drawn higher
_SHOWN = 12  # letters of an allele in a label


def gnomad_feature(dataset: str) -> Callable[[Entry], Feature]:
    """Coloured by its consequence, and as high as it is common.

    Args:
        dataset: of the address of a variant's page, such as `gnomad_r4`.
    """

    def make(entry: Entry) -> Feature:
        ref, alt = entry["ref"], entry["alt"]
        frequency = number_or_none(entry["AF"])
        name = entry.first("displayName", "name")
        words = frequency_words(entry["AF"])
        counts = counts_words(entry["AC"], entry["AN"])
        verdict = entry["FILTER"]
        change = gnomad_change(entry)
        facts = (
            ("Allele frequency", words),
            ("Alleles", counts),
            ("Homozygotes", entry["nhomalt"]),
            ("Filtering frequency (faf95)", plain_text(entry["faf95"])),
            ("Filter", verdict),
            ("Consequence", plain_text(entry["annot"])),
            ("Genes", plain_text(entry["genes"])),
            ("dbSNP", entry.first("rsId", "rsID")),
        )
        return Feature(
            name=plain_text(name),
            interval=placed(entry),
            change=f"{_short(ref)}>{_short(alt)}" if ref and alt else "",
            passed=verdict in ("", "PASS", "."),
            details=", ".join(filter(None, (words and f"AF {words}", counts, entry["annot"]))),
            alleles=(ref, alt) if ref and alt else (),
            category=next((c for c in CONSEQUENCES if c in entry["annot"]), OTHER),
            weight=_weight(frequency),
            facts=tuple(fact for fact in facts if fact[1]),
            links=_page(entry, change, dataset),
        )

    return make


def counts_words(count: str, number: str) -> str:
    """`2 of 150,000 alleles`; empty where they are no counts."""
    observed, called = whole_number(count), whole_number(number)
    if observed is None or called is None:
        return ""
    return f"{observed:,} of {called:,} alleles"


def gnomad_change(entry: Entry) -> Change | None:
    """POS is chromEnd - length(REF) + 1, as insertions are 0 bp wide in the file."""
    ref, alt = entry["ref"], entry["alt"]
    if not ref or not alt:
        return None
    return trimmed(entry.end - len(ref.replace("-", "")), ref, alt)


def dbsnp_feature(entry: Entry) -> Feature:
    """With the frequency of the rarer allele in the first source that has one."""
    ref, alts = entry["ref"], [alt for alt in entry["alts"].split(",") if alt]
    shares = [number_or_none(text) for text in entry["minorAlleleFreq"].split(",")]
    known = next((share for share in shares if share is not None and share >= 0), None)
    words = frequency_words(str(known)) if known is not None else ""
    number = entry.cells[0] if entry.cells else ""
    facts = (
        ("Minor allele frequency", f"{words} (first project)" if words else ""),
        ("Kind", entry["class"]),
        ("Notes", plain_text(entry["ucscNotes"]).strip(",").replace(",", ", ")),
    )
    return Feature(
        name=plain_text(number),
        interval=placed(entry),
        change=f"{_short(ref)}>{','.join(map(_short, alts))}" if alts else "",
        details=", ".join(filter(None, (words and f"minor allele {words}", entry["class"]))),
        alleles=(ref or "-", *alts) if alts else (),
        weight=_weight(known),
        facts=tuple(fact for fact in facts if fact[1]),
        links=_snp(number),
    )


def _short(allele: str) -> str:
    return allele if len(allele) <= _SHOWN else f"{allele[: _SHOWN - 4]}… ({len(allele)} bp)"


def _weight(frequency: float | None) -> float:
    if frequency is None or frequency < RARE:
        return 0.35
    return 1.0 if frequency >= COMMON else 0.65


def _page(entry: Entry, change: Change | None, dataset: str) -> tuple[tuple[str, str], ...]:
    ref, alt = entry["ref"], entry["alt"]
    chrom = entry.chrom.removeprefix("chr")
    is_plain = (ref + alt).isalpha() and (ref + alt).isascii() and len(ref + alt) < 200
    if change is None or not is_plain or not chrom.isalnum() or not dataset:
        return ()
    variant = f"{chrom}-{entry.end - len(ref) + 1}-{ref}-{alt}"
    address = f"https://gnomad.broadinstitute.org/variant/{variant}?dataset={dataset}"
    return ((f"gnomAD {variant}", address),) if len(variant) < 60 else (("gnomAD", address),)


def _snp(name: str) -> tuple[tuple[str, str], ...]:
    digits = name.removeprefix("rs")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12):
        return ()
    return ((name, f"https://www.ncbi.nlm.nih.gov/snp/{name}"),)
