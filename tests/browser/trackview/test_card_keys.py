"""Cards by keyboard alone: C steps through what has one, Enter goes in, Escape comes back."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import box, drawn, mark, opened, panel, until_fine
from tests.browser.harness import Server
from tests.browser.trackview.tiles_app import (
    FACTOR,
    MARK,
    MARK_LENGTH,
    MARK_SCORE,
    STEM,
    STEM_HEIGHT,
)
from tests.browser.trackview.wide_parts import BIN, FIRST, INTRONS, N_BINS, REF_USAGE, touching

pytestmark = pytest.mark.browser

START, END = 42_950_101, 42_950_180  # 1-based


@pytest.fixture
def near(page: Page, cards_server: Server) -> Page:
    """80 bases with a stem, a mark, an entry, arcs and a map; the figure has the keyboard."""
    opened(page, cards_server.url, START, END)
    box(page).focus()
    return page


def heading(page: Page) -> Locator:
    return panel(page).get_by_role("heading")


def told(page: Page) -> dict[str, str]:
    expect(panel(page).locator("dt").first).to_be_visible()
    names, values = (panel(page).locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def said(page: Page) -> Locator:
    """What a screen reader is told."""
    return page.locator(".tv-status")


def stepped(page: Page, key: str) -> str:
    """The heading of the card that a key opens."""
    before = said(page).inner_text()
    page.keyboard.press(key)
    expect(said(page)).not_to_have_text(before)
    expect(panel(page).locator("dt").first).to_be_visible()
    return heading(page).inner_text()


def test_c_steps_through_everything_with_a_card_row_by_row_and_comes_round(near: Page) -> None:
    first = stepped(near, "c")
    n = int(re.findall(r"Card 1 of (\d+)", said(near).inner_text())[0])
    cards = [first, *(stepped(near, "c") for _ in range(n - 1))]
    assert len(set(cards)) == n
    assert any(card.startswith("Splice donor") for card in cards)
    assert f"{FACTOR.name} site" in cards
    assert "Contacts, liver" in cards
    assert any(card.startswith("ACGTAC…") for card in cards)
    assert stepped(near, "c") == first
    assert stepped(near, "Shift+C") == cards[-1]
    assert stepped(near, "Shift+C") == cards[-2]


def test_a_card_opened_by_a_key_is_the_one_of_a_click_and_its_thing_is_ringed(near: Page) -> None:
    while not stepped(near, "c").startswith("Splice donor"):
        pass
    lines = told(near)
    assert np.float32(lines["Probability"]) == np.float32(STEM_HEIGHT)
    ring = mark(near, "card").bounding_box()
    assert ring
    assert ring["x"] < drawn(near).at(STEM + 1) < ring["x"] + ring["width"]
    row = drawn(near).row("stems")
    assert drawn(near).top + row["top"] <= ring["y"] + ring["height"]
    assert ring["y"] <= drawn(near).top + row["top"] + row["height"]
    expect(said(near)).to_have_text(re.compile(r"^Card \d+ of \d+: Splice donor"))
    near.keyboard.press("Escape")
    expect(panel(near)).to_be_hidden()
    expect(mark(near, "card")).to_have_count(0)
    expect(box(near)).to_be_focused()


def test_enter_goes_into_the_card_and_escape_back_to_the_figure(near: Page) -> None:
    while stepped(near, "c") != f"{FACTOR.name} site":
        pass
    assert np.float32(told(near)["Score"].split()[0]) == np.float32(MARK_SCORE)
    near.keyboard.press("Enter")
    expect(panel(near).get_by_role("link", name=re.compile("JASPAR"))).to_be_focused()
    near.keyboard.press("Escape")
    expect(panel(near)).to_be_hidden()
    expect(box(near)).to_be_focused()
    near.keyboard.press("Enter")  # with nothing open, nothing happens
    expect(box(near)).to_be_focused()


def test_of_a_contact_map_the_strongest_cell_in_view_is_reached(
    page: Page, cards_server: Server
) -> None:
    opened(page, cards_server.url, FIRST + 1, FIRST + BIN * N_BINS)
    box(page).focus()
    assert stepped(page, "Shift+C") is not None
    while heading(page).inner_text() != "Contacts, liver":
        stepped(page, "Shift+C")
    upper = np.triu(touching(False))
    assert abs(np.float32(told(page)["Contact"])) == np.abs(upper).max()
    cards = {stepped(page, "Shift+C") for _ in INTRONS}
    assert cards == {f"Junction chr20:{a + 1:,}-{b:,}" for a, b, _ in INTRONS}
    assert np.float32(told(page)["Usage"]) in np.float32(REF_USAGE)


def test_where_nothing_has_a_card_one_sentence_says_so(page: Page, tiles_server: Server) -> None:
    opened(page, tiles_server.url, START, END)
    box(page).focus()
    page.keyboard.press("c")
    expect(said(page)).to_have_text("Nothing in view has a card.")
    expect(panel(page)).to_be_hidden()


def test_a_click_on_a_logo_s_letters_opens_the_card_of_its_site(near: Page) -> None:
    row = drawn(near).row("marks:sites")
    boxes = [one for one in row["things"] if one[0] == "motif"]
    assert len(boxes) == 1
    _, _, _, left, right, low, high = boxes[0]
    assert (left, right) == (MARK + 0.5, MARK + MARK_LENGTH + 0.5)
    near.get_by_role("listitem", name=row["title"]).scroll_into_view_if_needed()
    script = """([id, value]) => {
        const box = document.querySelector(".tv-figure");
        const row = box.layout.meta.rows.find(one => one.id === id);
        const axis = box._fullLayout[row.yaxis.replace("y", "yaxis")];
        return box.getBoundingClientRect().top + axis._offset + axis.c2p(value);
    }"""
    y = near.evaluate(script, ["marks:sites", (low + high) / 2])
    near.mouse.click(drawn(near).at(MARK + 4), y)
    expect(heading(near)).to_have_text(f"{FACTOR.name} site")
    assert np.float32(told(near)["Score"].split()[0]) == np.float32(MARK_SCORE)
    until_fine(near)
