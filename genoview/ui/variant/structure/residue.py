"""Which residue is looked at: typed, picked in the picture, or the one that changes."""

from dataclasses import dataclass, replace

import streamlit as st

from genoview.report.structure import MadeFrom
from genoview.scoring.structure.numbering import Numbering
from genoview.ui.plain import plain
from genoview.ui.structureview import Pick, last_pick
from genoview.ui.variant.structure.protein import ShownProtein

KEY = "structure_view"  # of the picture
LOOKED = "structure_looked_at"  # of the session: a `_Looked`


@dataclass(frozen=True, slots=True)
class _Looked:
    """Which residue is looked at.

    Attributes:
        of: structure, transcript and residue that changes.
        number: in the protein, 1-based.
        picked: the last pick in the structure.
        n_fields: numbers typed fields, of which a new one comes with each pick.
    """

    of: tuple[str, str, int]
    number: int
    picked: Pick | None
    n_fields: int = 0


def chosen_number(source: MadeFrom, protein: ShownProtein, numbering: Numbering) -> int:
    """The residue that is looked at: typed, else picked in the picture, else the one that changes.

    Each pick makes a new field, which begins at the residue that was picked.
    """
    of = (source.structure.title, protein.chosen.transcript_id, protein.changed)
    picked = last_pick(KEY, source.structure.title)
    looked: _Looked | None = st.session_state.get(LOOKED)
    if looked is None or looked.of != of:
        looked = _Looked(of, protein.changed, picked)  # an older pick is of another variant
    elif picked != looked.picked:
        numbers = {place: number for number, place in numbering.place_of.items()}
        number = numbers.get(-1 if picked is None else picked.place, looked.number)
        looked = _Looked(of, number, picked, looked.n_fields + 1)
    st.session_state[LOOKED] = looked
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input(
            "Residue",
            min_value=1,
            max_value=len(protein.residues),
            value=looked.number,
            key=f"structure_residue_{protein.chosen.transcript_id}_{looked.n_fields}_{of[2]}",
            width=150,
            help="Number in the transcript's protein; a click in the picture, or on a codon in the "
            "tracks, does the same.",
        )
        if number != protein.changed:
            st.button(
                f"Back to {plain(protein.label(protein.changed))}",
                on_click=_back,
                args=(protein,),
                type="tertiary",
                key="structure-back",
            )
    return number


def _back(protein: ShownProtein) -> None:
    looked: _Looked = st.session_state[LOOKED]
    st.session_state[LOOKED] = replace(looked, number=protein.changed, n_fields=looked.n_fields + 1)
