"""The page around the pages: the shared workbench, the state in the URL, titles, links."""

import secrets
import urllib.parse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from threading import Lock, Thread

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from genoview.figure.panels import DARK, LIGHT
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.store import SavedLocus
from genoview.ui.access.hosts import answers_loopback_only
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain
from genoview.ui.present import slides

PAGES = {
    "explore": ("pages/explore.py", "Explore", ":material/search:"),
    "variant": ("pages/variant.py", "Variant", ":material/genetics:"),
    "gene": ("pages/gene.py", "Gene", ":material/grid_on:"),
    "batch": ("pages/batch.py", "Batch", ":material/table_rows:"),
    "compare": ("pages/compare.py", "Compare", ":material/compare_arrows:"),
    "saved": ("pages/saved.py", "Saved and history", ":material/bookmark:"),
    "models": ("pages/models.py", "Models and data", ":material/database:"),
}
RESEARCH_USE = "For research; not a clinical interpretation."
LONGEST_SHOWN = 60  # characters of a query in one line
SHORT_LINK = "s"  # query parameter of a saved locus
SEEN = "query_seen"  # of the session: text and genome of the query that was shown last
PROPOSED = "proposed_view"  # of the session: a view that is not in the address yet
RESUMED = "resumed_view"  # of the session: whether that view is on its way into the address


_OPENING = Lock()


def bench() -> Workbench:
    """Genomes, models, store and queue of this server, shared by all sessions."""
    with _OPENING:  # two first readers must not get a queue each
        return made_bench()


@cache
def made_bench() -> Workbench:
    """Only `bench` calls this; tests clear it."""
    return Workbench(read_settings(is_shared=not answers_loopback_only()))


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Lifespan of the server: its end stops running models and writes down what was used.

    torch takes a second to import, and comes while the first browser loads the page.
    """
    Thread(target=import_module, args=("torch",), daemon=True).start()
    yield
    if made_bench.cache_info().currsize:
        bench().close()


def dress() -> None:
    """The dashboard's own spacing and type, over Streamlit's, with the colours of the tracks."""
    colours = (DARK if theme() == "dark" else LIGHT).families
    names = "".join(f"--gv-family-{family.value}:{colour};" for family, colour in colours.items())
    own = Path(__file__).with_name("dashboard.css").read_text(encoding="utf-8")
    st.html(f"<style>:root{{{names}}}\n{own}</style>")


def page_links() -> list[StreamlitPage]:
    """The pages in the order of the menu."""
    return [
        st.Page(path, title=title, icon=icon, url_path=name, default=name == "explore")
        for name, (path, title, icon) in PAGES.items()
    ]


def title(text: str, subtitle: str, *, quiet: bool = False) -> None:
    """The page's name, small; `quiet` for screen readers alone, where an answer is shown."""
    kind = "gv-title gv-quiet" if quiet else "gv-title"
    st.html(f'<header class="{kind}"><h1>{escape(text)}</h1><p>{escape(subtitle)}</p></header>')


def searched_title(page: str, subtitle: str, view: ViewState) -> None:
    """Of a page with a search box: what genoview is until something is typed."""
    if view.q:
        title(page, subtitle, quiet=True)
    else:
        title(f"genoview · {page}", f"{subtitle}. {RESEARCH_USE}")


def name_browser_tab(text: str) -> None:
    """The browser's tab and history say what is shown."""
    st.set_page_config(page_title=f"{shortened(text)} · genoview")


def shortened(text: str) -> str:
    """A text for one line; long alleles are cut."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def state() -> ViewState:
    """The view that the URL names; its errors are shown on the page."""
    view, problems = _from_address()
    with st.container():  # always there, so that what follows keeps its place
        for problem in problems:
            st.warning(plain(problem))
    return view


def current() -> ViewState:
    """The view that the URL names now: for callbacks, which may come after another's commit."""
    return _from_address()[0]


def _from_address() -> tuple[ViewState, tuple[str, ...]]:
    proposed: ViewState | None = st.session_state.get(PROPOSED)
    if proposed is not None:
        return proposed, ()
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    view, problems = ViewState.from_params(params)
    if view.assembly:
        view = replace(view, assembly=bench().own_name(view.assembly))
    return view, problems


def commit(view: ViewState) -> None:
    """Write a view into the URL, as one step of the browser's history."""
    st.query_params.from_dict({**slides.kept(), **view.to_params()})


def propose(view: ViewState) -> None:
    """A view of another query: the search box opens it, on the page that is made for it."""
    st.session_state[PROPOSED] = view
    st.session_state.pop(RESUMED, None)
    st.session_state.pop(SEEN, None)  # a new query goes to its own page again


def resume(view: ViewState) -> None:
    """A view that was committed, and that the browser's address does not name yet."""
    st.session_state[PROPOSED] = view
    st.session_state[RESUMED] = True


def settle() -> None:
    """The proposed view belongs to this page: into the URL with it, unless it is on its way."""
    view: ViewState | None = st.session_state.pop(PROPOSED, None)
    is_resumed = st.session_state.pop(RESUMED, False)
    if view is not None and not is_resumed and view != _from_address()[0]:
        commit(view)


def query_of(view: ViewState) -> tuple[str, str]:
    """Text and genome, whether the address names the genome or leaves it to the server."""
    return view.q, view.assembly or bench().menu_names[0]


def turn_to(page: str, view: ViewState) -> None:
    """Go on to the page that is made for a query that is new to this reader.

    A query that was seen already is shown where it is: Back, or a link to this page, led here.
    """
    if st.session_state.get(SEEN) != query_of(view):
        st.session_state[PROPOSED] = view  # until that page is there: a lost step is taken again
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
