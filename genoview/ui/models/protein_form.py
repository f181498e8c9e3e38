"""Setting up a language model of proteins: where it is."""

from collections.abc import Callable

import streamlit as st

from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.entry import Setup
from genoview.ui.access import who
from genoview.ui.plain import plain


def form(
    setup: Setup, model: LargeModel | None, change: Callable[[Callable[[LargeModels], None]], None]
) -> None:
    """Args: change: does something to what is set up, and draws the page anew."""
    kind = setup.card.name
    with st.form(f"protein-{kind}", border=False):
        place = st.text_input(
            plain(setup.place_label), model.place if model else "", placeholder=setup.place_example
        )
        revision = st.text_input(
            "Revision", model.revision if model else "", placeholder="branch, tag or commit"
        )
        st.caption(
            "It scores missense variants on the Variant page, in its files and in `genoview "
            "predict`; it draws no tracks."
        )
        if not st.form_submit_button("Use it"):
            return
    change(
        lambda large: large.put(LargeModel(kind, who.typed_place(place), revision=revision.strip()))
    )
