"""`HNF4A exon 4`, `intron 1 of ADA`, `ADA codon 211`, `HNF4A promoter` -> its place."""

import re

from genoview.data.genome import Interval
from genoview.data.transcript.numbering import Place, TranscriptMap
from genoview.errors import QueryError
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import NamedTranscript
from genoview.query.clean import first_line, fits_patterns, spaced
from genoview.query.hgvs_names.grammar import Name
from genoview.query.hgvs_names.transcripts import candidates
from genoview.query.resolve_names import is_covered, lies_elsewhere

PROMOTER = (1_000, 500)  # bp before and behind the first base that are shown
_PART = r"(?P<part>exon|ex|intron|ivs|codon|residue|promoter|tss)\.?\s*(?P<number>[0-9]{1,5})?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"(?P<gene>[A-Z][\w.-]*)[\s:,]+{_PART}",
        rf"{_PART}\s+of\s+(?P<gene>[A-Z][\w.-]*)",
        r"(?P<gene>[A-Z][\w.-]*)[\s:]+(?:p\.)?(?P<part>[A-Z][a-z]{2})(?P<number>[0-9]{1,5})",
    )
)
_WORDS = {"ex": "exon", "ivs": "intron", "residue": "codon", "tss": "promoter"}


def place_part(text: str, assembly: Assembly) -> tuple[Interval, str] | None:
    """The place on the chosen transcript, and what it is; None where the text names no part.

    Raises:
        QueryError: the transcript has no such part. AnnotationError: the gene is not known.
        GenomeError: the genome has no sequence there.
    """
    line = spaced(first_line(text)[0])
    matches = (pattern.fullmatch(line) for pattern in _PATTERNS if fits_patterns(line))
    match = next(filter(None, matches), None)
    if match is None:
        return None
    part = match["part"].lower()
    part = _WORDS.get(part, part if part in ("exon", "intron", "promoter") else "codon")
    if (match["number"] is None) != (part == "promoter"):
        return None
    gene = match["gene"]
    named = candidates(Name(gene, gene, "", "n", ""), assembly)[0][0]
    place = _interval(named, part, int(match["number"] or 0))
    if not is_covered(place, assembly):
        raise lies_elsewhere(line, place, assembly)
    label = f", {named.label}" if named.label else ""
    number = f" {match['number']}" if match["number"] else ""
    return place, f"{part.capitalize()}{number} of {named.transcript.transcript_id}{label}."


def _interval(named: NamedTranscript, part: str, number: int) -> Interval:
    numbering = TranscriptMap(named.transcript)
    exons = numbering.exons
    if part == "promoter":
        first = numbering.position(Place(0))
        before, behind = PROMOTER[::-1] if numbering.backward else PROMOTER
        return Interval(numbering.chrom, max(first - before, 0), first + behind)
    if part == "codon":
        base = numbering.first_coding + 3 * (number - 1)
        n = (numbering.behind_coding - numbering.first_coding) // 3
        _check(named, "codon", number, n)
        ends = [numbering.position(Place(base + i)) for i in (0, 2)]
        return Interval(numbering.chrom, min(ends), max(ends) + 1)
    _check(named, part, number, len(exons) - (part == "intron"))
    exon = exons[number - 1]
    if part == "exon":
        return Interval(numbering.chrom, exon.start, exon.end)
    left, right = sorted((exon, exons[number]), key=lambda span: span.start)
    return Interval(numbering.chrom, left.end, right.start)


def _check(named: NamedTranscript, part: str, number: int, n: int) -> None:
    if not 1 <= number <= n:
        raise QueryError(
            f"{named.transcript.transcript_id} of {named.symbol} has {n:,} {part}s; "
            f"{part} {number:,} is not among them."
        )
