"""Buttons that open what is shown on another build, and what should be known of it there."""

from dataclasses import replace

import streamlit as st

from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.io.remote.remote_file import RemoteFile
from genoview.query.other_build import CarriedOver
from genoview.runtime import other_builds
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain

WANTED = "other_build"  # of the session: text, genome and target, until it is opened
ANSWER = "other_build_answer"  # of the session: what came of it, where it was not opened
NOTE = "other_build_note"  # of the session: text and genome it is about, and words


def buttons(request: Request) -> None:
    """One for each other build."""
    for target in other_builds.targets(shell.bench(), request.assembly):
        key = (request.text, request.assembly, target)
        name = f"on-{target}"
        st.button(f"Open on {plain(target)}", key=name, type="tertiary", on_click=_want, args=key)


def show(request: Request, state: ViewState) -> None:
    """What stands between a click and the view, and what should be known of an opened one."""
    about, words = st.session_state.get(NOTE, (None, ""))
    if words and about == (state.q, state.assembly):
        st.caption(f":material/info: {plain(words)}")
    text, genome, target = st.session_state.get(WANTED, ("", "", ""))
    if target and (text, genome) == (request.text, request.assembly):
        _wanted(request, state, target)


def _want(*key: str) -> None:
    st.session_state[WANTED] = key
    st.session_state.pop(ANSWER, None)


def _wanted(request: Request, state: ViewState, target: str) -> None:
    files = other_builds.files_to_agree(shell.bench(), request, target)
    if files:
        _ask(target, files)
        return
    if ANSWER not in st.session_state:
        with st.spinner(f"Looking for {plain(request.text)} on {plain(target)}"):
            st.session_state[ANSWER] = _answer(request, target)
    answer: CarriedOver = st.session_state[ANSWER]
    if answer.text:
        _open(state, target, answer.text, answer.words)
        st.rerun()
    st.warning(plain(answer.words), icon=":material/error:")
    if answer.place:
        label = f"Open {plain(answer.place)} on {plain(target)}"
        st.button(label, on_click=_open, args=(state, target, answer.place, ""))


def _answer(request: Request, target: str) -> CarriedOver:
    try:
        return other_builds.carry_over(shell.bench(), request, target)
    except GenoviewError as error:
        return CarriedOver("", str(error), "")


def _open(state: ViewState, target: str, text: str, words: str) -> None:
    """As one step of the browser's history."""
    for key in (WANTED, ANSWER):
        st.session_state.pop(key, None)
    name = "" if target == shell.bench().menu_names[0] else target
    st.session_state[NOTE] = ((text, name), words)
    nothing: tuple[()] = ()
    place = {"at": "", "highlights": nothing, "scans": nothing, "versions": nothing}
    shell.propose(replace(state, q=text, assembly=name, factors=(), **place))  # type: ignore[arg-type]


def _ask(target: str, files: tuple[RemoteFile, ...]) -> None:
    """Which hosts would be read and what each learns, and both answers."""
    with st.container(border=True):
        st.markdown(f"To open it on **{plain(target)}**, these are read:")
        for file in files:
            hosts = plain(" or ".join(file.hosts))
            st.markdown(f"- {plain(file.name)} from {hosts}, who learn {plain(file.learns)}.")
        with st.container(horizontal=True):
            st.button("Agree", key="agree-build", type="primary", on_click=_agree, args=(files,))
            st.button("Not now", key="refuse-build", on_click=_want, args=("", "", ""))


def _agree(files: tuple[RemoteFile, ...]) -> None:
    shell.bench().remote_genomes.agree_to(*files)
