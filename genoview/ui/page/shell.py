"""The page around the pages: the shared workbench, the state in the URL, titles, links."""

import secrets
import urllib.parse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from genoview.errors import GenoviewError
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.store import SavedLocus
from genoview.ui.page.url import ViewState

PAGES = {
    "explore": ("pages/explore.py", "Explore", ":material/search:"),
    "variant": ("pages/variant.py", "Variant", ":material/genetics:"),
    "batch": ("pages/batch.py", "Batch", ":material/table_rows:"),
    "compare": ("pages/compare.py", "Compare", ":material/compare_arrows:"),
    "saved": ("pages/saved.py", "Saved and history", ":material/bookmark:"),
    "models": ("pages/models.py", "Models and data", ":material/database:"),
}
SHORT_LINK = "s"  # query parameter of a saved locus
TURNED = "turned_to"  # key of the session


_OPENING = Lock()


def bench() -> Workbench:
    """Genomes, models, store and queue of this server, shared by all sessions."""
    with _OPENING:  # two first readers must not get a queue each
        return made_bench()


@cache
def made_bench() -> Workbench:
    """Only `bench` calls this; tests clear it."""
    return Workbench(read_settings())


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Lifespan of the server: its end stops running models and writes down what was used."""
    yield
    if made_bench.cache_info().currsize:
        bench().close()


def dress() -> None:
    """The dashboard's own spacing and type, over Streamlit's."""
    st.html(Path(__file__).with_name("dashboard.css"))


def page_links() -> list[StreamlitPage]:
    """The pages in the order of the menu."""
    return [
        st.Page(path, title=title, icon=icon, url_path=name, default=name == "explore")
        for name, (path, title, icon) in PAGES.items()
    ]


def title(text: str, subtitle: str) -> None:
    """The page's name, small: the room belongs to the tracks."""
    st.html(f'<header class="gv-title"><h1>{text}</h1><p>{subtitle}</p></header>')


def state() -> ViewState:
    """The view that the URL names; its errors are shown on the page."""
    view, problems = _from_address()
    with st.container():  # always there, so that what follows keeps its place
        for problem in problems:
            st.warning(problem)
    return view


def current() -> ViewState:
    """The view that the URL names now: for callbacks, which may come after another's commit."""
    return _from_address()[0]


def _from_address() -> tuple[ViewState, tuple[str, ...]]:
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    view, problems = ViewState.from_params(params)
    if view.assembly:
        view = replace(view, assembly=bench().own_name(view.assembly))
    return view, problems


def commit(view: ViewState) -> None:
    """Write a view into the URL, as one step of the browser's history."""
    st.query_params.from_dict(view.to_params())


def turn_to(page: str, view: ViewState) -> None:
    """Go on to the page that is made for a query; once, so that the browser's Back leads out of it.

    Back comes to the address that led here: there the query is shown where it was typed.
    """
    query = (page, view.q, view.assembly)
    if st.session_state.get(TURNED) != query:
        st.session_state[TURNED] = query
        go(page, view)


def go(page: str, view: ViewState) -> None:
    """Open another page on the same view; does not return."""
    st.switch_page(PAGES[page][0], query_params=list(pairs(view)))


def pairs(view: ViewState) -> list[tuple[str, str]]:
    """Keys and values of the query string, lists as repeated keys."""
    return [(key, value) for key, values in view.to_params().items() for value in values]


def query_string(view: ViewState) -> str:
    """The view as part of a link, behind the question mark."""
    return urllib.parse.urlencode(pairs(view))


def theme() -> str:
    """`light` or `dark`, as the reader's page is."""
    return st.context.theme.type or "light"


def width_px() -> int:
    """Width of the figure for a telephone or a desktop; the browser fits it to the page."""
    return 390 if is_phone() else 1_280


def is_phone() -> bool:
    """By what the browser says of itself."""
    return "Mobi" in str(st.context.headers.get("User-Agent", ""))


def base_url() -> str:
    """Address of the dashboard, without a page."""
    parts = urllib.parse.urlsplit(st.context.url or "")
    path = parts.path.rstrip("/")
    page = path.rpartition("/")[2]
    if page in PAGES:
        path = path.removesuffix(f"/{page}")
    return f"{parts.scheme}://{parts.netloc}{path}"


def open_short_link() -> None:
    """`?s=abcd2345` goes on to the view of the saved locus."""
    short_id = st.query_params.get(SHORT_LINK)
    if not short_id:
        return
    store = bench().store
    try:
        locus = store.loci.by_short_id(short_id)
    except GenoviewError as error:
        st.warning(str(error))
        return
    if locus is None:
        st.warning(
            f"The short link {short_id[:20]} is not of a locus saved on this server; ask for the "
            "long link, which works everywhere."
        )
        return
    open_saved(locus)


def open_saved(locus: SavedLocus) -> None:
    """Open the view of a saved locus; does not return."""
    open_url(locus.url)


def open_url(url: str) -> None:
    """Open `page?query` as `links.link` wrote it; does not return."""
    page, _, query = url.partition("?")
    st.switch_page(PAGES.get(page, PAGES["explore"])[0], query_params=urllib.parse.parse_qsl(query))


def reader_id() -> str:
    """Id of this session, for its jobs in the shared queue."""
    if "reader_id" not in st.session_state:
        st.session_state.reader_id = secrets.token_hex(8)
    return str(st.session_state.reader_id)
