"""The measured tracks that the address of a view names, as files to draw; and when more came."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import streamlit as st

from genoview.errors import GenoviewError
from genoview.io.formats import LocalFile
from genoview.io.measured.catalogue import TrackEntry
from genoview.io.measured.waiting import brief_reads
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState

DRAW_WAIT_S = 0.8  # for all readings of a figure
OPEN_WAIT_S = 0.3  # for all files that are opened
POLL_S = 0.8


def chosen(assembly_name: str, state: ViewState) -> tuple[TrackEntry, ...]:
    """Those of the shelf that this build has, then those by address."""
    if not (state.shelf or state.urls):
        return ()
    family = shell.bench().assembly(assembly_name).family
    return shell.bench().measured.chosen(family, state.shelf, state.urls)


def files(assembly_name: str, state: ViewState) -> tuple[LocalFile, ...]:
    """As files; those that have not come yet say so in their row."""
    bench, entries = shell.bench(), chosen(assembly_name, state)
    with brief_reads(OPEN_WAIT_S):
        return tuple(bench.measured.file(entry, bench.assembly(assembly_name)) for entry in entries)


def briefly() -> AbstractContextManager[None]:
    """While a figure is drawn: what takes longer comes with the next look."""
    return brief_reads(DRAW_WAIT_S)


def watch(assembly_name: str, state: ViewState) -> None:
    """Draw the page again when what was still being read has come."""
    entries = chosen(assembly_name, state)
    if entries and _is_reading(assembly_name, entries):
        st.fragment(_look, run_every=POLL_S)(assembly_name, entries)


def _look(assembly_name: str, entries: Sequence[TrackEntry]) -> None:
    try:
        is_reading = _is_reading(assembly_name, entries)
    except GenoviewError:
        is_reading = False
    if not is_reading:
        st.rerun()


def _is_reading(assembly_name: str, entries: Sequence[TrackEntry]) -> bool:
    bench = shell.bench()
    return bench.measured.is_reading(entries, bench.assembly(assembly_name))
