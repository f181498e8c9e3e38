"""One model's scores of a file against another's."""

import pytest

from genoview.data.track_data import Family
from genoview.runtime.batch import CellChange, Entry, GainScores, GeneScores, ModelResult, Row
from genoview.runtime.batch.comparison import comparisons, scatter
from genoview.scoring import Change, DeltaScores, GainLoss
from genoview.scoring.variant_line import VariantLine

MODELS = ("cispliceai", "spliceai", "promoter-activity")


def delta(model: str, score: float | None) -> ModelResult:
    if score is None:
        return ModelResult(model, reason="Not scored.")
    none = Change(0.0, 0)
    scores = DeltaScores("G", "+", Change(score, 1), none, none, none)
    return ModelResult(model, (GeneScores(scores, scores),))


def row(number: int, first: float | None, second: float | None) -> Row:
    line = VariantLine("chr20", number, "A", "C")
    cells = ModelResult("promoter-activity", cells=(CellChange("K562", 0.5, None),))
    results = (delta("cispliceai", first), delta("spliceai", second), cells)
    return Row(Entry(number, line), f"chr20:{number}:A>C", ("G",), results)


ROWS = [row(1, 0.1, 0.2), row(2, 0.9, 0.1), row(3, 0.5, 0.6), row(4, None, 0.9), row(5, 0.0, 0.0)]


def test_each_two_models_of_a_family_are_compared() -> None:
    [one] = comparisons(MODELS, ROWS, Family.SPLICING)
    assert one.key == "cispliceai:spliceai"
    assert one.same_unit
    assert comparisons(MODELS, ROWS, Family.EXPRESSION) == []


def test_the_largest_disagreement_comes_first_and_what_one_left_out_is_counted() -> None:
    [one] = comparisons(MODELS, ROWS, Family.SPLICING)
    found = scatter(one, ROWS)
    assert found.variants == ("chr20:2:A>C", "chr20:1:A>C", "chr20:3:A>C", "chr20:5:A>C")
    assert found.apart == pytest.approx((0.8, 0.1, 0.1, 0.0))
    assert (found.first[0], found.second[0], found.genes[0]) == (0.9, 0.1, "G")
    assert found.n_left_out == 1
    # Ranks 2, 4, 3, 1 and 3, 2, 4, 1 have the differences 1, 2, 1, 0: 1 - 6 * 6 / (4 * 15).
    assert found.spearman == pytest.approx(0.4)
    assert found.pearson == pytest.approx(0.0725 / (0.5075 * 0.2075) ** 0.5)


def test_no_row_has_both() -> None:
    [one] = comparisons(MODELS, ROWS[3:4], Family.SPLICING)
    found = scatter(one, ROWS[3:4])
    assert (found.variants, found.n_left_out, found.spearman) == ((), 1, None)


def test_models_with_scores_of_their_own_are_compared_by_ranks() -> None:
    """Pangolin's gain and loss with delta scores; each promoter of a cell with that cell."""

    def scored(number: int, score: float) -> Row:
        found = GainLoss(Change(score, 0), Change(0.0, 0), "heart", "heart")
        results = (
            delta("cispliceai", score / 2),
            ModelResult("pangolin", gains=(GainScores("G", "+", found, found),)),
            ModelResult(
                "promoter-activity",
                cells=(CellChange("K562", score, 0.1), CellChange("mESC", score, 0.1)),
            ),
            ModelResult(
                "mpra-dragonn",
                cells=(CellChange("K562 minP", -score, None), CellChange("K562 SV40P", 0, None)),
            ),
        )
        line = VariantLine("chr20", number, "A", "C")
        return Row(Entry(number, line), f"chr20:{number}:A>C", ("G",), results)

    rows = [scored(number, number / 10) for number in range(1, 6)]
    models = ("cispliceai", "pangolin", "promoter-activity", "mpra-dragonn")
    [splicing] = comparisons(models, rows, Family.SPLICING)
    assert (splicing.key, splicing.same_unit) == ("cispliceai:pangolin", False)
    found = scatter(splicing, rows)
    assert (found.pearson, found.spearman) == (None, pytest.approx(1.0))
    expression = comparisons(models, rows, Family.EXPRESSION)
    assert [one.key for one in expression] == [
        "promoter-activity:mpra-dragonn:K562:K562-minP",
        "promoter-activity:mpra-dragonn:K562:K562-SV40P",
    ]
    assert scatter(expression[0], rows).spearman == pytest.approx(-1.0)
