"""The library of the reader of this page, and the door before it."""

from functools import lru_cache

import streamlit as st

from genoview.runtime.libraries import SIGN_IN, Libraries, ReaderLibrary
from genoview.runtime.workbench import Workbench
from genoview.ui.access import who
from genoview.ui.page import shell
from genoview.ui.plain import plain

NO_WAY_IN = (
    "The settings of this server have `own_library = true`, but nobody can sign in: Streamlit's "
    "secrets have no `[auth]`. Who runs the server finds how in the README, "
    '"On a shared server".'
)


def library() -> ReaderLibrary:
    """Saved loci, history and runs of this reader.

    Raises:
        SettingsError: each reader has their own here, and this one is not signed in.
    """
    return _libraries(shell.bench()).of(who.identity())


@lru_cache(maxsize=1)
def _libraries(bench: Workbench) -> Libraries:
    return Libraries(bench)


def is_let_in() -> bool:
    """Whether the reader may see the pages; else says how to sign in."""
    if not shell.bench().settings.own_library or who.identity():
        return True
    if not who.can_sign_in():
        st.error(NO_WAY_IN, icon=":material/lock:")
        return False
    st.info(SIGN_IN, icon=":material/lock:")
    st.button("Sign in", type="primary", on_click=st.login)
    return False


def account() -> None:
    """Who is signed in, and the way in or out; nothing where nobody can."""
    if not who.can_sign_in():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="account"):
        if name := who.name():
            st.caption(f"Signed in as {plain(name)}.")
            st.button("Sign out", type="tertiary", on_click=st.logout)
        else:
            st.button("Sign in", type="tertiary", on_click=st.login)
