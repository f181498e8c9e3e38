"""A structure in Chromium: drawn, picked from the tracks, and one sentence without WebGL."""

import math
import shutil
from collections.abc import Callable
from itertools import product
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genoview.io.assembly import Assembly
from tests.browser.dashboard.reader import settle
from tests.browser.gestures import drawn, until_fine
from tests.browser.harness import Serve, Server
from tests.support.files.made_structure import model_cif, protein_at
from tests.support.pages.structure_app import MISSENSE
from tests.support.paths import ROOT

pytestmark = pytest.mark.browser
APP = ROOT / "tests" / "support" / "pages" / "structure_app.py"
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
LEAD = "base => dispatchEvent(new CustomEvent('genoview-base', { detail: base }))"
FOLLOW = """addEventListener('genoview-go', (event) => (window.went = event.detail))"""
AROUND = sorted(product(range(-100, 101, 20), repeat=2), key=lambda at: math.hypot(*at))  # px
IN_TRACKS = {
    **{"q": "HNF4A:c.350C>T", "flank": "500", "m": "jaspar", "tab": "missense"},
    "at": "43042317-43042416",
}
NEXT = 43_042_364 + 2  # 0-based, in the codon behind Thr117's (43,042,363 is the second base of it)


@pytest.fixture
def server(serve: Serve, demo: Assembly) -> Server:
    server = serve(APP)
    folder = server.cache / "structures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "AF-P41235.cif").write_bytes(model_cif(protein_at(MISSENSE, demo)))
    return server


def test_a_residue_is_drawn_and_picked_in_both_directions(page: Page, server: Server) -> None:
    page.goto(server.url)
    picture = page.locator(".sv")
    expect(picture).to_have_attribute("data-state", "drawn")
    expect(page.get_by_role("img", name="Structure of HNF4A around Thr117Ile")).to_be_visible()
    expect(page.locator(".sv-legend li")).to_have_text(
        [
            "pLDDT very high (above 90)",
            "pLDDT high (above 70)",
            "pLDDT low (above 50)",
            "pLDDT very low",
        ]
    )
    field = page.get_by_label("Residue", exact=True)
    expect(field).to_have_value("117")
    page.evaluate(LEAD, NEXT)  # as a click in the tracks does
    expect(field.first).to_have_value("118")
    expect(field).to_have_count(1)
    page.evaluate(FOLLOW)
    click_residues(page, "window.went !== undefined")
    went = page.evaluate("window.went")
    assert went["end"] - went["start"] == 3


def test_without_webgl_a_sentence_says_so_and_the_facts_stay(
    new_reader: Callable[..., BrowserContext], server: Server
) -> None:
    reader = new_reader()
    reader.add_init_script(NO_WEBGL)
    page = reader.new_page()
    page.goto(server.url)
    expect(page.get_by_text("This browser has no WebGL")).to_be_visible()
    expect(page.get_by_text("pLDDT at Thr117 is 80.0, high")).to_be_visible()
    expect(page.locator(".sv-box")).to_be_hidden()


def test_a_click_in_the_tracks_picks_a_residue_and_picks_it_again(
    page: Page, dashboard: Server, server: Server
) -> None:
    shutil.copytree(server.cache / "structures", dashboard.cache / "structures", dirs_exist_ok=True)
    page.goto(f"{dashboard.url}/variant?{urlencode(IN_TRACKS)}")
    expect(page.locator(".sv")).to_have_attribute("data-state", "drawn")
    settle(page)
    field = page.get_by_label(
        "Residue", exact=True
    ).first  # while a new field takes the old one's place
    expect(field).to_have_value("117")
    click_codon(page)
    expect(field).to_have_value("118")
    page.get_by_role("button", name="Back to Thr117Ile").click()
    expect(field).to_have_value("117")
    click_codon(page)  # the residue that was picked before
    expect(field).to_have_value("118")


def click_residues(page: Page, until: str) -> None:
    """Around the middle of the picture, until a residue of that kind is hit."""
    picture = page.locator(".sv-box")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    for dx, dy in AROUND:
        page.mouse.click(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy)
        page.wait_for_timeout(300)
        if page.evaluate(until):
            return
    raise AssertionError(f"No such residue was hit; the last: {page.evaluate('window.went')}")


def click_codon(page: Page) -> None:
    """On the middle base of the codon behind the changed one."""
    page.locator(".tv-figure").scroll_into_view_if_needed()
    until_fine(page)
    figure = drawn(page)
    page.mouse.click(figure.at(NEXT + 1), figure.middle("sequence"))
