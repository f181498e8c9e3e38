"""Whether rows that a variant does not change are folded into one line."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from genoview.data.request import Request
from genoview.ui.page import shell
from genoview.ui.page.url import SHOWN, ViewState

KEY = "fold_unchanged"


def state_of(request: Request, state: ViewState) -> Literal["", "folded", "shown"]:
    """Of a variant; where models are compared, a row without a change says something too."""
    if request.variant is None or state.family:
        return ""
    return "shown" if state.unchanged == SHOWN else "folded"


def toggle(state: ViewState) -> None:
    """The same as a click on the line, in a menu."""
    st.session_state[KEY] = state.unchanged != SHOWN
    st.toggle(
        "Fold rows that the variant does not change",
        key=KEY,
        help="Into one line below the others. A row that you ordered yourself stays.",
        on_change=_set,
    )


def _set() -> None:
    shown = not st.session_state[KEY]
    shell.commit(replace(shell.current(), unchanged=SHOWN if shown else ""))
