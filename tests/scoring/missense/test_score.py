"""Ratios of a change by a model: summed over residues, cached by protein, model and sites."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genoview.errors import Cancelled
from genoview.scoring.missense.change import ProteinChange, Substitution
from genoview.scoring.missense.score import RatioQuestion, known_score, missense_score
from genoview.store import Store
from tests.support.models.toy_residues import ToyResidues

ONE = ProteinChange("T.1", "MAXC", (Substitution(2, "A", "D"),))
TWO = ProteinChange("T.1", "MAXC", (Substitution(2, "A", "D"), Substitution(4, "C", "A")))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit_bytes=10_000_000)


def test_a_score_is_the_ratio_at_the_changed_residue() -> None:
    score = missense_score(ONE, ToyResidues())
    assert score.by_residue == (pytest.approx((-0.2, -0.1)),)  # A, C, D
    assert score.total == pytest.approx((-0.2, -0.1))
    assert score.wild_type.shape == (4, 20) and np.isnan(score.wild_type[2]).all()


def test_of_several_residues_it_is_the_sum_and_they_are_hidden_together() -> None:
    model = ToyResidues()
    score = missense_score(TWO, model)
    assert score.total == pytest.approx((-0.3, -0.15))
    assert model.runs[0] == ("masked", "MAXC", (1, 3))


def test_what_was_computed_is_recalled_and_the_map_is_shared_by_variants(store: Store) -> None:
    model = ToyResidues()
    first = missense_score(ONE, model, store)
    again = missense_score(ONE, model, store)
    np.testing.assert_array_equal(again.wild_type, first.wild_type)
    np.testing.assert_array_equal(again.masked, first.masked)
    missense_score(TWO, model, store)
    assert [kind for kind, *_ in model.runs] == ["masked", "wild-type", "masked"]
    known = known_score(TWO, model.card, model.version, store)
    assert known is not None and known.total == pytest.approx((-0.3, -0.15))


def test_another_protein_version_or_site_is_another_question(store: Store) -> None:
    model = ToyResidues()
    missense_score(ONE, model, store)
    assert known_score(ONE, model.card, "toy-2", store) is None
    assert known_score(replace(ONE, protein="MAXW"), model.card, model.version, store) is None
    assert known_score(TWO, model.card, model.version, store) is None
    keys = {
        RatioQuestion(*facts).key
        for facts in (("a", "1", "MA"), ("a", "1", "MA", (1,)), ("b", "1", "MA"), ("a", "2", "MA"))
    }
    assert len(keys) == 4


def test_a_damaged_answer_is_no_answer() -> None:
    question = RatioQuestion("a", "1", "MA")
    with pytest.raises(ValueError):
        question.from_plain("AAAA")
    values = np.array([[0.1] * 20, [np.nan] * 20], np.float32)
    np.testing.assert_array_equal(question.from_plain(question.to_plain(values)), values)


def test_a_stopped_run_leaves_nothing_behind(store: Store) -> None:
    def stop(share: float) -> None:
        raise Cancelled("stopped")

    model = ToyResidues()
    with pytest.raises(Cancelled):
        missense_score(ONE, model, store, stop)
    assert known_score(ONE, model.card, model.version, store) is None
