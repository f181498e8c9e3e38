"""Typed text + genome -> the variant of a name along a transcript or protein, and chosen names.

text --read_typed--> TypedName --place_name--> NamedVariant; Variant --chosen_names--> its names
"""

import re
from dataclasses import dataclass, replace

from genoview.data.genome import Interval, Variant
from genoview.data.transcript.numbering import Place, TranscriptMap
from genoview.errors import AnnotationError, GenomeError, QueryError
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import NamedTranscript, refseq_genes
from genoview.io.refseq.table import FAMILIES
from genoview.query.clean import first_line, fits_patterns, shown, spaced, split_assembly
from genoview.query.hgvs_names import NamedVariant, VariantNames, names_of, resolve_name
from genoview.query.hgvs_names.grammar import (
    Name,
    read_change,
    read_name,
    read_protein_change,
)
from genoview.query.hgvs_names.transcripts import candidates

_MANE = ("MANE Select", "MANE Plus Clinical")
MAX_LISTED = 6  # changes of the DNA that a message lists
_CHROMOSOME = re.compile(r"chr\w+|[0-9]{1,2}|[XYM]|MT|rs[0-9]+", re.IGNORECASE | re.ASCII)
_OWN_BRACKETS = re.compile(r"\[(?:[0-9]+|[^\[\]]*[;>=][^\[\]]*)\]$")  # CAG[12], c.[5A>G;7C>T]


@dataclass(frozen=True, slots=True)
class TypedName:
    """A c., n. or p. name as it was typed.

    Attributes:
        assembly: the build that the text names; "" where it names none.
        notes: sentences on what of the text was left out.
    """

    name: Name
    assembly: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChosenNames:
    """Names of a variant, and the transcript along which they count; None between genes."""

    names: VariantNames
    transcript: NamedTranscript | None

    @property
    def words(self) -> str:
        """`NM_000022.4 of ADA, MANE Select`; "" without a transcript."""
        if self.transcript is None:
            return ""
        label = f", {self.transcript.label}" if self.transcript.label else ""
        return f"{self.transcript.transcript.transcript_id} of {self.transcript.symbol}{label}"


def read_typed(text: str) -> TypedName | None:
    """The name in a pasted text; None where it is none along a transcript or protein.

    Raises:
        QueryError: the text is empty.
    """
    line, notes = first_line(text)
    if not fits_patterns(line):
        return None
    own = _OWN_BRACKETS.search(line)
    body, hint = (line, "") if own else split_assembly(line)
    name = read_name(spaced(body))
    if name is None or name.kind in "gm" or _CHROMOSOME.fullmatch(name.reference):
        return None
    return TypedName(name, hint, notes)


def place_name(typed: TypedName, assembly: Assembly) -> NamedVariant:
    """The variant that the name means.

    Raises:
        QueryError: it cannot be placed, or several changes make it alike; carries them.
        ReferenceMismatch: another base or residue is there; carries what would fit.
        AnnotationError: no transcript or gene is known by it.
        GenomeError: the genome has no sequence there; says where it lies.
    """
    name = typed.name
    try:
        named = resolve_name(name.text, assembly)
    except GenomeError as error:
        place = _place_of(name, assembly)
        if is_covered(place, assembly):
            raise  # it says itself why its sequence cannot be had
        raise lies_elsewhere(name.text, place, assembly) from error
    likely = _likeliest(named)
    if len(likely) == 1:
        [only] = likely
        note = () if len(named) == 1 else (f"{only.name} changes the fewest bases.",)
        return replace(only, notes=(*only.notes, *note))
    listed = ", ".join(
        f"{candidate.variant} ({candidate.name})" for candidate in likely[:MAX_LISTED]
    )
    more = f" and {len(likely) - MAX_LISTED} more" if len(likely) > MAX_LISTED else ""
    raise QueryError(
        f"{shown(name.text)} is made by {len(likely)} changes of the DNA alike: {listed}{more}. "
        "Choose one of them.",
        tuple((candidate.name, str(candidate.variant)) for candidate in likely),
    )


def _likeliest(named: tuple[NamedVariant, ...]) -> tuple[NamedVariant, ...]:
    """Those that change the fewest bases; several where as many change."""
    sizes = [_size(candidate.variant) for candidate in named]
    return tuple(
        candidate for candidate, size in zip(named, sizes, strict=True) if size == min(sizes)
    )


def _size(variant: Variant) -> int:
    if variant.length_change:
        return abs(variant.length_change)
    return sum(a != b for a, b in zip(variant.ref, variant.alt, strict=True))


def is_covered(place: Interval, assembly: Assembly) -> bool:
    """Whether the genome is there at all."""
    reference = assembly.reference
    return place.chrom in reference.chromosomes and any(
        part.contains(place) for part in reference.covered(place.chrom)
    )


def lies_elsewhere(text: str, place: Interval, assembly: Assembly) -> GenomeError:
    """Where a name lies that the genome has no sequence for, and what to do."""
    family, chromosomes = assembly.family or assembly.name, assembly.reference.chromosomes
    has = (
        " and ".join(part.to_ucsc() for part in assembly.reference.covered(place.chrom))
        if place.chrom in chromosomes
        else ", ".join(list(chromosomes)[:MAX_LISTED])
    )
    where = f"{place.chrom}:{place.end:,}" if place.width == 1 else place.to_ucsc()
    return GenomeError(
        f"{text} lies at {where} of {family}, but {assembly.name} has only {has}. Choose a "
        f"whole {family} beside the search box, or add one on the page Models and data."
    )


def _place_of(name: Name, assembly: Assembly) -> Interval:
    """The first base of a change; the whole transcript where it cannot be counted."""
    transcript = candidates(name, assembly)[0][0].transcript
    numbering = TranscriptMap(transcript)
    try:
        if name.kind == "p":
            codon = numbering.first_coding + (read_protein_change(name).first_at - 1) * 3
            start = numbering.position(Place(codon))
        else:
            start = numbering.position(numbering.read(read_change(name).first, name.kind))
    except QueryError:
        return transcript.interval
    return Interval(numbering.chrom, start, start + 1)


def chosen_names(variant: Variant, assembly: Assembly) -> ChosenNames:
    """The variant's names along MANE's transcript there, or the longest.

    Raises:
        GenomeError: no sequence is there. AnnotationError: the genes cannot be read.
    """
    transcript = transcript_at(variant.interval, assembly)
    counted = None if transcript is None else transcript.transcript
    return ChosenNames(names_of(variant, counted, assembly), transcript)


def transcript_at(interval: Interval, assembly: Assembly) -> NamedTranscript | None:
    """The transcript that stands for the genes there: coding before others, MANE's before others.

    Raises:
        AnnotationError: the embedded genes cannot be read.
    """
    return next(iter(transcripts_at(interval, assembly)), None)


def transcripts_at(interval: Interval, assembly: Assembly) -> list[NamedTranscript]:
    """All there: coding before others, MANE Select, Plus Clinical, then the longest coding part.

    Raises:
        AnnotationError: the embedded genes cannot be read.
    """
    embedded = assembly.family in FAMILIES
    genes = refseq_genes(assembly.family) if embedded else assembly.annotation
    matches = [
        known
        for gene in genes.genes(interval)
        for known in transcripts_of(gene.gene_id if not embedded else gene.symbol, assembly)
        if known.transcript.interval.overlaps(interval)
    ]
    return sorted(matches, key=_rank)


def transcripts_of(gene: str, assembly: Assembly) -> list[NamedTranscript]:
    """Of one gene, the chosen one first; none where its name is of no gene, or of several."""
    try:
        return candidates(Name(gene, gene, "", "n", ""), assembly)[0]
    except AnnotationError:
        return []


def _rank(named: NamedTranscript) -> tuple[bool, int, bool, int]:
    status = _MANE.index(named.label) if named.label in _MANE else len(_MANE)
    return not named.coding_length, status, not named.label, -named.coding_length
