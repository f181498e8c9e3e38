"""What files say of changed residues: both conventions, AlphaMissense's rows, and the banner."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.io.alphamissense import PublishedScore
from genoview.io.assembly import Assembly
from genoview.io.export import RANDOM_WEIGHTS
from genoview.query.resolve import resolve
from genoview.report.consequences import chosen_of, consequences_of
from genoview.report.document import document
from genoview.report.missense import (
    NO_TRANSCRIPT,
    Missense,
    change_on,
    map_columns,
    published_of,
    times_words,
)
from genoview.report.score_table import score_rows
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.scoring.missense.change import ProteinChange
from genoview.scoring.missense.score import missense_score
from tests.support.models.toy_residues import ToyResidues

QUERY = "chr20:43042364:C>T"
ROW = PublishedScore("T139I", 0.9, "likely pathogenic", "P41235", "am.tsv", "CC BY 4.0")


@pytest.fixture
def missense(demo: Assembly) -> Missense:
    variant = resolve(QUERY, demo).variant
    assert variant is not None
    change = change_on(variant, chosen_of(consequences_of(variant, demo), ""), demo)
    return Missense(change, "HNF4A", (missense_score(change, ToyResidues()),), (ROW,))


@pytest.fixture
def report(demo: Assembly, missense: Missense) -> VariantReport:
    options = ReportOptions(missense=missense)
    return variant_report(resolve(QUERY, demo), [], demo, None, options)


def test_json_has_both_conventions_with_their_formula_and_the_banner(
    report: VariantReport,
) -> None:
    plain = json.loads(json.dumps(document(report)))
    assert plain["banner"] == RANDOM_WEIGHTS
    said = plain["missense"]
    assert (said["transcript"], said["gene"], said["residues"]) == ("NM_175914.5", "HNF4A", 452)
    assert said["changes"] == ["p.(Thr117Ile)"]
    [model] = said["models"]
    assert model["banner"] == RANDOM_WEIGHTS
    assert (model["masked"]["value"], model["wild_type"]["value"]) == (-0.9, -0.45)  # T to I
    assert model["masked"]["by_residue"] == [-0.9]
    assert "all of them hidden" in model["masked"]["formula"]
    assert said["alphamissense"]["scores"][0]["class"] == "likely pathogenic"


def test_json_of_what_is_not_scored_says_why(report: VariantReport) -> None:
    missense = Missense(ProteinChange("T.1", reason="Stop gained: not scored."), "G")
    plain = document(replace(report, missense=missense))
    assert plain["missense"]["reason"] == "Stop gained: not scored."
    assert plain["missense"]["models"] == [] and "alphamissense" not in plain["missense"]
    assert "banner" not in plain
    assert "missense" not in document(replace(report, missense=None))


def test_the_table_of_scores_has_two_rows_a_model_and_those_of_the_table(
    report: VariantReport,
) -> None:
    rows = [row for row in score_rows(report) if row.gene == "HNF4A"]
    assert [(row.score, row.value) for row in rows] == [
        ("Masked marginals", pytest.approx(-0.9)),
        ("Wild-type marginals", pytest.approx(-0.45)),
        ("AlphaMissense", 0.9),
    ]
    assert rows[0].track == "Toy residues (RANDOM WEIGHTS)"
    assert rows[0].words == "p.(Thr117Ile) of NM_175914.5: 2.5 times less likely"
    assert rows[2].words == "T139I of P41235: likely pathogenic; CC BY 4.0"


def test_the_map_is_a_row_a_substitution(missense: Missense) -> None:
    [score] = missense.scores
    columns = {column.name: column.values for column in map_columns(score)}
    assert {len(values) for values in columns.values()} == {452 * 19}
    at = columns["variant"].index(1)
    assert sum(columns["variant"]) == 1
    row = {name: values[at] for name, values in columns.items()}
    assert (row["residue"], row["ref"], row["alt"]) == (117, "T", "I")
    assert (row["wild_type"], row["masked"]) == pytest.approx((-0.45, -0.9))
    assert columns["masked"][0] is None


def test_without_a_transcript_or_a_table_nothing_is_invented(
    demo: Assembly, missense: Missense, tmp_path: Path
) -> None:
    variant = resolve(QUERY, demo).variant
    assert variant is not None
    assert change_on(variant, None, demo).reason == NO_TRANSCRIPT
    assert published_of(None, variant, demo, missense.change) == ((), "")
    rows, reason = published_of(tmp_path / "no.csv", variant, demo, missense.change)
    assert rows == () and "cannot be read" in reason


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (0.0, "as likely"),
        (-0.9, "2.5 times less likely"),
        (2.3026, "10 times more likely"),
        (-7.3, "1,500 times less likely"),
        (-20.0, "4.9e+08 times less likely"),
    ],
)
def test_a_ratio_in_words(ratio: float, words: str) -> None:
    assert times_words(ratio) == words


@given(st.floats(-1e6, 1e6))
def test_any_ratio_has_words(ratio: float) -> None:
    words = times_words(ratio)
    assert words == "as likely" or ("less" in words) == (ratio < 0)
