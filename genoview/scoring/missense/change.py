"""Variant + transcript + genome -> the protein and the residues that change, or why none is scored.

The protein is translated from the transcript's coding part in the genome, up to its first stop.
"""

from dataclasses import dataclass

from genoview.data.genome import Variant
from genoview.data.transcript.amino_acids import CODE, three_letters
from genoview.data.transcript.edits import Fetch
from genoview.scoring.consequence.coding import STOP, CodingChange
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence, coding_change_of

UNKNOWN = "X"  # residue of a codon with an unknown base
SPLICING = {Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR}
RESHAPED = {  # the residues behind or beside are no longer those of REF
    Term.STOP_GAINED,
    Term.STOP_LOST,
    Term.START_LOST,
    Term.FRAMESHIFT,
    Term.INFRAME_INSERTION,
    Term.INFRAME_DELETION,
    Term.PROTEIN_ALTERING,
}
WHY_NOT_RESHAPED = (
    "not scored. A protein language model compares one residue with another at the same place of "
    "a protein that is otherwise as it was."
)


@dataclass(frozen=True, slots=True)
class Substitution:
    """One residue for another; `number` is 1-based, residues are one letter each."""

    number: int
    ref: str
    alt: str

    @property
    def name(self) -> str:
        """`p.(Thr117Ile)`."""
        return f"p.({three_letters(self.ref)}{self.number}{three_letters(self.alt)})"

    @property
    def short(self) -> str:
        """`T117I`."""
        return f"{self.ref}{self.number}{self.alt}"


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """What a variant changes of the protein of one transcript.

    Attributes:
        protein: of REF, one letter a residue, without the stop.
        substitutions: in order; none where `reason` says why.
        note: what else a reader of the score has to know; may be empty.
    """

    transcript_id: str
    protein: str = ""
    substitutions: tuple[Substitution, ...] = ()
    reason: str = ""
    note: str = ""

    @property
    def sites(self) -> tuple[int, ...]:
        """0-based places of the residues that change."""
        return tuple(substitution.number - 1 for substitution in self.substitutions)

    @property
    def names(self) -> str:
        """`p.(Thr117Ile)`, of several `p.(Thr117Ile) and p.(Ala120Val)`."""
        return " and ".join(substitution.name for substitution in self.substitutions)


def protein_change(variant: Variant, consequence: Consequence, fetch: Fetch) -> ProteinChange:
    """Of the transcript that the consequence is on.

    Args:
        fetch: forward-strand bases of an interval, N where unknown.
    """
    transcript_id, terms = consequence.transcript.transcript_id, set(consequence.terms)
    coding = coding_change_of(variant, consequence.transcript, fetch)
    reason = _reason(transcript_id, terms, coding)
    if coding is None or reason:
        return ProteinChange(transcript_id, reason=reason)
    protein = _translated(coding.message[: coding.n_coding]).partition(STOP)[0]
    after = _translated(coding.after[: coding.n_coding])
    changed = [i for i, pair in enumerate(zip(protein, after, strict=False)) if len({*pair}) > 1]
    first = coding.residue
    if not changed or first > len(protein):
        return ProteinChange(
            transcript_id,
            reason=f"The coding sequence of {transcript_id} has a stop codon before residue "
            f"{first:,} in this genome: its protein is not known from it, so nothing is scored.",
        )
    note = (
        "A splice site changes too: the score is of the protein as if splicing stayed as it is."
        if terms & SPLICING
        else ""
    )
    substitutions = tuple(Substitution(i + 1, protein[i], after[i]) for i in changed)
    return ProteinChange(transcript_id, protein, substitutions, note=note)


def _reason(transcript_id: str, terms: set[Term], coding: CodingChange | None) -> str:
    """Why nothing is scored; "" where residues are replaced."""
    if reshaped := sorted(terms & RESHAPED, key=lambda term: term.rank):
        words = reshaped[0].words
        return f"{words[0].upper()}{words[1:]}: {WHY_NOT_RESHAPED}"
    if Term.MISSENSE in terms and coding is not None:
        return ""
    if terms & {Term.SYNONYMOUS, Term.STOP_RETAINED, Term.START_RETAINED}:
        return f"The protein of {transcript_id} stays the same: there is no residue to score."
    if coding is not None:
        return f"The codons of {transcript_id} are not known here: there is no residue to score."
    return f"No residue of {transcript_id} changes: there is nothing to score."


def _translated(bases: str) -> str:
    """All whole codons; X where a base is unknown."""
    return "".join(CODE.get(bases[i : i + 3], UNKNOWN) for i in range(0, len(bases) - 2, 3))
