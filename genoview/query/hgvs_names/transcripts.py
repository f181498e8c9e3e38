"""Reference of a name + genome -> the transcripts that it may count along."""

from dataclasses import replace

from genoview.errors import AnnotationError, QueryError
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import LONGEST, LONGEST_CODING, NamedTranscript, refseq_genes
from genoview.io.refseq.mane import load_mane, stem
from genoview.io.refseq.table import FAMILIES
from genoview.query.clean import shown
from genoview.query.hgvs_names.grammar import Name

_CURATED = ("NM_", "NR_")
_IDS = (*_CURATED, "ENST")
_PROTEINS = ("NP_", "ENSP")
_OWN_FIRST = ("ENST", "XM_", "XR_")  # what a file of genes may have and RefSeq's table has not
_NOT_HERE = {
    "XM_": "a transcript that RefSeq predicts",
    "XR_": "a transcript that RefSeq predicts",
    "XP_": "a protein that RefSeq predicts",
    "NG_": "a RefSeqGene record",
    "LRG_": "an LRG record",
}


def candidates(name: Name, assembly: Assembly) -> tuple[list[NamedTranscript], list[str]]:
    """Transcripts, the likeliest first, and notes on how they were chosen.

    Raises:
        QueryError, AnnotationError: none is known by the name.
    """
    matches = _known(name, assembly)
    notes: list[str] = []
    if is_record(name.reference):
        matches = _one_place(matches)
        notes += _other_id(name.reference, matches[0], assembly)
    elif matches[0].label:
        notes.append(f"Read on {matches[0].transcript.transcript_id} ({matches[0].label}).")
    if name.gene and not _same_gene(name.gene, matches[0].symbol, assembly):
        notes.append(
            f"{matches[0].transcript.transcript_id} is of {matches[0].symbol}, not of {name.gene}."
        )
    return matches, notes


def refuse_other_records(name: Name) -> None:
    """Pass if positions along the reference may be known here.

    Raises:
        QueryError: it is a record of another kind.
    """
    for beginning, words in _NOT_HERE.items():
        if name.reference.upper().startswith(beginning):
            raise QueryError(
                f"{shown(name.reference)} is {words}; positions along it are not known here. Type "
                "the name on a curated transcript (NM_, NR_), on the gene, or on the chromosome."
            )


def is_record(reference: str) -> bool:
    """Whether it is a transcript's or protein's id, not a gene's symbol."""
    return reference.upper().startswith((*_IDS, *_PROTEINS))


def irregular_note(named: NamedTranscript, assembly: Assembly) -> list[str]:
    """A warning of a record whose alignment has insertions or deletions."""
    if not named.irregular:
        return []
    return [
        f"{named.transcript.transcript_id} differs from {assembly.family or assembly.name} by "
        "inserted or deleted bases: positions along it may be shifted here. Check the base."
    ]


def _known(name: Name, assembly: Assembly) -> list[NamedTranscript]:
    """RefSeq's; of Ensembl's ids and of other genomes, from the genome's own genes."""
    reference = name.reference
    embedded = assembly.family in FAMILIES
    if not embedded or reference.upper().startswith(_OWN_FIRST):
        own = _of_annotation(reference, assembly)
        if own and (not embedded or name.kind == "n" or own[0].coding_length):
            return own
    refuse_other_records(name)
    if embedded:
        try:
            return list(refseq_genes(assembly.family).transcripts(reference))
        except AnnotationError:
            if own := _of_annotation(reference, assembly):
                return own
            raise
    assembly.annotation.find(reference)  # says what is near
    raise AnnotationError(f"{reference} has no transcript in the genes of {assembly.name}.")


def _of_annotation(reference: str, assembly: Assembly) -> list[NamedTranscript]:
    """A gene's transcripts in the genome's own file, those that code for most first."""
    try:
        gene = assembly.annotation.find(reference)
    except AnnotationError:
        return []
    named = [NamedTranscript(transcript, gene.symbol) for transcript in gene.transcripts]
    if reference.upper().startswith((*_CURATED, *_OWN_FIRST)):
        return [
            candidate
            for candidate in named
            if stem(candidate.transcript.transcript_id) == stem(reference)
        ]
    named.sort(
        key=lambda candidate: (-candidate.coding_length, -candidate.transcript.interval.width)
    )
    if not named:
        return []
    label = LONGEST_CODING if named[0].coding_length else LONGEST
    return [replace(named[0], label=label), *named[1:]]


def _one_place(matches: list[NamedTranscript]) -> list[NamedTranscript]:
    """X where a record lies on X and on Y."""
    if [match.transcript.interval.chrom for match in matches] == ["chrX", "chrY"]:
        return matches[:1]
    return matches


def _other_id(reference: str, named: NamedTranscript, assembly: Assembly) -> list[str]:
    """What to say where the transcript is not exactly the one that was named."""
    have = named.transcript.transcript_id
    if stem(have) == stem(reference):
        version = reference.partition(".")[2]
        if not version or have.endswith(f".{version}"):
            return []
        return [
            f"{reference} is not among the genes of {assembly.family or assembly.name}; counted "
            f"along {have}. Check that the position means the same there."
        ]
    row = load_mane().by_id.get(stem(reference))
    if row is None:
        return []
    if reference.upper().startswith(_PROTEINS):
        return [f"{reference} is the protein of {have}."]
    return [f"{reference} is the same transcript as {have} (MANE {row.status})."]


def _same_gene(typed: str, symbol: str, assembly: Assembly) -> bool:
    if typed.upper() == symbol.upper() or assembly.family not in FAMILIES:
        return True
    try:
        return refseq_genes(assembly.family).find(typed).symbol == symbol
    except AnnotationError:
        return False
