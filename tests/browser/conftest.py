"""Fixtures: a running dashboard, and a Chromium that may talk to nothing but loopback."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.harness import (
    APP,
    CHROMIUM,
    CHROMIUM_ARGS,
    PATIENCE,
    STILL,
    Serve,
    Server,
    Watched,
    start_server,
)

TILES_APP = Path(__file__).parent / "trackview" / "tiles_app.py"
ENTRIES = """##fileformat=VCFv4.2
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
20\t42950120\trs42\tACGTACGTACGTACG\tA\t31.25\tPASS\tAF=0.25
"""
SIZE: ViewportSize = {"width": 1440, "height": 900}
FORGET = "location.protocol === 'about:' || (localStorage.clear(), sessionStorage.clear())"


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """`serve(path, KEY="value")`: one server for each script and environment, for all tests."""
    running: dict[object, Server] = {}

    def start(script: Path, **env: str) -> Server:
        key = (script, *sorted(env.items()))
        if key not in running:
            running[key] = start_server(script, tmp_path_factory.mktemp("server"), env)
        return running[key]

    yield start
    for server in running.values():
        server.stop()


@pytest.fixture
def dashboard(serve: Serve) -> Server:
    """The whole dashboard with its models, its cache and settings in a folder of their own."""
    return serve(APP)


@pytest.fixture
def tiles_server(serve: Serve) -> Server:
    """The track view alone, with tiles and without a model."""
    return serve(TILES_APP)


@pytest.fixture(scope="session")
def cards_server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The same with a stem, a mark, the entry of a file, junctions and a contact map."""
    path = tmp_path_factory.mktemp("files") / "calls.vcf"
    path.write_text(ENTRIES)
    return serve(TILES_APP, TILES_FILES=str(path), TILES_WIDE="1")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def watched() -> Watched:
    return Watched([], [])


@pytest.fixture
def new_reader(browser: Browser, watched: Watched) -> Iterator[Callable[..., BrowserContext]]:
    """`new_reader(**options)`: a fresh browser; a console error or a far request fails the test."""
    readers: list[BrowserContext] = []

    def start(**options: Any) -> BrowserContext:
        size = {"viewport": SIZE, "accept_downloads": True}
        reader = browser.new_context(**(size | options))
        reader.set_default_timeout(PATIENCE)
        reader.add_init_script(STILL)
        reader.on("page", watched.watch)
        readers.append(reader)
        return reader

    yield start
    for reader in readers:
        reader.close()
    assert watched.strangers == []
    assert watched.errors == []


@pytest.fixture
def context(new_reader: Callable[..., BrowserContext]) -> BrowserContext:
    """A reader at 1440 x 900."""
    return new_reader()


@pytest.fixture
def fresh_page(context: BrowserContext) -> Page:
    """Of a reader who was never here: for what a browser keeps beyond a visit, as its history."""
    return context.new_page()


@pytest.fixture(scope="session")
def lasting_page(browser: Browser) -> Iterator[Page]:
    """One page for many tests: it compiles Plotly once, which is half of the time of a visit."""
    with _lasting(browser) as page:
        yield page


@pytest.fixture(scope="session")
def other_lasting_page(browser: Browser) -> Iterator[Page]:
    """The same of another browser, for what one reader sends another."""
    with _lasting(browser) as page:
        yield page


@pytest.fixture
def page(lasting_page: Page, watched: Watched) -> Iterator[Page]:
    """That page, with nothing left of the test before; each test opens what it needs."""
    with _visit(lasting_page, watched):
        yield lasting_page


@pytest.fixture
def other_page(other_lasting_page: Page, watched: Watched) -> Iterator[Page]:
    """That of another reader, with nothing left of the test before."""
    with _visit(other_lasting_page, watched):
        yield other_lasting_page


@contextmanager
def _lasting(browser: Browser) -> Iterator[Page]:
    reader = browser.new_context(viewport=SIZE, accept_downloads=True)
    reader.set_default_timeout(PATIENCE)
    reader.add_init_script(STILL)
    yield reader.new_page()
    reader.close()


@contextmanager
def _visit(page: Page, watched: Watched) -> Iterator[None]:
    listening = watched.watch(page)
    yield
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate(FORGET)
    listening()
    page.goto("about:blank")
    page.set_viewport_size(SIZE)
    assert watched.strangers == []
    assert watched.errors == []
