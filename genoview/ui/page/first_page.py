"""What a newcomer sees first: the whole genome, and three examples that work offline."""

import streamlit as st

from genoview.ui.page import shell
from genoview.ui.page.examples import EXAMPLES, Example
from genoview.ui.page.url import ViewState
from genoview.ui.plain import link, plain

WHOLE = "GRCh38"
WHOLE_EXAMPLES = ("BRCA1", "NM_007294.4:c.181T>G")


def examples() -> None:
    """The whole genome where it can be had; the examples of the demo in a line each, to open."""
    _whole_genome()
    with st.container(key="examples", gap="small"):
        for example in EXAMPLES:
            _line(example)


def _whole_genome() -> None:
    """Before all else where there is a network; it is asked before anything is read."""
    bench = shell.bench()
    if WHOLE not in bench.remote_names or not bench.remote_genomes.is_reachable():
        return
    hosts = plain(" or ".join(bench.remote_genomes.entry(WHOLE).file.hosts))
    agreed = bench.remote_genomes.is_agreed(WHOLE)
    asked = "" if agreed else " You are asked before anything is read."
    with st.container(horizontal=True, gap="small", key="whole_genome"):
        for place, query in enumerate(WHOLE_EXAMPLES):
            label, key = f"{plain(query)} on {WHOLE}", f"whole-{query}"
            if st.button(label, key=key):
                shell.go("variant" if place else "explore", ViewState(q=query, assembly=WHOLE))
        st.markdown(
            f"**The whole human genome, {WHOLE}**, without a download, read from {hosts}.{asked}",
            width="content",
        )


def _line(example: Example) -> None:
    """A button, and what it is an example of; the paper's findings and the models' on hover."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if st.button(plain(example.query), key=f"example-{example.query}"):
            shell.go("variant", ViewState(q=example.query))
        st.markdown(
            f"**{plain(example.title)}** · {plain(example.family.value)} · "
            f"{plain(example.in_short)}. {link(example.citation, example.url)}",
            help=f"{plain(example.paper)} *The models:* {plain(example.models_say)}",
            width="content",
        )
