"""A structure in Chromium: drawn, picked from the tracks, and one sentence without WebGL."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genoview.io.assembly import Assembly
from tests.browser.harness import Serve, Server
from tests.support.made_structure import model_cif, protein_at
from tests.support.paths import ROOT
from tests.support.structure_app import MISSENSE

pytestmark = pytest.mark.browser
APP = ROOT / "tests" / "support" / "structure_app.py"
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
LEAD = "base => dispatchEvent(new CustomEvent('genoview-base', { detail: base }))"
FOLLOW = """addEventListener('genoview-go', (event) => (window.went = event.detail))"""
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
    box = page.locator(".sv-box").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in ((0, 0), (25, 15), (-25, 15), (35, -20), (-35, -20), (0, 40), (0, -40)):
        page.mouse.click(middle[0] + dx, middle[1] + dy)  # somewhere around it is another residue
        page.wait_for_timeout(300)
        if page.evaluate("window.went !== undefined"):
            break
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
