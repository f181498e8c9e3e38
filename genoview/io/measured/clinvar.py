"""A row of UCSC's ClinVar bigBed -> Feature.

Columns: clinvar.as of github.com/ucscGenomeBrowser/kent, src/hg/utils/otto/clinvar; they are found
by name, as the file's own schema has them, since releases add and rename some.
"""

import re

from genoview.data.features import Feature
from genoview.io.big.bigbed import Entry
from genoview.io.measured.cells import placed, plain_text

SIGNIFICANCES = (  # category, words of ClinVar that begin with it, share of the lane's height
    ("conflicting", ("conflicting",), 0.7),
    ("pathogenic", ("pathogenic",), 1.0),
    ("likely pathogenic", ("likely pathogenic",), 1.0),
    ("uncertain", ("uncertain",), 0.7),
    ("likely benign", ("likely benign",), 0.45),
    ("benign", ("benign",), 0.45),
)
OTHER = "other"
SITE = "https://www.ncbi.nlm.nih.gov/clinvar/variation/"
_STARS = re.compile(r"[★☆]+|\b([0-4]) stars?\b")
_ID = re.compile(r"(\d{1,9})(?:\|.*)?", re.DOTALL)
_CHANGE = re.compile(r"([ACGT])>([ACGT])")
_ALLELES = re.compile(r"(\d{1,10})\D{0,3}?[:\-_ ]([ACGT-]+)[>:\-_/]([ACGT-]+)")


def clinvar_feature(entry: Entry) -> Feature:
    """Coloured by its classification, and as high."""
    significance = plain_text(entry["clinSign"])
    category, weight = category_of(significance)
    name, number = _named(entry)
    stars = stars_of(entry)
    conditions = plain_text(entry["phenotypeList"]).replace("|", "; ")
    facts = (
        ("Classification", significance),
        ("Review status", stars),
        ("Gene", plain_text(entry["geneId"]).rpartition("|")[2]),
        ("Consequence", plain_text(entry["molConseq"])),
        ("Kind", plain_text(entry["type"])),
        ("Conditions", conditions),
        ("Submissions", entry["numSubmit"]),
        ("Last evaluated", plain_text(entry["lastEval"])),
        ("dbSNP", plain_text(entry["snpId"])),
    )
    return Feature(
        name=name,
        interval=placed(entry),
        change=entry.cells[0] if entry.cells and _CHANGE.fullmatch(entry.cells[0]) else "",
        details=", ".join(filter(None, (significance, stars, conditions[:120]))),
        category=category,
        weight=weight,
        facts=tuple(fact for fact in facts if fact[1]),
        links=((f"ClinVar {number}", f"{SITE}{number}/"),) if number else (),
    )


def category_of(significance: str) -> tuple[str, float]:
    """`Pathogenic/Likely pathogenic` is pathogenic; words that are none of these are `other`."""
    words = significance.lower().strip()
    for category, beginnings, weight in SIGNIFICANCES:
        if words.startswith(beginnings):
            return category, weight
    return OTHER, 0.45


def stars_of(entry: Entry) -> str:
    """`★★★☆ reviewed by expert panel`; the words alone where there are no stars."""
    text = plain_text(entry["reviewStatus"])
    count = entry["_starCount"] or (entry.cells[1] if len(entry.cells) > 1 else "")
    words = _STARS.sub("", text).strip(" ,:;-")
    words = re.sub(r"^based on:?\s*", "", words)
    if not (count.isdecimal() and int(count) <= 4):
        return words
    return f"{'★' * int(count)}{'☆' * (4 - int(count))} {words}".strip()


def alleles_of(entry: Entry) -> tuple[int, str, str] | None:
    """0-based start, REF and ALT where the row says them, on whichever strand it does."""
    for name in ("vcfDesc", "_vcfDesc", "vcf"):
        match = _ALLELES.search(entry[name])
        if match:
            return int(match[1]) - 1, match[2], match[3]
    match = _CHANGE.fullmatch(entry.cells[0]) if entry.cells else None
    is_single = entry.end - entry.start == 1
    return (entry.start, match[1], match[2]) if match and is_single else None


def _named(entry: Entry) -> tuple[str, str]:
    """Its name, and its number in ClinVar."""
    text = entry["origName"]
    match = _ID.match(text)
    number = entry["_variantId"] or (match[1] if match else "")
    name = plain_text(text.partition("|")[2] if "|" in text else text)
    own = entry.cells[0] if entry.cells else ""
    return name or plain_text(own), number if number.isdecimal() and len(number) < 10 else ""
