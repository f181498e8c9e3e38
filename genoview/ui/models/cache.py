"""How much of the predictions is cached on this machine, and a button to empty it."""

import streamlit as st

from genoview.errors import GenoviewError
from genoview.ui.page import shell
from genoview.ui.plain import code, plain


def show() -> None:
    """One line and a button."""
    st.subheader("Cache")
    store = shell.bench().store
    try:
        size = store.size()
        st.markdown(
            f"{size.entries:,} predictions take {size.bytes / 1e6:,.1f} MB of "
            f"{size.limit / 1e6:,.0f} MB in {code(store.folder)}. Beyond that the least recently "
            "used are removed. Saved loci and the history are stored separately and stay."
        )
        if st.button("Forget all predictions"):
            shell.bench().forget_predictions()
            st.rerun()
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
