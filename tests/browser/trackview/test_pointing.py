"""What the reader points at in the track view: a base, a stretch, a gene; exact to the base."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from tests.browser.dashboard import reader
from tests.browser.gestures import (
    box,
    drawn,
    mark,
    opened,
    panel,
    select,
    until_at,
    until_fine,
)
from tests.browser.harness import Server
from tests.browser.trackview.tiles_app import HEIGHT, PEAK, PERIOD, values

pytestmark = pytest.mark.browser

FIRST, LAST = 42_950_101, 42_950_180  # 1-based, with the peak in between
SAW, FALL = "made:+", "made:-"


@pytest.fixture
def near(page: Page, tiles_server: Server) -> Page:
    """80 bases."""
    return opened(page, tiles_server.url, FIRST, LAST)


def saw(position: int) -> int:
    """Of a 1-based position."""
    return (position - 1) % PERIOD


def cells(page: Page) -> list[list[str]]:
    """Rows of the table in the panel."""
    rows = panel(page).locator("tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def fetched(demo: Assembly, first: int, last: int) -> str:
    return demo.reference.fetch(Interval("chr20", first - 1, last))


def test_the_crosshair_says_each_base_s_own_values(near: Page, demo: Assembly) -> None:
    words = near.locator(".tv-figure .hoverlayer .legend")
    where = drawn(near)
    for position in (FIRST, PEAK, PEAK + 1, PEAK + 2, LAST):
        near.mouse.move(where.at(position), where.middle(SAW))
        expect(words).to_contain_text(f"chr20:{position:,}")
        peak = HEIGHT if position == PEAK + 1 else 0
        lines = words.locator("text").all_text_contents()
        assert f"base on + : {fetched(demo, position, position)}" in lines
        assert f"Saw (+) : {saw(position)}" in lines
        assert f"Peak (-) : {peak:g}" in lines


def test_at_bases_the_figure_holds_each_value_and_letter(near: Page, demo: Assembly) -> None:
    figure = reader.figure(near)
    expected = values(FIRST - 1, LAST)
    for column, name in enumerate(("Saw (+)", "Peak (-)")):
        trace = figure.trace(name)
        shown = [trace[position] for position in range(FIRST, LAST + 1)]
        assert np.array_equal(shown, expected[:, column]), name
    letters = {
        (x, strand): trace["text"]
        for trace in figure.data
        if trace["mode"] == "text" and trace["text"] in ("A", "C", "G", "T")
        for x, strand in zip(trace["x"], trace["y"], strict=True)
    }
    forward = fetched(demo, FIRST, LAST)
    backward = forward.translate(str.maketrans("ACGT", "TGCA"))
    for strand, bases in ((1, forward), (0, backward)):
        assert "".join(letters[x, strand] for x in range(FIRST, LAST + 1)) == bases


def test_a_click_pins_a_base_until_escape(near: Page, demo: Assembly) -> None:
    where = drawn(near)
    near.mouse.click(where.at(PEAK + 1), where.middle(FALL))
    base = fetched(demo, PEAK + 1, PEAK + 1)
    expect(panel(near).get_by_role("heading")).to_have_text(f"chr20:{PEAK + 1:,} {base}")
    assert cells(near) == [["Saw (+)", str(saw(PEAK + 1)), "bp"], ["Peak (-)", "500", "bp"]]
    pin = mark(near, "pin").bounding_box()
    assert pin
    assert pin["x"] == pytest.approx(where.at(PEAK + 0.5), abs=1)
    assert pin["width"] == pytest.approx(where.width / 80, abs=1)
    near.keyboard.press("ArrowRight")
    until_at(near, FIRST + 7.5, LAST + 8.5)
    until_fine(near)
    moved = mark(near, "pin").bounding_box()
    assert moved  # it goes with its base
    assert moved["x"] == pytest.approx(drawn(near).at(PEAK + 0.5), abs=1)
    near.keyboard.press("Escape")
    expect(panel(near)).to_be_hidden()
    expect(mark(near, "pin")).to_have_count(0)


def test_a_stretch_is_told_saved_and_zoomed_to(near: Page, demo: Assembly, tmp_path: Path) -> None:
    first, last = PEAK - 9, PEAK + 30
    select(near, first, last, SAW)
    place = f"chr20:{first:,}-{last:,}"
    expect(panel(near).get_by_role("heading")).to_have_text(place)
    sequence = fetched(demo, first, last)
    expect(panel(near).locator(".tv-bases")).to_have_text(sequence)
    part = values(first - 1, last)
    highest = first + int(part[:, 0].argmax())
    mean = [f"{float(one):.3g}" for one in part.mean(axis=0, dtype=np.float64)]
    assert cells(near) == [
        ["Saw (+)", mean[0], f"{part[:, 0].max():g} at {highest:,}", "bp"],
        ["Peak (-)", mean[1], f"500 at {PEAK + 1:,}", "bp"],
    ]
    with near.expect_download() as download:
        panel(near).get_by_role("button", name="Save as TSV").click()
    assert download.value.suggested_filename == "chr20-42-950-113-42-950-152.tsv"
    download.value.save_as(tmp_path / "part.tsv")
    head, bases, names, *rows = (tmp_path / "part.tsv").read_text().splitlines()
    assert (head, bases) == (f"# {place}", f"# {sequence}")
    assert names.split("\t") == ["track", "allele", "unit", "mean", "maximum", "maximum_at"]
    for column, row in enumerate(rows):
        track, _, _, told_mean, told_max, at = row.split("\t")
        assert float(told_mean) == pytest.approx(part[:, column].mean(dtype=np.float64))
        assert (float(told_max), int(at)) == (
            part[:, column].max(),
            first + int(part[:, column].argmax()),
        ), track
    panel(near).get_by_role("button", name="Zoom here").click()
    until_at(near, first - 0.5, last + 0.5)
    panel(near).get_by_role("button", name="Close").click()
    expect(mark(near, "select")).to_have_count(0)


def test_a_sequence_is_copied(
    new_reader: Callable[..., BrowserContext], tiles_server: Server, demo: Assembly
) -> None:
    page = new_reader(permissions=["clipboard-read", "clipboard-write"]).new_page()
    opened(page, tiles_server.url, FIRST, LAST)
    select(page, FIRST + 10, FIRST + 29, SAW)
    panel(page).get_by_role("button", name="Copy sequence").click()
    expect(panel(page).get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == fetched(demo, FIRST + 10, FIRST + 29)


def test_a_stretch_becomes_a_highlight_that_stays(near: Page) -> None:
    first, last = FIRST + 10, FIRST + 29
    select(near, first, last, SAW)
    panel(near).get_by_role("radio", name="#0072b2").check()
    label = panel(near).get_by_role("textbox", name="Label of the highlight")
    label.fill("?f a <b>label</b>")  # keys are letters here
    label.press("Enter")
    expect(panel(near)).to_be_hidden()
    expect(near.get_by_text("'kind': 'highlight'")).to_be_visible()
    flag = near.locator(".tv-figure .annotation", has_text="?f a <b>label</b>")
    expect(flag).to_have_count(1)
    near.wait_for_url(re.compile(f"mark={first}-{last}~0072b2~"))
    near.reload()
    until_fine(near)
    expect(flag).to_have_count(1)
    until_at(near, FIRST - 0.5, LAST + 0.5)


def test_a_gene_that_is_clicked_shows_where_to_read_on(page: Page, tiles_server: Server) -> None:
    opened(page, tiles_server.url)
    where, genes = drawn(page), drawn(page).row("genes")
    name = "FITM2 ENST00000396825.4"
    _, _, _, left, right, low, high = next(one for one in genes["things"] if one[2] == name)
    lanes = genes["height"] / 30  # of 30 px each, from the top
    y = where.top + genes["top"] + genes["height"] * (low + high) / 2 / lanes
    page.mouse.click(where.at((left + right) / 2), y)
    expect(panel(page).get_by_role("heading")).to_contain_text("FITM2")
    expect(panel(page)).to_contain_text("ENST00000396825.4")
    for site, begins in {
        "Ensembl": "https://grch37.ensembl.org/Homo_sapiens/Transcript/Summary?t=ENST00000396825",
        "UCSC": "https://genome.ucsc.edu/cgi-bin/hgTracks?db=hg19&position=chr20:42931480-42939842",
        "gnomAD": "https://gnomad.broadinstitute.org/gene/ENSG00000197296?dataset=gnomad_r2_1",
        "OMIM": "https://www.omim.org/search?index=entry&search=FITM2",
    }.items():
        link: Locator = panel(page).get_by_role("link", name=site, exact=True)
        expect(link).to_have_attribute("href", begins)
        expect(link).to_have_attribute("rel", "noopener noreferrer")
    box(page).focus()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
