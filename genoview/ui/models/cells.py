"""Rows of a table with buttons at their ends; on a telephone a row folds into lines."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

ACTIONS_PX = 256


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact: the title of its column, its words, and more of them on hover."""

    title: str
    text: str
    more: str = ""


def style() -> None:
    """Widths and folding of the tables; once a page."""
    st.html(Path(__file__).with_name("tables.css"))


def head(kind: str, titles: Sequence[str]) -> None:
    """Titles of the columns, for those who see them above one another.

    Args:
        kind: of the table, which has its widths in tables.css.
    """
    cells = "".join(f"<span>{escape(title)}</span>" for title in titles)
    with st.container(horizontal=True, key=f"table_head_{kind}"):
        st.html(f'<div class="gv-row gv-head gv-{kind}" aria-hidden="true">{cells}</div>')


def row(kind: str, cells: Sequence[Cell]) -> None:
    """The facts of one row; the first cell names it."""
    first, *rest = cells
    words = f"<b{_hover(first)}>{escape(first.text)}</b>"
    words += "".join(
        f"<span{_hover(cell)}><i>{escape(cell.title)} </i>{escape(cell.text)}</span>"
        for cell in rest
    )
    st.html(f'<div class="gv-row gv-{kind}">{words}</div>')


def actions(name: str) -> AbstractContextManager[object]:
    """The place of the buttons, at the end of a row."""
    return st.container(
        horizontal=True, horizontal_alignment="right", width=ACTIONS_PX, key=f"actions_{name}"
    )


def _hover(cell: Cell) -> str:
    return f' title="{escape(cell.more)}"' if cell.more else ""
