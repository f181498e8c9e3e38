"""Six menus beside the tracks: Save, Share, Export, View, Data, Analyse."""

from contextlib import AbstractContextManager

import streamlit as st

from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.figure.scene import Scene
from genoview.ui.explore import (
    downloads,
    local_files,
    model_choice,
    mutagenesis,
    saving,
    view_menu,
)
from genoview.ui.explore.measured import shelf
from genoview.ui.explore.scene import options_of
from genoview.ui.explore.view_menu import all_rows as all_rows
from genoview.ui.page import links, shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain


def bar(scene: Scene, state: ViewState, view: Interval) -> None:
    """Six menus beside the answer; what is used once a month lies one level down."""
    request, answers = scene.request, scene.answers
    address = links.link(request, state, answers, view)
    with st.container(horizontal=True, key="menus", gap="small"):
        with _fresh("Save", ":material/bookmark:"):
            saving.form(request, state, answers, address)
        with _fresh("Share", ":material/link:"):
            _share(address)
        with _fresh("Export", ":material/download:"):
            downloads.menu(scene, view, options_of(request, state), address)
        with st.popover("View", icon=":material/layers:"):
            view_menu.menu(scene, state)
        with _fresh("Data", ":material/database:"):
            _data(request, state)
        with _fresh("Analyse", ":material/grid_on:"):
            st.markdown("**Mutagenesis**")
            mutagenesis.menu(scene, state, view)


def _data(request: Request, state: ViewState) -> None:
    """What is predicted, and what is shown beside it."""
    models, measured, files = st.tabs(["Models", "Measured", "Files"])
    with models:
        model_choice.menu(state)
    with measured:
        shelf.menu(request.assembly, state)
    with files:
        local_files.menu(request.assembly)
        shelf.address_field(request.assembly, state)


def _fresh(name: str, icon: str) -> AbstractContextManager[object]:
    """A menu on the part in view: panning runs the tracks alone, so opening runs the page."""
    return st.popover(plain(name), icon=icon, key=f"menu_{name}", on_change="rerun")


def _share(address: str) -> None:
    st.markdown("This link reopens what you see, on any computer that has the same genome here.")
    st.code(f"{shell.base_url()}/{address}", language=None, wrap_lines=True)
    st.caption("Save the locus to get a short link.")
