"""What a newcomer sees first: three ready examples."""

import streamlit as st

from genoview.ui.page import shell
from genoview.ui.page.examples import EXAMPLES, Example
from genoview.ui.page.url import ViewState


def examples() -> None:
    """A card for each example; a click opens it."""
    for column, example in zip(st.columns(len(EXAMPLES)), EXAMPLES, strict=True):
        with column.container(border=True, height="stretch", vertical_alignment="distribute"):
            _card(example)


def _card(example: Example) -> None:
    st.markdown(f"**{example.title}**")
    st.caption(f"{example.family.value} · [{example.citation}]({example.url})")
    st.markdown(f"{example.paper} *The models:* {example.models_say}")
    if st.button(example.query, key=f"example-{example.query}", width="stretch"):
        shell.go("variant", ViewState(q=example.query))
