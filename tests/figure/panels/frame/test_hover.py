"""What the pointer is told, in a real browser: position and values of every row."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from genoview.figure.panels import LIGHT, View, compose, gene_row, signal_row, splice_row
from genoview.figure.panels.frame.axis import base_x
from tests.figure.panels.samples import START, data, donor, gene, interval, transcript

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
VALUES = np.linspace(0, 1, 400, dtype=np.float32)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]


def figure_of(view: View) -> go.Figure:
    splice = np.zeros(400, dtype=np.float32)
    splice[205] = 0.8
    one = transcript("ENST1", [(0, 150), (190, 400)])
    rows = [
        gene_row([gene("ADA", one)], view, LIGHT),
        signal_row(data(VALUES), view, LIGHT),
        splice_row(data(splice, donor()), view, LIGHT),
    ]
    return compose(rows, view)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    view = View(interval(400), width_px=1200)
    path: Path = tmp_path_factory.mktemp("hover") / "figure.html"
    figure_of(view).write_html(path, include_plotlyjs=True, config={"displayModeBar": False})
    page = browser.new_page(viewport={"width": 1200, "height": 500})
    page.goto(path.as_uri())
    page.wait_for_selector(".js-plotly-plot .xy")
    return page


def hover(page: Page, position: int, row: int) -> list[str]:
    """Lines of the hover over the base at START + `position`, with the pointer in a row."""
    axis = "yaxis" if row == 0 else f"yaxis{row + 1}"
    x, y = page.evaluate(
        """([x, axis]) => {
            const box = document.querySelector(".js-plotly-plot");
            const place = box.getBoundingClientRect();
            const {xaxis} = box._fullLayout, y = box._fullLayout[axis];
            return [place.left + xaxis._offset + xaxis.l2p(x),
                    place.top + y._offset + y._length / 2];
        }""",
        [base_x(START + position), axis],
    )
    page.mouse.move(5, 5)
    page.mouse.move(x, y)
    page.wait_for_selector(".hoverlayer .legend")
    return page.eval_on_selector_all(
        ".hoverlayer .legend text", "all => all.map(one => one.textContent).filter(Boolean)"
    )


@pytest.mark.parametrize("row", [0, 1, 2], ids=["genes", "signal", "splice sites"])
@pytest.mark.parametrize("position", [20, 205, 333])
def test_the_hover_tells_the_position_and_every_value_wherever_the_pointer_is(
    page: Page, row: int, position: int
) -> None:
    lines = hover(page, position, row)
    assert lines[0] == f"chr20:{START + position + 1:,}"
    words = next(line for line in lines if line.startswith("gene"))
    assert f"exon {1 if position < 150 else 2} of 2" in words
    (value,) = [line for line in lines if line.startswith("CAGE")]
    assert float(value.split(" : ")[1]) == pytest.approx(VALUES[position], abs=0.0006)


def test_the_hover_tells_a_site_and_its_place(page: Page) -> None:
    lines = hover(page, 205, 1)
    assert f"Splice donor (+) : 0.8 at {START + 206:,}" in lines


def test_nothing_is_told_of_a_site_far_away(page: Page) -> None:
    assert not [line for line in hover(page, 20, 1) if "donor" in line]


def test_an_intron_is_named_as_such(page: Page) -> None:
    assert any("ADA intron 1 of 1" in line for line in hover(page, 170, 0))
