"""The measured rows that the page shows are those that docs/truth.md tells."""

from dataclasses import replace
from pathlib import Path

import pytest

from genoview.data.track_data import Family
from genoview.errors import SettingsError
from genoview.models.registry import entries
from genoview.scoring.comparison.measured_variants import Estimate, Measured, keep_truth, read_truth
from tests.support.paths import ROOT

DOCS = ROOT / "docs" / "truth.md"
ROW = Measured(
    "MaPSy",
    "CI-SpliceAI",
    2464,
    300,
    Estimate(0.7, 0.65, 0.75),
    Estimate(0.5, 0.4, 0.6),
    Estimate(0.25, 0.2, 0.3),
)


def test_the_file_and_the_document_hold_the_same_rows() -> None:
    documented = {
        line for line in DOCS.read_text(encoding="utf-8").splitlines() if " positive |" in line
    }
    kept = [row.line for row in read_truth()]
    assert len(kept) == len(set(kept)) >= 14
    assert set(kept) == documented


def test_each_row_is_of_a_model_that_genoview_knows() -> None:
    titles = {entry.card.title for entry in entries()}
    assert {row.model for row in read_truth()} <= titles


def test_a_row_is_written_and_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    keep_truth(path, [ROW])
    assert read_truth(path) == (ROW,)
    assert ROW.line == (
        "| MaPSy | CI-SpliceAI | 2,464, 300 positive | 0.700 (0.650 to 0.750) | "
        "0.500 (0.400 to 0.600) | 0.250 (0.200 to 0.300) |  |"
    )


def test_a_new_row_replaces_that_of_its_model_and_leaves_others(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    other, newer = replace(ROW, model="SpliceAI"), replace(ROW, n=2465)
    keep_truth(path, [ROW, other])
    keep_truth(path, [newer])
    assert read_truth(path) == (newer, other)


def test_an_experiment_has_a_family_and_what_was_measured() -> None:
    element = replace(ROW, experiment="F9 (HepG2)")
    assert (ROW.family, element.family) == (Family.SPLICING, Family.EXPRESSION)
    assert "Soemedi" in ROW.what and "Kircher" in element.what


@pytest.mark.parametrize("text", ["", "[{}]", '{"a": 1}', '[{"experiment": "x", "auroc": [1]}]'])
def test_the_error_of_a_file_of_another_form_names_what_writes_it(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "truth.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"benchmarks/truth\.py --json"):
        read_truth(path)
