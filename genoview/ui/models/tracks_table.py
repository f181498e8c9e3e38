"""The table of measured tracks that can be shown beside predictions."""

import streamlit as st

from genoview.errors import GenoviewError
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain


def show() -> None:
    """Sorted and searched by its own tools; the tracks are switched on beside the track view."""
    st.subheader("Measured tracks")
    try:
        entries = shell.bench().measured.entries
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    rows = [
        {
            "Track": entry.title,
            "Build": entry.family,
            "Version": entry.version,
            "Licence": entry.licence,
            "Read from": ", ".join(entry.hosts),
            "Source": entry.source,
            "What it is": entry.what,
        }
        for entry in entries
    ]
    sheet.dataframe(
        rows,
        hide_index=True,
        column_config={"Source": st.column_config.LinkColumn()},
        key="measured_tracks",
    )
    st.caption("Switched on in the menu Data above the tracks; read as needed, after you agree.")
