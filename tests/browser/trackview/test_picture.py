"""The canvas that is seen at every frame: it shows what Plotly then draws, and before it does."""

import io

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.gestures import box, drawn, opened, until_fine, until_width
from tests.browser.harness import Server, Watched

pytestmark = pytest.mark.browser

# Paints the figure that Plotly drew, at the same place, and shows it.
REPAINT = """async () => {
    const styles = [...document.querySelectorAll("link")].find((l) => /trackview.css/.test(l.href));
    const { Picture } = await import(styles.href.replace("trackview.css", "canvas/picture.js"));
    const box = document.querySelector(".tv-figure"), picture = new Picture();
    const place = { width: box.layout.width, range: box.layout.xaxis.range.map(Number) };
    const made = picture.show({ data: box.data, layout: box.layout }, place, "#ffffff");
    document.querySelector(".tv-picture").after(picture.node);
    picture.node.classList.add("repainted");
    return made;
}"""
# Notes that the canvas was seen, for however short a time.
NOTE_PICTURE = """() => {
    const picture = document.querySelector(".tv-picture");
    window.pictureShown = false;
    const look = () => { window.pictureShown ||= !picture.hidden; };
    new MutationObserver(look).observe(picture, { attributeFilter: ["hidden"] });
}"""
HIDE = ".tv-rows, .tv-layer, .tv-ruler { display: none !important }"
Pixels = npt.NDArray[np.int16]


def seen(page: Page) -> Pixels:
    """int16[height, width, 3] of the figure on screen."""
    raw = page.locator(".tv-stage").screenshot(animations="disabled")
    return np.asarray(Image.open(io.BytesIO(raw)).convert("RGB"), dtype=np.int16)


def share_off(a: Pixels, b: Pixels) -> float:
    """Share of the pixels of which a channel differs by more than a quarter."""
    return float((np.abs(a - b).max(axis=2) > 64).mean())


@pytest.mark.parametrize(
    ("first", "last"),
    [(42_920_001, 42_980_000), (42_949_001, 42_951_000), (42_950_101, 42_950_160)],
    ids=["window", "gene", "bases"],
)
def test_the_canvas_shows_what_plotly_draws(
    page: Page, tiles_server: Server, first: int, last: int
) -> None:
    opened(page, tiles_server.url, first, last)
    page.add_style_tag(content=HIDE)
    plot = seen(page)
    assert page.evaluate(REPAINT)
    picture = seen(page)
    assert picture.shape == plot.shape
    blank = np.broadcast_to(picture[1, 1], picture.shape)
    assert share_off(picture, plot) < 0.01
    assert share_off(blank.astype(np.int16), plot) > 0.02  # what no picture at all would be off by


def test_a_key_moves_the_picture_at_once_and_plotly_follows_when_the_reader_rests(
    page: Page, tiles_server: Server
) -> None:
    opened(page, tiles_server.url)
    expect(page.locator(".tv-picture")).to_be_hidden()
    page.evaluate(NOTE_PICTURE)  # it may be gone before a test looks
    box(page).focus()
    page.keyboard.press("+")
    page.wait_for_function("window.pictureShown")
    expect(page.locator(".tv-picture")).to_be_hidden()  # without a further word of the reader
    until_width(page, 30_000)


def test_rows_lie_where_plotly_puts_them(page: Page, tiles_server: Server) -> None:
    opened(page, tiles_server.url)
    placed = page.evaluate("""async () => {
        const styles = [...document.querySelectorAll("link")]
            .find((l) => /trackview.css/.test(l.href)).href;
        const { frameOf, rowOf } = await import(styles.replace("trackview.css", "canvas/frame.js"));
        const box = document.querySelector(".tv-figure"), { layout, _fullLayout: full } = box;
        const frame = frameOf(layout, layout.width, layout.xaxis.range);
        const rows = layout.meta.rows.map(({ yaxis }) => yaxis.replace("y", "yaxis"));
        return {
            ours: [frame.left, frame.top, frame.width, frame.height,
                ...rows.flatMap((name) => { const r = rowOf(layout[name], frame);
                    return [r.top, r.height, r.y(full[name].range[1])]; })],
            plotly: [full._size.l, full._size.t, full._size.w, full._size.h,
                ...rows.flatMap((name) => { const a = full[name];
                    return [a._offset, a._length, a._offset + a.c2p(a.range[1])]; })],
        };
    }""")
    assert placed["ours"] == pytest.approx(placed["plotly"], abs=0.01)


def test_tracks_are_seen_and_moved_where_plotly_does_not_load(
    page: Page, tiles_server: Server, watched: Watched
) -> None:
    page.route("**/plotly-cartesian.min.js", lambda route: route.abort())
    page.goto(tiles_server.url)
    expect(page.locator(".tv-picture")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("plotly.js did not load")
    place = page.locator(".tv-place")
    expect(place).to_contain_text("60,000 bp")
    page.get_by_role("button", name="Zoom in").click()
    expect(place).to_contain_text("30,000 bp")
    assert len(np.unique(seen(page).reshape(-1, 3), axis=0)) > 50  # rows, not a blank
    page.unroute("**/plotly-cartesian.min.js")
    until_fine(page)  # it was tried again
    expect(page.get_by_role("alert")).to_be_hidden()
    watched.errors.clear()  # of the script that this test took away


def test_the_ruler_and_the_buttons_stay_while_the_rows_scroll(
    page: Page, tiles_server: Server
) -> None:
    page.set_viewport_size({"width": 1_200, "height": 420})
    opened(page, tiles_server.url)
    ruler, tools = page.locator(".tv-ruler"), page.get_by_role("button", name="Zoom in")
    expect(ruler).to_be_hidden()
    top = drawn(page).top
    page.mouse.move(600, 300)
    page.mouse.wheel(0, top)
    expect(ruler).to_be_visible()
    expect(tools).to_be_in_viewport()
    page.mouse.wheel(0, -10_000)
    expect(ruler).to_be_hidden()
    until_fine(page)


# Paints many cells at once and a few lanes at a time; the share of pixels that differ, a sign each.
MANY_CELLS = """async () => {
    const styles = [...document.querySelectorAll("link")].find((l) => /trackview.css/.test(l.href));
    const { heat } = await import(styles.href.replace("trackview.css", "canvas/heatmap.js"));
    const n = 64, side = 5 * n;
    const z = Array.from({ length: n }, (_, i) =>
        Float32Array.from({ length: n }, (_, j) => ((7 * i + 13 * j) % 97) / 96));
    z[3][5] = NaN;
    const colorscale = [[0, "#fff1f3"], [1, "#102030"]];
    const shared = { x0: 0.5, dx: 1, zmin: 0, zmax: 1, colorscale };
    const painted = (dy, lanes) => {
        const ctx = new OffscreenCanvas(side, side).getContext("2d");
        const row = { y: (v) => (dy > 0 ? side - 5 * v : -5 * v) };
        for (let k = 0; k < n; k += lanes)
            heat(ctx, { ...shared, z: z.slice(k, k + lanes), y0: dy * (0.5 + k), dy },
                (x) => 5 * x, row, { range: [0, n] });
        return ctx.getImageData(0, 0, side, side).data;
    };
    return [1, -1].map((dy) => {
        const [one, other] = [painted(dy, n), painted(dy, 16)];
        const seen = one.filter((value, i) => i % 4 === 3 && value > 0).length / side ** 2;
        return [one.filter((value, i) => value !== other[i]).length, seen];
    });
}"""


def test_many_cells_painted_at_once_are_those_painted_one_by_one(
    page: Page, tiles_server: Server
) -> None:
    opened(page, tiles_server.url, 42_920_001, 42_980_000)
    for n_different, share_seen in page.evaluate(MANY_CELLS):
        assert n_different == 0
        assert share_seen == pytest.approx(1 - 1 / 64**2)  # one cell has no value
