"""Every substitution near an exon: the number that a variant has of its own, by the real model."""

from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from genoview.models.exons.contract import ExonChange, ExonSequence
from genoview.models.exons.mmsplice import MMSplice
from genoview.scoring.mutagenesis import BASES, Scan, score_of, scores_for
from genoview.scoring.splicing.inclusion.changes import exon_inclusion
from genoview.store import Store

EDGE = Interval("chr20", 43_249_652, 43_249_664)  # the end of ADA's exon 10, and its intron
FAR = Interval("chr20", 42_490_000, 42_490_004)


class Counted(MMSplice):
    """The embedded model, which counts the pairs that it reads."""

    n_pairs = 0

    def changes(self, pairs: list[tuple[ExonSequence, ExonSequence]]) -> list[ExonChange]:  # type: ignore[override]
        self.n_pairs += len(pairs)
        return super().changes(pairs)


@pytest.fixture(scope="module")
def model() -> Counted:
    return Counted()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit_bytes=10_000_000)


def test_each_value_is_the_score_of_its_variant(
    demo: Assembly, model: Counted, store: Store
) -> None:
    found = Scan(score_of("inclusion"), EDGE, demo).run(model, store)
    genes = demo.annotation.genes(EDGE.expanded(model.intron_length))
    for row, column in ((0, 0), (4, 2), (5, 3), (6, 1), (7, 0), (11, 2)):
        if found.bases[row] == BASES[column]:
            column = (column + 1) % 4
        variant = found.variant(row, column)
        effects, _ = exon_inclusion(model, genes, variant, demo.reference.fetch)
        expected = effects[0].change.delta_logit_psi
        assert found.values[row, column] == pytest.approx(expected, rel=1e-6)
    assert np.isfinite(found.values).sum() == 3 * EDGE.width


def test_what_is_known_is_not_computed_again(demo: Assembly, model: Counted, store: Store) -> None:
    first = Scan(score_of("inclusion"), EDGE, demo).run(model, store)
    n_before = model.n_pairs
    second = Scan(score_of("inclusion"), EDGE, demo).run(model, store)
    assert model.n_pairs == n_before
    np.testing.assert_array_equal(first.values, second.values)


def test_a_base_far_from_every_exon_has_no_value(
    demo: Assembly, model: Counted, store: Store
) -> None:
    found = Scan(score_of("inclusion"), FAR, demo).run(model, store)
    assert found.is_complete
    assert np.isnan(found.values).all()


def test_it_comes_with_its_model() -> None:
    [score] = scores_for(["mmsplice"])
    assert (score.facts.score_id, score.facts.title) == (
        "inclusion",
        "Exon inclusion (MMSplice)",
    )
