"""A fresh installation: GRCh38 chosen, a variant by each of its names, kept, offline, lifted.

All hosts are one server on the loopback; the bases of chr17 are made up, its genes are real.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.dashboard.reader import address, ask, box, echo, errors, settle, until_drawn
from tests.browser.harness import APP, Serve, Server
from tests.support.files.brca1_files import NAMES, ON_GRCH37, VARIANT, chain_md5, serve_brca1
from tests.support.paths import ROOT
from tests.support.servers.range_server import RangeServer, serving

MODELS = ("JASPAR2024",)
QUICK = {"g": "GRCh38", "m": "jaspar", "flank": "500"}
PICTURE = os.environ.get("GENOVIEW_PICTURES", "")  # a folder: pictures of the walk are kept there


@pytest.fixture(scope="module")
def hosts() -> Iterator[RangeServer]:
    with serving(b"") as server:
        serve_brca1(server)
        yield server


@pytest.fixture(autouse=True)
def answering(hosts: RangeServer) -> Iterator[None]:
    """A test may end while its hosts are unreachable: the next one can reach them."""
    yield
    hosts.always = ""


@pytest.fixture(scope="module")
def fresh(serve: Serve, hosts: RangeServer) -> Server:
    """An installation that nobody used yet."""
    paths = (Path(__file__).with_name("own_catalogue"), ROOT)
    return serve(
        APP,
        PYTHONPATH=os.pathsep.join(map(str, paths)),
        OWN_CHAIN_MD5=chain_md5(),
        GENOVIEW_GENOMES_MIRROR=f"http://{hosts.host}",
    )


def picture(page: Page, name: str) -> None:
    if PICTURE:
        page.screenshot(path=str(Path(PICTURE) / f"{name}.png"))


def choose_genome(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Genome").click()
    page.get_by_role("option", name=name, exact=True).click()
    settle(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_walk(fresh: Server, hosts: RangeServer, page: Page) -> None:
    page.goto(f"{fresh.url}/?m=jaspar&flank=500")
    expect(page.get_by_text("The whole human genome, GRCh38")).to_be_visible()
    picture(page, "start")
    choose_genome(page, "GRCh38")
    expect(page.get_by_text("is read as needed from")).to_be_visible()
    assert hosts.names == []
    press(page, "Agree")
    settle(page)

    box(page).fill("")
    box(page).press_sequentially("brc", delay=50)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.get_by_role("option").filter(has_text="BRCA1").first).to_be_visible()
    picture(page, "suggestions")
    row = page.get_by_role("option").filter(has_text="BRCA1 DNA repair").first
    for _ in range(8):
        box(page).press("ArrowDown")
        if row.get_attribute("aria-selected") == "true":
            break
    box(page).press("Enter")
    expect(echo(page)).to_contain_text("BRCA1 in GRCh38")

    coding, protein, rs, genomic = NAMES
    ask(page, coding)
    until_drawn(page, VARIANT, MODELS)
    expect(page.get_by_text("p.(Cys61Gly)").first).to_be_visible()
    for name in (protein, genomic):
        ask(page, name)
        expect(echo(page)).to_contain_text(f"{VARIANT} in GRCh38")
    ask(page, rs)
    expect(page.get_by_text("never the number itself")).to_be_visible()
    assert "hg38.dbSnp155.bb" not in hosts.names
    press(page, "Agree")
    expect(page.get_by_text("rs28897672, by dbSNP 155.")).to_be_visible()
    until_drawn(page, VARIANT, MODELS)
    settle(page)
    picture(page, "variant")

    press(page, "Open on GRCh37")  # one server is all hosts: agreed to with the genome
    until_drawn(page, ON_GRCH37, MODELS)
    expect(echo(page)).to_contain_text(f"{ON_GRCH37} in GRCh37")
    page.go_back()
    expect(echo(page)).to_contain_text(f"{VARIANT} in GRCh38")


def test_kept_and_reopened_without_a_network(fresh: Server, hosts: RangeServer, page: Page) -> None:
    page.goto(address(fresh.url, VARIANT, "variant", **QUICK))
    if page.get_by_role("button", name="Agree", exact=True).is_visible():
        press(page, "Agree")
    until_drawn(page, VARIANT, MODELS)
    hosts.always = "404"
    page.goto(address(fresh.url, VARIANT, "variant", **QUICK))
    until_drawn(page, VARIANT, MODELS)
    far = "chr17:60,000,001-60,001,000"
    page.goto(address(fresh.url, far, **QUICK))
    said = "GRCh38 chr17 is not on this machine: connect, or keep it (21 MB)"
    expect(errors(page).filter(has_text=said).first).to_be_visible()
    picture(page, "offline")

    hosts.always = ""
    page.get_by_test_id("stPopover").filter(has_text="Keep offline").get_by_role("button").click()
    press(page, "Keep chr17, 21 MB")
    expect(page.get_by_role("button", name="Remove chr17, 21 MB")).to_be_visible()
    picture(page, "kept")
    hosts.always = "404"
    page.goto(address(fresh.url, "chr17:70,000,001-70,001,000", **QUICK))
    until_drawn(page, "chr17:70,000,001-70,001,000", MODELS)
    expect(errors(page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_narrow_page_names_are_folded(
    fresh: Server, new_reader: Callable[..., BrowserContext], scheme: str
) -> None:
    page = new_reader(viewport={"width": 390, "height": 844}, color_scheme=scheme).new_page()
    page.goto(address(fresh.url, VARIANT, "variant", **QUICK))
    if page.get_by_role("button", name="Agree", exact=True).is_visible():
        press(page, "Agree")
    until_drawn(page, VARIANT, MODELS)
    expect(page.get_by_text("p.(Cys61Gly)").first).to_be_hidden()
    picture(page, f"phone-{scheme}")
    page.get_by_role("button", name="NM_007294.4:c.181T>G").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_text("p.(Cys61Gly)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box(page).fill("")
    box(page).press_sequentially("brc", delay=50)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    picture(page, f"phone-suggestions-{scheme}")
    box(page).press("Escape")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
