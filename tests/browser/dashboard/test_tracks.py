"""The track view on the real dashboard: what is done by hand stays in links and after a reload."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from tests.browser.dashboard import reader
from tests.browser.dashboard.reader import LOCUS, SLOW, address, until_drawn
from tests.browser.gestures import (
    box,
    drawn,
    grip,
    panel,
    row_menu,
    select,
    until_choice,
    until_fine,
    until_range,
    until_rows,
)
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

NewReader = Callable[..., BrowserContext]
FIRST, LAST = 43_000_801, 43_000_900  # 1-based, in LOCUS
NEAR = f"{FIRST}-{LAST}"
SPLICE = "cispliceai"
ADA, ADA_AT = "chr20:43249076:C>T", 43_249_076
GAINED, LOST = 43_249_074, 43_249_042  # acceptors, 1-based
# What is on screen, twenty times a second: ids of rows, and how many values splicing has in view.
WATCH = """([left, right]) => {
    window.seen = [];
    setInterval(() => {
        const figure = document.querySelector(".tv-figure");
        const ids = figure?.layout?.meta?.rows?.map(row => row.id) ?? [];
        const held = (figure?.data ?? []).filter(t => t.name?.startsWith("Splice"));
        const n = held.flatMap(t => Array.from(t.x?._inputArray ?? t.x ?? []))
            .filter(x => left <= x && x <= right).length;
        window.seen.push([ids.includes("promid:+"), ids.includes("cispliceai"), n > 0]);
    }, 50);
}"""


@pytest.fixture
def page(page: Page) -> Page:
    """Tall enough for all rows."""
    page.set_viewport_size({"width": 1440, "height": 1600})
    return page


def test_a_pinned_base_says_what_is_drawn_and_a_stretch_has_the_genome_s_bases(
    page: Page, dashboard: Server, demo: Assembly
) -> None:
    page.goto(address(dashboard.url, LOCUS, at=NEAR))
    until_drawn(page, LOCUS)
    until_fine(page)
    where, position = drawn(page), FIRST + 40
    y = where.middle("promid:+")
    page.mouse.click(where.at(position), y)
    base = demo.reference.fetch(Interval("chr20", position - 1, position))
    expect(panel(page).get_by_role("heading")).to_have_text(f"chr20:{position:,} {base}")
    told = {
        name: float(value)
        for name, value, _ in (
            row.locator("td").all_inner_texts() for row in panel(page).locator("tbody tr").all()
        )
        if value
    }
    figure = reader.figure(page)
    signals = [name for name in told if "promoter" in name.lower() or "TSS" in name]
    assert signals
    for name in signals:
        trace = figure.trace(name)
        nearest = min(trace, key=lambda x: abs(x - position))
        assert told[name] == pytest.approx(trace[nearest], rel=0.01)
    select(page, FIRST + 10, FIRST + 29, "promid:+")
    sequence = demo.reference.fetch(Interval("chr20", FIRST + 9, FIRST + 29))
    expect(panel(page).locator(".tv-bases")).to_have_text(sequence)


def test_a_highlight_made_by_hand_is_in_the_link_and_in_another_browser(
    page: Page, dashboard: Server, other_page: Page
) -> None:
    page.goto(address(dashboard.url, LOCUS, at=NEAR))
    until_drawn(page, LOCUS)
    until_fine(page)
    box(page).focus()
    page.keyboard.press("/")
    expect(reader.box(page)).to_be_focused()
    select(page, FIRST + 10, FIRST + 29, "promid:+")
    panel(page).get_by_role("textbox", name="Label of the highlight").fill("made by hand")
    panel(page).get_by_role("button", name="Highlight", exact=True).click()
    page.wait_for_url(re.compile(f"mark={FIRST + 10}-{FIRST + 29}~f0c419~made"))
    flag = ".tv-figure .annotation"
    expect(page.locator(flag, has_text="made by hand")).to_have_count(1)
    other_page.goto(page.url)
    until_drawn(other_page, LOCUS)
    until_fine(other_page)
    expect(other_page.locator(flag, has_text="made by hand")).to_have_count(1)
    assert reader.figure(other_page).range == reader.figure(page).range


def test_rows_as_drawn_by_hand_are_in_the_address_and_survive_a_reload(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    title = drawn(page).row("promid:+")["title"]
    row_menu(page, title).get_by_role("combobox", name="Drawn as").select_option("line")
    until_choice(page, "promid:+", style="line")
    order = list(dict.fromkeys(row["id"] for row in drawn(page).rows))
    place = order.index("promid:+")
    order[place - 1], order[place] = order[place], order[place - 1]
    grip(page, title).press("ArrowUp")
    until_rows(page, order)
    hidden = drawn(page).row("promid:-")["title"]
    row_menu(page, hidden).get_by_role("button", name=f"Hide {hidden}").click()
    order.remove("promid:-")
    until_rows(page, order)
    for part in ("r=promid", "order=", "hide=promid"):
        assert part in page.url
    page.reload()
    until_drawn(page, LOCUS)
    until_rows(page, order)
    until_choice(page, "promid:+", style="line")


def test_what_is_known_stays_on_screen_while_the_next_window_is_predicted(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, LOCUS, at="43001401-43002000"))
    until_drawn(page, LOCUS)
    until_fine(page)
    page.evaluate(WATCH, [43_001_401, 43_002_000])
    box(page).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Predict further right").click()
    wider = "chr20:43,001,001-43,003,000"
    page.wait_for_function(
        "query => new URL(location.href).searchParams.get('q') === query", arg=wider, timeout=SLOW
    )
    until_drawn(page, wider)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0, timeout=SLOW)
    start, end = until_range(page, lambda a, b: b - a == pytest.approx(600, abs=0.01))
    assert [start, end] == [43_001_400.5, 43_002_000.5]
    seen = page.evaluate("window.seen")
    assert len(seen) > 5
    assert all(all(one) for one in seen), [one for one in seen if not all(one)][:3]


def test_a_variant_opens_at_what_changes_and_a_click_shows_the_rest(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, ADA, "variant", flank=NEAR))
    until_drawn(page, ADA)
    until_fine(page)
    start, end = until_range(page, lambda a, b: b - a < 1_000)
    assert start < LOST < GAINED < ADA_AT < end
    page.get_by_role("button", name=re.compile(r"^Show \d unchanged rows?$")).click()
    page.wait_for_url(re.compile("unchanged=shown"))
    expect(page.get_by_role("button", name=re.compile(r"^Fold \d unchanged"))).to_be_visible()
    page.get_by_role("button", name="Show 100 bp", exact=True).click()
    centred = ADA_AT - 50, ADA_AT + 50
    until_range(page, lambda a, b: [a, b] == pytest.approx(centred, abs=1))
    box(page).focus()
    page.keyboard.press("Shift+ArrowRight")
    until_range(page, lambda a, b: a > centred[0] + 40)
    reader.echo(page).click()  # V counts anywhere on the page
    page.keyboard.press("v")
    until_range(page, lambda a, b: [a, b] == pytest.approx(centred, abs=1))
