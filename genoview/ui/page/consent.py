"""The question before a genome is read from where it is published: nothing is requested before."""

from dataclasses import replace

import streamlit as st

from genoview.io.remote.consent import LEARNS
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain


def is_needed(name: str) -> bool:
    """Whether nobody has agreed to reading the genome yet."""
    bench = shell.bench()
    return name in bench.remote_names and not bench.remote_genomes.is_agreed(name)


def ask(name: str, state: ViewState) -> None:
    """Which hosts would be read, what they learn, and both answers."""
    with st.container(border=True):
        st.markdown(words(name))
        with st.container(horizontal=True):
            st.button("Agree", type="primary", on_click=_agree, args=(name,))
            st.button("Not now", on_click=shell.commit, args=(replace(state, assembly=""),))


def words(name: str) -> str:
    """What is read, from whom, and what they learn."""
    entry = shell.bench().remote_genomes.entry(name)
    return (
        f"**{plain(entry.description)}** is read as needed from "
        f"{plain(' or '.join(entry.file.hosts))}, who learn {LEARNS}; never an allele, the name "
        "of a variant or a file. What has come is cached on this machine."
    )


def button(name: str) -> None:
    """The question and its answer, where no view waits for it."""
    with st.popover("Agree"):
        st.markdown(words(name))
        st.button("Agree", type="primary", key=f"agree-{name}", on_click=_agree, args=(name,))


def _agree(name: str) -> None:
    shell.bench().remote_genomes.agree(name)
