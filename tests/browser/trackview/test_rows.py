"""Rows by hand: order, height, how each is drawn; in the address, and after a reload."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import reader
from tests.browser.gestures import (
    choice_of,
    drag,
    drawn,
    grip,
    opened,
    row_ids,
    row_menu,
    until_choice,
    until_fine,
    until_rows,
)
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

USUAL = ["chromosome", "genes", "made:+", "made:-"]
SAW, SAW_TITLE = "made:+", "Saw (+)"


@pytest.fixture
def view(page: Page, tiles_server: Server) -> Page:
    return opened(page, tiles_server.url)


def middle(page: Page, title: str) -> tuple[float, float]:
    """Of a row's grip, px of the page."""
    grip(page, title).scroll_into_view_if_needed()
    box = grip(page, title).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_row_is_dragged_to_another_place(view: Page) -> None:
    where = drawn(view)
    x, y = middle(view, SAW_TITLE)
    view.mouse.move(x, y)
    view.mouse.down()
    view.mouse.move(x, where.middle("genes"), steps=5)
    expect(view.locator(".tv-guide")).to_be_visible()
    view.mouse.move(x, where.top + where.row("genes")["top"] + 2, steps=3)
    view.mouse.up()
    until_rows(view, ["chromosome", "made:+", "genes", "made:-"])
    expect(view.locator(".tv-guide")).to_be_hidden()
    view.wait_for_url(re.compile("order="))
    view.reload()
    until_fine(view)
    until_rows(view, ["chromosome", "made:+", "genes", "made:-"])


def test_a_row_is_moved_by_keys_and_its_grip_keeps_the_focus(view: Page) -> None:
    grip(view, "Peak (-)").focus()
    view.keyboard.press("ArrowUp")
    until_rows(view, ["chromosome", "genes", "made:-", "made:+"])
    expect(grip(view, "Peak (-)")).to_be_focused()
    view.keyboard.press("ArrowUp")
    until_rows(view, ["chromosome", "made:-", "genes", "made:+"])
    expect(grip(view, "Peak (-)")).to_be_focused()
    view.keyboard.press("ArrowDown")
    until_rows(view, ["chromosome", "genes", "made:-", "made:+"])
    view.keyboard.press("ArrowDown")
    until_rows(view, USUAL)
    view.wait_for_url(re.compile("^(?!.*order=)"))  # the usual order needs no word


def test_a_row_is_dragged_to_another_height(view: Page) -> None:
    edge = view.get_by_role("listitem", name=SAW_TITLE).locator(".tv-edge")
    box = edge.bounding_box()
    height = drawn(view).row(SAW)["height"]
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag(view, (x, y), (x, y + 40))
    until_choice(view, SAW, height=pytest.approx(height + 40, abs=4))
    made = drawn(view).row(SAW)["height"]
    assert made == choice_of(view, SAW)["height"]
    view.wait_for_url(re.compile(rf"r=made.*~h{made}"))
    assert drawn(view).row("made:-")["height"] == height


def test_a_row_is_drawn_as_its_menu_says(view: Page) -> None:
    menu = row_menu(view, SAW_TITLE)
    expect(menu.get_by_role("combobox", name="Drawn as")).to_be_focused()
    menu.get_by_role("combobox", name="Drawn as").select_option("bars")
    expect(menu).to_be_hidden()
    until_choice(view, SAW, style="bars")
    before = choice_of(view, SAW)
    row_menu(view, SAW_TITLE).get_by_role("combobox", name="Scale").select_option("fixed")
    until_choice(view, SAW, scale="fixed", low=before["low"], high=before["high"])
    for name, value, wanted in (
        ("Bottom of the axis", "10", {"low": 10}),
        ("Top of the axis", "50", {"high": 50}),
    ):
        field = row_menu(view, SAW_TITLE).get_by_role("spinbutton", name=name)
        field.fill(value)
        field.press("Enter")
        until_choice(view, SAW, **wanted)
    row_menu(view, SAW_TITLE).get_by_label("Colour").fill("#c65102")
    until_choice(view, SAW, colour="#c65102")
    chosen = choice_of(view, SAW)
    axis = "document.querySelector('.tv-figure').layout.yaxis3.range.map(Number)"
    assert view.evaluate(axis) == [10, 50]
    line = "document.querySelector('.tv-figure').data.find(t => t.name === 'Saw (+)').line"
    assert view.evaluate(f"{line}.color") == "#c65102"
    view.wait_for_url(re.compile("~sbars~yfixed~lo10~hi50~cc65102"))
    view.reload()
    until_fine(view)
    assert choice_of(view, SAW) == chosen
    menu = row_menu(view, SAW_TITLE)
    expect(menu.get_by_role("combobox", name="Scale")).to_have_value("fixed")
    menu.get_by_role("button", name=f"Draw {SAW_TITLE} as usual").click()
    until_choice(view, SAW, style="filled", scale="natural")
    view.wait_for_url(re.compile("^(?!.*r=)"))


def test_a_logarithmic_row_starts_above_zero(view: Page) -> None:
    row_menu(view, SAW_TITLE).get_by_role("checkbox", name="Logarithmic").click()
    until_choice(view, SAW, log=True)
    assert view.evaluate("document.querySelector('.tv-figure').layout.yaxis3.type") == "log"


def test_a_heat_row_keeps_its_values_under_the_pointer(view: Page) -> None:
    row_menu(view, SAW_TITLE).get_by_role("combobox", name="Drawn as").select_option("heat")
    until_choice(view, SAW, style="heat")
    kinds = {trace["type"] for trace in reader.figure(view).data if trace["yaxis"] == "y3"}
    assert "heatmap" in kinds
    assert max(reader.figure(view).trace(SAW_TITLE).values()) == 96


def test_a_row_is_hidden_and_stays_so(view: Page) -> None:
    row_menu(view, SAW_TITLE).get_by_role("button", name=f"Hide {SAW_TITLE}").click()
    until_rows(view, ["chromosome", "genes", "made:-"])
    view.wait_for_url(re.compile("hide=made"))
    view.reload()
    until_fine(view)
    assert row_ids(view) == ["chromosome", "genes", "made:-"]


def test_a_menu_closes_by_escape_and_by_a_press_beside_it(view: Page) -> None:
    menu = row_menu(view, SAW_TITLE)
    view.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(view.get_by_role("button", name=f"How {SAW_TITLE} is drawn")).to_be_focused()
    row_menu(view, SAW_TITLE)
    view.get_by_role("textbox", name="Words").click()
    expect(menu).to_be_hidden()
    assert row_ids(view) == USUAL
