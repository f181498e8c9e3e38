"""Delta scores of one variant: remembered, told gene by gene, and what earlier versions kept."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from genoview.data.genome import Variant
from genoview.data.progress import Progress
from genoview.errors import StoreError
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.report.json_scores import plain_deltas
from genoview.scoring import Change, DeltaScores
from genoview.scoring.model_result import ModelFacts, ModelResult
from genoview.scoring.splicing.delta_question import DeltaQuestion
from genoview.scoring.splicing.report import SpliceReport, known, splice_report
from genoview.store import Scores, Store
from genoview.store.database import Database
from genoview.store.documents import Documents
from genoview.store.files import migrations

ADA = Variant("chr20", 43_249_076, "C", "T")  # activates a cryptic acceptor of ADA
NOTHING = Change(0.0, -50)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", 10_000_000)


def question_of(demo: Assembly, model: Backend, distance: int = 50) -> DeltaQuestion:
    return DeltaQuestion(ADA, ModelFacts.of(model), demo, distance)


def refuse(_share: float) -> None:
    raise AssertionError("something was computed")


def test_a_report_is_computed_once_and_then_remembered(
    demo: Assembly, splicing: Backend, store: Store
) -> None:
    question = question_of(demo, splicing)
    assert known(question, store) is None
    report = splice_report(question, splicing, store)
    compute: Progress = refuse
    assert splice_report(question, splicing, store, compute) == report
    assert known(question_of(demo, splicing, 51), store) is None
    gain, loss, *_ = report.rows(ADA)
    assert (gain.gene, gain.strand, gain.kind) == ("ADA", "-", "acceptor gain")
    assert (gain.position, gain.certainty, loss.raw.position) == (43_249_074, "very likely", -34)
    assert gain.raw.score == pytest.approx(0.9035, abs=1e-3)
    assert report.gene_table == "GRCh37-demo.gtf.gz"
    assert len(report.rows(ADA)) == 8  # PKIG lies there too, on the other strand
    store.clear()
    assert known(question, store) is None


@pytest.mark.parametrize("kept", ["{", '{"model": 1}', "[]", '"text"'])
def test_a_damaged_document_is_not_known(
    demo: Assembly, splicing: Backend, store: Store, kept: str
) -> None:
    question = question_of(demo, splicing)
    key = question.document_key
    path = store.documents.folder / key[:2] / f"{key}.json"
    path.parent.mkdir(parents=True)
    path.write_text(kept)
    assert known(question, store) is None
    store.scores.put({question.key: kept})
    assert known(question, store) is None
    report = splice_report(question, splicing, store)  # made again, and written over
    assert known(question, store) == report


REPORT = SpliceReport(
    model="M",
    version="1",
    rules="cispliceai",
    gene_table="genes.gtf",
    distance=50,
    raw=(
        DeltaScores("A", "+", NOTHING, NOTHING, NOTHING, Change(0.3, 2)),
        DeltaScores("B", "-", Change(0.5, -3), NOTHING, NOTHING, NOTHING),
    ),
    masked=(
        DeltaScores("A", "+", NOTHING, NOTHING, NOTHING, NOTHING),
        DeltaScores("B", "-", Change(0.5, -3), NOTHING, NOTHING, NOTHING),
    ),
)


def test_the_gene_with_the_largest_change_comes_first() -> None:
    rows = REPORT.rows(Variant("chr1", 100, "A", "G"))
    assert [row.gene for row in rows] == ["B"] * 4 + ["A"] * 4
    assert rows[0].words == "B (-): acceptor gain 0.50, likely, at -3 bp (97); masked 0.50"
    assert rows[7].words == "A (+): donor loss 0.30, at +2 bp (102); masked 0.00"


def test_a_report_survives_json(demo: Assembly, splicing: Backend) -> None:
    """As a document of an earlier version, and as it is kept now."""
    question = question_of(demo, splicing)
    result: ModelResult = question.from_plain(json.loads(json.dumps(asdict(REPORT))))
    again = question.from_plain(json.loads(json.dumps(question.to_plain(result))))
    for each in (result, again):
        report = SpliceReport.of(question, each)
        assert (report.raw, report.masked, report.reason) == (REPORT.raw, REPORT.masked, "")
        assert (report.distance, report.rules) == (REPORT.distance, REPORT.rules)


def test_a_document_has_formula_unit_and_distance_of_delta_scores() -> None:
    plain = plain_deltas(REPORT, Variant("chr1", 100, "A", "G"))
    assert "within 50 bp" in plain["raw"]["formula"]
    assert plain["raw"]["unit"] == plain["masked"]["unit"] == "difference of probabilities, 0 to 1"
    assert "annotated splice sites" in plain["masked"]["formula"]
    assert (plain["gene_table"], plain["distance"]) == ("genes.gtf", 50)
    assert plain["scores"][0] | {"words": ""} == {
        "gene": "B",
        "strand": "-",
        "change": "acceptor gain",
        "score": 0.5,
        "offset": -3,
        "position": 97,
        "masked_score": 0.5,
        "masked_offset": -3,
        "words": "",
    }


def test_documents_are_read_and_no_longer_written(
    demo: Assembly, splicing: Backend, store: Store
) -> None:
    question = question_of(demo, splicing)
    key = question.document_key
    path = store.documents.folder / key[:2] / f"{key}.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(asdict(REPORT)))
    result = splice_report(question, splicing, store, refuse)
    assert (result.raw, result.masked) == (REPORT.raw, REPORT.masked)
    store.clear()
    assert not path.exists()
    splice_report(question, splicing, store)
    assert not path.exists()


def test_scores_stay_few_and_the_oldest_go(store: Store) -> None:
    most = 64
    kept = Scores(Database(store.folder / "scores.duckdb", migrations.SCORES, store.warn), most)
    for i in range(0, most + 8, 8):
        kept.put({f"{n:064x}": str(n) for n in range(i, i + 8)})
    assert kept.count() == most
    assert kept.get([f"{most + 4:064x}", f"{0:064x}"]) == {f"{most + 4:064x}": str(most + 4)}


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_document_is_kept_under_a_digest_only(tmp_path: Path, key: str) -> None:
    with pytest.raises(StoreError, match="sha256"):
        Documents(tmp_path).get(key)


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file", 1_000_000)
    with pytest.raises(StoreError, match="cannot be opened or written"):
        store.scores.put({"0" * 64: "1"})
