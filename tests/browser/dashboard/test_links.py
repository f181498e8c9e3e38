"""Addresses of the real dashboard: reload, Back, another browser, saved loci and the history."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.dashboard.reader import (
    LOCUS,
    NEAR,
    address,
    ask,
    box,
    close_menu,
    echo,
    errors,
    figure,
    menu,
    stop_all,
    until_drawn,
)
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

NewReader = Callable[..., BrowserContext]
SNV = "chr20:43042364:C>T"
SHORT_LINK = re.compile(r"http://127\.0\.0\.1:\d+/\?s=[a-z0-9]+")


def zoomed(page: Page) -> None:
    """Press Zoom in, and wait until the address follows."""
    page.get_by_role("button", name="Zoom in", exact=True).click()
    page.wait_for_url(re.compile(r"[?&]at=\d+-\d+"))


def link_of(page: Page) -> str:
    """The link that the menu Share offers, once it is of the part in view."""
    part = re.search(r"[?&](at=\d+-\d+)", page.url)
    shown = menu(page, "Share").get_by_test_id("stCode")
    expect(shown).to_contain_text(part[1] if part else "?q=")
    link = shown.inner_text().strip()
    close_menu(page)
    return link


def test_a_reload_keeps_the_part_in_view(page: Page, dashboard: Server) -> None:
    page.goto(address(dashboard.url, LOCUS))
    whole = until_drawn(page, LOCUS)
    zoomed(page)
    seen = figure(page).range
    assert whole.range[0] < seen[0] < seen[1] < whole.range[1]
    page.reload()
    assert until_drawn(page, LOCUS).range == pytest.approx(seen, abs=1)


def test_the_link_to_share_is_of_the_part_in_view(
    page: Page, dashboard: Server, other_page: Page
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    zoomed(page)
    link = link_of(page)
    other_page.goto(link)
    assert until_drawn(other_page, LOCUS).range == pytest.approx(figure(page).range, abs=1)
    expect(other_page.get_by_role("dialog")).to_have_count(0)  # such as "Page not found"


def test_back_returns_to_the_query_before(page: Page, dashboard: Server) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    ask(page, "ss1800961")
    expect(errors(page)).to_have_count(1)
    page.wait_for_url(re.compile("q=ss1800961"))
    page.go_back()
    expect(echo(page)).to_contain_text(LOCUS)
    expect(errors(page)).to_have_count(0)
    expect(box(page)).to_have_value(LOCUS)
    page.go_forward()
    expect(box(page)).to_have_value("ss1800961")
    expect(errors(page)).to_have_count(1)


def test_back_leads_from_the_page_of_a_locus_to_that_of_the_variant_before(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, SNV, "variant", flank=NEAR))
    expect(echo(page)).to_contain_text(SNV)
    ask(page, LOCUS)
    expect(page.locator("h1")).to_have_text("Explore")
    expect(echo(page)).to_contain_text(LOCUS)
    expect(box(page)).to_be_focused()  # also on the page that the query led to
    stop_all(page)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Variant")
    expect(echo(page)).to_contain_text(SNV)
    expect(box(page)).to_have_value(SNV)
    stop_all(page)


def test_an_address_of_the_wrong_page_goes_on_once_and_back_leads_out_of_it(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    expect(echo(page)).to_contain_text(LOCUS)
    page.goto(address(dashboard.url, SNV, flank=NEAR))  # a variant on Explore
    expect(page.locator("h1")).to_have_text("Variant")
    expect(echo(page)).to_contain_text(SNV)
    page.go_back()  # to that address: the variant is shown there
    expect(page.locator("h1")).to_have_text("Explore")
    expect(echo(page)).to_contain_text(SNV)
    stop_all(page)
    page.go_back()
    expect(echo(page)).to_contain_text(LOCUS)
    stop_all(page)


def test_a_second_browser_sees_the_same_rows_scales_and_factors(
    page: Page, dashboard: Server, other_page: Page
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    body = menu(page, "View")
    body.get_by_role("button", name="Remove Genes").click()
    page.wait_for_url(re.compile("hide=genes"))
    factors = body.get_by_role("combobox", name="Binding factors")
    factors.fill("HNF4A")
    factors.press("Enter")
    page.wait_for_url(re.compile("tf=HNF4A"))
    close_menu(page)
    menu(page, "View", "Scale").get_by_text("By what is in view").click()
    page.wait_for_url(re.compile("y=auto"))
    close_menu(page)
    page.wait_for_function(
        "document.querySelector('.tv-figure')?.data?.every(t => t.name !== 'gene')"
    )
    drawn = until_drawn(page, LOCUS)
    assert "HNF4A" in " ".join(map(str, drawn.names() | set(drawn.texts)))
    assert max(top for _, top in drawn.scales[4:6]) < 1  # promoters, below bases and two cells
    for link in (page.url, link_of(page)):
        other_page.goto(link)
        assert until_drawn(other_page, LOCUS) == drawn


def test_a_link_says_what_of_it_is_of_another_model_or_was_left_out(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, LOCUS, v="cispliceai:0000", y="<b>", at="here"))
    until_drawn(page, LOCUS)
    notice = page.get_by_text("made with version 0000 of CI-SpliceAI")
    expect(notice).to_contain_text("what you see is from version")
    for part in ("y=<b>", "at=here"):
        expect(page.get_by_text(f"The link's part {part} was left out")).to_be_visible()


def save(page: Page, name: str, tags: str, note: str) -> str:
    """Keep the view; returns its short link."""
    body = menu(page, "Save")
    body.get_by_role("textbox", name="Name").fill(name)
    body.get_by_role("textbox", name="Tags").fill(tags)
    body.get_by_role("textbox", name="Note").fill(note)
    body.get_by_role("button", name="Save").click()
    link = body.get_by_test_id("stCode").inner_text().strip()
    assert SHORT_LINK.fullmatch(link)
    close_menu(page)
    return link


def entries(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stMarkdown").get_by_text(name, exact=True)


def test_a_saved_locus_is_found_edited_deleted_and_brought_back(
    page: Page, dashboard: Server, other_page: Page, tmp_path: Path
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    zoomed(page)
    seen = figure(page).range
    link = save(page, "My *first* locus", "islets, HNF4A", "An intron of HNF4A.")
    other_page.goto(link)
    assert until_drawn(other_page, LOCUS).range == pytest.approx(seen, abs=1)

    page.get_by_role("link", name="Saved and history").click()
    entry = entries(page, "My *first* locus")
    expect(entry).to_be_visible()
    for words in ("islets", "HNF4A", "An intron of HNF4A.", "GRCh37-demo"):
        expect(page.get_by_text(words).first).to_be_visible()
    search = page.get_by_role("textbox", name="Search name, note, tags, gene and query")
    search.fill("no such words")
    search.press("Enter")
    expect(page.get_by_text("No saved locus matches this search.")).to_be_visible()
    search.fill("intron")
    search.press("Enter")
    expect(entry).to_be_visible()

    body = menu(page, "Edit")
    body.get_by_role("textbox", name="Name").fill("Renamed")
    body.get_by_role("button", name="Save changes").click()
    expect(entries(page, "Renamed")).to_be_visible()
    close_menu(page)

    page.get_by_test_id("stExpander").filter(has_text="Export and import").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export all as JSON").click()
    download.value.save_as(tmp_path / "loci.json")
    assert "Renamed" in (tmp_path / "loci.json").read_text()
    page.locator("input[type=file]").set_input_files(tmp_path / "loci.json")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("1 already here.")).to_be_visible()

    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Deleted Renamed.")).to_be_visible()
    expect(entries(page, "Renamed")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(entries(page, "Renamed")).to_be_visible()
    page.get_by_role("button", name="Open", exact=True).first.click()
    assert until_drawn(page, LOCUS).range == pytest.approx(seen, abs=1)


def test_an_unknown_short_link_says_so(page: Page, dashboard: Server) -> None:
    page.goto(f"{dashboard.url}/?s=nothere2")
    expect(page.get_by_text("The short link nothere2 is not of a locus saved")).to_be_visible()


def test_the_history_lists_a_query_and_reopens_it(page: Page, dashboard: Server) -> None:
    page.goto(address(dashboard.url, "chr20:43,000,601-43,001,600"))
    until_drawn(page, "chr20:43,000,601-43,001,600")
    page.get_by_role("link", name="Saved and history").click()
    page.get_by_role("tab", name="History").click()
    words = page.get_by_role("textbox", name="Search queries")
    words.fill("43,000,601")
    words.press("Enter")
    expect(page.get_by_text("once, last").or_(page.get_by_text("times, last"))).to_have_count(1)
    page.get_by_role("button", name="chr20:43,000,601-43,001,600").click()
    until_drawn(page, "chr20:43,000,601-43,001,600")
    expect(box(page)).to_have_value("chr20:43,000,601-43,001,600")
