"""The four marks beside the answer: protein, splicing, expression, binding."""

import html
from collections.abc import Sequence

import streamlit as st

from genoview.scoring.marks import Mark


def show(marks: Sequence[Mark]) -> None:
    """A line; the number behind each level, and its rule, on hover and to a screen reader."""
    items = "".join(map(_item, marks))
    st.html(f'<ul class="gv-marks" aria-label="Predicted changes">{items}</ul>')


def _item(mark: Mark) -> str:
    hint = html.escape(f"{mark.words}. {mark.rule}", quote=True)
    level = str(mark.level)
    kind = level.replace(" ", "-")
    return (
        f'<li class="gv-mark gv-{kind} gv-of-{mark.family}" tabindex="0" title="{hint}">'
        f"<span>{mark.family}</span> <b>{level}</b><i>{hint}</i></li>"
    )
