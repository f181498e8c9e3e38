"""What needs a browser: history across pages, focus, the skip link, and a server that went away."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard.reader import (
    LOCUS,
    NEAR,
    address,
    ask,
    box,
    echo,
    stop_all,
    until_drawn,
)
from tests.browser.harness import APP, Server, Watched, start_server

pytestmark = pytest.mark.browser

SNV = "chr20:43042364:C>T"
HIGHEST = {(1440, 900): 420, (390, 844): 700}  # px above the tracks, of product.md


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def test_the_links_of_the_pages_keep_the_variant_one_step_of_history_each(
    fresh_page: Page, dashboard: Server
) -> None:
    page = fresh_page  # a browser keeps 50 steps, and counts no further
    page.goto(address(dashboard.url, SNV, "variant", flank=NEAR))
    until_drawn(page, SNV)
    steps = page.evaluate("history.length")
    for name in ("Compare", "Explore", "Variant"):
        page.get_by_role("link", name=name, exact=True).click()
        heading(page, name)
        expect(echo(page)).to_contain_text(SNV)
        expect(box(page)).to_have_value(SNV)
    assert page.evaluate("history.length") == steps + 3
    for name in ("Explore", "Compare", "Variant"):
        page.go_back()
        heading(page, name)
        expect(box(page)).to_have_value(SNV)
    stop_all(page)


@pytest.mark.parametrize("size", HIGHEST, ids=str)
def test_the_tracks_begin_high_and_a_skip_link_leads_to_them(
    page: Page, dashboard: Server, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address(dashboard.url, SNV, "variant", flank=NEAR))
    until_drawn(page, SNV)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    expect(page.get_by_text("So far")).to_have_count(0)
    assert page.locator(".tv").evaluate("n => n.getBoundingClientRect().top") <= HIGHEST[size]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    link = page.get_by_role("link", name="Skip to the tracks")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tv-figure")).to_be_focused()
    page.emulate_media(media="print")
    expect(page.locator(".st-key-answer_words")).to_be_visible()
    for control in (".st-key-search_row", ".st-key-menus", ".tv-bar"):
        expect(page.locator(control)).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(dashboard.url)  # of a newcomer
    expect(page.get_by_role("button", name="chr20:43249076:C>T")).to_be_visible()
    expect(page.locator(".tv")).to_be_visible()
    stop_all(page)
    assert page.locator(".tv").evaluate("n => n.getBoundingClientRect().top") <= HIGHEST[size]


def test_after_a_restart_the_page_says_so_and_the_first_search_counts(
    page: Page, watched: Watched, tmp_path: Path
) -> None:
    server = start_server(APP, tmp_path)
    page.goto(address(server.url, LOCUS, m="jaspar"))
    until_drawn(page, LOCUS, ("JASPAR2024",))
    server.process.kill()
    server.process.wait()
    expect(page.get_by_text("reconnecting")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    port = int(server.url.rpartition(":")[2])
    server = start_server(APP, tmp_path, port=port)
    try:
        expect(page.get_by_text("The server was restarted")).to_be_visible()
        ask(page, "chr20:43,000,601-43,001,600")
        expect(echo(page)).to_contain_text("chr20:43,000,601-43,001,600")
        expect(box(page)).to_be_focused()
    finally:
        stop_all(page)
        page.goto("about:blank")  # or it would ask the server that ends now
        server.stop()
    watched.errors.clear()  # of requests while the server was away
