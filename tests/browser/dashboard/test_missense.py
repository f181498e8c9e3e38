"""Missense by a tiny model with random weights: scored, read off the heat map, saved as a table."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from tests.browser.dashboard.reader import address, settle
from tests.browser.dashboard.test_accessibility import faults
from tests.browser.harness import APP, CONFIG_VARIABLE, Serve, Server
from tests.support.models.tiny_protein import save_tiny_protein

pytest.importorskip("transformers", reason="the extra 'language' is not installed")

pytestmark = pytest.mark.browser

VARIANT = "chr20:43042364:C>T"
IN_VIEW = """() => {
    const plots = [...document.querySelectorAll(".js-plotly-plot")];
    const map = plots.find(plot => plot.data?.[0]?.type === "heatmap");
    return map ? map.layout.xaxis.range : null;
}"""
CELL = """name => {
    const plots = [...document.querySelectorAll(".js-plotly-plot")];
    const map = plots.find(plot => plot.data?.[0]?.type === "heatmap");
    map.scrollIntoView({block: "center"});
    const {xaxis, yaxis} = map._fullLayout, cells = map.data[0];
    const row = cells.text.findIndex(names => names.includes(name));
    const column = cells.text[row].indexOf(name), box = map.getBoundingClientRect();
    return [
        box.left + xaxis._offset + xaxis.l2p(column + 1),
        box.top + yaxis._offset + yaxis.l2p(row),
    ];
}"""


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    folder = tmp_path_factory.mktemp("proteins")
    LargeModels(folder).put(LargeModel("esm2", str(save_tiny_protein(folder / "tiny"))))
    return serve(APP, **{CONFIG_VARIABLE: str(folder / "genoview.toml")})


def test_a_missense_variant_is_scored_drawn_and_saved(server: Server, page: Page) -> None:
    page.goto(address(server.url, VARIANT, "variant", m="jaspar", flank="500", tab="missense"))
    expect(page.get_by_role("heading", name="Missense")).to_be_visible()
    expect(page.get_by_text("HNF4A p.(Thr117Ile) of NM_175914.5, 452 residues")).to_be_visible()
    expect(page.get_by_text("Wild-type marginals of every substitution")).to_be_visible()
    settle(page)
    page.wait_for_function(f"() => ({IN_VIEW})() !== null")  # Plotly draws it a moment later
    assert page.evaluate(IN_VIEW) == [86.5, 147.5]
    expect(page.get_by_text("RANDOM WEIGHTS: not a prediction").last).to_be_visible()

    assert faults(page) == []

    page.mouse.move(*page.evaluate(CELL, "p.(Thr117Ile)"))
    expect(page.locator(".hoverlayer").get_by_text("p.(Thr117Ile):")).to_be_visible()

    page.get_by_role("radio", name="Whole protein").click()
    page.wait_for_function(f"() => ({IN_VIEW})()?.[1] === 452.5")

    with page.expect_download() as saving:
        page.get_by_role("button", name="Heat map as TSV").click()
    lines = Path(saving.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# RANDOM WEIGHTS")
    [row] = [line.split("\t") for line in lines if line.startswith("117\tT\tI\t")]
    assert row[5] == "1" and float(row[3]) != 0 != float(row[4])
