"""A change of residues -> the changes of bases that make it."""

import re
from collections.abc import Iterator

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.transcript.amino_acids import codons_of, three_letters, translate
from genoview.data.transcript.edits import Fetch
from genoview.data.transcript.numbering import Place, TranscriptMap, transcript_bases
from genoview.errors import QueryError, ReferenceMismatch
from genoview.query.clean import shown
from genoview.query.hgvs_names.grammar import Name, ProteinChange


def variants_of(
    name: Name, change: ProteinChange, numbering: TranscriptMap, fetch: Fetch
) -> tuple[Variant, ...]:
    """Left-normalised variants that make the change, those of fewest bases first.

    A codon that an intron cuts is not changed on both sides of it.

    Raises:
        ReferenceMismatch: the protein has another residue there.
        QueryError: the protein is shorter, or no change makes it.
    """
    bases = transcript_bases(numbering, fetch)
    coding = bases[numbering.first_coding : numbering.behind_coding]
    if "N" in coding:
        raise QueryError(
            f"{shown(name.text)}: this genome does not have the whole coding part of "
            f"{numbering.transcript.transcript_id}; type the change as c. or on the chromosome."
        )
    _check_residues(name, change, translate(coding), numbering)
    maker = _substituted if change.operation == "substitute" else _resized
    made = [
        variant
        for start, end, new in maker(change, coding)
        if (variant := _variant(start, end, new, numbering, fetch)) is not None
    ]
    if not made:
        raise QueryError(f"{shown(name.text)}: no change within one exon makes it.")
    return tuple(dict.fromkeys(made))


def _check_residues(
    name: Name, change: ProteinChange, protein: str, numbering: TranscriptMap
) -> None:
    for residue, at in ((change.first, change.first_at), (change.last, change.last_at)):
        if not 1 <= at <= len(protein):
            raise QueryError(
                f"{shown(name.text)}: the protein of {numbering.transcript.transcript_id} has "
                f"{len(protein) - 1:,} residues, and Ter{len(protein)} behind them."
            )
        there = protein[at - 1]
        if there != residue:
            true = re.sub(r"^\(?[A-Za-z*]+", three_letters(there), name.change).rstrip(")")
            fits = change.operation == "substitute" and there != change.alt
            raise ReferenceMismatch(
                f"{name.text} says {three_letters(residue)}{at}, but the protein of "
                f"{numbering.transcript.transcript_id} has {three_letters(there)} there.",
                three_letters(there),
                (("Take the true residue", f"{name.reference}:p.{true}"),) if fits else (),
            )


def _substituted(change: ProteinChange, coding: str) -> Iterator[tuple[int, int, str]]:
    """0-based half-open bases of the coding part, and what comes there."""
    start = (change.first_at - 1) * 3
    old = coding[start : start + 3]
    codons = [codon for codon in codons_of(change.alt) if codon != old]
    codons.sort(key=lambda codon: (sum(a != b for a, b in zip(codon, old, strict=True)), codon))
    for codon in codons:
        differ = [i for i in range(3) if codon[i] != old[i]]
        first, last = differ[0], differ[-1] + 1
        yield start + first, start + last, codon[first:last]


def _resized(change: ProteinChange, coding: str) -> Iterator[tuple[int, int, str]]:
    """Deletions, or duplications, of whole codons or of as many bases beside them that leave the
    same protein."""
    first, last = (change.first_at - 1) * 3, change.last_at * 3
    again = 2 if change.operation == "duplicate" else 0

    def bases_after(start: int, end: int) -> str:
        return coding[:start] + coding[start:end] * again + coding[end:]

    wanted = translate(bases_after(first, last))
    for shift in (0, -1, 1, -2, 2):
        start, end = first + shift, last + shift
        if start >= 0 and end <= len(coding) and translate(bases_after(start, end)) == wanted:
            yield start, end, coding[start:end] * again


def _variant(
    start: int, end: int, new: str, numbering: TranscriptMap, fetch: Fetch
) -> Variant | None:
    """Of coding bases; None where an intron lies between them."""
    bases = [numbering.position(Place(numbering.first_coding + at)) for at in (start, end - 1)]
    place = Interval(numbering.chrom, min(bases), max(bases) + 1)
    if place.width != end - start:
        return None
    alt = reverse_complement(new) if numbering.backward else new
    ref = fetch(place)
    anchor = Interval(place.chrom, place.start - 1, place.start)
    before = fetch(anchor)
    return Variant(place.chrom, place.start, before + ref, before + alt).normalised(fetch)
