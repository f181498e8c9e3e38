"""The changed residue in a structure of its protein: picture, facts, neighbours."""

import json
from dataclasses import dataclass

import streamlit as st

from genoview.data.genome import Variant
from genoview.data.transcript.amino_acids import three_letters
from genoview.errors import GenoviewError
from genoview.io.assembly import Assembly
from genoview.report.consequences import TranscriptConsequence, chosen_of
from genoview.report.structure import (
    MadeFrom,
    ResidueFacts,
    codon_starts,
    facts_at,
    neighbour_rows,
    plain_facts,
    protein_of,
)
from genoview.report.variant_report import VariantReport
from genoview.scoring.structure.numbering import Numbering, numbering_of
from genoview.ui.page import shell
from genoview.ui.structureview import StructureView, picked_place, structure_view
from genoview.ui.variant import structure_source
from genoview.ui.variant.page import escaped

KEY = "structure_view"
NUMBER = "structure_number"  # of the session: the residue that is looked at, and of what
PROTEIN = "structure_protein"  # of the session: protein and codons, and of what
FITTED = "structure_fitted"  # of the session: how the last structure fits, and of what
HELP = (
    "Where the changed residue lies in the folded protein, without the change. Distances are "
    "between the nearest atoms but hydrogen. For research; not a clinical interpretation."
)
NO_PLDDT = (
    "The file does not say that its B-factors are pLDDT, as those of predicted structures do: one "
    "colour."
)


@dataclass(frozen=True, slots=True)
class _Protein:
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


def show(report: VariantReport) -> None:
    """Nothing of a locus; why, where no residue changes."""
    variant = report.request.variant
    if variant is None:
        return
    st.markdown("##### Structure", help=HELP)
    chosen = chosen_of(report.consequences, shell.current().transcript)
    try:
        protein = _protein(variant, chosen, report.request.assembly)
        if isinstance(protein, str):
            st.caption(escaped(protein))
            return
        source = structure_source.source_of(protein.gene)
    except GenoviewError as error:
        st.warning(escaped(str(error)), icon=":material/error:")
        return
    if source is None:
        structure_source.offer(protein.gene, protein.residues)
        return
    st.fragment(_section)(source, protein)


def structure_facts(report: VariantReport) -> dict[str, object] | None:
    """For JSON, where a structure is here and fits; None elsewhere."""
    variant = report.request.variant
    if variant is None:
        return None
    chosen = chosen_of(report.consequences, shell.current().transcript)
    try:
        protein = _protein(variant, chosen, report.request.assembly)
        source = None if isinstance(protein, str) else structure_source.source_of(protein.gene)
        if isinstance(protein, str) or source is None:
            return None
        facts = facts_at(source.structure, protein.residues, protein.changed)
    except GenoviewError:
        return None
    return plain_facts(facts, source.source)


def _protein(variant: Variant, chosen: TranscriptConsequence | None, name: str) -> "_Protein | str":
    """Translated once; or why no residue of a structure changes."""
    if chosen is None or not chosen.consequence.residue:
        of = f" of {chosen.transcript_id}" if chosen else ""
        return f"No residue{of} changes: there is none to look at in a structure."
    of_what = (variant, name, chosen.transcript_id)
    last = st.session_state.get(PROTEIN)
    if last is None or last[0] != of_what:
        last = (of_what, _translated(chosen, shell.bench().assembly(name)))
        st.session_state[PROTEIN] = last
    protein: _Protein = last[1]
    if protein.changed > len(protein.residues):
        return "The change lies behind the protein's last residue: a structure does not have it."
    return protein


def _translated(chosen: TranscriptConsequence, assembly: Assembly) -> _Protein:
    transcript = chosen.named.transcript
    residues = protein_of(transcript, assembly.reference.fetch)
    return _Protein(chosen, residues, codon_starts(transcript, len(residues)))


def _section(source: MadeFrom, protein: _Protein) -> None:
    """Runs alone where the reader picks another residue."""
    try:
        numbering = _numbering(source, protein)
    except GenoviewError as error:
        st.warning(escaped(str(error)), icon=":material/error:")
        structure_source.menu(protein.gene, protein.residues, source.accession)
        structure_source.problem(protein.gene)
        return
    number = _number(source, protein, numbering)
    facts = facts_at(source.structure, protein.residues, number, numbering)
    picture, words = st.columns([3, 2], gap="medium")
    with words:
        _words(source, protein, facts)
    with picture:
        structure_view(_view(protein, facts), KEY)
    structure_source.menu(protein.gene, protein.residues, source.accession)
    structure_source.problem(protein.gene)
    if source.accession:
        structure_source.notice()


def _numbering(source: MadeFrom, protein: _Protein) -> Numbering:
    last = st.session_state.get(FITTED)
    if last is None or last[0] is not source.structure or last[1] != protein.residues:
        fitted = numbering_of(source.structure, protein.residues)
        last = st.session_state[FITTED] = (source.structure, protein.residues, fitted)
    known: Numbering = last[2]
    return known


def _number(source: MadeFrom, protein: _Protein, numbering: Numbering) -> int:
    """The residue that is looked at: by a click, by its number, else the one that changes."""
    of = (source.structure.title, protein.chosen.transcript_id, protein.changed)
    last = st.session_state.get(NUMBER)
    picked = picked_place(KEY, source.structure.title)
    if last is None or last[0] != of:
        last = (of, protein.changed, picked)  # what was picked before belongs to another variant
    elif picked != last[2]:
        numbers = {place: number for number, place in numbering.place_of.items()}
        last = (of, numbers.get(picked if picked is not None else -1, last[1]), picked)
        st.session_state[_field(protein)] = last[1]
    st.session_state[NUMBER] = last
    field = _field(protein)
    st.session_state.setdefault(field, last[1])
    number = int(st.session_state[field])
    return min(max(number, 1), len(protein.residues))


def _field(protein: _Protein) -> str:
    return f"structure_residue_{protein.chosen.transcript_id}_{protein.changed}"


def _words(source: MadeFrom, protein: _Protein, facts: ResidueFacts) -> None:
    st.markdown(f"**{escaped(protein.gene)} {escaped(protein.label(facts.number))}**")
    for sentence in facts.sentences:
        st.markdown(escaped(sentence))
    st.caption(escaped(f"{source.source}. {facts.numbering.words}"))
    if not source.structure.has_plddt:
        st.caption(NO_PLDDT)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Residue",
            min_value=1,
            max_value=len(protein.residues),
            step=1,
            key=_field(protein),
            width=150,
            help="Number in the transcript's protein; a click in the picture does the same.",
        )
        if facts.number != protein.changed:
            st.button(
                protein.label(protein.changed),
                on_click=_back,
                args=(protein,),
                type="tertiary",
                key="structure-back",
            )
    if facts.neighbours:
        number = st.column_config.NumberColumn(format="%.1f")
        st.dataframe(
            neighbour_rows(facts),
            hide_index=True,
            height=220,
            column_config={"distance (Å)": number, "pLDDT": number},
            key="structure_neighbours",
        )
        st.download_button(
            "Facts as JSON",
            lambda: json.dumps(plain_facts(facts, source.source), indent=2),
            f"{protein.gene}-{facts.name}-structure.json",
            "application/json",
            key="download-structure",
            on_click="ignore",
            type="tertiary",
        )


def _back(protein: _Protein) -> None:
    st.session_state[_field(protein)] = protein.changed


def _view(protein: _Protein, facts: ResidueFacts) -> StructureView:
    return StructureView(
        facts.structure,
        facts.numbering.chain,
        facts.place,
        [one.place for one in facts.neighbours],
        protein.label(facts.number),
        f"Structure of {protein.gene} around {protein.label(facts.number)}. "
        + " ".join(facts.sentences),
        protein.codons,
        {place: number for number, place in facts.numbering.place_of.items()},
        "dark" if shell.theme() == "dark" else "light",
    )
