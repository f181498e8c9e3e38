"""Keys of a presentation, and the button that fills the screen."""

from functools import cache
from pathlib import Path
from typing import Any, cast

import streamlit as st

NAME = "genoview_present"


def listen() -> None:
    """← → and Page keys press the buttons of the bar, Esc leaves, F fills the screen."""
    _component()(key=NAME, width="content")


@cache
def _component() -> Any:
    """Registered at the first use, since that reads a file."""
    script = Path(__file__).with_name("keys.js").read_text(encoding="utf-8")
    return cast(Any, st.components.v2.component(NAME, js=script, isolate_styles=False))
