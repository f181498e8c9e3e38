"""Variant + genome -> its consequence on each transcript close by, with c. and p. names.

consequences_of(variant, assembly) -> (TranscriptConsequence, ...), the chosen transcript first
"""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Transcript, Variant
from genoview.data.transcript.edits import edit_of, most_3prime
from genoview.data.transcript.numbering import TranscriptMap
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import NamedTranscript
from genoview.query.hgvs_names.protein import consequence as protein_name
from genoview.query.hgvs_names.resolve import coding_name
from genoview.query.resolve_names import transcripts_at
from genoview.scoring.consequence.regions import NEAR_BP
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence, consequence_of

NEARBY = {Term.UPSTREAM, Term.DOWNSTREAM}


@dataclass(frozen=True, slots=True)
class TranscriptConsequence:
    """What a variant does to one transcript, and how it is called there.

    Attributes:
        coding: `NM_000457.6:c.350C>T`; "" up- and downstream.
        protein: `p.(Thr117Ile)`; "" of a transcript without a protein and up- and downstream.
    """

    named: NamedTranscript
    consequence: Consequence
    coding: str = ""
    protein: str = ""

    @property
    def transcript_id(self) -> str:
        return self.named.transcript.transcript_id

    @property
    def along(self) -> str:
        """`NM_000022.4 of ADA, MANE Select`."""
        label = f", {self.named.label}" if self.named.label else ""
        return f"{self.transcript_id} of {self.named.symbol}{label}"

    @property
    def worst(self) -> Term:
        return self.consequence.worst

    @property
    def words(self) -> str:
        """`missense, splice region`, the severest first."""
        return ", ".join(term.words for term in self.consequence.terms)

    @property
    def place(self) -> str:
        """`exon 4 of 10`, `intron 3 of 9`; "" up- and downstream."""
        numbers = (("exon", self.consequence.exon), ("intron", self.consequence.intron))
        return " and ".join(f"{part} {n.replace('/', ' of ')}" for part, n in numbers if n)

    @property
    def sentence(self) -> str:
        """`HNF4A p.(Thr117Ile): missense, exon 4 of 10 of NM_000457.6 (MANE Select)`."""
        name = self.protein if _says_more(self.protein) else self.coding.partition(":")[2]
        label = f" ({self.named.label})" if self.named.label else ""
        within = f"{self.place} of {self.transcript_id}" if self.place else self.transcript_id
        terms = [term.words for term in self.consequence.terms if term is not Term.INTRON]
        said = ", ".join([*terms, within]) if self.place else f"{', '.join(terms)} of {within}"
        return f"{self.named.symbol} {name}".rstrip() + f": {said}{label}"


def consequences_of(variant: Variant, assembly: Assembly) -> tuple[TranscriptConsequence, ...]:
    """On all transcripts within 5 kb: those that it lies in first, then MANE's, then the longest.

    Raises:
        GenomeError: no sequence is there. AnnotationError: the genes cannot be read.
    """
    pairs = _consequences(variant, assembly)
    return tuple(_named(variant, named, change, assembly) for named, change in pairs)


def severest_of(variant: Variant, assembly: Assembly) -> TranscriptConsequence | None:
    """The severest on any transcript within 5 kb; None further away.

    Raises:
        GenomeError: no sequence is there. AnnotationError: the genes cannot be read.
    """
    pairs = _consequences(variant, assembly)
    worst = min(pairs, key=lambda pair: pair[1].worst.rank, default=None)
    return None if worst is None else _named(variant, *worst, assembly)


def chosen_of(
    consequences: Sequence[TranscriptConsequence], transcript: str
) -> TranscriptConsequence | None:
    """That of a transcript, by its id with or without version; the first where it has none."""
    ids = {consequence.transcript_id: consequence for consequence in reversed(consequences)}
    stems = {name.partition(".")[0]: consequence for name, consequence in ids.items()}
    first = consequences[0] if consequences else None
    return ids.get(transcript) or stems.get(transcript.partition(".")[0]) or first


def chosen_by_gene(
    consequences: Sequence[TranscriptConsequence], transcript: str
) -> dict[str, Transcript]:
    """By symbol: the reader's transcript, and of every other gene the first."""
    chosen = chosen_of(consequences, transcript)
    ordered = [*([chosen] if chosen else []), *consequences]
    return {
        consequence.named.symbol: consequence.named.transcript for consequence in reversed(ordered)
    }


def _consequences(
    variant: Variant, assembly: Assembly
) -> list[tuple[NamedTranscript, Consequence]]:
    fetch = assembly.reference.fetch
    pairs = [
        (named, change)
        for named in transcripts_at(variant.interval.expanded(NEAR_BP), assembly)
        if (change := consequence_of(variant, named.transcript, fetch))
    ]
    return sorted(pairs, key=lambda pair: (pair[1].worst in NEARBY, *_standing(pair)))


def _standing(pair: tuple[NamedTranscript, Consequence]) -> tuple[bool, bool, int]:
    """Of genes' chosen transcripts the one that changes most; the others as they came."""
    named, change = pair
    return not named.coding_length, not named.label, change.worst.rank if named.label else 0


def _named(
    variant: Variant, named: NamedTranscript, change: Consequence, assembly: Assembly
) -> TranscriptConsequence:
    if change.worst in NEARBY:
        return TranscriptConsequence(named, change)
    numbering, fetch = TranscriptMap(named.transcript), assembly.reference.fetch
    edit = most_3prime(edit_of(variant), fetch, numbering.backward)
    return TranscriptConsequence(
        named,
        change,
        coding_name(variant, numbering, assembly),
        protein_name(edit, numbering, fetch),
    )


def _says_more(protein: str) -> bool:
    return bool(protein) and protein not in ("p.?", "p.(=)")
