"""A number of dbSNP: the question before its table is read, and who else may be asked for it."""

import re
from dataclasses import replace

import streamlit as st

from genoview.errors import GenoviewError, NotLookedUp, QueryError
from genoview.io.dbsnp import SERVICE_LEARNS
from genoview.io.remote.catalogue import DBSNP_RELEASE
from genoview.query.rs_names import chosen, read_rs
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain

WANTED = "rs_asked"  # of the session: number and genome to ask the service for
ANSWER = "rs_answer"  # of the session: its refusal, and alleles to choose from
_LINES_OF_RS = re.compile(rb"^\s*rs\s?[0-9]", re.IGNORECASE | re.MULTILINE)


def show(error: NotLookedUp, state: ViewState) -> None:
    """How a number can be looked up nevertheless, each way by a click."""
    bench = shell.bench()
    file = bench.remote_genomes.dbsnp.get(bench.family(state.assembly))
    if file is None or not bench.remote_genomes.policy().allowed:
        return
    with st.container(border=error.needs_consent):
        if error.needs_consent:
            st.markdown(
                f"**{plain(error.name)}** is looked up in dbSNP {DBSNP_RELEASE}, read as needed "
                f"from {plain(' or '.join(file.hosts))}, who learn {plain(file.learns)}."
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            if error.needs_consent:
                agree = bench.remote_genomes.agree_to
                st.button("Agree", key="agree-dbsnp", type="primary", on_click=agree, args=(file,))
            host = plain(bench.remote_genomes.service_host)
            key = (error.name, state.assembly)
            st.button(f"Ask {host}", key="ask-ncbi", on_click=_want, args=key)
            st.caption(f"NCBI's service learns {SERVICE_LEARNS}.")
    if st.session_state.get(WANTED) == (error.name, state.assembly):
        _asked(state)


def _want(*key: str) -> None:
    st.session_state[WANTED] = key
    st.session_state.pop(ANSWER, None)


def _asked(state: ViewState) -> None:
    if ANSWER not in st.session_state:
        with st.spinner(f"Asking {plain(shell.bench().remote_genomes.service_host)}"):
            st.session_state[ANSWER] = _answer(state)
    words, texts = st.session_state[ANSWER]
    if not words:
        st.session_state.pop(WANTED)
        shell.propose(replace(state, q=texts[0], at="", versions=()))
        st.rerun()
    st.warning(plain(words), icon=":material/error:")
    with st.container(horizontal=True):
        for text in texts:
            view = replace(state, q=text, at="", versions=())
            st.button(plain(text), key=f"rs-{text}", on_click=shell.propose, args=(view,))


def _answer(state: ViewState) -> tuple[str, tuple[str, ...]]:
    """A refusal, "" where there is one allele; and what can be opened."""
    bench, typed = shell.bench(), read_rs(state.q)
    assert typed is not None  # its lookup is what failed
    try:
        known = bench.remote_genomes.ask_ncbi(typed.name, bench.family(state.assembly))
        return "", (str(chosen(typed, known, bench.assembly(state.assembly))),)
    except QueryError as error:
        return str(error), tuple(text for _, text in error.suggestions)
    except GenoviewError as error:
        return str(error), ()


def ask_before(content: bytes, genome: str) -> None:
    """Of a list with numbers of dbSNP: the question, where nobody has agreed yet."""
    remote = shell.bench().remote_genomes
    file = remote.dbsnp.get(shell.bench().family(genome))
    if file is None or remote.is_agreed_to(file) or not _LINES_OF_RS.search(content):
        return
    with st.container(border=True):
        st.markdown(
            f"The list has numbers of dbSNP. They are looked up at "
            f"{plain(' or '.join(file.hosts))}, who learn {plain(file.learns)}."
        )
        st.button("Agree", key="agree-dbsnp", on_click=remote.agree_to, args=(file,))
