"""Tables of a page, which a reader copies or saves into a spreadsheet: no cell is a formula there.

Streamlit's own button writes cells as they are shown, and has no option for that.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from genoview.io.export.cells import safe_cell

Columns = Mapping[str, Sequence[object]]
Rows = Sequence[Mapping[str, object]]


def dataframe(table: Columns | Rows, **options: Any) -> Any:
    """`st.dataframe`, with texts that would be a formula behind an apostrophe."""
    return st.dataframe(safe(table), **options)


def safe(table: Columns | Rows) -> dict[str, list[object]] | list[dict[str, object]]:
    """The same columns, or rows, of safe cells."""
    if isinstance(table, Mapping):
        return {_name(name): [*map(safe_cell, cells)] for name, cells in table.items()}
    return [{_name(name): safe_cell(cell) for name, cell in row.items()} for row in table]


def _name(name: str) -> str:
    return str(safe_cell(name))
