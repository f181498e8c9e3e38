"""Keeping a chromosome by a button: progress, stop and resume, removal; and the start page."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from genoview.io.remote import connection
from genoview.ui.page import keep, shell
from tests.support.pages.visits import healthy, labels, press, visit, words
from tests.support.servers.range_server import RangeServer, serving
from tests.ui.page.test_consent import CONTENT, LOCUS

MODELS = ("jaspar",)
LONG_S = 120.0


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, own_server: None) -> Iterator[RangeServer]:
    with serving(CONTENT) as server:
        monkeypatch.setenv("GENOVIEW_GENOMES_MIRROR", f"http://{server.host}")
        shell.made_bench.cache_clear()
        yield server


def job_of(app: AppTest, name: str):
    return app.session_state[keep.JOBS]["GRCh37", name]


def test_a_chromosome_is_kept_opens_offline_and_is_removed(server: RangeServer) -> None:
    app = press(visit(q=LOCUS, g="GRCh37"), "Agree")
    assert "Keep chr17, 20 MB" in labels(app)
    assert any(label.startswith("Keep the whole genome, 77") for label in labels(app))
    press(app, "Keep chr17, 20 MB")
    assert job_of(app, "chr17").wait(LONG_S)
    healthy(app.run())
    assert "Remove chr17, 20 MB" in labels(app)
    server.always = "404"
    genome = shell.bench().assembly("GRCh37").reference
    assert genome.kept() == {"chr17": 1.0}
    press(app, "Remove chr17, 20 MB")
    assert genome.kept() == {}
    assert "Keep chr17, 20 MB" in labels(app)


def test_a_stopped_download_goes_on(server: RangeServer) -> None:
    app = press(visit(q=LOCUS, g="GRCh37"), "Agree")
    server.gate.clear()
    press(app, "Keep chr17, 20 MB")
    healthy(app.button(key="stop-chr17").click().run())
    server.gate.set()
    assert job_of(app, "chr17").wait(LONG_S)
    healthy(app.run())
    assert "Stopped. What was downloaded is kept." in words(app)
    [again] = [
        each for each in labels(app) if each.endswith("chr17, 20 MB") and "Forget" not in each
    ]
    press(app, again)
    assert job_of(app, "chr17").wait(LONG_S)
    assert shell.bench().assembly("GRCh37").reference.kept() == {"chr17": 1.0}


def test_why_a_download_failed_is_said(server: RangeServer) -> None:
    app = press(visit(q=LOCUS, g="GRCh37"), "Agree")
    server.always = "404"
    press(app, "Keep the whole genome, 774 MB")
    assert job_of(app, "whole").wait(LONG_S)
    healthy(app.run())
    assert any("answers 404" in error.value for error in app.error)


def test_the_whole_genome_comes_first_where_there_is_a_network(
    server: RangeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit()
    assert "**The whole human genome, GRCh38**" in words(app)
    assert "You are asked before anything is read." in words(app)
    press(app, "BRCA1 on GRCh38")
    assert "is read as needed from" in words(app)
    assert server.requests == []

    monkeypatch.delenv("GENOVIEW_GENOMES_MIRROR")
    shell.made_bench.cache_clear()
    monkeypatch.setattr("genoview.runtime.remote_genomes.has_route", lambda: False)
    assert "**The whole human genome" not in words(visit())


def test_a_way_out_is_looked_up_without_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "NOWHERE", "127.0.0.1")
    assert connection.has_route()
    monkeypatch.setattr(connection, "NOWHERE", "256.1.1.1")  # of no machine at all
    assert not connection.has_route()
