"""Fixtures: a running dashboard, and a Chromium that may talk to nothing but loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import CHROMIUM, CHROMIUM_ARGS, Serve, Server, Watched, start_server
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def watched() -> Watched:
    return Watched([], [])


@pytest.fixture
def context(browser: Browser, watched: Watched) -> Iterator[BrowserContext]:
    """A fresh reader at 1440 x 900; fails on a console error or a request beyond loopback."""
    reader = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    reader.set_default_timeout(20_000)
    reader.on("page", watched.watch)
    yield reader
    reader.close()
    assert watched.strangers == []
    assert watched.errors == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
