"""Every gesture and key of the track view, on tiles whose values are known."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genoview.io.assembly import Assembly
from tests.browser.gestures import (
    after_timers,
    box,
    drag,
    drawn,
    mark,
    opened,
    panel,
    until_at,
    until_fine,
    until_range,
    until_rest,
    until_width,
    x_range,
)
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

WHOLE = [42_920_000.5, 42_980_000.5]
SAW = "made:+"


@pytest.fixture
def view(page: Page, tiles_server: Server) -> Page:
    """The whole window, 60 kb."""
    return opened(page, tiles_server.url)


def test_f_and_b_go_from_gene_to_gene(page: Page, tiles_server: Server, demo: Assembly) -> None:
    opened(page, tiles_server.url, 42_921_001, 42_925_000)
    fitm2, r3hdml = (demo.annotation.find(name).interval for name in ("FITM2", "R3HDML"))
    box(page).focus()
    page.keyboard.press("f")
    near = [(fitm2.start + fitm2.end + 1) / 2 + side * 0.55 * fitm2.width for side in (-1, 1)]
    until_at(page, *near)  # wider than before, since the gene needs it
    page.keyboard.press("F")
    far = [WHOLE[1] - 1.1 * r3hdml.width, WHOLE[1]]  # as near to its middle as the window goes
    until_at(page, *far)
    page.keyboard.press("f")  # the genes that follow cannot be nearer
    page.keyboard.press("b")
    wide = 1.1 * r3hdml.width / 2
    middle = sum(near) / 2
    until_at(page, middle - wide, middle + wide)
    page.keyboard.press("B")  # there is none before the first
    until_rest(page, "chr20:42,927,820-42,943,502")
    until_at(page, middle - wide, middle + wide)


def test_with_shift_f_and_b_go_from_site_to_site(page: Page, tiles_server: Server) -> None:
    opened(page, tiles_server.url, 42_941_001, 42_943_000)
    box(page).focus()
    page.keyboard.press("Shift+KeyF")
    until_at(page, 42_949_000, 42_951_000)
    expect(page.get_by_role("status").filter(has_text="site 42950000")).to_be_attached()
    page.keyboard.press("Shift+KeyB")
    until_at(page, 42_939_000, 42_941_000)


def test_a_gene_at_the_edge_does_not_hold_f_up(
    page: Page, tiles_server: Server, demo: Assembly
) -> None:
    window = "chr20:42,930,001-42,990,000"
    page.goto(f"{tiles_server.url}/?q={window}&at=42959001-42989000")
    until_fine(page)
    box(page).focus()
    end = 42_990_000.5
    page.keyboard.press("f")  # the middle of the next gene is too near to the edge
    until_at(page, end - 30_000, end)
    page.keyboard.press("f")  # and the one behind it is wider
    until_at(page, end - 1.1 * demo.annotation.find("HNF4A-AS1").interval.width, end)


def test_the_view_is_undone_and_redone_by_keys_and_by_buttons(view: Page) -> None:
    undo = view.get_by_role("button", name="Undo the view")
    redo = view.get_by_role("button", name="Redo the view")
    expect(undo).to_be_disabled()
    expect(redo).to_be_disabled()
    near, nearer = [42_935_000.5, 42_965_000.5], [42_942_500.5, 42_957_500.5]
    box(view).focus()
    view.keyboard.press("+")
    until_rest(view, "chr20:42,935,001-42,965,000")
    expect(undo).to_be_enabled()
    view.keyboard.press("+")
    until_at(view, *nearer)
    view.keyboard.press("Control+z")  # at once, before the view has come to rest
    until_at(view, *near)
    undo.click()
    until_at(view, *WHOLE)
    expect(undo).to_be_disabled()
    box(view).focus()
    for key, there in (("Control+Shift+z", near), ("Control+y", nearer), ("Control+z", near)):
        view.keyboard.press(key)
        until_at(view, *there)
    redo.click()
    until_at(view, *nearer)
    expect(redo).to_be_disabled()


def test_a_step_after_an_undo_forgets_what_was_undone(view: Page) -> None:
    redo = view.get_by_role("button", name="Redo the view")
    box(view).focus()
    view.keyboard.press("+")
    until_rest(view, "chr20:42,935,001-42,965,000")
    view.keyboard.press("Control+z")
    expect(redo).to_be_enabled()
    view.keyboard.press("+")
    view.keyboard.press("ArrowRight")
    until_rest(view, "chr20:42,938,001-42,968,000")
    expect(redo).to_be_disabled()


def test_a_width_is_typed_or_pressed(view: Page) -> None:
    field = view.get_by_role("textbox", name="Width, such as 50kb")
    for text, width in (("50kb", 50_000), ("1.5 Mb", 60_000)):
        field.fill(text)
        field.press("Enter")
        until_width(view, width)
        expect(field).to_have_attribute("aria-invalid", "false")
    seen = x_range(view)
    field.fill("5 Gb")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert x_range(view) == seen
    assert "50kb" in str(field.get_attribute("title"))
    for name, width in (("Show 1 kb", 1_000), ("Show 10 kb", 10_000)):
        view.get_by_role("button", name=name, exact=True).click()
        until_width(view, width)
    expect(field).to_have_value("10 kb")
    expect(view.get_by_role("button", name="Show 100 kb")).to_be_hidden()  # wider than all there is


def test_a_rubber_band_on_the_ruler_zooms_to_what_it_marks(view: Page) -> None:
    where = drawn(view)
    y, left, right = where.top - 12, where.at(42_930_000), where.at(42_940_000)
    drag(view, (right, y), (left, y))  # from the right as well as from the left
    px = 60_000 / where.width
    start, end = until_range(view, lambda a, b: b - a < 11_000)
    assert [start, end] == pytest.approx([42_930_000, 42_940_000], abs=px, rel=0)
    expect(mark(view, "band")).to_have_count(0)


def test_escape_cancels_a_band(view: Page) -> None:
    where = drawn(view)
    for key, y in (("", where.top - 12), ("Shift", where.middle(SAW))):  # on the ruler, over rows
        if key:
            view.keyboard.down(key)
        view.mouse.move(where.at(42_930_000), y)
        view.mouse.down()
        view.mouse.move(where.at(42_940_000), y, steps=5)
        expect(mark(view, "band")).to_be_visible()
        view.keyboard.press("Escape")
        expect(mark(view, "band")).to_have_count(0)
        view.mouse.move(where.at(42_945_000), y)
        view.mouse.up()
        if key:
            view.keyboard.up(key)
        after_timers(view)
        assert x_range(view) == WHOLE
        expect(panel(view)).to_be_hidden()


def test_a_double_click_zooms_and_pins_nothing(view: Page) -> None:
    where = drawn(view)
    view.mouse.dblclick(where.at(42_935_000), where.middle(SAW))
    start, _ = until_width(view, 30_000)
    assert (42_935_000 - start) / 30_000 == pytest.approx(0.25, abs=0.01)
    after_timers(view)
    expect(panel(view)).to_be_hidden()
    view.keyboard.down("Shift")
    view.mouse.dblclick(where.at(42_935_000), where.middle(SAW))
    view.keyboard.up("Shift")
    until_at(view, *WHOLE)


def test_two_fingers_zoom_around_their_middle(
    new_reader: Callable[..., BrowserContext], tiles_server: Server
) -> None:
    reader = new_reader(viewport={"width": 390, "height": 844}, has_touch=True)
    page = opened(reader.new_page(), tiles_server.url)
    where = drawn(page)
    middle, y = where.at(42_960_000), where.middle(SAW)
    touches = reader.new_cdp_session(page)

    def touch(kind: str, *apart: float) -> None:
        points = [
            {"x": middle + side * by / 2, "y": y, "id": side} for by in apart for side in (-1, 1)
        ]
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 40)
    for apart in (50, 65, 80):
        touch("touchMove", apart)
    touch("touchEnd")
    until_width(page, 30_000)
    assert drawn(page).at(42_960_000) == pytest.approx(middle, abs=1)
    until_fine(page)
    touch("touchStart", 80)
    touch("touchMove", 60)
    touch("touchMove", 40)
    touch("touchEnd")
    until_at(page, *WHOLE)
    expect(panel(page)).to_be_hidden()


def test_the_list_of_keys_is_opened_and_closed(view: Page) -> None:
    keys = view.get_by_role("dialog", name="Keys and gestures")
    box(view).focus()
    view.keyboard.press("?")
    expect(keys).to_be_visible()
    for words in ("next and previous gene", "undo and redo of the view", "to the search box"):
        expect(keys).to_contain_text(words)
    view.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    view.locator("body").press("?")  # wherever the reader is
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()
    view.get_by_role("button", name="Keys and gestures").click()
    expect(keys).to_be_visible()
    view.keyboard.press("?")
    expect(keys).to_be_hidden()


def test_keys_are_letters_where_the_reader_types(view: Page) -> None:
    words = view.get_by_role("textbox", name="Words")
    box(view).focus()
    view.keyboard.press("/")
    expect(words).to_be_focused()
    typed = "?/fb+-="
    words.press_sequentially(typed)
    for key in ("ArrowLeft", "Home", "End"):
        words.press(key)
    expect(words).to_have_value(typed)
    width = view.get_by_role("textbox", name=re.compile("^Width"))
    width.focus()
    view.keyboard.press("Home")
    width.press_sequentially("fb+?/")
    expect(width).to_have_value(re.compile(re.escape("fb+?/")))
    expect(view.get_by_role("dialog")).to_have_count(0)
    assert x_range(view) == WHOLE
