"""What a reader does on the dashboard, and what they see: typing, waiting, reading the figure."""

import json
import math
from typing import Any, NamedTuple
from urllib.parse import quote

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.gestures import LOOK_EVERY

LOCUS = "chr20:43,000,001-43,002,000"  # short, so that its models take a few seconds
NEAR = "500"  # bp on each side of a variant, in the link: its models take a few seconds
SLOW = 90_000  # ms until the models of a short locus must be ready on a busy machine
MODELS = ("JASPAR2024", "Promoter activity", "PromID", "CI-SpliceAI")

READ = """() => {
    const isList = v => v != null && typeof v !== "string" && v.length !== undefined;
    const plain = v => {
        if (v == null) return null;
        const held = v._inputArray ?? v;
        return isList(held) ? Array.from(held, plain) : held;
    };
    const figure = document.querySelector(".tv-figure");
    const keys = ["name", "type", "yaxis", "mode", "x", "y", "z", "base", "text", "hovertext"];
    const axes = Object.keys(figure.layout).filter(key => key.startsWith("yaxis"));
    return JSON.stringify({
        data: figure.data.map(
            trace => Object.fromEntries(keys.map(key => [key, plain(trace[key])]))),
        range: figure.layout.xaxis.range.map(Number),
        scales: axes.map(key => figure.layout[key].range),
        texts: figure.layout.annotations.map(note => note.text),
    });
}"""
# The figure is of this query and these models, and no script is running.
DRAWN = """([title, models]) => {
    const app = document.querySelector("[data-testid=stApp]");
    const figure = document.querySelector(".tv-figure");
    if (!figure?.layout || app?.dataset.testScriptState !== "notRunning") return false;
    const texts = (figure.layout.annotations ?? []).map(note => note.text).join(" ");
    const plain = texts.replaceAll("&gt;", ">").replaceAll("&lt;", "<");
    return plain.includes(`<b>${title}</b>`) && models.every(name => plain.includes(name));
}"""
# What a page shows that did not come to that.
SHOWN = """() => JSON.stringify({
    script: document.querySelector("[data-testid=stApp]")?.dataset.testScriptState,
    figures: [...document.querySelectorAll(".tv-figure")].map(
        figure => (figure.layout?.annotations ?? []).slice(0, 5).map(note => note.text)),
    text: document.querySelector("[data-testid=stMain]")?.innerText.slice(0, 2000),
})"""
# Plotly has drawn what is seen on the canvas: it does where a pointer moves over it.
PLOTTED = """() => {
    const picture = document.querySelector(".tv-picture");
    if (!picture || picture.hidden) return true;
    document.querySelector(".tv-figure").dispatchEvent(new PointerEvent("pointermove"));
    return false;
}"""


class Figure(NamedTuple):
    """A figure as the browser holds it."""

    data: list[dict[str, Any]]
    range: list[float]
    scales: list[list[float]]
    texts: list[str]

    def trace(self, name: str) -> dict[float, float]:
        """x -> the value furthest from 0, of the lines called `name`."""
        found: dict[float, float] = {}
        traces = [t for t in self.data if t["name"] == name and t["mode"] == "lines"]
        assert traces, f"no trace {name!r} among {sorted({str(t['name']) for t in self.data})}"
        for trace in traces:
            for x, y in zip(trace["x"], trace["y"], strict=True):
                if y is not None and math.isfinite(y):
                    found[x] = max(found.get(x, 0.0), y, key=abs)
        return found

    def names(self) -> set[str]:
        return {trace["name"] for trace in self.data if trace["name"]}

    def sites(self, factor: str) -> list[str]:
        """What the sites of a factor say under the mouse."""
        rows = [trace["hovertext"] for trace in self.data if trace["name"] == factor]
        return [text for row in rows if isinstance(row, list) for text in row]


def figure(page: Page) -> Figure:
    page.wait_for_function(PLOTTED, polling=LOOK_EVERY)
    return Figure(**json.loads(page.evaluate(READ)))


def until_drawn(page: Page, title: str, models: tuple[str, ...] = MODELS) -> Figure:
    """Wait for the tracks of the query called `title` by all `models`."""
    try:
        page.wait_for_function(DRAWN, arg=[title, list(models)], timeout=SLOW, polling=LOOK_EVERY)
    except TimeoutError as error:
        raise AssertionError(f"{title} was not drawn. {page.evaluate(SHOWN)}") from error
    return figure(page)


def address(base: str, query: str, page: str = "", **choices: str) -> str:
    """The link of a view, as a reader would paste it."""
    rest = "".join(f"&{key}={quote(value)}" for key, value in choices.items())
    return f"{base}/{page}?q={quote(query)}{rest}"


def box(page: Page) -> Locator:
    return page.locator('input[aria-label="Locus, gene or variant"]')  # textbox, then combobox


def ask(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")


def echo(page: Page) -> Locator:
    """The normalised query under the search box."""
    return page.get_by_test_id("stCaptionContainer").filter(has_text="· shown ")


def menu(page: Page, name: str, tab: str = "") -> Locator:
    """Open one of the menus above the tracks, and a tab of it."""
    page.get_by_test_id("stPopover").filter(has_text=name).get_by_role("button").click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_be_visible()
    settle(page)
    if tab:
        body.get_by_role("tab", name=tab, exact=True).click()
    return body


def settle(page: Page, state: str = "notRunning") -> None:
    """Wait until no script is running, or one is."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", state)


def close_menu(page: Page) -> None:
    page.mouse.click(4, 300)  # beside all that is on the page
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def errors(page: Page) -> Locator:
    return page.get_by_test_id("stAlertContentError")


CLICK_STOP = """() => [...document.querySelectorAll('button')]
  .filter(button => button.textContent.trim() === 'Stop').at(-1)?.click()"""


def stop_all(page: Page) -> None:
    """Stop what is left to run, so that no later test waits for it."""
    stop = page.get_by_role("button", name="Stop", exact=True)
    while left := stop.count():
        page.evaluate(CLICK_STOP)  # at once: a model that ends takes its button away
        expect(stop).not_to_have_count(left)
    expect(page.get_by_text("stops after the current part")).to_have_count(0, timeout=SLOW)
