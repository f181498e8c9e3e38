"""A hand on the track view of `tiles_app.py` or of the dashboard: places, presses, waiting."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import PATIENCE

STEP_MS = 50  # between two looks
LOOK_EVERY = 100  # ms between looks that wait for no frame to be drawn: a busy page has few
Found = TypeVar("Found")
GEOMETRY = """() => {
    // of what Plotly drew last: call it when the figure is fine
    const box = document.querySelector(".tv-figure");
    const { _size: size, xaxis } = box._fullLayout;
    const frame = box.getBoundingClientRect();
    return {
        left: frame.left + size.l, top: frame.top + size.t, width: size.w,
        range: xaxis.range.map(Number), rows: box.layout.meta.rows,
    };
}"""
READ_RANGE = "document.querySelector('.tv-figure')?.layout?.xaxis.range.map(Number)"
# The figure was composed for the range on screen and for about the width of the page, and Plotly
# has drawn it: it does where a pointer moves, and a while after the last gesture. Lines
# above it that come and go do not move it any more.
FINE = """() => {
    const box = document.querySelector(".tv-figure"), meta = box?.layout?.meta;
    if (!document.querySelector(".tv-picture")?.hidden) {
        box?.dispatchEvent(new PointerEvent("pointermove"));
        return false;
    }
    if (!meta || !box._fullLayout) return false;
    const [left, right] = box.layout.xaxis.range.map(Number);
    const frame = box.getBoundingClientRect(), place = `${frame.left} ${frame.top}`;
    const stays = place === box.dataset.place; // since the last look
    box.dataset.place = place;
    return stays && Math.abs(meta.width_px / document.querySelector(".tv").clientWidth - 1) <= 0.08
        && meta.start === Math.floor(left - 0.5 + 1e-6)
        && meta.end === Math.ceil(right - 0.5 - 1e-6);
}"""


class Drawn(NamedTuple):
    """Where things are, px of the page."""

    left: float
    top: float
    width: float
    range: list[float]
    rows: list[dict[str, Any]]

    def at(self, x: float) -> float:
        """px of an x of the figure."""
        start, end = self.range
        return self.left + (x - start) / (end - start) * self.width

    def row(self, row_id: str) -> dict[str, Any]:
        return next(row for row in self.rows if row["id"] == row_id)

    def middle(self, row_id: str) -> float:
        """px from the top of the page to the middle of a row."""
        row = self.row(row_id)
        return float(self.top + row["top"] + row["height"] / 2)


def drawn(page: Page) -> Drawn:
    return Drawn(**page.evaluate(GEOMETRY))


def opened(page: Page, url: str, first: int | None = None, last: int | None = None) -> Page:
    """The page with its figure; `first` and `last` base in view, counted from 1."""
    page.goto(url if first is None else f"{url}/?at={first}-{last}")
    until_fine(page)
    return page


def until_fine(page: Page) -> None:
    page.wait_for_function(FINE, polling=LOOK_EVERY)


def x_range(page: Page) -> list[float]:
    """Of the figure, which Streamlit may put on the page anew, as after a lost connection."""
    read: list[float] = until(page, lambda view: view.evaluate(READ_RANGE) or [], bool)
    return read


def until(page: Page, read: Callable[[Page], Found], wanted: Callable[[Found], bool]) -> Found:
    """Read the page again and again, as long as other waits last, until it is as wanted."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not wanted(found := read(page)):
        assert time.monotonic() < deadline, f"It stayed {found}"
        page.wait_for_timeout(STEP_MS)
    return found


def until_range(page: Page, wanted: Callable[[float, float], bool]) -> list[float]:
    return until(page, x_range, lambda now: wanted(*now))


def after_timers(page: Page, ms: int = 400) -> None:
    """Wait until timers of the page, set by now for less than that, have gone off.

    By a timer of the page: it goes off behind the others, however busy the machine is. A click
    waits 300 ms to be a double one.
    """
    page.evaluate("ms => new Promise(done => setTimeout(done, ms))", ms)


def until_at(page: Page, start: float, end: float) -> None:
    until_range(page, lambda a, b: [a, b] == pytest.approx([start, end], abs=0.01, rel=0))


def until_width(page: Page, width: float) -> list[float]:
    return until_range(page, lambda a, b: b - a == pytest.approx(width, abs=0.01, rel=0))


def until_rest(page: Page, view: str) -> None:
    """Wait until Python was told of the view, such as `chr20:42,935,001-42,965,000`."""
    expect(page.get_by_text(f"Python saw {view}, ")).to_be_visible()


def box(page: Page) -> Locator:
    return page.get_by_role("figure")


def panel(page: Page) -> Locator:
    """What is told beside the figure."""
    return page.locator(".tv-panel")


def mark(page: Page, name: str) -> Locator:
    return page.locator(f".tv-mark-{name}")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], key: str = "") -> None:
    """From one place of the page to another, with a key held down or none."""
    if key:
        page.keyboard.down(key)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()
    if key:
        page.keyboard.up(key)


def select(page: Page, first: int, last: int, row_id: str) -> None:
    """Mark the bases `first` to `last` (1-based), over a row."""
    where = drawn(page)
    y = where.middle(row_id)
    drag(page, (where.at(first), y), (where.at(last), y), "Shift")


def grip(page: Page, title: str) -> Locator:
    return page.get_by_role("button", name=f"Move {title}: drag, or arrow up and down")


def row_menu(page: Page, title: str) -> Locator:
    """The open menu of a row."""
    page.get_by_role("button", name=f"How {title} is drawn").click()
    return page.get_by_role("dialog", name=f"How {title} is drawn")


def row_ids(page: Page) -> list[str]:
    """From the top, without those that a figure draws twice."""
    return list(dict.fromkeys(row["id"] for row in drawn(page).rows if row["id"]))


def until_rows(page: Page, wanted: list[str]) -> None:
    until(page, row_ids, lambda now: now == wanted)


def choice_of(page: Page, row_id: str) -> dict[str, Any]:
    """How a row is drawn, as the figure says."""
    return dict(drawn(page).row(row_id)["choice"])


def until_choice(page: Page, row_id: str, **wanted: object) -> None:
    until(page, lambda page: choice_of(page, row_id), lambda now: now | wanted == now)


def tiles_asked(page: Page) -> list[str]:
    """Addresses of the tiles that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/tile?" in r.url else None)
    return asked
