"""The other pages of the real dashboard: models, genomes, the cache; small and dark screens."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from genoview.models.registry import card_of, default_models
from tests.browser.dashboard.reader import LOCUS, address, echo, errors, until_drawn
from tests.browser.harness import APP, Serve, Server

pytestmark = pytest.mark.browser

NewReader = Callable[..., BrowserContext]
TELEPHONE = {
    "viewport": {"width": 390, "height": 844},
    "color_scheme": "dark",
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Mobile) Chrome/130.0 Mobile Safari/537.36",
    "is_mobile": True,
    "has_touch": True,
}
DARKEST = 40  # of 255, mean of red, green and blue of a dark page


def test_each_model_names_its_licence_citation_version_and_device(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    page.get_by_role("link", name="Models and data").click()
    for card in map(card_of, default_models()):
        row = page.locator(f".st-key-row_{card.name}")
        expect(row).to_contain_text(re.compile(r"installed.*[\d,]+ bp/s"))
        row.get_by_role("button", name="Details").click()
        shown = page.get_by_test_id("stPopoverBody")
        for words in (card.licence, card.citation, card.source, card.predicts, card.limits):
            expect(shown).to_contain_text(words)
        expect(shown).to_contain_text(re.compile(r"Version\s*\w{16}-float32"))
        expect(shown).to_contain_text(re.compile(r"Device\s*(cpu|cuda)"))
        expect(shown).to_contain_text(re.compile(r"Speed seen here\s*[\d,]+ bp/s"))
        page.keyboard.press("Escape")


def genome_files(folder: Path, demo: Assembly) -> tuple[Path, Path]:
    """4 kb of the demo as a chromosome of its own, with one gene."""
    bases = demo.reference.fetch(Interval("chr20", 43_000_000, 43_004_000))
    fasta, genes = folder / "small.fa", folder / "small.gtf"
    lines = "\n".join(bases[i : i + 80] for i in range(0, len(bases), 80))
    fasta.write_text(f">chr3\n{lines}\n")
    facts = 'gene_id "ENSG1"; transcript_id "ENST1"; gene_name "SMALL1";'
    rows = ("gene", 'gene_id "ENSG1"; gene_name "SMALL1";'), ("transcript", facts), ("exon", facts)
    genes.write_text("".join(f"chr3\tx\t{kind}\t1101\t1500\t.\t+\t.\t{f}\n" for kind, f in rows))
    return fasta, genes


def add_genome(page: Page, name: str, fasta: Path, genes: Path) -> None:
    for label, text in (("Name", name), ("Assembly", "tiny"), ("FASTA", fasta), ("GTF", genes)):
        page.get_by_role("textbox", name=label).fill(str(text))
    page.get_by_role("button", name="Add", exact=True).click()


def test_a_genome_is_added_by_form_predicted_on_and_removed(
    page: Page, dashboard: Server, demo: Assembly, tmp_path: Path
) -> None:
    page.goto(f"{dashboard.url}/models")
    page.get_by_text("Add a genome").click()
    fasta, genes = genome_files(tmp_path, demo)
    add_genome(page, "small", tmp_path / "absent.fa", genes)
    expect(errors(page)).to_have_count(1)
    expect(errors(page)).to_contain_text("absent.fa")
    add_genome(page, "small", fasta, genes)
    expect(page.get_by_text("small", exact=True)).to_be_visible()

    page.goto(address(dashboard.url, "SMALL1", g="small"))
    until_drawn(page, "SMALL1")
    expect(echo(page)).to_contain_text("SMALL1 in small · shown chr3:601-2,000")
    expect(page.get_by_role("combobox", name="Genome")).to_have_value("small")

    page.goto(f"{dashboard.url}/models")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("small", exact=True)).to_have_count(0)


def test_the_cache_is_emptied_and_fills_again(page: Page, serve: Serve) -> None:
    # On a server of its own: what other readers began would be kept after the emptying.
    server = serve(APP, GENOVIEW_THREADS="2")
    page.goto(address(server.url, LOCUS))
    drawn = until_drawn(page, LOCUS)
    page.get_by_role("link", name="Models and data").click()
    expect(page.get_by_text(re.compile(r"^[1-9][\d,]* predictions take"))).to_be_visible()
    page.get_by_role("button", name="Forget all predictions").click()
    expect(page.get_by_text(re.compile(r"^0 predictions take 0\.0 MB"))).to_be_visible()
    page.goto(address(server.url, LOCUS))
    assert until_drawn(page, LOCUS).data == drawn.data


def test_every_page_fits_a_dark_telephone(new_reader: NewReader, dashboard: Server) -> None:
    page = new_reader(**TELEPHONE).new_page()
    width = "Math.max(...[document.documentElement, ...document.querySelectorAll('main, section')]"
    for name in ("", "variant", "gene", "batch", "saved", "models"):
        page.goto(f"{dashboard.url}/{name}" if name else address(dashboard.url, LOCUS))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if not name:
            until_drawn(page, LOCUS)
        assert page.evaluate(width + ".map(box => box.scrollWidth))") <= 390, name
        ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert sum(map(int, re.findall(r"\d+", ground)[:3])) / 3 < DARKEST, name
