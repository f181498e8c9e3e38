"""Scores under the tracks: the distance goes into the address, ranks are stopped and go on."""

import re

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.dashboard.reader import SLOW, settle, until_drawn
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

ADA = "chr20:43249076:C%3ET"  # activates a cryptic acceptor


def choose(page: Page, text: str) -> None:
    """Choose a distance; a list that the end of a run closed is opened again."""
    box = page.get_by_role("combobox", name=re.compile("Distance on each side"))
    option = page.get_by_role("option").filter(has_text=re.compile(f"^{text}$"))
    settle(page)
    for _ in range(5):
        box.press("ArrowDown")
        try:
            option.click(timeout=3_000)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{text} could not be chosen: the list did not stay open.")


def test_a_reader_chooses_a_distance_and_ranks_a_variant(page: Page, dashboard: Server) -> None:
    page.goto(f"{dashboard.url}/variant?q={ADA}&flank=500&tab=splicing")
    told = page.get_by_text("genes of GRCh37-demo.gtf.gz")
    expect(told).to_be_visible(timeout=3 * SLOW)
    until_drawn(page, ADA.replace("%3E", ">"))

    choose(page, "100 bp")
    expect(page).to_have_url(re.compile(r"[?&]dist=100\b"))
    settle(page)  # the new table may move what is below it
    expect(told).to_be_visible(timeout=2 * SLOW)

    page.get_by_role("tab", name="Scores").click()
    expect(page).to_have_url(re.compile(r"[?&]tab=scores\b"))
    settle(page)
    page.get_by_role("button", name="Rank against random variants here").click()
    running = page.get_by_text(re.compile(r"^Scores of 100 random variants: \d+%"))
    expect(running).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Scores of 100 random variants: stopped.")).to_be_visible()
    page.get_by_role("button", name="Run it", exact=True).click()
    expect(running).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Stop", exact=True).click()
