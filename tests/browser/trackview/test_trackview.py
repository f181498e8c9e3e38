"""The track view in Chromium, alone on a page: hands, answers, files, faults."""

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, WebSocketRoute, expect

from tests.browser.dashboard.reader import settle
from tests.browser.gestures import LOOK_EVERY, after_timers, until, x_range
from tests.browser.harness import Serve, Server, Watched

pytestmark = pytest.mark.browser

DEMO = Path(__file__).with_name("demo_app.py")
START, END = 43_020_000, 43_080_000  # where the demo begins
WINDOW = [43_000_000, 43_100_000]
SETTLED = "document.querySelector('.tv-figure .scatterlayer .trace') !== null"


@pytest.fixture
def server(serve: Serve) -> Server:
    return serve(DEMO)


@pytest.fixture
def view(page: Page, server: Server) -> Page:
    return opened(page, server.url)


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_function(SETTLED, polling=LOOK_EVERY)
    expect(page.get_by_text("Python saw nothing")).to_be_visible()
    return page


def figure(page: Page) -> Locator:
    return page.get_by_role("figure")


def x_under(page: Page, pixel: float) -> float:
    """x of the figure at a horizontal place of the page."""
    script = """pixel => {
        const box = document.querySelector('.tv-figure'), axis = box._fullLayout.xaxis;
        const left = box.getBoundingClientRect().left + axis._offset;
        return axis.range[0] + (pixel - left) / axis._length * (axis.range[1] - axis.range[0]);
    }"""
    return float(page.evaluate(script, pixel))


def a_point(page: Page, share: float = 0.5) -> tuple[float, float]:
    """A place on the first row, in pixels of the page."""
    figure(page).scroll_into_view_if_needed()
    box = page.locator(".tv-figure .nsewdrag").first.bounding_box()
    assert box
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def drag(page: Page, by: float, *, release: bool = True, steps: int = 6) -> None:
    x, y = a_point(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=steps)
    if release:
        page.mouse.up()


def wheel(page: Page, amount: float, key: str | None) -> None:
    if key:
        page.keyboard.down(key)
    page.mouse.wheel(0, amount)
    if key:
        page.keyboard.up(key)


def expect_python_saw(page: Page, start: float, end: float) -> None:
    expect(page.get_by_text(f"Python saw {start:.1f} to {end:.1f}")).to_be_visible()


def until_range(page: Page, wanted: Callable[[float, float], bool]) -> list[float]:
    return until(page, x_range, lambda now: wanted(*now))


def width_of(ends: list[float]) -> float:
    return ends[1] - ends[0]


def plot_title(page: Page) -> Locator:
    return page.locator(".tv-figure .gtitle")


# Painting ------------------------------------------------------------------------------------


def test_the_figure_is_painted_where_it_says_and_named_with_one_crosshair(view: Page) -> None:
    assert x_range(view) == [START, END]
    assert view.locator(".tv-figure .scatterlayer .trace path.js-line").count() == 3
    assert "row 1, row 2, row 3" in str(figure(view).get_attribute("aria-label"))
    expect(view.get_by_role("status").filter(has_text="Showing")).to_have_text(
        "Showing chr20:43,020,001-43,080,000 (60,000 bp)"
    )
    figure(view).hover()
    assert view.locator(".tv-figure .modebar-btn").count() == 0  # no button of Plotly's
    assert "cloud" not in figure(view).inner_text().lower()
    view.mouse.move(*a_point(view))
    label = view.locator(".tv-figure .hoverlayer .legend")
    expect(label).to_contain_text("row 1")
    expect(label).to_contain_text("row 3")
    assert view.locator(".tv-figure .hoverlayer .spikeline").count() > 0


def test_plotly_comes_once_compressed_and_to_be_kept_for_good(
    fresh_page: Page, server: Server
) -> None:
    answers: list[Response] = []
    fresh_page.on(
        "response", lambda r: answers.append(r) if "plotly-cartesian.min.js" in r.url else None
    )
    opened(fresh_page, server.url)
    assert len(answers) == 1
    headers = answers[0].headers
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) < 550_000
    assert "immutable" in headers["cache-control"]


def test_the_figure_follows_the_width_of_the_page(view: Page) -> None:
    wide = figure(view).evaluate("box => box._fullLayout.width")
    view.set_viewport_size({"width": 700, "height": 900})
    view.wait_for_function(f"document.querySelector('.tv-figure')._fullLayout.width < {wide} - 300")
    inside = view.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert inside
    assert x_range(view) == [START, END]


# Hands ---------------------------------------------------------------------------------------


def test_dragging_pans_tells_python_and_stops_at_the_window_s_edge_at_the_same_width(
    view: Page,
) -> None:
    x, _ = a_point(view)
    under = x_under(view, x)
    drag(view, 200)
    start, end = until_range(view, lambda a, b: a < START)
    assert end - start == pytest.approx(END - START)
    assert x_under(view, x + 200) == pytest.approx(under, abs=(end - start) / 1000)
    expect_python_saw(view, start, end)
    assert x_range(view) == [start, end]
    drag(view, 2000)
    start, end = until_range(view, lambda a, b: a == WINDOW[0])
    assert end == WINDOW[0] + END - START
    expect_python_saw(view, start, end)


def test_a_finger_pans_sideways(browser: Browser, server: Server) -> None:
    reader = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = opened(reader.new_page(), server.url)
    x, y = a_point(page)
    touches = reader.new_cdp_session(page)
    for kind, by in [("touchStart", 0), ("touchMove", 20), ("touchMove", 60), ("touchEnd", 0)]:
        points = [] if kind == "touchEnd" else [{"x": x + by, "y": y}]
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    start, end = until_range(page, lambda a, b: a < START - 10_000)
    expect_python_saw(page, start, end)
    reader.close()


def test_the_wheel_with_a_key_zooms_around_the_pointer(view: Page) -> None:
    x, y = a_point(view, share=0.3)
    view.mouse.move(x, y)
    for key in ("Control", "Shift"):
        before, under = width_of(x_range(view)), x_under(view, x)
        wheel(view, -200, key)
        near = until(view, x_range, lambda now, before=before: width_of(now) < before)
        assert x_under(view, x) == pytest.approx(under, abs=1)
        expect_python_saw(view, *near)
        wheel(view, 100, key)
        until(view, x_range, lambda now, near=near: width_of(now) > width_of(near))


def test_the_plain_wheel_scrolls_the_page(view: Page) -> None:
    view.mouse.move(*a_point(view))
    top = figure(view).evaluate("box => box.getBoundingClientRect().top")
    wheel(view, 100, None)
    view.wait_for_function(
        "top => document.querySelector('.tv-figure').getBoundingClientRect().top < top", arg=top
    )
    assert x_range(view) == [START, END]


def test_the_closest_zoom_is_ten_bases_and_the_widest_the_window(view: Page) -> None:
    view.mouse.move(*a_point(view))
    for _ in range(40):
        wheel(view, -300, "Control")
    start, end = until_range(view, lambda a, b: b - a < 10.001)
    assert end - start == pytest.approx(10)
    for _ in range(40):
        wheel(view, 300, "Control")
    until_range(view, lambda a, b: [a, b] == WINDOW)


def test_a_double_click_zooms_in_around_the_pointer_and_with_shift_out(view: Page) -> None:
    view.mouse.dblclick(*a_point(view))
    start, end = until_range(view, lambda a, b: b - a == pytest.approx((END - START) / 2))
    assert START < start < end < END
    expect_python_saw(view, start, end)
    view.keyboard.down("Shift")
    view.mouse.dblclick(*a_point(view))
    view.keyboard.up("Shift")
    until_range(view, lambda a, b: [a, b] == pytest.approx([START, END]))


def test_keys_pan_and_zoom(view: Page) -> None:
    figure(view).focus()
    steps = {("ArrowRight",): [START + 6_000, END + 6_000], ("+", "Home"): WINDOW}
    for keys, expected in steps.items():
        for key in keys:
            view.keyboard.press(key)
        until(view, x_range, pytest.approx(expected).__eq__)
        expect_python_saw(view, *expected)


def test_a_button_zooms(view: Page) -> None:
    view.get_by_role("button", name="Zoom in", exact=True).click()
    expected = [START + 15_000, END - 15_000]
    until_range(view, lambda a, b: [a, b] == pytest.approx(expected))
    expect_python_saw(view, *expected)


def test_y_is_never_zoomed(view: Page) -> None:
    script = "document.querySelector('.tv-figure')._fullLayout.yaxis.range"
    before = view.evaluate(script)
    x, y = a_point(view)
    view.mouse.move(x, y)
    view.mouse.down()
    view.mouse.move(x + 50, y + 60, steps=5)
    view.mouse.up()
    axis = view.locator(".tv-figure .nsewdrag").first.bounding_box()
    assert axis
    view.mouse.move(axis["x"] - 15, y)
    view.mouse.down()
    view.mouse.move(axis["x"] - 15, y + 60, steps=5)
    view.mouse.up()
    assert view.evaluate(script) == before


# Answers of Python ---------------------------------------------------------------------------


def test_a_new_figure_of_the_same_subject_keeps_the_zoom(view: Page) -> None:
    figure(view).focus()
    view.keyboard.press("+")
    expect_python_saw(view, START + 15_000, END - 15_000)
    view.get_by_role("spinbutton", name="Rows").fill("5")
    view.keyboard.press("Enter")
    view.wait_for_function(
        "document.querySelectorAll('.tv-figure .scatterlayer .trace').length === 5"
    )
    assert x_range(view) == [START + 15_000, END - 15_000]
    view.get_by_text("Dark").click()
    view.wait_for_selector(".tv[data-theme=dark]")
    assert x_range(view) == [START + 15_000, END - 15_000]


def test_a_new_subject_begins_at_its_own_range(view: Page) -> None:
    figure(view).focus()
    view.keyboard.press("+")
    expect_python_saw(view, START + 15_000, END - 15_000)
    view.get_by_text("second", exact=True).click()
    expect(plot_title(view)).to_contain_text("second")
    assert x_range(view) == [START, END]
    expect(view.get_by_text("Python saw nothing")).to_be_visible()


def test_python_answers_a_gesture_once(view: Page) -> None:
    expect(plot_title(view)).to_have_text("first, answer 1")
    figure(view).focus()
    view.evaluate("""() => {
        const press = () => new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true});
        for (let i = 0; i < 5; i++) document.activeElement.dispatchEvent(press());
    }""")  # at once, however busy the machine is
    expect(plot_title(view)).to_have_text("first, answer 2")
    after_timers(view, 600)
    settle(view)
    expect(plot_title(view)).to_have_text("first, answer 2")


def test_the_answer_has_finer_data(view: Page) -> None:
    script = """() => {
        const x = document.querySelector('.tv-figure')._fullData[0].x;
        return Number(x[1]) - Number(x[0]);
    }"""
    assert view.evaluate(script) > 10
    view.mouse.move(*a_point(view))
    for _ in range(3):
        wheel(view, -300, "Control")
    view.wait_for_function(f"({script})() < 10")


def test_a_late_answer_neither_moves_the_view_nor_is_drawn(page: Page, server: Server) -> None:
    opened(page, server.url)
    wait = page.get_by_role("spinbutton", name="Wait")
    wait.fill("1")
    wait.press("Enter")
    expect(plot_title(page)).to_have_text("first, answer 2")
    titles = "window.titles = new Set(); setInterval(() => window.titles.add("
    page.evaluate(titles + "document.querySelector('.tv-figure .gtitle')?.textContent), 20)")
    figure(page).focus()
    page.keyboard.press("+")
    settle(page, "running")  # reported; Python is busy with it
    page.keyboard.press("ArrowRight")
    after = until_range(page, lambda a, b: b != END - 15_000 and b - a < 31_000)
    expect_python_saw(page, *after)
    assert x_range(page) == after
    seen = page.evaluate("[...window.titles]")
    assert len([title for title in seen if title]) == 2, seen


def test_a_drag_goes_on_while_an_answer_is_drawn(view: Page) -> None:
    x, y = a_point(view)
    under = x_under(view, x)
    drag(view, 100, release=False, steps=1)  # more, and a busy machine reports between two of them
    expect(plot_title(view)).to_have_text("first, answer 2")
    view.mouse.move(x + 150, y, steps=3)
    view.mouse.up()
    held = until_range(view, lambda a, b: x_under(view, x + 150) == pytest.approx(under, abs=60))
    expect_python_saw(view, *held)
    assert x_range(view) == held


def test_a_view_that_comes_back_to_the_page_begins_at_the_figure_s_range(view: Page) -> None:
    figure(view).focus()
    for number in range(3):
        view.keyboard.press("+")
        expect(plot_title(view)).to_have_text(f"first, answer {number + 2}")
    view.get_by_text("Shown").click()
    expect(figure(view)).to_have_count(0)
    view.get_by_text("Shown").click()
    view.wait_for_function(SETTLED, polling=LOOK_EVERY)
    assert x_range(view) == [START, END]
    figure(view).focus()
    view.keyboard.press("ArrowRight")
    expect_python_saw(view, START + 6_000, END + 6_000)


def test_the_address_follows_without_filling_the_history(fresh_page: Page, server: Server) -> None:
    view = opened(fresh_page, server.url)
    length = view.evaluate("history.length")
    figure(view).focus()
    for number in range(1, 4):
        view.keyboard.press("ArrowRight")
        first = START + 6_000 * number
        view.wait_for_url(re.compile(rf"\?at={first + 1}-{first + END - START}$"))
    assert view.evaluate("history.length") == length


def test_the_view_survives_a_dropped_connection(fresh_page: Page, server: Server) -> None:
    page = fresh_page
    sockets: list[WebSocketRoute] = []

    def through(route: WebSocketRoute) -> None:
        sockets.append(route)
        route.connect_to_server()

    page.route_web_socket(re.compile("_stcore/stream"), through)
    opened(page, server.url)
    figure(page).focus()
    page.keyboard.press("+")
    expect_python_saw(page, START + 15_000, END - 15_000)
    sockets[-1].close(code=1001)
    assert x_range(page) == [START + 15_000, END - 15_000]
    until(page, lambda _: len(sockets), lambda n: n > 1)
    page.mouse.move(*a_point(page))
    wheel(page, 100, "Control")
    start, end = until_range(page, lambda a, b: b - a > 30_001)
    expect_python_saw(page, start, end)
    assert x_range(page) == [start, end]


# Files ---------------------------------------------------------------------------------------


def saved(view: Page, kind: str, folder: Path) -> bytes:
    with view.expect_download() as download:
        view.get_by_role("button", name=f"Save the view as {kind}").click()
    assert download.value.suggested_filename == f"demo-view.{kind.lower()}"
    download.value.save_as(folder / kind)
    return (folder / kind).read_bytes()


def test_the_files_have_the_whole_figure_its_ground_and_the_reader_s_range(
    view: Page, tmp_path: Path
) -> None:
    content = saved(view, "PNG", tmp_path)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    shown = figure(view).evaluate("box => [box._fullLayout.width, box._fullLayout.height]")
    assert list(struct.unpack(">II", content[16:24])) == [2 * shown[0], 2 * shown[1]]
    view.get_by_text("Dark").click()
    view.wait_for_selector(".tv[data-theme=dark]")
    ground = "rgb(17, 17, 17)"  # of the template plotly_dark
    expect(view.locator(".tv")).to_have_css("background-color", ground)
    first_shape = saved(view, "SVG", tmp_path).decode().partition("<rect")[2].partition(">")[0]
    assert f"fill: {ground}" in first_shape
    assert 'x="0" y="0"' in first_shape
    figure(view).focus()
    view.keyboard.press("+")
    expect_python_saw(view, START + 15_000, END - 15_000)
    text = saved(view, "SVG", tmp_path).decode()
    assert "first, answer" in text
    assert "43,050,000" in text
    assert "43,020,000" not in text


# Faults --------------------------------------------------------------------------------------


def test_a_figure_that_cannot_be_drawn_is_said_in_place(view: Page) -> None:
    view.get_by_text("Broken").click()
    alert = view.locator(".tv").get_by_role("alert")
    expect(alert).to_contain_text("The tracks could not be drawn")
    view.get_by_text("Broken").click()
    expect(alert).to_be_hidden()
    assert x_range(view) == [START, END]


@pytest.mark.parametrize("name", ["main.js", "plotly-cartesian.min.js"])
def test_a_script_that_does_not_load_is_said_in_place(
    fresh_page: Page, server: Server, watched: Watched, name: str
) -> None:
    page = fresh_page
    page.route(f"**/{name}", lambda route: route.abort())
    page.goto(server.url)
    expect(page.get_by_role("alert").filter(has_text="drawn")).to_contain_text("reload the page")
    assert watched.errors
    watched.errors.clear()  # Chromium's own line on the failed request
