"""A presentation by its keys: on, back, full screen and away."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard.reader import LOCUS, address, menu, until_drawn
from tests.browser.harness import APP, Serve, Server

pytestmark = pytest.mark.browser
FULL = "!!document.fullscreenElement"


def saved(page: Page, server: Server, name: str) -> None:
    page.goto(address(server.url, LOCUS))
    until_drawn(page, LOCUS)
    body = menu(page, "Save")
    body.get_by_role("textbox", name="Name").fill(name)
    body.get_by_role("button", name="Save", exact=True).click()
    expect(body.get_by_test_id("stCode")).to_be_visible()


def test_keys_step_through_the_slides_fill_the_screen_and_leave(page: Page, serve: Serve) -> None:
    server = serve(APP, GENOVIEW_THREADS="2")  # other tests count the saved loci of theirs
    for name in ("First slide", "Second slide"):
        saved(page, server, name)
    page.goto(f"{server.url}/saved")
    for number, name in enumerate(("First slide", "Second slide"), 1):
        card = page.get_by_test_id("stVerticalBlock").filter(has_text=name).last
        card.get_by_text("Present", exact=True).click()
        expect(page.locator(".st-key-slides")).to_contain_text(f"{number}. {name}")
    page.get_by_role("button", name="Start the presentation", exact=True).click()
    title, place = page.get_by_role("heading", level=1), page.locator(".gv-place")
    expect(title).to_contain_text("First slide")
    until_drawn(page, LOCUS)
    page.locator(".tv-figure").focus()  # whose arrow keys pan on other pages
    for key, name, words in (
        ("ArrowRight", "Second slide", "2 of 2"),
        ("ArrowLeft", "First slide", "1 of 2"),
        ("PageDown", "Second slide", "2 of 2"),
        ("PageUp", "First slide", "1 of 2"),
    ):
        page.keyboard.press(key)
        expect(title).to_contain_text(name)
        expect(place).to_have_text(words)
    page.keyboard.press("f")
    page.wait_for_function(FULL)
    page.keyboard.press("Escape")
    page.wait_for_function(f"!({FULL})")
    expect(place).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/saved$"))
