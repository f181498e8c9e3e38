"""Delta scores of one variant: remembered, told gene by gene, and the store's small documents."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from genoview.data.genome import Variant
from genoview.errors import StoreError
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.registry import create
from genoview.report.json_scores import plain_deltas
from genoview.runtime.jobs import Progress
from genoview.scoring import Change, DeltaScores
from genoview.scoring.splicing.report import SpliceQuestion, SpliceReport, known, splice_report
from genoview.store import Store
from genoview.store.documents import KEEP, Documents

ADA = Variant("chr20", 43_249_076, "C", "T")  # activates a cryptic acceptor of ADA
NOTHING = Change(0.0, -50)


@pytest.fixture(scope="module")
def model() -> Backend:
    return create("cispliceai")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", 10_000_000)


def refuse(_share: float) -> None:
    raise AssertionError("something was computed")


def test_a_report_is_computed_once_and_then_remembered(
    demo: Assembly, model: Backend, store: Store
) -> None:
    question = SpliceQuestion(ADA, model, demo)
    assert known(question, store) is None
    report = splice_report(question, store)
    compute: Progress = refuse
    assert splice_report(question, store, compute) == report
    assert known(SpliceQuestion(ADA, model, demo, 51), store) is None
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
    demo: Assembly, model: Backend, store: Store, kept: str
) -> None:
    question = SpliceQuestion(ADA, model, demo)
    path = store.documents.folder / question.key[:2] / f"{question.key}.json"
    path.parent.mkdir(parents=True)
    path.write_text(kept)
    assert known(question, store) is None


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
    assert rows[7].words == "A (+): donor loss 0.30, possibly, at +2 bp (102); masked 0.00"


def test_a_report_survives_json() -> None:
    assert SpliceReport.from_plain(json.loads(json.dumps(asdict(REPORT)))) == REPORT


def test_a_document_tells_formula_unit_and_distance_of_delta_scores() -> None:
    plain = plain_deltas(REPORT, Variant("chr1", 100, "A", "G"))
    assert "within 50 bp" in plain["raw"]["formula"]
    assert plain["raw"]["unit"] == plain["masked"]["unit"] == "difference of probabilities, 0 to 1"
    assert "gene table" in plain["masked"]["formula"]
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


def test_documents_of_one_folder_stay_few(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    for i in range(KEEP + 5):
        documents.put(f"{i:064x}", i)
    assert sum(1 for _ in tmp_path.glob("00/*")) == KEEP
    assert documents.get(f"{KEEP + 4:064x}") == KEEP + 4


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_document_is_kept_under_a_digest_only(tmp_path: Path, key: str) -> None:
    with pytest.raises(StoreError, match="sha256"):
        Documents(tmp_path).put(key, 1)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        Documents(tmp_path / "file").put("0" * 64, 1)
