"""Mutagenesis on the real dashboard: from the menu to rows, a table, a file and a variant."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard.reader import (
    SLOW,
    address,
    close_menu,
    figure,
    menu,
    settle,
    until_drawn,
)
from tests.browser.gestures import drawn, panel, until_fine
from tests.browser.harness import Server

pytestmark = pytest.mark.browser


PLACE = "chr20:43,042,431-43,042,450"  # around a donor of HNF4A, which ends at 43,042,440
ACTIVITY = "mutagenesis:activity.K562"
LANE = 1  # of C


def test_a_part_is_chosen_computed_and_found_again_by_its_link(
    page: Page, dashboard: Server, tmp_path: Path
) -> None:
    page.goto(address(dashboard.url, PLACE))
    until_drawn(page, PLACE)
    body = menu(page, "Analyse")
    body.get_by_role("combobox", name="Score").click()
    page.get_by_role("option", name="Promoter activity, K562").click()
    settle(page)
    expect(body.get_by_text("log2 fold change").first).to_be_visible()  # of the chosen score
    expect(body.get_by_text("60 substitutions")).to_be_visible()
    body.get_by_role("button", name="Compute").click()
    page.wait_for_url(re.compile("ism=activity.K562"))
    close_menu(page)
    heading = page.get_by_role("heading", name="Mutagenesis, K562 activity: top positions")
    expect(heading).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("bases are computed so far")).to_have_count(0, timeout=SLOW)
    assert parse_qs(urlsplit(page.url).query)["ism"] == ["activity.K562:43042431-43042450"]
    with page.expect_download() as download:
        page.get_by_role("button", name="TSV", exact=True).click()
    download.value.save_as(tmp_path / "effects.tsv")
    lines = (tmp_path / "effects.tsv").read_text().splitlines()
    assert len([line for line in lines if line.startswith("chr20\t")]) == 60
    assert any("log2 fold change" in line for line in lines if line.startswith("#"))

    page.goto(page.url)
    until_drawn(page, PLACE)
    expect(heading).to_be_visible(timeout=SLOW)
    lanes = [trace for trace in figure(page).data if trace["type"] == "heatmap"]
    assert any(len(trace["z"]) == 4 and len(trace["z"][0]) == 20 for trace in lanes)


def test_a_click_on_a_cell_tells_the_substitution_and_opens_its_page(
    page: Page, dashboard: Server
) -> None:
    page.set_viewport_size({"width": 1440, "height": 2_000})
    page.goto(address(dashboard.url, PLACE, ism="activity.K562:43042431-43042450"))
    until_drawn(page, PLACE)
    expect(page.get_by_text("bases are computed so far")).to_have_count(0, timeout=SLOW)
    page.get_by_role("heading", name="Mutagenesis, K562 activity").wait_for(timeout=SLOW)
    until_fine(page)
    where = drawn(page)
    lanes = [row for row in where.rows if row["id"] == ACTIVITY][1]
    lane = lanes["height"] / 4
    page.mouse.click(where.at(43_042_440), where.top + lanes["top"] + (LANE + 0.5) * lane)
    expect(panel(page).get_by_role("heading")).to_contain_text("chr20:43,042,440 G>C")
    link = panel(page).get_by_role("link", name="Open as a variant")
    asked = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    assert asked["q"] == ["chr20:43042440:G>C"]


def test_a_part_that_is_too_long_is_refused_in_words(page: Page, dashboard: Server) -> None:
    page.goto(address(dashboard.url, PLACE, ism="splice+:43042001-43043000"))
    expect(page.get_by_text("at most 500 bp is computed at once")).to_be_visible(timeout=SLOW)
