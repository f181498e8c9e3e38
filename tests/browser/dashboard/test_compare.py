"""The page Compare in a browser: two models on a locus, and the link that opens the same again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard.reader import LOCUS, address, close_menu, figure, menu, until_drawn
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

MODELS = ("Promoter activity", "PromID")
AGREE = "How their tracks of REF agree over"


def opened(page: Page, url: str) -> None:
    """Both models are drawn, in rows that name them, with the table below."""
    page.goto(url)
    until_drawn(page, LOCUS, MODELS)
    expect(page.get_by_text(AGREE)).to_be_visible()
    texts = " ".join(figure(page).texts)
    assert all(name in texts for name in MODELS)
    assert "CI-SpliceAI" not in texts


def test_the_link_of_a_comparison_opens_it_again(
    page: Page, dashboard: Server, other_page: Page
) -> None:
    opened(page, address(dashboard.url, LOCUS, "compare", fam="expression"))
    expect(page.get_by_text("Compared with measurements")).to_be_visible()
    page.get_by_role("button", name="Zoom in", exact=True).click()
    page.wait_for_url(re.compile(r"[?&]at=\d+-\d+"))
    part = re.search(r"[?&](at=\d+-\d+)", page.url)
    assert part
    shown = menu(page, "Share").get_by_test_id("stCode")
    expect(shown).to_contain_text(part[1])
    link = shown.inner_text().strip()
    close_menu(page)
    assert "/compare?" in link
    assert "fam=expression" in link
    assert "m=promoter-activity&m=promid" in link
    opened(other_page, link)
    assert figure(other_page).range == pytest.approx(figure(page).range, abs=1)
    expect(other_page.get_by_role("radio", name="Expression")).to_be_checked()
