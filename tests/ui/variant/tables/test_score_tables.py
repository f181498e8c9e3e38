"""Scores on the Variant page: delta scores at the reader's distance, motifs, tracks, files."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from genoview.data.genome import Interval
from genoview.data.track_data import Assay, TrackMetadata
from genoview.io.export import Provenance, scores_csv
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.score_table import score_rows
from genoview.report.variant_report import variant_report
from genoview.runtime.batch import Engine, Entry, scorer_of
from genoview.scoring import P_CUT, MotifChange
from genoview.scoring.splicing.delta_question import DISTANCE
from genoview.scoring.variant_line import VariantLine
from genoview.ui.explore import run_models
from genoview.ui.page import shell
from genoview.ui.variant.tables import delta_table
from genoview.ui.variant.tables.score_tables import p_difference_text, score_difference_text
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import scored, visit
from tests.support.paths import ROOT

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar", "cispliceai")
SNV = "chr20:43249076:C>T"  # activates a cryptic acceptor of ADA


def splicing_tab(query: str, **params: str) -> AppTest:
    """The page of a query, once its models and its scores are there."""
    return scored(visit(**{"q": query, "flank": "500", "tab": "splicing"} | params))


def deltas(app: AppTest):  # type: ignore[no-untyped-def]
    [table] = [frame.value for frame in app.dataframe if "masked bp" in frame.value]
    return table


def texts(app: AppTest) -> str:
    return "\n".join(str(each.value) for group in (app.markdown, app.caption) for each in group)


def test_delta_scores_are_told_gene_by_gene_at_the_distance_of_the_link() -> None:
    app = splicing_tab(SNV)
    table = deltas(app)
    first = table.iloc[0]
    assert tuple(first[["gene", "strand", "change", "called"]]) == (
        *("ADA", "-", "acceptor gain", "very likely"),
    )
    assert (first["masked bp"], first["position"]) == ("−2", "43,249,074")
    assert set(table["gene"]) == {"ADA", "PKIG"}
    assert set(table.iloc[4:]["called"]) == {"below 0.2"}
    assert "genes of GRCh37-demo.gtf.gz" in texts(app)
    assert "dist" not in app.query_params

    app.selectbox(key="distance").set_value(100)
    app = scored(app.run())
    assert app.query_params["dist"] in ("100", ["100"])
    assert app.selectbox(key="distance").value == 100
    assert deltas(app).iloc[0]["gene"] == "ADA"

    app.query_params["tab"] = "binding"
    app.run()
    [motifs] = [frame.value for frame in app.dataframe if "p difference" in frame.value]
    assert "open" not in set(motifs["ALT − REF"])
    lost = motifs[motifs["change"] == "lost"]
    assert len(lost) and (lost["ALT p"] >= 1e-4).all() and (lost["REF p"] < 1e-4).all()
    app.query_params["tab"] = "scores"
    app.run()
    [scores] = [frame.value for frame in app.dataframe if "formula" in frame.value]
    assert set(scores["rank"]) == {"not calibrated"}
    assert set(scores["gene"]) == {"ADA", "PKIG"}
    _check_files(app)


def test_a_variant_scored_in_a_file_is_on_its_page_without_a_job() -> None:
    bench = shell.bench()
    scorers = [scorer_of(bench.backend("cispliceai"), bench.assembly(), DISTANCE)]
    variant = resolve(SNV, bench.assembly()).variant
    assert variant
    line = VariantLine(variant.chrom, variant.pos, variant.ref, variant.alt)
    [[row]] = Engine(bench.assembly(), scorers, bench.store).rows([Entry(1, line)])
    result = row.result("cispliceai")
    assert result
    app = splicing_tab(SNV)
    assert delta_table.PLACE not in app.session_state["score_jobs"]
    table = deltas(app)
    genes = sorted(result.genes, key=lambda one: -one.masked.largest)
    for column, several in (
        ("masked score", [one.masked.changes for one in genes]),
        ("unmasked score", [one.raw.changes for one in genes]),
    ):
        assert list(table[column]) == [change.score for four in several for change in four]


def _check_files(app: AppTest) -> None:
    """What the Export menu writes of the same answers."""
    bench = shell.bench()
    request = resolve(SNV, bench.assembly(), flank=500)
    answers = [job.result for job in app.session_state["jobs"].values()]
    report = variant_report(request, answers, bench.assembly(), bench.store)
    assert report.deltas is not None and report.deltas.model == bench.card("cispliceai").title
    rows = score_rows(report)
    lines = scores_csv(rows, Provenance("g", SNV, (), "2026-01-01")).decode().splitlines()
    header = next(line for line in lines if not line.startswith("#"))
    assert header.startswith("score,value,unit,formula,source,track,gene,strand")
    assert any(line.startswith('"Delta score, acceptor gain",0.90') for line in lines)
    assert all(row.unit and row.formula for row in rows)
    described = json.loads(json.dumps(document(report), allow_nan=False))
    assert len(described["splice_deltas"]["scores"]) == 8
    assert {score["name"] for score in described["scores"]} == {"Gene mask splicing"}


def test_a_distance_out_of_range_is_said_and_left_out() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
    app.query_params["dist"] = "5001"
    app.run()
    assert "dist=5001" in "\n".join(str(one.value) for one in app.warning)


FACTOR = TrackMetadata("HNF1A", Assay.TF_MOTIF, ".", "occupancy")


@pytest.mark.parametrize(
    ("ref", "alt", "score", "p"),
    [
        ((13.7, 1e-6), (9.8, 1e-5), "−3.9 bits", "−1.0 decades"),
        ((9.8, 1e-5), (13.7, 1e-6), "+3.9 bits", "+1.0 decades"),
        ((13.7, 1e-6), (None, None), "open", "≤ −2.0 decades"),
        ((None, None), (13.7, 1e-6), "open", "≥ +2.0 decades"),
    ],
)
def test_motif_differences_are_signed_and_bounds_say_so(
    ref: tuple[float | None, float | None],
    alt: tuple[float | None, float | None],
    score: str,
    p: str,
) -> None:
    assert P_CUT == 1e-4
    place = Interval("chr1", 0, 10, "+")
    change = MotifChange(FACTOR, place, ref[0], alt[0], ref[1], alt[1], 0)
    assert (score_difference_text(change), p_difference_text(change)) == (score, p)


def test_ranks_are_made_when_asked_for_and_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_models, "default_models", lambda: ("jaspar",))
    app = splicing_tab(SNV, tab="scores")
    assert "Not calibrated" in texts(app)
    assert not [frame for frame in app.dataframe if "of" in frame.value]
    [button] = [one for one in app.button if one.label == "Rank against random variants here"]
    app = scored(button.click().run())
    [table] = [frame.value for frame in app.dataframe if "of" in frame.value]
    [words] = table["rank"]
    assert words.startswith("larger than ") and "of 100 random substitutions of C>T" in words
    assert table["unit"][0] == "decades of p"
    again = splicing_tab(SNV, tab="scores")
    [table] = [frame.value for frame in again.dataframe if "of" in frame.value]
    assert list(table["rank"]) == [words]


def test_each_change_of_a_haplotype_stands_alone_beside_all_of_them() -> None:
    app = splicing_tab(f"{SNV} + chr20:43249075:C>T")
    if "score_jobs" in app.session_state:  # those of the parts begin when the whole is there
        app = scored(app)
    [table] = [frame.value for frame in app.dataframe if "together" in frame.value]
    gain = table[(table["gene"] == "ADA") & (table["change"] == "acceptor gain")].iloc[0]
    assert gain["43,249,076 C>T"] == pytest.approx(0.9035, abs=1e-3)
    assert gain["together"] < 0.3  # the second change takes the AG of the new acceptor away
    assert gain["difference"] == pytest.approx(gain["together"] - gain["sum"])
