"""A script for every page: skip link, focus, one step of history, plain words without a server."""

from functools import cache
from pathlib import Path
from typing import Any, cast

import streamlit as st

NAME = "genoview_manners"
BOX_LABEL = "Locus, gene or variant"  # of the search box, by which the script knows it


def install() -> None:
    """In each run; the script does its work once a document."""
    with st.container(key="manners"):
        _component()(key=NAME, data={"label": BOX_LABEL})


@cache
def _component() -> Any:
    """Registered at the first use, since that reads a file."""
    script = Path(__file__).with_name("manners.js").read_text(encoding="utf-8")
    return cast(Any, st.components.v2.component(NAME, js=script, isolate_styles=False))
