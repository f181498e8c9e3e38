"""The page of files in a browser: a list in, a table, plots and files out; a server that ends."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from tests.browser.dashboard.reader import SLOW, settle
from tests.browser.harness import APP, Server, start_server

pytestmark = pytest.mark.browser

LIST = "chr20:42984253:C>G\nchr20:43249076:C>T\nrs1\n"
PLACE, N_MANY = 43_042_001, 40  # 1-based, in the first intron of HNF4A
COUNTS = "3 variants read, 2 scored, 1 skipped: 1 not readable as a variant"


def score(page: Page, text: str) -> None:
    """Paste a list and press Score, at once."""
    page.get_by_role("textbox", name="One variant a line").fill(text)
    page.get_by_role("button", name="Score", exact=True).click()


def click_on(page: Page, shape: Locator) -> None:
    """With the mouse: Plotly's own layer lies over all that it draws."""
    shape.scroll_into_view_if_needed()
    settle(page)
    box = shape.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_list_is_scored_told_plotted_and_opened(page: Page, dashboard: Server) -> None:
    page.goto(f"{dashboard.url}/batch")
    page.get_by_role("button", name="Use three examples").click()
    box = page.get_by_role("textbox", name="One variant a line")
    expect(box).to_have_value(re.compile("chr20:43249076:C>T"))
    score(page, LIST)
    expect(page.get_by_text(COUNTS).last).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile(r"/batch\?run=[0-9a-f]{12}$"))
    page.get_by_text("Skipped: 1", exact=True).click()
    expect(page.get_by_text("rs1", exact=True).first).to_be_attached()
    with page.expect_download() as download:
        page.get_by_role("button", name="TSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert [row[1] for row in rows[1:]] == LIST.split()
    assert float(rows[2][rows[0].index("CI-SpliceAI Δ")]) == pytest.approx(0.9, abs=0.01)
    click_on(page, page.locator(".js-plotly-plot .bars .point path").last)
    expect(page).to_have_url(re.compile(r"/variant\?q=chr20%3A4"))
    page.go_back()
    expect(page.locator(".js-plotly-plot .bars .point path").last).to_be_visible()
    table = page.get_by_test_id("stDataFrame").last.bounding_box()
    assert table
    page.mouse.click(table["x"] + 60, table["y"] + 52)  # the first row; the table is a canvas
    expect(page).to_have_url(re.compile(r"/variant\?q=chr20%3A42984253"))
    assert len(page.context.pages) == 1


def test_a_run_goes_on_after_the_server_has_ended(
    page: Page, demo: Assembly, tmp_path: Path
) -> None:
    bases = demo.reference.fetch(Interval("chr20", PLACE - 1, PLACE - 1 + N_MANY))
    lines = [f"20-{PLACE + i}-{b}-{'A' if b != 'A' else 'C'}" for i, b in enumerate(bases)]
    server = start_server(APP, tmp_path)
    page.goto(f"{server.url}/batch")
    score(page, "\n".join(lines))
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.goto("about:blank")
    server.process.kill()
    server.process.wait()
    server = start_server(APP, tmp_path)
    try:
        page.goto(f"{server.url}/batch")
        expect(page.get_by_text("Cut off. What was scored is kept")).to_be_visible()
        page.get_by_role("button", name="Continue").click()
        words = f"{N_MANY} variants read, {N_MANY} scored, 0 skipped"
        expect(page.get_by_text(words)).to_be_visible(timeout=SLOW)
        expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    finally:
        page.goto("about:blank")
        server.stop()
