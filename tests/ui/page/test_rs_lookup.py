"""A number of dbSNP typed on the page: asked once, choices, and NCBI's service on a click alone."""

import json
from collections.abc import Iterator

import pytest

from genoview.ui.batch.page import batch_runs
from genoview.ui.page import shell
from tests.io.test_dbsnp import placement
from tests.support.files.big_bed_file import big_bed, snp_row
from tests.support.pages.visits import labels, press, visit, words
from tests.support.servers.range_server import RangeServer, serving
from tests.ui.page.test_other_build import param

MODELS = ("jaspar",)
LENGTHS = {"chr17": 81_195_210, "chr20": 63_025_520}
ROWS = [
    snp_row("chr20", 43_042_363, "rs1", "C", "T"),
    snp_row("chr20", 43_042_363, "rs2", "C", "A", "G"),
]
SERVED = {
    "refsnp_id": "3",
    "primary_snapshot_data": {
        "placements_with_allele": [placement("NC_000020.10", 43_042_363, "C", "T")]
    },
}
TABLE = "hg19.dbSnp155.bb"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, own_server: None) -> Iterator[RangeServer]:
    with serving(b"") as server:
        server.by_name = {TABLE: big_bed(ROWS, LENGTHS), "3": json.dumps(SERVED).encode()}
        monkeypatch.setenv("GENOVIEW_GENOMES_MIRROR", f"http://{server.host}")
        shell.made_bench.cache_clear()
        yield server


def test_a_number_opens_once_the_person_agrees(server: RangeServer) -> None:
    app = visit(q="rs1", flank="500")
    assert "**rs1** is looked up in dbSNP 155, read as needed from" in words(app)
    assert "never the number itself" in words(app)
    assert not app.error
    assert server.names == []
    press(app, "Agree")
    assert "**chr20:43042364:C>T** in GRCh37-demo" in words(app)
    assert "rs1, by dbSNP 155." in words(app)
    assert set(server.names) == {TABLE}


def test_agreeing_to_a_genome_is_not_agreeing_to_numbers(server: RangeServer) -> None:
    app = visit(q="rs1")
    shell.bench().remote_genomes.agree("GRCh37")  # the same host
    assert "Agree" in labels(visit(q="rs1"))
    assert server.names == []
    press(app, "Agree")


def test_several_alleles_are_buttons(server: RangeServer) -> None:
    app = visit(q="rs2", flank="500")
    press(app, "Agree")
    assert "rs2 has 2 alleles on GRCh37-demo" in app.error[0].value
    press(app, "rs2: chr20:43042364:C>G")
    assert param(app, "q") == "chr20:43042364:C>G"


def test_the_service_is_asked_on_a_click_alone(server: RangeServer) -> None:
    app = visit(q="rs3", flank="500")
    press(app, "Agree")
    assert "dbSNP has no rs3" in app.error[0].value
    app = visit(q="rs3", flank="500")
    server.always = "404"
    shell.bench().remote_genomes.remove_dbsnp(withdraw=True)
    app = visit(q="rs3", flank="500")
    assert "NCBI's service learns this very number, and this address." in words(app)
    n_before = len(server.names)
    server.always = ""
    press(app, f"Ask {server.host}")
    assert server.names[n_before:] == ["3"]
    assert param(app, "q") == "chr20:43042364:C>T"


def test_without_a_network_it_is_said(server: RangeServer) -> None:
    app = visit(q="rs1")
    server.always = "404"
    press(app, "Agree")
    assert "rs1 cannot be looked up without a network" in app.error[0].value
    assert "17-43106487-A-C" in app.error[0].value
    press(app, f"Ask {server.host}")
    assert "dbSNP has no rs1" in app.warning[0].value


def test_a_batch_asks_before_it_looks_numbers_up(server: RangeServer) -> None:
    app = visit("batch")
    app.text_area(key="batch_list").set_value("rs1\n20-43249076-C-T\n").run()
    assert "The list has numbers of dbSNP" in words(app)
    press(app, "Agree")
    assert "The list has numbers of dbSNP" not in words(app)
    press(app, "Score")
    [run] = batch_runs().runs()
    if (at_work := batch_runs().at_work(run.run_id)) is not None:
        assert at_work.job.wait(120)
    texts = [row.entry.text for row in batch_runs().rows(run.run_id)]
    assert texts == ["chr20:43042364:C>T", "chr20:43249076:C>T"]
