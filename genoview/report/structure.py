"""A changed residue in a protein structure, in words, rows and JSON.

Structure + protein of a transcript + number of a residue -> ResidueFacts
"""

from dataclasses import dataclass
from typing import Any

from genoview.data.genome import Transcript
from genoview.data.protein.structure import Residue, Structure
from genoview.data.transcript.amino_acids import three_letters, translate
from genoview.data.transcript.edits import Fetch
from genoview.data.transcript.numbering import Place, TranscriptMap, transcript_bases
from genoview.errors import GenomeError
from genoview.scoring.structure.numbering import Numbering, numbering_of
from genoview.scoring.structure.surroundings import (
    NEAR_A,
    PACKED_A,
    Neighbour,
    Packing,
    band_of,
    neighbours_of,
    packing_of,
)

STOP = "*"
MOST_NAMED = 8  # neighbours in a sentence; the table has all
MEANING = {
    "very high": "its place is predicted with confidence",
    "high": "the backbone is predicted well, side chains less surely",
    "low": "read its place and neighbours with caution",
    "very low": "often disordered; its place and neighbours say nothing",
}


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """A structure and where it is from; `accession` is "" of a person's own file."""

    structure: Structure
    source: str
    accession: str


@dataclass(frozen=True, slots=True)
class ResidueFacts:
    """What a structure shows around one residue of a transcript's protein.

    Attributes:
        number: in the protein, 1-based; `expected` is the protein's residue there, one letter.
        place: in the structure's residues; None where the structure lacks the residue.
    """

    structure: Structure
    numbering: Numbering
    number: int
    expected: str
    place: int | None
    neighbours: tuple[Neighbour, ...] = ()
    packing: Packing | None = None

    @property
    def residue(self) -> Residue | None:
        return None if self.place is None else self.structure.residues[self.place]

    @property
    def name(self) -> str:
        """`Thr117`, as the protein has it."""
        return f"{three_letters(self.expected)}{self.number}"

    @property
    def plddt(self) -> float | None:
        """0 to 100; None of a structure that is not predicted, or lacks the residue."""
        return self.residue.b_factor if self.residue and self.structure.has_plddt else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the picture shows, in words."""
        if self.residue is None:
            return (f"{self.name} is not in the structure: it has no atoms there.",)
        said = [self._identity(), self._confidence(), self._near(), self._packed()]
        return tuple(sentence for sentence in said if sentence)

    def _identity(self) -> str:
        residue = self.residue
        if residue is None or residue.letter == self.expected:
            return ""
        return f"The structure has {residue.title} where the transcript has {self.name}."

    def _confidence(self) -> str:
        if self.plddt is None:
            return ""
        words = band_of(self.plddt).words
        return f"pLDDT at {self.name} is {self.plddt:.1f}, {words}: {MEANING[words]}."

    def _near(self) -> str:
        others = [neighbour for neighbour in self.neighbours if not neighbour.is_next]
        if not others:
            return f"Nothing but its neighbours in the chain lies within {NEAR_A:g} Å."
        named = [f"{_title(self, other)} ({other.distance:.1f} Å)" for other in others[:MOST_NAMED]]
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        noun = "residue" if all(other.residue.letter for other in others) else "neighbour"
        noun += " lies" if len(others) == 1 else "s lie"
        return (
            f"{len(others)} {noun} within {NEAR_A:g} Å, besides its neighbours in the chain: "
            f"{', '.join(named)}{more}."
        )

    def _packed(self) -> str:
        if self.packing is None:
            return ""
        return (
            f"{self.packing.n_near} Cβ lie within {PACKED_A:g} Å of its own, more than at "
            f"{self.packing.share_below:.0%} of the chain's residues."
        )


@dataclass(frozen=True, slots=True)
class StructureFacts:
    """Of the residue that changes, and where the structure is from."""

    facts: ResidueFacts
    source: str


def protein_of(transcript: Transcript, fetch: Fetch) -> str:
    """One letter a residue, without the stop; "" of a transcript that has no coding part.

    Raises:
        GenomeError: the genome lacks some of its bases.
    """
    numbering = TranscriptMap(transcript)
    bases = transcript_bases(numbering, fetch)[numbering.first_coding : numbering.behind_coding]
    if "N" in bases:
        raise GenomeError(
            f"The coding part of {transcript.transcript_id} has unknown bases in this genome: its "
            "protein cannot be translated."
        )
    return translate(bases).partition(STOP)[0]


def codon_starts(transcript: Transcript, n_residues: int) -> tuple[int, ...]:
    """0-based place on the chromosome of the middle base of each residue's codon."""
    numbering = TranscriptMap(transcript)
    first = numbering.first_coding + 1
    return tuple(numbering.position(Place(first + 3 * i)) for i in range(n_residues))


def facts_at(
    structure: Structure, protein: str, number: int, numbering: Numbering | None = None
) -> ResidueFacts:
    """Of residue `number` of the protein, 1-based.

    Args:
        numbering: where it is known already.

    Raises:
        NoFit: the structure is of another protein.
    """
    numbering = numbering or numbering_of(structure, protein)
    place = numbering.place_of.get(number)
    expected = protein[number - 1]
    if place is None:
        return ResidueFacts(structure, numbering, number, expected, None)
    return ResidueFacts(
        structure,
        numbering,
        number,
        expected,
        place,
        neighbours_of(structure, place),
        packing_of(structure, place),
    )


def neighbour_rows(facts: ResidueFacts) -> list[dict[str, Any]]:
    """For the table: residue, chain, distance in Å, pLDDT where the structure has it."""
    return [
        {
            "residue": _title(facts, neighbour),
            "chain": neighbour.residue.chain,
            "distance (Å)": neighbour.distance,
        }
        | ({"pLDDT": neighbour.residue.b_factor} if facts.structure.has_plddt else {})
        | {"in the chain": "next to it" if neighbour.is_next else ""}
        for neighbour in facts.neighbours
    ]


def plain_structure(known: StructureFacts) -> dict[str, Any]:
    """For JSON; distances in Å."""
    facts = known.facts
    return {
        "source": known.source,
        "fit": facts.numbering.words,
        "residue": facts.name,
        "in_structure": facts.residue.title if facts.residue else None,
        "plddt": facts.plddt,
        "confidence": None if facts.plddt is None else band_of(facts.plddt).words,
        "cb_within_10_angstrom": facts.packing.n_near if facts.packing else None,
        "neighbours_within_5_angstrom": [
            {
                "residue": _title(facts, neighbour),
                "chain": neighbour.residue.chain,
                "distance": round(neighbour.distance, 2),
                "plddt": neighbour.residue.b_factor if facts.structure.has_plddt else None,
                "next_in_chain": neighbour.is_next,
            }
            for neighbour in facts.neighbours
        ],
        "sentences": list(facts.sentences),
    }


def _title(facts: ResidueFacts, neighbour: Neighbour) -> str:
    """With the chain where it is another one than the residue's."""
    here = facts.residue.chain if facts.residue else ""
    other = neighbour.residue.chain
    return neighbour.residue.title + (f" of chain {other}" if other and other != here else "")
