"""The shelf of measured tracks, and a field for the address of any other."""

from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st

from genoview.errors import GenoviewError
from genoview.io.measured.address import track_at
from genoview.io.measured.catalogue import TrackEntry
from genoview.ui.explore.measured.asking import NO_NETWORK
from genoview.ui.explore.measured.chosen import files
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.page.url_parts import MAX_PARTS
from genoview.ui.plain import link, plain

ADDRESS = "track_address"
PROBLEM = "measured_problem"
PREFIX = "measured-"


def menu(assembly_name: str, state: ViewState) -> None:
    """A switch for each track that this build has, with version, licence and source."""
    bench = shell.bench()
    family = bench.assembly(assembly_name).family
    entries = bench.measured.of_family(family)
    st.caption(
        "Published measurements beside the predictions, read as needed and only after you agree. "
        "The link of the view reopens them."
    )
    if not bench.measured.is_allowed:
        st.info(NO_NETWORK, icon=":material/cloud_off:")
    elif not entries:
        st.caption(f"No measured tracks for {plain(assembly_name)}: they are of GRCh38 and GRCh37.")
    else:
        absent = {entry.title for entry in bench.measured.entries} - {e.title for e in entries}
        for entry in entries:
            _switch(entry, entry.track_id in state.shelf, assembly_name)
        if absent:
            st.caption(f"Not available for {plain(family)}: {plain('; '.join(sorted(absent)))}.")
    _warnings(assembly_name, state)


def address_field(assembly_name: str, state: ViewState) -> None:
    """Beside the upload: a file by its address, and those that are there."""
    if not shell.bench().measured.is_allowed:
        return
    st.text_input(
        "Or the address of a bigWig, a bigBed, or a VCF, BED, bedGraph or GFF with a tabix index",
        key=ADDRESS,
        placeholder="https://host/coverage.bw",
        help="It is read by range, after you agree, and is part of the view's link.",
        on_change=_take_address,
    )
    problem = st.session_state.pop(PROBLEM, "")
    if problem:
        with st.container(border=True):
            st.text(problem)
    for i, url in enumerate(state.urls):
        entry = track_at(url)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{entry.title} · {urlsplit(url).netloc}")
            st.button(
                "Remove", key=f"{PREFIX}remove-{i}", type="tertiary", on_click=_remove, args=(url,)
            )


def _switch(entry: TrackEntry, is_on: bool, assembly_name: str) -> None:
    key = f"{PREFIX}{entry.track_id}"
    st.session_state[key] = is_on
    st.toggle(
        plain(entry.title),
        key=key,
        help=plain(entry.what),
        on_change=_toggle,
        args=(entry.track_id,),
    )
    bench = shell.bench()
    version = plain(bench.measured.version(entry, bench.assembly(assembly_name)))
    st.caption(f"{version} · {plain(entry.licence)} · {link('source', entry.source)}")


def _toggle(track_id: str) -> None:
    state = shell.current()
    rest = tuple(each for each in state.shelf if each != track_id)
    is_on = bool(st.session_state[f"{PREFIX}{track_id}"])
    shell.commit(replace(state, shelf=(*rest, track_id) if is_on else rest))


def _take_address() -> None:
    text = str(st.session_state[ADDRESS]).strip()
    if not text:
        return
    state = shell.current()
    try:
        url = track_at(text).track_id
    except GenoviewError as error:
        st.session_state[PROBLEM] = str(error)
        return
    st.session_state[ADDRESS] = ""
    if len(state.urls) >= MAX_PARTS:
        st.session_state[PROBLEM] = f"A view has at most {MAX_PARTS} files by address."
    elif url not in state.urls:
        shell.commit(replace(state, urls=(*state.urls, url)))


def _remove(url: str) -> None:
    state = shell.current()
    shell.commit(replace(state, urls=tuple(each for each in state.urls if each != url)))


def _warnings(assembly_name: str, state: ViewState) -> None:
    """What speaks against a file being of this genome."""
    for file in files(assembly_name, state):
        for warning in file.warnings:
            with st.container(border=True):
                st.text(f"{file.title}: {warning}")
