"""What a newcomer sees first: three ready examples."""

import streamlit as st

from genoview.ui.page import shell
from genoview.ui.page.examples import EXAMPLES, Example
from genoview.ui.page.url import ViewState

WHOLE = "GRCh38"
WHOLE_EXAMPLES = ("BRCA1", "NM_007294.4:c.181T>G")


def examples() -> None:
    """The whole genome where it can be had; a card for each example of the demo, to be opened."""
    _whole_genome()
    for column, example in zip(st.columns(len(EXAMPLES)), EXAMPLES, strict=True):
        with column.container(border=True, height="stretch", vertical_alignment="distribute"):
            _card(example)


def _whole_genome() -> None:
    """Before all else where there is a network; it is asked before anything is read."""
    bench = shell.bench()
    if WHOLE not in bench.remote_names or not bench.remote_genomes.is_reachable():
        return
    hosts = " or ".join(bench.remote_genomes.entry(WHOLE).file.hosts)
    agreed = bench.remote_genomes.is_agreed(WHOLE)
    asked = "" if agreed else " You are asked before anything is read."
    with st.container(border=True, key="whole_genome"):
        st.markdown(
            f"**The whole human genome, {WHOLE}**, without a download: any gene, variant or name "
            f"of one. What you look at is read from {hosts}.{asked}"
        )
        with st.container(horizontal=True):
            for place, query in enumerate(WHOLE_EXAMPLES):
                label, key = f"{query} on {WHOLE}", f"whole-{query}"
                if st.button(label, key=key):
                    shell.go("variant" if place else "explore", ViewState(q=query, assembly=WHOLE))


def _card(example: Example) -> None:
    st.markdown(f"**{example.title}**")
    st.caption(f"{example.family.value} · [{example.citation}]({example.url})")
    st.markdown(f"{example.paper} *The models:* {example.models_say}")
    if st.button(example.query, key=f"example-{example.query}", width="stretch"):
        shell.go("variant", ViewState(q=example.query))
