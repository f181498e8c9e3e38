"""The changed residue in a structure of its protein: picture, facts, neighbours."""

import json

import streamlit as st

from genoview.data.genome import Interval
from genoview.errors import GenoviewError
from genoview.report.consequences import chosen_of
from genoview.report.structure import (
    MadeFrom,
    ResidueFacts,
    StructureFacts,
    facts_at,
    neighbour_rows,
    plain_structure,
)
from genoview.report.variant_report import VariantReport
from genoview.scoring.structure.numbering import Numbering, numbering_of
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.structureview import StructureView, structure_view
from genoview.ui.variant.structure import source as sources
from genoview.ui.variant.structure.protein import ShownProtein, protein_on
from genoview.ui.variant.structure.residue import KEY, chosen_number

FITTED = "structure_fitted"  # of the session: how the last structure fits, and of what
HELP = (
    "Where the changed residue lies in the folded protein, without the change. Distances are "
    "between the nearest atoms but hydrogen. For research; not a clinical interpretation."
)
NO_PLDDT = (
    "The file does not say that its B-factors are pLDDT, as those of predicted structures do: one "
    "colour."
)


def show(report: VariantReport) -> None:
    """Nothing of a locus; why, where no residue changes."""
    variant = report.request.variant
    if variant is None:
        return
    st.markdown("##### Structure", help=HELP)
    chosen = chosen_of(report.consequences, shell.current().transcript)
    try:
        protein = protein_on(variant, chosen, report.request.assembly)
        if isinstance(protein, str):
            st.caption(plain(protein))
            return
    except GenoviewError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return
    _of_gene(protein, report.request.locus.interval)


def _of_gene(protein: ShownProtein, window: Interval) -> None:
    try:
        source = sources.source_of(protein.gene)
    except GenoviewError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        sources.offer(protein.gene, protein.residues)
        return
    if source is None:
        sources.offer(protein.gene, protein.residues)
        return
    st.fragment(_section)(source, protein, window)


def structure_facts(report: VariantReport) -> StructureFacts | None:
    """For files, where a structure is here and fits; None elsewhere."""
    variant = report.request.variant
    if variant is None:
        return None
    chosen = chosen_of(report.consequences, shell.current().transcript)
    try:
        protein = protein_on(variant, chosen, report.request.assembly)
        source = None if isinstance(protein, str) else sources.source_of(protein.gene)
        if isinstance(protein, str) or source is None:
            return None
        facts = facts_at(source.structure, protein.residues, protein.changed)
    except GenoviewError:
        return None
    return StructureFacts(facts, source.source)


def _section(source: MadeFrom, protein: ShownProtein, window: Interval) -> None:
    """Runs alone where the reader picks another residue."""
    try:
        numbering = _numbering(source, protein)
    except GenoviewError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        sources.menu(protein.gene, source.accession)
        sources.problem(protein.gene)
        return
    picture, words = st.columns([3, 2], gap="medium")
    with words:
        above, below = st.container(), st.container()
    with below:
        number = chosen_number(source, protein, numbering)
    facts = facts_at(source.structure, protein.residues, number, numbering)
    with above:
        _words(source, protein, facts, window)
    with below:
        _neighbours(source, protein, facts)
    with picture:
        structure_view(_view(protein, facts), KEY)
    sources.menu(protein.gene, source.accession)
    sources.problem(protein.gene)
    if source.accession:
        sources.notice()


def _numbering(source: MadeFrom, protein: ShownProtein) -> Numbering:
    last = st.session_state.get(FITTED)
    if last is None or last[0] is not source.structure or last[1] != protein.residues:
        fitted = numbering_of(source.structure, protein.residues)
        last = st.session_state[FITTED] = (source.structure, protein.residues, fitted)
    known: Numbering = last[2]
    return known


def _words(source: MadeFrom, protein: ShownProtein, facts: ResidueFacts, window: Interval) -> None:
    st.markdown(f"**{plain(protein.gene)} {plain(protein.label(facts.number))}**")
    st.markdown(plain(" ".join(facts.sentences)))
    st.caption(plain(f"{source.source}. {facts.numbering.words}"))
    base = protein.codons[facts.number - 1]
    if not window.start <= base < window.end:
        st.caption(
            f"Its codon, at {plain(window.chrom)}:{base + 1:,}, lies outside of the tracks' "
            "window: widen it at its edge."
        )
    if not source.structure.has_plddt:
        st.caption(NO_PLDDT)


def _neighbours(source: MadeFrom, protein: ShownProtein, facts: ResidueFacts) -> None:
    if facts.neighbours:
        number = st.column_config.NumberColumn(format="%.1f")
        sheet.dataframe(
            neighbour_rows(facts),
            hide_index=True,
            height=190,
            column_config={"distance (Å)": number, "pLDDT": number},
            key="structure_neighbours",
        )
    st.download_button(
        "Facts as JSON",
        lambda: json.dumps(plain_structure(StructureFacts(facts, source.source)), indent=2),
        f"{protein.gene}-{facts.name}-structure.json",
        "application/json",
        key="download-structure",
        on_click="ignore",
        type="tertiary",
    )


def _view(protein: ShownProtein, facts: ResidueFacts) -> StructureView:
    return StructureView(
        facts.structure,
        facts.numbering.chain,
        facts.place,
        [neighbour.place for neighbour in facts.neighbours],
        protein.label(facts.number),
        f"Structure of {protein.gene} around {protein.label(facts.number)}. "
        + " ".join(facts.sentences),
        protein.codons,
        {place: number for number, place in facts.numbering.place_of.items()},
        "dark" if shell.theme() == "dark" else "light",
    )
