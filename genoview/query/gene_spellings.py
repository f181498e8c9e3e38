"""Spellings that are read by the genes: an old name in an intron, two changes of one allele.

`ADA IVS10-34G>A`, `HNF4A:c.[350C>T;351A>G]`, `P00813` --read_by_genes--> text that is read
"""

import re

from genoview.data.transcript.numbering import TranscriptMap
from genoview.errors import QueryError
from genoview.io.assembly import Assembly
from genoview.io.refseq.uniprot import symbol_of
from genoview.query.clean import first_line, fits_patterns, spaced
from genoview.query.hgvs_names.grammar import Name
from genoview.query.hgvs_names.transcripts import candidates
from genoview.query.resolve_names import place_name, read_typed

_REFERENCE = r"(?P<reference>[A-Z][\w.-]*(?:\([\w.-]+\))?)"
_INTRON = re.compile(
    rf"{_REFERENCE}[\s:,]+(?:c\.)?IVS\s?(?P<number>[0-9]{{1,3}})\s?(?P<offset>[+-][0-9]{{1,6}})"
    r"(?P<kind>del|dup|ins|)(?P<bases>[ACGT]>[ACGT]|[ACGT]*)",
    re.IGNORECASE | re.ASCII,
)
_ALLELE = re.compile(
    rf"{_REFERENCE}[\s:]+(?P<kind>[cn])\.\[(?P<changes>[^\[\]]+;[^\[\]]+)\]",
    re.IGNORECASE | re.ASCII,
)
_APART = re.compile(  # on both alleles, or on one of them: c.[350C>T];[351T>G], c.350C>T(;)351T>G
    rf"{_REFERENCE}[\s:]+(?P<kind>[cn])\.(?:\[(?P<one>[^\[\];]+)\]\s?;\s?\[(?P<other>[^\[\];]+)\]"
    r"|\[?(?P<first>[^\[\];]+)\(;\)(?P<second>[^\[\];]+?)\]?)",
    re.IGNORECASE | re.ASCII,
)
_PROTEIN = re.compile(r"[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}")
MOST_CHANGES = 8  # of one allele


def read_by_genes(text: str, assembly: Assembly) -> str | None:
    """The same as a name or place that is read; None where it is no such spelling.

    Raises:
        QueryError: it is one, and the transcript has no such place.
        AnnotationError: the gene is not known. ReferenceMismatch: another base is there.
    """
    line = spaced(first_line(text)[0])
    if not fits_patterns(line):
        return None
    if match := _INTRON.fullmatch(line):
        return _in_intron(match, assembly)
    if match := _APART.fullmatch(line):
        raise _to_choose(match)
    if match := _ALLELE.fullmatch(line):
        return _on_one_allele(match, assembly)
    return symbol_of(line.upper()) if _PROTEIN.fullmatch(line.upper()) else None


def _in_intron(match: re.Match[str], assembly: Assembly) -> str:
    """As HGVS counts it: from the nearer exon's base of the chosen transcript."""
    reference = match["reference"]
    known = candidates(Name(reference, reference, "", "n", ""), assembly)[0][0]
    numbering, number = TranscriptMap(known.transcript), int(match["number"])
    n_introns = len(numbering.exons) - 1
    if not 1 <= number <= n_introns:
        raise QueryError(
            f"{known.transcript.transcript_id} of {known.symbol} has {n_introns:,} introns; "
            f"intron {number:,} is not among them."
        )
    behind = match["offset"].startswith("-")
    exon = numbering.exons[number if behind else number - 1]
    at_start = behind != numbering.backward
    place = numbering.place(exon.start if at_start else exon.end - 1)
    base = numbering.label(place, numbering.kind)
    name = f"{known.transcript.transcript_id}:{numbering.kind}.{base}{match['offset']}"
    return f"{name}{match['kind'].lower()}{match['bases'].upper()}"


def _to_choose(match: re.Match[str]) -> QueryError:
    """One allele is predicted at a time: each change, or both where they may be on one."""
    stem = f"{match['reference']}:{match['kind']}."
    parts = [match[group] for group in ("one", "other", "first", "second") if match[group]]
    choices = [("This one alone", f"{stem}{part}") for part in parts]
    where = "on two alleles"
    if match["first"]:
        where = "of which it is not known whether they are on one allele"
        choices.append(("Both on one allele", f"{stem}[{';'.join(parts)}]"))
    return QueryError(f"Two changes were typed, {where}. Choose what is predicted.", tuple(choices))


def _on_one_allele(match: re.Match[str], assembly: Assembly) -> str:
    """Each change on the chromosome, joined."""
    changes = [change.strip() for change in match["changes"].split(";")]
    if len(changes) > MOST_CHANGES:
        raise QueryError(
            f"{len(changes)} changes of one allele were typed; {MOST_CHANGES} at most are read."
        )
    variants = []
    for change in changes:
        typed = read_typed(f"{match['reference']}:{match['kind']}.{change}")
        if typed is None:
            raise QueryError(
                f"{change[:40]!r} of the allele is no change that is read here, such as 76A>C, "
                "76del or 76_77insACG."
            )
        variants.append(place_name(typed, assembly).variant)
    return " + ".join(map(str, sorted(variants, key=lambda variant: variant.start)))
