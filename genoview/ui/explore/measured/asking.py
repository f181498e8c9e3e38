"""The question before a track is read from where it is published: nothing is requested before."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from genoview.errors import GenoviewError
from genoview.io.measured.catalogue import TrackEntry
from genoview.ui.explore.measured.chosen import chosen
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState

LEARNS = (
    "this machine's address and which blocks of the file are read, that is about which stretch of "
    "a chromosome is looked at; never an allele, the name of a variant or a file"
)
NO_NETWORK = "The settings have network = false, so measured tracks are not read."


def ask(assembly_name: str, state: ViewState) -> None:
    """Which hosts the chosen tracks would be read from, what they learn, and both answers."""
    measured, entries = shell.bench().measured, chosen(assembly_name, state)
    if entries and not measured.is_allowed:
        st.info(NO_NETWORK, icon=":material/cloud_off:")
        return
    pending = [entry for entry in entries if not measured.is_agreed(entry)]
    if not pending:
        return
    with st.container(border=True, key="measured_question"):
        st.text(words_of(pending))
        with st.container(horizontal=True):
            st.button(
                "Agree", type="primary", key="measured_agree", on_click=_agree, args=(pending,)
            )
            st.button("Leave them out", key="measured_refuse", on_click=_leave, args=(pending,))


def words_of(entries: Sequence[TrackEntry]) -> str:
    """One sentence for each group of hosts."""
    by_hosts: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        by_hosts.setdefault(entry.hosts, []).append(entry.title)
    return "\n".join(
        f"{_listed(titles, 'and')} {'is' if len(titles) == 1 else 'are'} read as needed from "
        f"{_listed(hosts, 'or')}, who {'learns' if len(hosts) == 1 else 'learn'} {LEARNS}. What "
        "has come is cached on this machine."
        for hosts, titles in by_hosts.items()
    )


def _listed(words: Sequence[str], joint: str) -> str:
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last


def _agree(entries: Sequence[TrackEntry]) -> None:
    try:
        shell.bench().measured.agree(entries)
    except GenoviewError as error:
        st.session_state["measured_problem"] = str(error)


def _leave(entries: Sequence[TrackEntry]) -> None:
    state, ids = shell.current(), {entry.track_id for entry in entries}
    shelf = tuple(each for each in state.shelf if each not in ids)
    shell.commit(replace(state, shelf=shelf, urls=tuple(u for u in state.urls if u not in ids)))
