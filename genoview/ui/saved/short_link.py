"""A short link -> the view of a saved locus."""

import streamlit as st

from genoview.errors import GenoviewError
from genoview.ui.access.library import library
from genoview.ui.page import shell
from genoview.ui.plain import plain


def open_short_link() -> None:
    """`?s=abcd2345` goes on to the view of the saved locus."""
    short_id = st.query_params.get(shell.SHORT_LINK)
    if not short_id:
        return
    try:
        locus = library().loci.by_short_id(short_id)
    except GenoviewError as error:
        st.warning(plain(error))
        return
    if locus is None:
        st.warning(
            f"The short link {plain(short_id[:20])} is not of a locus saved on this server; ask "
            "for the long link, which works everywhere."
        )
        return
    shell.open_saved(locus)
