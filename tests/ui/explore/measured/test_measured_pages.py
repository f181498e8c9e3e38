"""Measured tracks on the pages: asked for first, drawn, in the link, and in words at a variant."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.ui.explore.measured import shelf
from genoview.ui.page import shell
from tests.support.pages.visits import healthy, visit, words
from tests.support.servers.range_server import RangeServer, serving
from tests.support.servers.track_server import CLINVAR, fill

MODELS = ("jaspar",)
VARIANT = "chr20:43,042,364:C>T"


@pytest.fixture(scope="module")
def content() -> dict[str, bytes]:
    with serving(b"") as server:
        fill(server)
        return server.files


@pytest.fixture
def server(
    monkeypatch: pytest.MonkeyPatch, own_server: None, content: dict[str, bytes]
) -> Iterator[RangeServer]:
    with serving(b"") as server:
        server.files, server.modified = dict(content), "Fri, 20 Nov 2026 10:00:00 GMT"
        monkeypatch.setenv("GENOVIEW_TRACKS_MIRROR", f"http://{server.host}")
        shell.made_bench.cache_clear()
        yield server


def settled(app: AppTest) -> AppTest:
    """When all that a page asked for has come."""
    for _ in range(40):
        measured, assembly = shell.bench().measured, shell.bench().assembly("")
        entries = measured.chosen("GRCh37", listed(app, "mt"), listed(app, "url"))
        if not measured.is_reading(entries, assembly):
            return healthy(app.run())
        time.sleep(0.1)
    raise AssertionError("it has not come")


def listed(app: AppTest, key: str) -> list[str]:
    values = app.query_params.get(key, [])
    return [values] if isinstance(values, str) else list(values)


def test_nothing_is_read_before_the_person_agrees_and_the_link_reopens_it(
    server: RangeServer,
) -> None:
    app = visit("explore", q="chr20:43,040,001-43,045,000")
    assert not app.toggle(key="measured-clinvar").value
    healthy(app.toggle(key="measured-clinvar").set_value(True).run())
    assert listed(app, "mt") == ["clinvar"]
    assert server.requests == []
    assert f"ClinVar is read as needed from {server.host}" in words(app)
    assert "never an allele" in words(app)
    healthy(app.button(key="measured_agree").click().run())
    settled(app)
    assert server.requests
    assert "measured_agree" not in {button.key for button in app.button}
    rows = app.session_state["figure"]["layout"]
    assert "ClinVar" in str(rows)
    again = settled(visit("explore", q="chr20:43,040,001-43,045,000", mt="clinvar"))
    assert again.toggle(key="measured-clinvar").value
    assert "pathogenic" in str(again.session_state["figure"]).lower()
    assert "UCSC's weekly copy, file of 20 Nov 2026 · public domain" in words(again)


def test_left_out_is_left_out(server: RangeServer) -> None:
    app = visit("explore", q="chr20:43,040,001-43,045,000", mt=["clinvar", "phylop"])
    healthy(app.button(key="measured_refuse").click().run())
    assert "mt" not in app.query_params and server.requests == []


def test_network_false_forbids_it(server: RangeServer, tmp_path: Path) -> None:
    (tmp_path / "genoview.toml").write_text("network = false\n")
    app = visit("variant", q=VARIANT, mt="clinvar")
    assert "network = false" in words(app)
    assert server.requests == []
    assert shelf.ADDRESS not in {field.key for field in app.text_input}


def test_an_address_becomes_a_track_after_the_question(server: RangeServer) -> None:
    app = visit("explore", q="chr20:43,040,001-43,045,000")
    url = server.url(CLINVAR[1:])
    healthy(app.text_input(key=shelf.ADDRESS).set_value("/etc/passwd").run())
    assert "This is not an address of a file on the web" in words(app)
    healthy(app.text_input(key=shelf.ADDRESS).set_value(url).run())
    assert listed(app, "url") == [url] and server.requests == []
    assert f"clinvarMain.bb is read as needed from {server.host}" in words(app)
    healthy(app.button(key="measured_agree").click().run())
    settled(app)
    assert "clinvarMain.bb" in str(app.session_state["figure"]["layout"])
    healthy(app.button(key="measured-remove-0").click().run())
    assert "url" not in app.query_params


def test_a_fault_stands_in_its_row_and_the_page_lives(server: RangeServer) -> None:
    server.files.pop(CLINVAR)
    app = visit("explore", q="chr20:43,040,001-43,045,000", mt="clinvar")
    healthy(app.button(key="measured_agree").click().run())
    settled(app)
    assert "answers 404" in str(app.session_state["figure"])


def looked_up(app: AppTest) -> str:
    for _ in range(60):
        if "Not a clinical interpretation." in words(app) and "being read" not in words(app):
            return words(app)
        time.sleep(0.1)
        healthy(app.run())
    raise AssertionError(words(app))


def test_the_variant_page_has_its_clinvar_and_gnomad_entries_in_words(server: RangeServer) -> None:
    app = visit("variant", q=VARIANT, tab="evidence")
    healthy(app.button(key="measured_lookup_button").click().run())
    assert listed(app, "mt") == ["clinvar", "gnomad-genomes", "gnomad-exomes"]
    assert server.requests == []
    healthy(app.button(key="measured_agree").click().run())
    text = looked_up(app)
    assert "UCSC's weekly copy, file of 20 Nov 2026: **Pathogenic**" in text
    assert "(https://www.ncbi.nlm.nih.gov/clinvar/variation/12345/)" in text
    assert "1 entry of another allele (C>A Uncertain significance) at this place" in text
    assert "**allele frequency 0.0013 %**; 2 of 150,000 alleles; 1 homozygote" in text
    page = "https://gnomad.broadinstitute.org/variant/20-43042364-C-T?dataset=gnomad_r2_1"
    assert page in text
    assert "[gnomAD exomes](https://gnomad.broadinstitute.org/)** v2.1.1" in text
    assert "this variant is not in it" in text
    assert r"ClinVar: public domain (NCBI)" in text
