"""Long work, two readers, and the files that the real dashboard hands out."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.dashboard.reader import (
    LOCUS,
    MODELS,
    SLOW,
    address,
    ask,
    close_menu,
    echo,
    menu,
    settle,
    stop_all,
    until_drawn,
)
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

NewReader = Callable[..., BrowserContext]
LONG = "chr20:42,600,001-42,760,000"  # long enough to be stopped on any machine
NEW = "chr20:43,020,001-43,021,000"  # asked for by no other test
SHARED = "chr20:43,100,001-43,130,000"  # long enough for a second reader to come upon


def test_one_reader_s_long_work_leaves_the_others_at_ease_and_can_be_stopped(
    page: Page, dashboard: Server, other_page: Page
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    ask(page, LONG)
    running = page.get_by_text(re.compile(r"^(JASPAR2024 human motifs|PromID): \d+%"))
    expect(running.first).to_be_visible(timeout=SLOW)

    other_page.goto(f"{dashboard.url}/models")
    expect(other_page.get_by_role("heading", name="Cache")).to_be_visible()
    other_page.goto(address(dashboard.url, LOCUS))
    until_drawn(other_page, LOCUS)  # remembered, so it does not wait behind the long work
    queued = re.compile(r"^CI-SpliceAI: queued \((second|third|fourth) in line")
    expect(page.get_by_text(queued)).to_be_visible()

    stop_all(page)
    stopped = page.get_by_text(re.compile("^CI-SpliceAI: (stopped|skipped)"))
    expect(stopped).to_be_visible()
    page.get_by_role("button", name="Run it", exact=True).last.click()
    expect(stopped).to_have_count(0)
    expect(page.get_by_text(re.compile(r"^CI-SpliceAI: \d+%"))).to_be_visible(timeout=SLOW)
    stop_all(page)
    expect(stopped).to_be_visible()
    expect(echo(page)).to_contain_text(LONG)


def test_tracks_appear_where_their_script_comes_after_the_answers(
    fresh_page: Page, dashboard: Server
) -> None:
    """Streamlit draws anew with every answer, and gives up the calls that still wait."""
    page = fresh_page
    held: list[Route] = []
    page.route("**/main.js", lambda route: held.append(route))
    page.goto(address(dashboard.url, NEW))
    expect(page.get_by_text(re.compile("on cpu, float32$"))).to_contain_text(
        "CI-SpliceAI", timeout=SLOW
    )
    settle(page)
    assert held
    for route in held:
        route.continue_()
    until_drawn(page, NEW)


def test_two_readers_of_one_new_locus_share_one_run(
    page: Page, dashboard: Server, other_page: Page
) -> None:
    percents = re.compile(r"^CI-SpliceAI: \d+%")
    other_page.goto(address(dashboard.url, LOCUS))
    until_drawn(other_page, LOCUS)  # at a page that stands, so that only the question is new
    page.goto(address(dashboard.url, SHARED))
    expect(page.get_by_text(percents)).to_be_visible(timeout=SLOW)
    ask(other_page, SHARED)
    # A second run of its own would wait behind the first one on the device.
    expect(other_page.get_by_text(percents)).to_be_visible()
    expect(other_page.get_by_text(re.compile("^CI-SpliceAI: queued"))).to_have_count(0)
    assert until_drawn(other_page, SHARED) == until_drawn(page, SHARED)


FILES = {
    "View as HTML": (".html", b"Plotly.newPlot"),
    "Genes as BED": (".bed", b"HNF4A"),
    "bedGraph": (".bedgraph", b"chr20\t"),
    "bigWig": (".bigwig.zip", b"PK"),
    "CSV": (".csv", b"chr20"),
    "Parquet": (".parquet", b"PAR1"),
    "Sites as BED": (".bed", b"chr20\t"),
    "Sites as CSV": (".csv", b"MA"),
}


def test_every_file_downloads_with_its_provenance(
    page: Page, dashboard: Server, tmp_path: Path
) -> None:
    page.goto(address(dashboard.url, LOCUS, at="43000401-43001600"))
    until_drawn(page, LOCUS)
    body = menu(page, "Export")
    body.get_by_role("combobox", name="Tracks of").click()
    page.get_by_role("option", name="JASPAR2024 human motifs").click()
    for title, (ending, words) in FILES.items():
        with page.expect_download() as download:
            body.get_by_role("button", name=title, exact=True).click()
        name = download.value.suggested_filename
        assert name.endswith(ending), name
        path = tmp_path / name
        download.value.save_as(path)
        content = path.read_bytes()
        assert words in content, name
        check_provenance(title, content)
    close_menu(page)


def check_provenance(title: str, content: bytes) -> None:
    if title == "Parquet":
        content = b" ".join((parquet.read_schema(io.BytesIO(content)).metadata or {}).values())
    if title == "bigWig":
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            texts = [
                bundle.read(n) for n in bundle.namelist() if not n.endswith((".bw", ".bigwig"))
            ]
        content = b" ".join(texts)
    for word in ("GRCh37-demo", LOCUS):
        assert word.encode() in content, (title, word)


def test_pictures_come_from_the_reader_s_own_browser(
    page: Page, dashboard: Server, tmp_path: Path
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    until_drawn(page, LOCUS)
    for kind, begins in (("PNG", b"\x89PNG\r\n"), ("SVG", b"<svg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save the view as {kind}").click()
        assert download.value.suggested_filename.startswith("genoview_GRCh37-demo_chr20")
        download.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(begins)
    svg = (tmp_path / "SVG").read_text()
    assert all(model in svg for model in MODELS)
