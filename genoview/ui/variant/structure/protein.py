"""The protein of the transcript that a variant is read on, and its codons."""

from dataclasses import dataclass

import streamlit as st

from genoview.data.genome import Variant
from genoview.data.transcript.amino_acids import three_letters
from genoview.io.assembly import Assembly
from genoview.report.consequences import TranscriptConsequence
from genoview.report.structure import codon_starts, protein_of
from genoview.ui.page import shell

PROTEIN = "structure_protein"  # of the session: protein and codons, and of what


@dataclass(frozen=True, slots=True)
class ShownProtein:
    """Of the chosen transcript, with the middle base of each codon."""

    chosen: TranscriptConsequence
    residues: str
    codons: tuple[int, ...]

    @property
    def gene(self) -> str:
        return self.chosen.named.symbol or self.chosen.transcript_id

    @property
    def changed(self) -> int:
        """Number of the first residue that changes."""
        return self.chosen.consequence.residue or 0

    def label(self, number: int) -> str:
        """`Thr117Ile` where it changes, else `Leu120`."""
        if number == self.changed and self.chosen.protein:
            return self.chosen.protein.removeprefix("p.").strip("()")
        return f"{three_letters(self.residues[number - 1])}{number}"


def protein_on(
    variant: Variant, chosen: TranscriptConsequence | None, name: str
) -> ShownProtein | str:
    """Translated once; or why no residue of a structure changes.

    Raises:
        GenoviewError: its bases cannot be had.
    """
    if chosen is None or not chosen.consequence.residue:
        of = f" of {chosen.transcript_id}" if chosen else ""
        return f"No residue{of} changes, so no structure is shown."
    of_what = (variant, name, chosen.transcript_id)
    last = st.session_state.get(PROTEIN)
    if last is None or last[0] != of_what:
        last = (of_what, _translated(chosen, shell.bench().assembly(name)))
        st.session_state[PROTEIN] = last
    protein: ShownProtein = last[1]
    if protein.changed > len(protein.residues):
        return "The change lies behind the protein's last residue: a structure does not have it."
    return protein


def _translated(chosen: TranscriptConsequence, assembly: Assembly) -> ShownProtein:
    transcript = chosen.named.transcript
    residues = protein_of(transcript, assembly.reference.fetch)
    return ShownProtein(chosen, residues, codon_starts(transcript, len(residues)))
