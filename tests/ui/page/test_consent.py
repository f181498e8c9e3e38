"""Genomes that are read as needed, in the genome menu: nothing is requested before the person
agrees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.io.chrom_sizes import read_sizes
from genoview.ui.page import shell
from tests.support.files.two_bit_file import Sequence, two_bit
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import labels, press, visit, words
from tests.support.paths import ROOT
from tests.support.servers.range_server import RangeServer, serving

MODELS = ("jaspar",)
START = 41_200_000  # a part of BRCA1 on GRCh37
LENGTH = read_sizes(ROOT / "assets" / "genome" / "GRCh37.chrom.sizes")["chr17"]
CONTENT = two_bit({"chr17": Sequence(LENGTH, {START: "ACGTTGCA" * 2_000})})
LOCUS = "chr17:41,205,001-41,206,000"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, own_server: None) -> Iterator[RangeServer]:
    with serving(CONTENT) as server:
        monkeypatch.setenv("GENOVIEW_GENOMES_MIRROR", f"http://{server.host}")
        shell.made_bench.cache_clear()
        yield server


def menu(app: AppTest) -> list[str]:
    [box] = [box for box in app.selectbox if box.label == "Genome"]
    return list(box.options)


def test_a_genome_is_read_only_once_the_person_agrees(server: RangeServer) -> None:
    app = visit(q=LOCUS, g="GRCh37")
    assert menu(app) == ["GRCh37-demo", "GRCh38", "GRCh37", "T2T-CHM13v2", "GRCm39", "GRCm38"]
    assert f"is read as needed from {server.host}, who learn which stretch" in words(app)
    assert "never an allele, the name of a variant or a file" in words(app)
    assert server.requests == []

    press(app, "Agree")
    assert "Agree" not in labels(app)
    assert f"**{LOCUS}** in GRCh37" in words(app)
    assembly = shell.bench().assembly("GRCh37")
    assert assembly.annotation.find("BRCA1").interval.chrom == "chr17"
    job = next(iter(app.session_state["jobs"].values()))
    assert job.wait(LONG_S)
    assert server.requests
    assert "Agree" not in labels(visit(q=LOCUS, g="GRCh37"))  # asked once


def test_not_now_goes_back_to_the_demo(server: RangeServer) -> None:
    app = visit(q="ADA", g="GRCh37")
    press(app, "Not now")
    assert "**ADA** in GRCh37-demo" in words(app)
    assert "Agree" not in labels(app)
    assert server.requests == []


def test_without_a_network_they_are_not_in_the_menu(server: RangeServer, tmp_path: Path) -> None:
    (tmp_path / "genoview.toml").write_text("network = false\n")
    assert menu(visit(q="ADA")) == ["GRCh37-demo"]
    assert "The settings have network = false" in words(visit("models"))
    assert server.requests == []


def test_models_and_data_lists_them(server: RangeServer) -> None:
    app = visit("models")
    [row] = [body for each in app.get("html") if ">GRCh38</b>" in (body := str(each.proto.body))]
    assert "read as needed" in row
    assert app.button(key="agree-GRCh38").label == "Agree"
    assert server.requests == []
