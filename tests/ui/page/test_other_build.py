"""Buttons that open a view on another build: asked once, opened as a step of the history."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from genoview.ui.page import shell
from tests.support.files.two_builds import CHAIN_FILE, NEXT, OTHER, SHIFT, SWAPPED, serve_builds
from tests.support.pages.visits import healthy, labels, press, visit, words
from tests.support.servers.range_server import RangeServer, serving

MODELS = ("jaspar",)
FLANK = {"flank": "500"}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, own_server: None, demo) -> Iterator[RangeServer]:
    with serving(b"") as server:
        serve_builds(server, demo, monkeypatch)
        shell.made_bench.cache_clear()
        yield server


def param(app: AppTest, key: str) -> str:
    value = app.query_params.get(key, "")
    return value[0] if isinstance(value, list) else value


def test_a_variant_opens_on_the_other_build_once_the_person_agrees(server: RangeServer) -> None:
    app = visit(q="chr20:43042364:C>T", **FLANK)
    assert "Open on GRCh38" in labels(app)
    press(app, "Open on GRCh38")
    assert f"{CHAIN_FILE} from {server.host}, who learn that a table between two builds" in words(
        app
    )
    assert "hg38.2bit from" in words(app)
    assert server.names == []
    press(app, "Agree")
    assert (param(app, "q"), param(app, "g")) == (f"chr20:{43_042_364 + SHIFT}:C>T", "GRCh38")
    assert param(app, "flank") == "500"
    press(app, "Open on GRCh37")  # the whole genome of that build, not the demo
    assert (param(app, "q"), param(app, "g")) == ("chr20:43042364:C>T", "GRCh37")


def test_not_now_stays_on_this_build(server: RangeServer) -> None:
    app = visit(q="chr20:43,042,364")
    press(app, "Open on GRCh38")
    press(app, "Not now")
    assert param(app, "g") == "" and "Agree" not in labels(app)
    assert server.names == []


def test_swapped_alleles_are_said_and_others_are_not_opened(server: RangeServer, demo) -> None:
    bases = demo.reference.fetch(demo.reference.covered("chr20")[0])
    base, other = bases[SWAPPED - 42_484_000], bases[OTHER - 42_484_000]
    app = visit(q=f"chr20:{SWAPPED + 1}:{base}>{NEXT[base]}", **FLANK)
    press(app, "Open on GRCh38")
    press(app, "Agree")
    assert param(app, "q") == f"chr20:{SWAPPED + 1 + SHIFT}:{NEXT[base]}>{base}"
    assert "REF and ALT are swapped" in words(app)

    third = next(each for each in "ACGT" if each not in (other, NEXT[other]))
    app = visit(q=f"chr20:{OTHER + 1}:{other}>{third}", **FLANK)
    press(app, "Open on GRCh38")
    assert "the variant does not carry over" in app.warning[0].value
    press(app, f"Open chr20:{OTHER + 1 + SHIFT:,} on GRCh38")
    assert (param(app, "q"), param(app, "g")) == (f"chr20:{OTHER + 1 + SHIFT:,}", "GRCh38")


def test_without_chains_it_is_said_how_things_stand(server: RangeServer) -> None:
    app = visit(q="chr20:43,299,001-43,301,000")
    press(app, "Open on GRCh38")
    server.always = "404"
    press(app, "Agree")
    assert "cannot be read" in app.warning[0].value and "answers 404" in app.warning[0].value
    n_requests = len(server.names)
    healthy(app.run())
    assert len(server.names) == n_requests  # not asked again with each run of the page
    server.always = ""
    press(app, "Open on GRCh38")
    assert "is split on GRCh38" in app.warning[0].value


def test_a_name_of_the_other_build_offers_it_and_is_never_taken_silently(
    server: RangeServer,
) -> None:
    text = "NC_000020.11:g.44413724C>T"
    app = visit(q=text)
    assert "The query is for GRCh38, but the genome in use is GRCh37-demo" in app.error[0].value
    press(app, "Open on GRCh38")
    assert (param(app, "q"), param(app, "g")) == (text, "GRCh38")
    assert server.names == []
    press(app, "Agree")
    assert f"**chr20:{43_042_364 + SHIFT}:C>T** in GRCh38" in words(app)


def test_a_link_may_name_the_genome_as_ucsc_does(server: RangeServer) -> None:
    app = visit(q="ADA", g="hg38")
    assert "Agree" in labels(app)
    [box] = [box for box in app.selectbox if box.label == "Genome"]
    assert box.value == "GRCh38"
