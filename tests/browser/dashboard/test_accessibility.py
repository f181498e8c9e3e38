"""axe-core over every page, light and dark, and over what opens in the track view."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.dashboard.reader import LOCUS, address, stop_all, until_drawn
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")
SNV = "chr20:43042364:C>T"


def faults(page: Page) -> list[str]:
    """What axe-core finds to be serious or worse: rule, count, and the first place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} x{len(one['nodes'])}: {one['nodes'][0]['html'][:200]} "
        f"{one['nodes'][0].get('failureSummary', '')[:300]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


@pytest.fixture(params=["light", "dark"])
def reader(request: pytest.FixtureRequest, new_reader) -> BrowserContext:  # type: ignore[no-untyped-def]
    context: BrowserContext = new_reader(color_scheme=request.param)
    return context


def test_no_page_has_a_serious_fault(reader: BrowserContext, dashboard: Server) -> None:
    page = reader.new_page()
    page.goto(dashboard.url)
    expect(page.get_by_role("button", name="chr20:", exact=False).first).to_be_visible()
    assert faults(page) == []
    stop_all(page)
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    assert faults(page) == []
    page.goto(f"{dashboard.url}/batch")
    expect(page.get_by_role("button", name="Use three examples")).to_be_visible()
    assert faults(page) == []
    page.goto(f"{dashboard.url}/saved")
    expect(page.get_by_role("tab", name="History")).to_be_visible()
    assert faults(page) == []
    page.goto(f"{dashboard.url}/models")
    expect(page.get_by_role("heading", name="Cache", exact=True)).to_be_visible()
    assert faults(page) == []


def test_what_opens_in_the_track_view_has_no_serious_fault(
    reader: BrowserContext, dashboard: Server
) -> None:
    page = reader.new_page()
    page.goto(address(dashboard.url, LOCUS, at="43000401-43000460"))
    until_drawn(page, LOCUS)
    figure = page.get_by_role("figure")
    figure.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys and gestures")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="How Genes is drawn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="How Genes is drawn")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    box = page.locator(".tv-figure .nsewdrag").nth(3).bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 200, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, middle, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.get_by_role("table")).to_be_visible()
    assert faults(page) == []
