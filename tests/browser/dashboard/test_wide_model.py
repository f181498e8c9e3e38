"""The dashboard with a model of many tracks: small, saved here, never trained, and told so."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.dashboard.reader import SLOW, close_menu, figure, menu, settle, until_drawn
from tests.browser.gestures import drawn, panel, until_fine
from tests.browser.harness import APP, Serve, Server

pytest.importorskip("alphagenome_pt")

from genoview.data.answer import Answer
from genoview.figure.panels import RANDOM_WEIGHTS as IN_FIGURE
from genoview.io.assembly import Assembly
from genoview.io.export import RANDOM_WEIGHTS
from genoview.models.alphagenome.cards import LOCAL
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from tests.support.models.reduced_alphagenome import save_reduced

pytestmark = pytest.mark.browser

NewReader = Callable[..., BrowserContext]
SNV = "chr20:43042364:C>T"
TISSUES = tuple(
    (f"UBERON:{2_107 + i:07d}", name)
    for i, name in enumerate(("liver", "brain", "heart", "lung", "kidney", "spleen"))
)
OUTPUTS = {"cage": "CAGE", "splice_junctions": "splice junctions", "contact_maps": "contact maps"}
NAMES = [f"{LOCAL}.{output}" for output in OUTPUTS]
TITLES = tuple(f"AlphaGenome on this machine, {words}" for words in OUTPUTS.values())
LANE_NAMES = """Object.values(document.querySelector(".tv-figure").layout)
    .flatMap(axis => axis?.ticktext ?? [])"""
SEEN = ("name", "type", "mode", "x", "y", "z", "text")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_reduced(folder, tissues=TISSUES)
    return folder


@pytest.fixture(scope="module")
def computed(
    weights: Path, demo: Assembly, tmp_path_factory: pytest.TempPathFactory
) -> list[Answer]:
    """What the same model says in this process."""
    large = LargeModels(tmp_path_factory.mktemp("settings"))
    large.put(LargeModel(LOCAL, str(weights), outputs=tuple(OUTPUTS)))
    request = resolve(SNV, demo)
    return [answer(request, large.create(name), demo) for name in NAMES]


def set_up(page: Page, server: Server, folder: Path) -> None:
    """By hand, on the page Models and data."""
    page.goto(f"{server.url}/models")
    row = page.locator(f".st-key-row_{LOCAL}")
    row.get_by_role("button", name="Set up").click()
    box = page.get_by_test_id("stPopoverBody")
    box.get_by_role("textbox", name="Folder of weights").fill(str(folder))
    outputs = box.get_by_test_id("stMultiSelect").filter(has_text="What to predict")
    outputs.get_by_role("button", name="Clear all").click()
    for words in OUTPUTS.values():
        outputs.locator("input").fill(words)
        page.get_by_role("option", name=words, exact=True).click()
    outputs.locator("input").press("Escape")  # the open list may lie over the button
    expect(page.get_by_role("option")).to_have_count(0)
    box.get_by_role("button", name="Use it", exact=True).click()
    expect(row).to_contain_text("set up")


def row_ids(page: Page) -> list[str]:
    until_fine(page)
    return list(dict.fromkeys(row["id"] for row in drawn(page).rows if of_model(row)))


def of_model(row: dict[str, Any]) -> bool:
    """Not of the exons of MTSplice, which has weights of its own."""
    return bool(row["predicted"]) and row["id"].startswith(LOCAL)


def seen(page: Page) -> list[dict[str, object]]:
    """What is drawn, in a form that two browsers can be compared by."""
    until_fine(page)
    return [{key: trace[key] for key in SEEN} for trace in figure(page).data]


def test_a_model_with_many_tracks_is_set_up_drawn_chosen_from_and_shared(
    serve: Serve,
    weights: Path,
    computed: list[Answer],
    page: Page,
    other_page: Page,
    tmp_path: Path,
) -> None:
    server = serve(APP, GENOVIEW_THREADS="2")
    set_up(page, server, weights)
    models = "".join(f"&m={name}" for name in NAMES)
    page.goto(f"{server.url}/variant?q={SNV}&unchanged=shown{models}")
    until_drawn(page, SNV, TITLES)
    check_rows(page)
    check_numbers(page, computed)
    choose_liver(page)
    ids, figures = row_ids(page), seen(page)
    assert [i.rpartition(":")[2].partition(",")[0] for i in ids] == ["liver", "liver", "liver"]
    page.reload()
    until_drawn(page, SNV, TITLES)
    assert (row_ids(page), seen(page)) == (ids, figures)
    other_page.goto(page.url)
    until_drawn(other_page, SNV, TITLES)
    assert (row_ids(other_page), seen(other_page)) == (ids, figures)
    check_files(page, tmp_path)


def check_rows(page: Page) -> None:
    """Lanes of tissues, arcs and a triangle, each under the banner."""
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    ids = row_ids(page)
    kinds = [i.removeprefix(f"{LOCAL}.") for i in ids]
    assert "cage:CAGE:tissues +-" in kinds
    assert sum(kind.startswith("splice_junctions:junctions:") for kind in kinds) == 2
    assert sum(kind.startswith("contact_maps:contacts:") for kind in kinds) == 1
    shown = figure(page)
    n_predicted = sum(row["predicted"] for row in drawn(page).rows)
    banners = [text for text in shown.texts if IN_FIGURE in text]
    assert len(banners) == n_predicted + 1  # and one over all
    lanes = {f"{tissue} ({strand})" for _, tissue in TISSUES for strand in "+-"}
    assert lanes <= set(page.evaluate(LANE_NAMES))


def check_numbers(page: Page, computed: list[Answer]) -> None:
    """A cell of the map that has a row says what was computed in this process."""
    row = next(row for row in drawn(page).rows if ":contacts:" in row["id"])
    contacts = [found.contacts for found in (computed[2].ref, computed[2].alt) if found]
    assert contacts[0] and contacts[1]
    name = row["title"].removeprefix("Contacts, ")
    column = [track.name for track in contacts[0].tracks].index(name)
    page.get_by_role("listitem", name=row["title"]).scroll_into_view_if_needed()
    where = drawn(page)
    middle = where.left + where.width / 2
    page.mouse.click(middle, where.top + row["top"] + row["height"] / 4)
    expect(panel(page).locator("dt").first).to_be_visible()
    labels, values = (panel(page).locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    told = dict(zip(labels, values, strict=True))
    first = int(told["First bin"].partition(":")[2].partition("-")[0].replace(",", "")) - 1
    apart = int(told["Apart"].removesuffix(" bp").replace(",", ""))
    size, start = contacts[0].resolution, contacts[0].interval.start
    i = (first - start) // size
    j = i + apart // size
    for allele, part in zip(("REF", "ALT"), contacts, strict=True):
        assert part is not None
        expected = part.values[i, j, column]
        assert np.float32(told[f"Contact {allele}"]) == pytest.approx(expected, rel=1e-4)
    page.keyboard.press("Escape")


def choose_liver(page: Page) -> None:
    """In the picker; the link says it."""
    body = menu(page, "View")
    body.get_by_role("textbox", name="Find tracks").fill("liver")
    body.get_by_role("textbox", name="Find tracks").press("Enter")
    body.get_by_role("button", name=re.compile("^liver")).click()
    page.wait_for_url(re.compile(r"t=UBERON(%3A|:)0002107"))
    close_menu(page)
    page.wait_for_function(
        "document.querySelector('.tv-figure').layout.meta.rows"
        f".every(row => !row.id.startsWith('{LOCAL}') || !row.id.includes('tissues'))",
        timeout=SLOW,
    )


def check_files(page: Page, folder: Path) -> None:
    """Who opens a file without the page is warned too."""
    body = menu(page, "Export")
    for title in ("View as HTML", "Scores as JSON"):
        with page.expect_download() as download:
            body.get_by_role("button", name=title, exact=True).click()
        download.value.save_as(folder / title)
    assert f">{RANDOM_WEIGHTS}<" in (folder / "View as HTML").read_text()
    scores = json.loads((folder / "Scores as JSON").read_text())
    assert scores["banner"] == RANDOM_WEIGHTS
    assert [model["random_weights"] for model in scores["models"]] == [True] * len(NAMES)
