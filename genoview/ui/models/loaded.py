"""What loaded models take of the memory, and a button to give it back."""

import streamlit as st

from genoview.models.registry import setups
from genoview.ui.page import shell
from genoview.ui.plain import plain


def show() -> None:
    """Folded: each loaded model with its size."""
    bench = shell.bench()
    sizes = bench.models.sizes()
    with st.expander(f"Loaded models: {len(sizes)}"):
        st.markdown(
            f"{len(sizes)} loaded: {sum(sizes.values()) / 1e6:,.0f} MB of "
            f"{bench.models.budget_bytes / 1e6:,.0f} MB on {plain(bench.device)} "
            "(GENOVIEW_MODEL_MEMORY_MB). A model is loaded when it is first used; beyond the "
            "budget the least recently used is unloaded."
        )
        for name, size in reversed(sizes.items()):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{plain(_title(name))}: {size / 1e6:,.1f} MB")
                st.button("Unload", key=f"unload-{name}", on_click=bench.models.drop, args=(name,))


def _title(name: str) -> str:
    """Title of a loaded model; outputs of a configured model share its weights."""
    setup = setups().get(name)
    return (setup.card if setup else shell.bench().card(name)).title
