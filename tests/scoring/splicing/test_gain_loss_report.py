"""Gain, loss and changes on a model's own scale: rows of the page, JSON and files alike."""

from pathlib import Path

import pytest

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.score_table import score_rows
from genoview.report.variant_report import variant_report
from genoview.scoring.track_results import gains_of
from tests.support.models.toy_strength import Strength
from tests.support.models.weights_here import dragonn_file

SNV = "chr20:43251572:C>A"


def answers_to(demo: Assembly, query: str) -> tuple[Request, list[Answer]]:
    request = resolve(query, demo, flank=200)
    return request, [answer(request, Strength(), demo)]


def test_each_gene_of_the_place_has_a_gain_and_a_loss_on_its_strand(demo: Assembly) -> None:
    request, answers = answers_to(demo, SNV)
    rows = gains_of(request, answers, demo, 50)
    assert [(row.gene, row.strand, row.kind) for row in rows] == [
        ("PKIG", "+", "gain"),
        ("PKIG", "+", "loss"),
        ("ADA", "-", "gain"),
        ("ADA", "-", "loss"),
    ]
    gain, loss = rows[:2]
    assert (gain.raw.score, gain.tissue, gain.position) == (1.0, "heart", 43_251_572)
    assert (loss.raw.score, loss.tissue) == (1.0, "liver")
    assert gain.words.startswith("PKIG (+): gain 1.00 in heart, at +0 bp (43,251,572); masked")
    locus, result = answers_to(demo, "chr20:43,251,000-43,251,100")
    assert gains_of(locus, result, demo, 50) == []


def test_json_and_files_hold_raw_and_masked_scores_with_formula_and_tissue(demo: Assembly) -> None:
    request, answers = answers_to(demo, SNV)
    gains = gains_of(request, answers, demo, 50)
    report = variant_report(request, answers, demo)
    rows_of = document(report)["splice_gains"]
    assert [item["change"] for item in rows_of] == ["gain", "loss"] * 2
    assert (rows_of[0]["score"], rows_of[0]["tissue"], rows_of[0]["position"]) == (
        1.0,
        "heart",
        43_251_572,
    )
    assert {"formula", "unit", "masked_score", "mask", "model", "version"} <= rows_of[0].keys()
    rows = [row for row in score_rows(report) if "Pangolin" in row.score]
    assert len(rows) == 2 * len(gains)
    assert {row.score for row in rows} == {
        f"Pangolin {kind}{mask}" for kind in ("gain", "loss") for mask in ("", ", masked")
    }
    assert all(row.unit and row.formula for row in rows)


def test_a_reporter_model_without_a_logarithm_has_changes_and_no_fold_changes(
    demo: Assembly, tmp_path: Path
) -> None:
    pytest.importorskip("h5py", reason="h5py reads the file, and is not installed")
    (tmp_path / "mpra-dragonn").mkdir()
    dragonn_file(tmp_path / "mpra-dragonn")
    model = registry.create("mpra-dragonn", models_dir=tmp_path)
    request = resolve(SNV, demo, flank=200)
    answers = [answer(request, model, demo)]
    report = variant_report(request, answers, demo)
    assert report.activities == []
    changes = [change for _, change in report.own_scale]
    assert [item.track.name for item in changes] == [
        "K562 minP pooled",
        "HepG2 minP pooled",
        "K562 SV40P pooled",
        "HepG2 SV40P pooled",
    ]
    rows_of = document(report)["reporter_changes"]
    assert [item["change"] for item in rows_of] == [
        pytest.approx(item.alt - item.ref, abs=1e-6) for item in changes
    ]
    assert {item["unit"] for item in rows_of} == {"predicted activity"}
    rows = [row for row in score_rows(report) if row.score.startswith("Reporter")]
    assert [row.value for row in rows] == [item.alt - item.ref for item in changes]
