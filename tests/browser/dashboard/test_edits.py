"""Bases typed in place of others: a variant, then a haplotype of two."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from tests.browser.dashboard.reader import LOCUS, NEAR, address, until_drawn
from tests.browser.gestures import panel, select, until_fine
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

FIRST = 43_000_801  # 1-based, in LOCUS
ROW = "sequence"


def replace_bases(page: Page, first: int, last: int, bases: str) -> None:
    until_fine(page)
    select(page, first, last, ROW)
    panel(page).get_by_role("textbox", name="Bases in place of these").fill(bases)
    panel(page).get_by_role("button", name="Edit", exact=True).click()


def test_bases_are_replaced_by_hand_and_a_second_change_joins_the_haplotype(
    page: Page, dashboard: Server, demo: Assembly
) -> None:
    near = f"{FIRST - 50}-{FIRST + 49}"
    page.goto(address(dashboard.url, LOCUS, at=near, flank=NEAR))
    until_drawn(page, LOCUS)
    replace_bases(page, FIRST, FIRST + 3, "ttaccag")
    page.wait_for_url(re.compile("/variant"))
    one = resolve(f"chr20:{FIRST}-{FIRST + 3}>TTACCAG", demo)
    until_drawn(page, one.text)

    replace_bases(page, FIRST + 20, FIRST + 22, "")
    both = resolve(f"{one.text} + chr20:{FIRST + 20}-{FIRST + 22}>-", demo)
    until_drawn(page, both.text)
    asked = parse_qs(urlsplit(page.url).query)
    assert resolve(asked["q"][0], demo).variant == both.variant
    expect(page.get_by_text("Haplotype of 2 changes")).to_be_visible()
    flags = page.locator(".tv-figure .annotation", has_text=">")
    assert both.variant is not None
    for change in both.variant.parts:
        expect(flags.filter(has_text=f"{change.pos:,}").first).to_be_visible()
