"""Arcs of junctions and cells of contact maps: their cards, a pinned base, a selected stretch."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from tests.browser.gestures import drawn, mark, opened, panel, select, until_fine
from tests.browser.harness import Server
from tests.browser.trackview.wide_parts import (
    ALT_USAGE,
    BIN,
    FIRST,
    INTRONS,
    N_BINS,
    REF_USAGE,
    touching,
)

pytestmark = pytest.mark.browser

START, END = FIRST + 1, FIRST + BIN * N_BINS  # 1-based: what the map covers is in view
ARCS, MAP = "arcs:junctions:liver", "maps:contacts:liver"
ROW_Y = """([id, value]) => {
    const box = document.querySelector(".tv-figure");
    const row = box.layout.meta.rows.find(one => one.id === id);
    const axis = box._fullLayout[row.yaxis.replace("y", "yaxis")];
    return box.getBoundingClientRect().top + axis._offset + axis.c2p(value);
}"""


@pytest.fixture
def variant(demo: Assembly) -> str:
    """A substitution in the middle."""
    position = 42_950_001
    ref = demo.reference.fetch(Interval("chr20", position - 1, position))
    return f"chr20:{position}:{ref}>{'A' if ref != 'A' else 'C'}"


@pytest.fixture
def wide(page: Page, cards_server: Server) -> Page:
    return opened(page, cards_server.url, START, END)


@pytest.fixture
def both(page: Page, cards_server: Server, variant: str) -> Page:
    """The rows of REF and ALT."""
    page.goto(f"{cards_server.url}/?q={variant}&at={FIRST + 1_001}-{END - 1_000}")
    until_fine(page)
    return page


def y_of(page: Page, row_id: str, value: float) -> float:
    return float(page.evaluate(ROW_Y, [row_id, value]))


def click(page: Page, row_id: str, x: float, value: float) -> None:
    title = drawn(page).row(row_id)["title"]
    page.get_by_role("listitem", name=title).scroll_into_view_if_needed()
    page.mouse.click(drawn(page).at(x), y_of(page, row_id, value))


def told(page: Page) -> dict[str, str]:
    expect(panel(page).locator("dt").first).to_be_visible()
    names, values = (panel(page).locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()


def cells(page: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in panel(page).locator("tbody tr").all()]


def on_arc(number: int, share: float, usage: tuple[float, ...] = REF_USAGE) -> tuple[float, float]:
    """x and value of a place along an arc."""
    start, end, strand = INTRONS[number]
    height = usage[number] * 4 * share * (1 - share)
    return start + 0.5 + share * (end - start), height * strand


def test_a_click_on_an_arc_opens_the_card_of_its_junction(wide: Page) -> None:
    start, end, _ = INTRONS[0]
    for share in (0.1, 0.3, 0.9):
        click(wide, ARCS, *on_arc(0, share))
        heading = panel(wide).get_by_role("heading")
        expect(heading).to_have_text(f"Junction chr20:{start + 1:,}-{end:,}")
        lines = told(wide)
        assert np.float32(lines["Usage"]) == np.float32(REF_USAGE[0])
        assert lines["Donor"] == f"chr20:{start:,}, last base of an exon"
        assert lines["Acceptor"] == f"chr20:{end + 1:,}, first base of the next"
        assert (lines["Tissue"], lines["Unit"]) == ("liver", "reads")
        close(wide)
    click(wide, ARCS, *on_arc(1, 0.5))  # below the line: of the other strand
    assert told(wide)["Strand"] == "− (reverse)"


def test_within_an_arc_a_click_pins_the_base_and_lists_the_arcs_over_it(wide: Page) -> None:
    x, value = on_arc(0, 0.5)
    click(wide, ARCS, x, value / 2)
    expect(mark(wide, "pin")).to_have_count(1)
    n_over = sum(start < x < end for start, end, _ in INTRONS)
    expect(panel(wide).locator("tbody tr", has_text="Junction")).to_have_count(n_over)
    rows = cells(wide)
    arcs = [row for row in rows if row[0].startswith("Junction")]
    assert [row[1] for row in arcs] == ["8.12", "3.5"][: len(arcs)]
    contact = [row for row in rows if row[0].startswith("Contacts")]
    own = int(x - 0.5 - FIRST) // BIN
    far = [j for j in range(N_BINS) if abs(j - own) >= 2]
    partner = max(far, key=lambda j: abs(touching(False)[own, j]))
    there = f"{FIRST + partner * BIN + 1:,}-{FIRST + (partner + 1) * BIN:,}"
    assert [row[0] for row in contact] == [f"Contacts, liver, most with {there}"]
    assert float(contact[0][1]) == pytest.approx(touching(False)[own, partner], rel=5e-3)


def at_cell(i: int, j: int) -> tuple[float, float]:
    """x and distance of the middle of a pair of bins."""
    return FIRST + 0.5 + (i + j + 1) / 2 * BIN, (j - i) * BIN


def test_a_click_on_a_cell_opens_the_card_of_its_two_bins_and_beside_them_pins_the_base(
    wide: Page,
) -> None:
    for i, j in ((3, 3), (5, 9), (2, 17), (10, 11)):
        x, distance = at_cell(i, j)
        click(wide, MAP, x, distance + 0.2 * BIN)
        lines = told(wide)
        assert np.float32(lines["Contact"]) == touching(False)[i, j]
        bins = [f"chr20:{FIRST + n * BIN + 1:,}-{FIRST + (n + 1) * BIN:,}" for n in (i, j)]
        assert lines["First bin"] == bins[0]
        assert lines["Second bin"] == (bins[1] if i != j else "the same")
        close(wide)
    click(wide, MAP, FIRST + 400, 15 * BIN)  # beside the triangle
    expect(mark(wide, "pin")).to_have_count(1)


def test_both_alleles_of_an_arc_and_of_a_cell_are_in_their_cards(both: Page) -> None:
    click(both, ARCS, *on_arc(0, 0.3))
    lines = told(both)
    assert np.float32(lines["Usage REF"]) == np.float32(REF_USAGE[0])
    assert np.float32(lines["Usage ALT"]) == np.float32(ALT_USAGE[0])
    change = np.float32(ALT_USAGE[0]) - np.float32(REF_USAGE[0])
    assert np.float32(lines["ALT − REF"]) == change
    close(both)
    i, j = 5, 9
    x, distance = at_cell(i, j)
    ref, alt = (touching(allele)[i, j] for allele in (False, True))
    for side in (1, -1):  # above and below
        click(both, MAP, x, side * (distance + 0.2 * BIN))
        lines = told(both)
        assert np.float32(lines["Contact REF"]) == ref
        assert np.float32(lines["Contact ALT"]) == alt
        assert np.float32(lines["ALT − REF"]) == alt - ref
        close(both)


def test_a_stretch_has_its_junctions_and_contacts_on_the_page_and_in_the_file(
    both: Page, tmp_path: Path
) -> None:
    first, last = 42_945_501, 42_953_000
    both.get_by_role("listitem", name="Junctions, liver").scroll_into_view_if_needed()
    select(both, first, last, ARCS)
    expect(panel(both).locator("table").nth(1)).to_be_visible()
    inside = [n for n, (a, b, _) in enumerate(INTRONS) if first <= a + 1 and b <= last]
    rows = [row for row in cells(both) if row[1] == "liver"]
    assert [row[2] for row in rows] == ["8.12 → 2.5", "1.25 → 6.75"]
    with both.expect_download() as download:
        panel(both).get_by_role("button", name="Save as TSV").click()
    download.value.save_as(tmp_path / "part.tsv")
    lines = [line.split("\t") for line in (tmp_path / "part.tsv").read_text().splitlines()[2:]]
    known = {(line[0], line[1]): line for line in lines}
    for n in inside:
        start, end, strand = INTRONS[n]
        name = f"Junction {start + 1:,}-{end:,} ({'+' if strand > 0 else '−'}), liver"
        for allele, usage in (("REF", REF_USAGE), ("ALT", ALT_USAGE)):
            line = known[name, allele]
            assert np.float32(line[4]) == np.float32(usage[n])
            assert (line[3], line[5]) == ("", f"{start + 1}-{end}")
    bins = range((first - 1 - FIRST) // BIN, -((FIRST - last) // BIN))
    for allele in (False, True):
        pairs = [touching(allele)[i, j] for i in bins for j in bins if i <= j]
        line = known["Contacts, liver", "ALT" if allele else "REF"]
        assert np.float32(line[4]) == max(pairs)
        assert float(line[3]) == pytest.approx(float(np.mean(pairs, dtype=np.float64)), rel=1e-9)
