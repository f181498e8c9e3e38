"""What models of expression say of a variant: their strongest track, and the cells they share."""

import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.track_data import Assay
from genoview.scoring.comparison import Verdict, changed_tracks
from tests.scoring.comparison.answers import HEPG2, K562, START, answer, track

VARIANT = Variant("chr20", START + 11, "A", "C")  # in the second bin of 10 bp
LOG2 = "log2"


def reporter(title: str, unit: str, k562: float, hepg2: float) -> Answer:
    tracks = [track("K562", Assay.MPRA, "+", unit, K562), track("H", Assay.MPRA, "+", unit, HEPG2)]
    ref = [[1, 1, 1], [2, 2, 2]]
    return answer(title, tracks, ref, [[1, 1 + k562, 1], [2, 2 + hepg2, 2]], resolution=10)


def promoter(change: float) -> Answer:
    tracks = [track("Promoter probability", Assay.TSS)]
    return answer("Promoter", tracks, [[0.5, 0.5, 0.5]], [[0.5, 0.5 + change, 0.5]], resolution=10)


def test_shared_cells_stand_behind_the_strongest_tracks_disagreements_first() -> None:
    rows = changed_tracks(
        [reporter("One", LOG2, 0.5, 0.3), reporter("Two", LOG2, 0.6, -0.4)], VARIANT
    )
    assert [(row.label, row.verdict, row.sign) for row in rows] == [
        ("track that changes most", Verdict.ALL, "up"),
        ("HepG2", Verdict.OPPOSITE, ""),
        ("K562", Verdict.ALL, "up"),
    ]
    assert [word.difference for word in rows[2].present] == pytest.approx([0.5, 0.6])
    assert all(row.same_unit for row in rows)
    assert [word.where for word in rows[0].present] == ["K562", "K562"]


def test_units_that_differ_are_marked() -> None:
    rows = changed_tracks(
        [reporter("One", LOG2, 0.5, 0.0), reporter("Two", "activity", 0.05, 0.0)], VARIANT
    )
    assert {row.label: (row.verdict, row.same_unit) for row in rows} == {
        "track that changes most": (Verdict.SOME, False),
        "K562": (Verdict.SOME, False),
        "HepG2": (Verdict.NONE, False),
    }


@pytest.mark.parametrize(
    ("change", "verdict"),
    [(0.3, Verdict.ALL), (-0.3, Verdict.OPPOSITE), (0.01, Verdict.SOME)],
)
def test_a_model_without_cells_is_compared_with_the_strongest_cell_by_sign_alone(
    change: float, verdict: Verdict
) -> None:
    [row] = changed_tracks([reporter("One", LOG2, 0.5, 0.1), promoter(change)], VARIANT)
    assert (row.verdict, row.same_unit) == (verdict, False)
    assert row.present[1].where == "Promoter probability (+)"


def test_one_model_agrees_with_nobody() -> None:
    assert changed_tracks([promoter(0.3)], VARIANT) == ()
