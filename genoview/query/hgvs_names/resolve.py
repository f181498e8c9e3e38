"""Typed HGVS name + genome -> the variants that it may mean; and a variant -> its names."""

from dataclasses import dataclass

from genoview.data.accessions import load_accessions
from genoview.data.assembly_names import assembly_fits, chromosome
from genoview.data.genome import Transcript, Variant
from genoview.data.transcript.edits import edit_of, most_3prime
from genoview.data.transcript.numbering import TranscriptMap
from genoview.errors import GenoviewError, QueryError, ReferenceMismatch
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import NamedTranscript
from genoview.query.clean import EXAMPLES, shown
from genoview.query.hgvs_names.codons import variants_of
from genoview.query.hgvs_names.describe import change_text, genomic_text, spdi_text
from genoview.query.hgvs_names.edits import span_on_chromosome, span_on_transcript, variant_at
from genoview.query.hgvs_names.grammar import Name, read_change, read_name, read_protein_change
from genoview.query.hgvs_names.protein import consequence
from genoview.query.hgvs_names.transcripts import (
    candidates,
    irregular_note,
    is_record,
    refuse_other_records,
)

MOUSE_MT = "NC_005089.1"  # the mitochondrial sequence of both mouse assemblies


@dataclass(frozen=True, slots=True)
class NamedVariant:
    """What a name means.

    Attributes:
        variant: left-normalised, on the genome in use.
        name: as HGVS writes it, on the transcript that was counted along.
        transcript: None of a name on the chromosome.
        notes: sentences on how it was read.
    """

    variant: Variant
    name: str
    transcript: NamedTranscript | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariantNames:
    """A variant's names; "" where there is none.

    Attributes:
        coding: c. of a coding transcript, n. of another.
        protein: predicted, p.(Arg211His); `p.?` where an intron or the 5' UTR changes.
    """

    genomic: str
    spdi: str
    coding: str = ""
    protein: str = ""


def resolve_name(text: str, assembly: Assembly) -> tuple[NamedVariant, ...]:
    """Variants behind a c., n., g., m. or p. name, the likeliest first.

    Several where a protein's change has several codons, or a record several places.

    Raises:
        QueryError: it is no such name, or the change cannot be placed.
        ReferenceMismatch: the genome has another base, or the protein another residue.
        AnnotationError: no transcript or gene is known by it. GenomeError: no sequence is there.
    """
    name = read_name(text)
    if name is None:
        raise QueryError(f"{shown(text)} is no HGVS name. Type for example {EXAMPLES}.")
    if name.kind in "gm":
        return (_on_chromosome(name, assembly),)
    matches, notes = candidates(name, assembly)
    made: list[NamedVariant] = []
    errors: list[GenoviewError] = []
    chosen_only = not is_record(name.reference)
    for match in matches:
        if chosen_only and made and not errors:  # the gene's chosen transcript has it
            break
        said = _instead(errors[0], match) if chosen_only and errors else notes
        try:
            made += _on_transcript(name, match, assembly, [*said, *irregular_note(match, assembly)])
        except GenoviewError as error:
            errors.append(error)
    if errors and (not made or isinstance(errors[0], ReferenceMismatch)):
        raise _with_others(errors[0], made, name)
    distinct: dict[Variant, NamedVariant] = {}
    for candidate in made:
        distinct.setdefault(candidate.variant, candidate)
    return tuple(distinct.values())


def names_of(variant: Variant, transcript: Transcript | None, assembly: Assembly) -> VariantNames:
    """How others write the variant.

    Args:
        transcript: the one to count along; None for the chromosome alone.

    Raises:
        GenomeError: no sequence is there.
    """
    fetch, sequence = assembly.reference.fetch, _sequence_name(variant.chrom, assembly)
    genomic = f"{sequence}:{'m' if variant.chrom == 'chrM' else 'g'}.{genomic_text(variant, fetch)}"
    spdi = "" if variant.parts else spdi_text(variant, sequence, fetch)
    if transcript is None:
        return VariantNames(genomic, spdi)
    numbering = TranscriptMap(transcript)
    edit = most_3prime(edit_of(variant), fetch, numbering.backward)
    return VariantNames(
        genomic,
        spdi,
        coding_name(variant, numbering, assembly),
        consequence(edit, numbering, fetch),
    )


def coding_name(variant: Variant, numbering: TranscriptMap, assembly: Assembly) -> str:
    """`NM_000022.4:c.976-34G>A`; of a haplotype, all of its changes in brackets."""
    fetch, kind = assembly.reference.fetch, numbering.kind

    def label(position: int) -> str:
        return numbering.label(numbering.place(position), kind)

    texts = [
        change_text(
            most_3prime(edit_of(part), fetch, numbering.backward), fetch, label, numbering.backward
        )
        for part in (variant.changes[::-1] if numbering.backward else variant.changes)
    ]
    text = texts[0] if len(texts) == 1 else f"[{';'.join(texts)}]"
    return f"{numbering.transcript.transcript_id}:{kind}.{text}"


def _on_chromosome(name: Name, assembly: Assembly) -> NamedVariant:
    refuse_other_records(name)
    if is_record(name.reference):
        raise QueryError(
            f"{shown(name.text)}: {name.kind}. counts along a chromosome, and {name.reference} is "
            "none; write c. or n. for a transcript, p. for a protein."
        )
    chrom, family = chromosome(name.reference)
    if family and not any(assembly_fits(family, n) for n in (assembly.name, assembly.family) if n):
        raise QueryError(
            f"{name.reference} is {chrom} of {family}, but the genome in use is {assembly.name}."
        )
    change = read_change(name)
    variant = variant_at(name, change, span_on_chromosome(name, change, chrom), assembly)
    return NamedVariant(variant, names_of(variant, None, assembly).genomic)


def _on_transcript(
    name: Name, named: NamedTranscript, assembly: Assembly, notes: list[str]
) -> list[NamedVariant]:
    numbering = TranscriptMap(named.transcript)
    if name.kind in "cp" and numbering.kind != "c":
        raise QueryError(
            f"{named.transcript.transcript_id} has no coding part here, so that {name.kind}. "
            "positions do not exist along it; n. counts from its first base."
        )
    if name.kind == "p":
        change = read_protein_change(name)
        variants = variants_of(name, change, numbering, assembly.reference.fetch)
        if len(variants) > 1:
            notes = [*notes, f"{len(variants)} changes of the DNA make {name.change}."]
    else:
        edit = read_change(name)
        span = span_on_transcript(name, edit, numbering)
        notes = [*notes, *_outside_note(name, edit.first, numbering)]
        variants = (variant_at(name, edit, span, assembly),)
    return [
        NamedVariant(variant, coding_name(variant, numbering, assembly), named, tuple(notes))
        for variant in variants
    ]


def _outside_note(name: Name, first: str, numbering: TranscriptMap) -> list[str]:
    n_bases = numbering.outside(numbering.read(first, name.kind))
    if not n_bases:
        return []
    side = "before the first" if n_bases < 0 else "behind the last"
    return [
        f"{name.kind}.{first} lies {abs(n_bases):,} bp {side} base of "
        f"{numbering.transcript.transcript_id}; counted on along the chromosome."
    ]


def _instead(error: GenoviewError, named: NamedTranscript) -> list[str]:
    return [f"{error} Counted along {named.transcript.transcript_id}, where it fits."]


def _with_others(error: GenoviewError, made: list[NamedVariant], name: Name) -> GenoviewError:
    """A mismatch on the chosen transcript, with the transcripts on which the name would fit."""
    if not isinstance(error, ReferenceMismatch):
        return error
    ids = dict.fromkeys(
        variant.transcript.transcript.transcript_id for variant in made if variant.transcript
    )
    more = tuple((f"Count along {i}", f"{i}:{name.kind}.{name.change}") for i in ids)
    return ReferenceMismatch(str(error), error.expected, (*error.suggestions, *more))


def _sequence_name(chrom: str, assembly: Assembly) -> str:
    """The RefSeq accession of a chromosome, or its name where there is none."""
    family = assembly.family or assembly.name
    known = load_accessions()
    shared = "" if family in {place.family for place in known.values()} else family
    mouse = family.startswith("GRCm")
    fitting = (
        accession
        for accession, place in known.items()
        if place.chrom == chrom and place.family in (family, shared)
        if place.family or (accession == MOUSE_MT) == mouse
    )
    return next(fitting, chrom)
