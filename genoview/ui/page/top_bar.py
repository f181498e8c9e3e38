"""The pages in one line at the top; a link to a page with a search box carries what is shown."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain

SEARCHED = ("explore", "variant", "gene", "compare")  # pages with a search box
VIEWS = "views_of_pages"  # of the session: the last view of `Compare`, and of the others
PLACE = ("q", "assembly", "at", "flank", "distance", "transcript", "highlights")


def show(pages: list[StreamlitPage], current: StreamlitPage) -> None:
    """One line; on a telephone a menu."""
    name_of = dict(zip((page.url_path or "explore" for page in pages), pages, strict=True))
    name = current.url_path or "explore"
    if name in SEARCHED:
        _remember(name, shell.current())
    with st.container(horizontal=True, key="pages", gap="small"):
        for page_name, page in name_of.items():
            _link(page_name, page)
    with st.container(key="pages_folded"), st.popover("Pages", icon=":material/menu:"):
        for page_name, page in name_of.items():
            _link(page_name, page)


def _link(name: str, page: StreamlitPage) -> None:
    _, title, icon = shell.PAGES[name]
    views = st.session_state.get(VIEWS, {})
    params = shell.pairs(view_for(name, views)) if name in SEARCHED else None
    st.page_link(page, label=plain(title), icon=icon, query_params=params or None)


def _remember(name: str, view: ViewState) -> None:
    views: dict[str, ViewState] = st.session_state.setdefault(VIEWS, {})
    views["place"] = views[_kind(name)] = view


def view_for(name: str, views: Mapping[str, ViewState]) -> ViewState:
    """The page's own choices at the place that is shown now."""
    place = views.get("place", ViewState())
    own = views.get(_kind(name), ViewState())
    return replace(own, versions=(), **{field: getattr(place, field) for field in PLACE})


def _kind(name: str) -> str:
    return "compare" if name == "compare" else "others"
