"""A click on a stem, a mark or an entry opens its card; a click on the chromosome goes there."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genoview.data.genome import Interval, reverse_complement
from genoview.io.assembly import Assembly
from tests.browser.gestures import (
    Drawn,
    after_timers,
    box,
    drag,
    drawn,
    mark,
    opened,
    panel,
    select,
    tiles_asked,
    until_at,
    until_fine,
    until_range,
    until_width,
    x_range,
)
from tests.browser.harness import Server
from tests.browser.trackview.tiles_app import (
    FACTOR,
    MARK,
    MARK_LENGTH,
    MARK_P,
    MARK_SCORE,
    STEM,
    STEM_HEIGHT,
)

pytestmark = pytest.mark.browser

FIRST, LAST = 42_950_101, 42_950_180  # 1-based
CHROMOSOME = "chromosome"
LENGTH = 63_025_520  # of chromosome 20, GRCh37
WITNESS = "document.querySelector('.tv')"  # the node that lives as long as the view


@pytest.fixture
def near(page: Page, cards_server: Server) -> Page:
    """80 bases."""
    return opened(page, cards_server.url, FIRST, LAST)


def y_of(page: Page, row_id: str, value: float) -> float:
    """px of the page of a value of a row."""
    script = """([id, value]) => {
        const box = document.querySelector(".tv-figure");
        const row = box.layout.meta.rows.find(one => one.id === id);
        const axis = box._fullLayout[row.yaxis.replace("y", "yaxis")];
        return box.getBoundingClientRect().top + axis._offset + axis.c2p(value);
    }"""
    return float(page.evaluate(script, [row_id, value]))


def told(page: Page) -> dict[str, str]:
    """Lines of the card, once it is there."""
    expect(panel(page).locator("dt").first).to_be_visible()
    names, values = (panel(page).locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def until_clickable(page: Page, wanted: bool = True) -> None:
    """Wait until the pointer is a hand, or is none."""
    script = "getComputedStyle(document.querySelector('.tv-figure .draglayer *')).cursor"
    page.wait_for_function(f"{script} {'===' if wanted else '!=='} 'pointer'")


def test_a_stem_opens_its_card_within_a_few_pixels(page: Page, cards_server: Server) -> None:
    opened(page, cards_server.url, STEM - 2_000, STEM + 2_000)
    for beside in (-4, 0, 4):  # px
        x, y = drawn(page).at(STEM + 1) + beside, y_of(page, "stems", STEM_HEIGHT / 2)
        page.mouse.move(x, y)
        until_clickable(page)
        page.mouse.click(x, y)
        heading = panel(page).get_by_role("heading")
        expect(heading).to_have_text(f"Splice donor, chr20:{STEM + 1:,}")
        lines = told(page)
        assert np.float32(lines["Probability"]) == np.float32(STEM_HEIGHT)
        assert lines["Position"] == f"chr20:{STEM + 1:,}"
        assert lines["Strand"] == "+ (forward)"
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()


def test_beside_and_above_a_stem_a_click_pins_the_base(near: Page) -> None:
    stem = drawn(near).at(STEM + 1)
    for x, value in ((stem + 40, STEM_HEIGHT / 2), (stem, 4 * STEM_HEIGHT)):
        y = y_of(near, "stems", value)
        near.mouse.move(x, y)
        until_clickable(near, False)
        near.mouse.click(x, y)
        expect(mark(near, "pin")).to_have_count(1)
        expect(panel(near).locator("table")).to_be_visible()
        near.keyboard.press("Escape")


def test_a_mark_and_an_entry_of_a_file_open_their_cards_with_the_stored_numbers(
    near: Page, demo: Assembly
) -> None:
    near.get_by_role("listitem", name="Motif sites").scroll_into_view_if_needed()
    near.mouse.click(drawn(near).at(MARK + 3), y_of(near, "marks:sites", 0.28))
    expect(panel(near).get_by_role("heading")).to_have_text(f"{FACTOR.name} site")
    lines = told(near)
    assert np.float32(lines["Score"].split()[0]) == np.float32(MARK_SCORE)
    assert float(lines["p-value"]) == MARK_P
    bases = demo.reference.fetch(Interval("chr20", MARK, MARK + MARK_LENGTH))
    assert lines["Sequence"] == reverse_complement(bases)
    assert lines["Strand"] == "− (reverse)"
    link = panel(near).get_by_role("link", name=f"JASPAR {FACTOR.group}")
    expect(link).to_have_attribute("href", f"https://jaspar.elixir.no/matrix/{FACTOR.group}/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    near.keyboard.press("Escape")
    expect(panel(near)).to_be_hidden()
    near.get_by_role("listitem", name="calls.vcf").scroll_into_view_if_needed()
    near.mouse.click(drawn(near).at(42_950_125), y_of(near, "local:calls-vcf", 0.7))
    lines = told(near)
    assert (lines["ID"], lines["QUAL"]) == ("rs42", "31.25")
    assert (lines["REF"], lines["ALT"]) == ("ACGTACGTACGTACG", "A")
    assert lines["Position"] == "chr20:42,950,120-42,950,134"


def test_a_card_opens_where_the_reader_has_scrolled_to(
    new_reader: Callable[..., BrowserContext], cards_server: Server
) -> None:
    page = new_reader(viewport={"width": 1440, "height": 400}).new_page()
    opened(page, cards_server.url, FIRST, LAST)
    page.get_by_role("listitem", name="calls.vcf").scroll_into_view_if_needed()
    page.mouse.click(drawn(page).at(42_950_125), y_of(page, "local:calls-vcf", 0.7))
    expect(panel(page).get_by_role("heading")).to_be_in_viewport()


# The chromosome


def along(page: Page, position: float) -> tuple[float, float]:
    """px of the page of a place of the chromosome's picture."""
    where = drawn(page)
    return where.left + position / LENGTH * where.width, where.middle(CHROMOSOME)


def state_of(page: Page) -> tuple[str, list[float], list[str]]:
    return page.url, x_range(page), [row["title"] for row in drawn(page).rows]


def test_the_chromosome_says_where_a_click_goes(near: Page) -> None:
    near.mouse.move(*along(near, 42_700_000))
    until_clickable(near)
    expect(box(near)).to_have_attribute("title", "Go to 20q13.12, 42.7 Mb")
    near.mouse.move(drawn(near).at(FIRST + 40), drawn(near).middle("made:+"))
    until_clickable(near, False)
    expect(box(near)).to_have_attribute("title", "")


def test_a_click_on_the_chromosome_goes_there_at_the_same_width(
    page: Page, tiles_server: Server
) -> None:
    opened(page, tiles_server.url, 42_940_001, 42_944_000)
    page.mouse.click(*along(page, 42_700_000))
    start, end = until_range(page, lambda a, b: b < 42_900_000)
    assert end - start == 4_000
    px = LENGTH / drawn(page).width
    assert abs((start + end) / 2 - 42_700_000) <= px
    until_fine(page)
    query = unquote(page.url).partition("q=")[2].partition("&")[0].replace(",", "")
    first, last = map(int, query.removeprefix("chr20:").split("-"))
    assert last - first + 1 == 60_000  # as wide as the window before
    assert (first + last) / 2 == pytest.approx((start + end) / 2, abs=1)
    page.go_back()
    until_at(page, 42_940_000.5, 42_944_000.5)


def test_where_there_is_no_sequence_one_sentence_is_told_and_all_stays(near: Page) -> None:
    select(near, FIRST + 10, FIRST + 29, "made:+")
    panel(near).get_by_role("button", name="Highlight", exact=True).click()
    near.wait_for_url("**mark=**")
    until_fine(near)
    near.keyboard.press("+")
    until_width(near, 40)
    until_fine(near)
    near.evaluate(f"{WITNESS}.dataset.witness = 'same'")
    near.wait_for_url("**at=42950121-42950160**")
    before = state_of(near)
    for position in (10_000_000, 30_000_000):
        near.mouse.click(*along(near, position))
        sentence = panel(near).locator("p")
        expect(sentence).to_contain_text("lies outside of what GRCh37-demo covers")
        place = sentence.inner_text().replace(",", "")
        first, last = map(int, re.findall(r"\d+", place.removeprefix("chr20:"))[:2])
        assert last - first + 1 == 40
        assert abs(first + 20 - position) <= LENGTH / drawn(near).width
        assert state_of(near) == before
        assert near.evaluate(f"{WITNESS}.dataset.witness") == "same"
        near.keyboard.press("Escape")
        expect(panel(near)).to_be_hidden()
    near.keyboard.press("Control+z")
    until_width(near, 80)  # what was done before can still be undone


def test_gestures_on_the_chromosome_are_those_of_every_row(near: Page) -> None:
    where: Drawn = drawn(near)
    y = where.middle(CHROMOSOME)
    asked = tiles_asked(near)
    drag(near, (where.at(FIRST + 50), y), (where.at(FIRST + 40), y))
    until_at(near, FIRST + 9.5, LAST + 10.5)
    near.mouse.move(where.left + where.width / 2, y)
    near.keyboard.down("Control")
    near.mouse.wheel(0, -100)
    near.keyboard.up("Control")
    until_range(near, lambda a, b: b - a < 70)
    near.mouse.dblclick(where.left + where.width / 2, y)
    until_range(near, lambda a, b: b - a < 40)
    after_timers(near)
    expect(panel(near)).to_be_hidden()
    assert asked
