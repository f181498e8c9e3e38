"""Tiles in Chromium: what is asked and drawn, and what stays when the server is away."""

import re
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, WebSocketRoute, expect

from tests.browser.dashboard import reader
from tests.browser.gestures import (
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
    until_rest,
    until_width,
    x_range,
)
from tests.browser.harness import Server, Watched
from tests.browser.trackview.tiles_app import HEIGHT, PEAK, PERIOD

pytestmark = pytest.mark.browser

NEAR = (42_935_001, 42_965_000)
TILES = re.compile("/genoview-tiles/")
SOCKET = re.compile("_stcore/stream")


@pytest.fixture
def view(page: Page, tiles_server: Server) -> Page:
    """30 kb of 60, so that there is room on both sides."""
    return opened(page, tiles_server.url, *NEAR)


def known(page: Page) -> dict[float, float]:
    """The saw as it is drawn, where each base has a point."""
    return reader.figure(page).trace("Saw (+)")


def test_the_highest_and_the_lowest_of_many_bases_are_drawn(view: Page) -> None:
    view.get_by_role("button", name="Whole window").click()
    until_width(view, 60_000)
    until_fine(view)
    peaks = reader.figure(view).trace("Peak (-)")
    px = 60_000 / drawn(view).width
    [highest] = [x for x, y in peaks.items() if y]
    assert peaks[highest] == HEIGHT
    assert highest == pytest.approx(PEAK + 1, abs=2 * px)
    drawn_saw = [t for t in reader.figure(view).data if t["name"] == "Saw (+)"]
    ys = [y for trace in drawn_saw for y in trace["y"]]
    assert (min(ys), max(ys)) == (0, PERIOD - 1)
    assert len(ys) < 60_000 / 10  # of the screen, not of the genome


def test_a_pan_asks_for_one_tile_and_composes_nothing_in_python(
    fresh_page: Page, tiles_server: Server
) -> None:
    view = opened(fresh_page, tiles_server.url, *NEAR)
    asked, length = tiles_asked(view), view.evaluate("history.length")
    where = drawn(view)
    y = where.middle("made:+")
    drag(view, (where.at(42_950_000), y), (where.at(42_945_000), y))
    start, end = until_range(view, lambda a, b: a > NEAR[0] + 4_000)
    until_fine(view)
    until_rest(view, f"chr20:{round(start - 0.5) + 1:,}-{round(end - 0.5):,}")
    expect(view.get_by_text("composed 1")).to_be_visible()
    box(view).focus()
    n_dragged = len(asked)
    view.keyboard.press("ArrowRight")
    until_at(view, start + 3_000, end + 3_000)
    until_fine(view)
    assert len(asked) == n_dragged + 1
    view.wait_for_url(re.compile(f"at={round(start - 0.5) + 3_001}-"))
    assert view.evaluate("history.length") == length
    view.keyboard.press("Control+z")
    until_at(view, start, end)
    until_fine(view)
    assert len(asked) == n_dragged + 1  # what was seen is kept
    expect(view.get_by_text("composed 1")).to_be_visible()


def test_a_reload_and_a_second_tab_have_ranges_of_their_own(
    view: Page, tiles_server: Server
) -> None:
    other = view.context.new_page()
    opened(other, tiles_server.url, 42_921_001, 42_922_000)
    box(view).focus()
    view.keyboard.press("+")
    until_rest(view, "chr20:42,942,501-42,957,500")
    assert x_range(other) == [42_921_000.5, 42_922_000.5]
    box(other).focus()
    other.keyboard.press("ArrowRight")
    until_rest(other, "chr20:42,921,101-42,922,100")
    assert x_range(view) == [42_942_500.5, 42_957_500.5]
    for page, at in ((view, "42942501-42957500"), (other, "42921101-42922100")):
        page.wait_for_url(re.compile(f"at={at}"))
        page.reload()
        until_fine(page)
    assert x_range(view) == [42_942_500.5, 42_957_500.5]
    assert x_range(other) == [42_921_100.5, 42_922_100.5]
    other.close()


def test_a_server_that_forgot_is_asked_through_python(view: Page, tiles_server: Server) -> None:
    addresses: list[str] = []
    view.on("request", lambda r: addresses.append(secret(r)) if TILES.search(r.url) else None)
    urllib.request.urlopen(f"{tiles_server.url}/forget").close()
    box(view).focus()
    view.keyboard.press("+")
    until_width(view, 15_000)
    until_fine(view)
    assert len(set(addresses)) == 2  # the one that was forgotten, and a new one
    expect(view.locator(".tv").get_by_role("alert")).to_be_hidden()


def secret(request: Request) -> str:
    return request.url.split("/genoview-tiles/")[1].split("/")[0]


def test_while_no_tile_comes_the_view_moves_and_then_is_drawn_anew(
    view: Page, watched: Watched
) -> None:
    def cut(route: Route) -> None:
        route.abort("connectionrefused")

    view.route(TILES, cut)
    coarse = len(known(view))
    box(view).focus()
    view.keyboard.press("+")
    until_width(view, 15_000)
    expect(view.locator(".tv-place")).to_contain_text("42,942,501-42,957,500")
    assert len(known(view)) == coarse  # what is drawn stays, and follows the hand
    where = drawn(view)
    view.mouse.click(where.at(PEAK + 1), where.middle("made:+"))
    expect(panel(view)).to_contain_text("The server did not answer")
    view.keyboard.press("Escape")
    expect(view.locator(".tv").get_by_role("alert")).to_be_hidden()
    view.unroute(TILES, cut)
    until_fine(view)  # by itself
    assert x_range(view) == [42_942_500.5, 42_957_500.5]
    watched.errors.clear()  # Chromium's own lines on the failed requests


def test_a_dropped_connection_leaves_the_view_at_work(
    new_reader: Callable[..., BrowserContext],
    tiles_server: Server,
) -> None:
    page = new_reader().new_page()
    sockets: list[WebSocketRoute] = []

    def through(route: WebSocketRoute) -> None:
        sockets.append(route)
        route.connect_to_server()

    page.route_web_socket(SOCKET, through)
    opened(page, tiles_server.url, *NEAR)
    sockets[-1].close(code=1001)
    box(page).focus()
    page.keyboard.press("+")
    until_width(page, 15_000)
    until_fine(page)  # tiles need no connection of Streamlit's
    until_rest(page, "chr20:42,942,501-42,957,500")
    assert len(sockets) > 1
    assert x_range(page) == [42_942_500.5, 42_957_500.5]
    select(page, 42_950_001, 42_951_000, "made:+")
    panel(page).get_by_role("button", name="Highlight", exact=True).click()
    expect(page.get_by_text("'kind': 'highlight'")).to_be_visible()
    page.wait_for_url(re.compile("mark=4295"))
    assert x_range(page) == [42_942_500.5, 42_957_500.5]


def test_past_the_edge_more_is_offered_and_comes_when_asked_for(view: Page) -> None:
    further = view.get_by_role("button", name="Predict further right")
    expect(further).to_have_count(0)
    box(view).focus()
    view.keyboard.press("Shift+ArrowRight")
    until_at(view, 42_950_000.5, 42_980_000.5)
    expect(further).to_have_count(0)
    view.keyboard.press("ArrowRight")
    expect(further).to_be_visible()
    view.keyboard.press("Escape")
    expect(further).to_have_count(0)
    view.keyboard.press("ArrowRight")
    seen = x_range(view)
    further.click()
    expect(view.get_by_text("'kind': 'extend', 'side': 'right'")).to_be_visible()
    view.wait_for_url(re.compile("42,950,001-43,010,000|42%2C950%2C001-43%2C010%2C000"))
    until_fine(view)
    assert x_range(view) == seen  # the part in view stays
    box(view).focus()
    view.keyboard.press("Home")
    until_at(view, 42_950_000.5, 43_010_000.5)
    expect(mark(view, "select")).to_have_count(0)


def test_always_is_remembered_and_needs_no_press(view: Page, tiles_server: Server) -> None:
    box(view).focus()
    view.keyboard.press("Shift+ArrowRight")
    until_at(view, 42_950_000.5, 42_980_000.5)
    view.keyboard.press("ArrowRight")
    view.get_by_role("checkbox", name="always").check()
    assert view.evaluate("localStorage.getItem('genoview.extend')") == "1"
    opened(view, tiles_server.url, *NEAR)
    box(view).focus()
    view.keyboard.press("Shift+ArrowRight")
    until_at(view, 42_950_000.5, 42_980_000.5)
    view.keyboard.press("Shift+ArrowRight")  # half a view past the edge
    expect(view.get_by_text("'kind': 'extend', 'side': 'right'")).to_be_visible()
    view.wait_for_url(re.compile("43,010,000|43%2C010%2C000"))
    until_fine(view)
