"""Mutagenesis by models that a person added: the numbers that the page of a variant gives."""

from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.base import Backend
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.scoring import activity_changes, gain_loss
from genoview.scoring.mutagenesis import BASES, Scan, score_of, scores_for
from genoview.store import Store
from tests.support.models.toy_strength import Letters
from tests.support.models.weights_here import dragonn_file

PLACE = Interval("chr20", 43_029_899, 43_029_911)  # over the end of a bin of 15 bp


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit_bytes=10_000_000)


@pytest.fixture
def dragonn(tmp_path: Path) -> Backend:
    pytest.importorskip("h5py", reason="h5py reads the file, and is not installed")
    (tmp_path / "mpra-dragonn").mkdir()
    dragonn_file(tmp_path / "mpra-dragonn")
    return registry.create("mpra-dragonn", models_dir=tmp_path)


@pytest.mark.parametrize("strand", ["+", "-"])
def test_pangolin_s_cells_are_its_gain_or_minus_its_loss(
    demo: Assembly, store: Store, strand: str
) -> None:
    model = Letters()
    result = Scan(score_of(f"pangolin{strand}"), PLACE, demo).run(model, store)
    assert result.is_complete
    for row, column in ((0, 0), (5, 2), (11, 3)):
        column = column if result.bases[row] != BASES[column] else (column + 1) % 4
        variant = result.variant(row, column)
        on_page = answer(resolve(str(variant), demo, flank=100), model, demo)
        assert on_page.alleles is not None
        wanted = gain_loss(on_page.alleles, variant, strand, 50)
        gain, loss = wanted.gain.score, wanted.loss.score
        assert result.values[row, column] == pytest.approx(
            gain if gain >= loss else -loss, abs=1e-6
        )
    again = Scan(score_of(f"pangolin{strand}"), PLACE, demo)
    again.recall(model, store)
    assert again.is_complete


def test_dragonn_s_cells_are_the_changes_of_their_variant_and_the_other_outputs_are_kept(
    demo: Assembly, store: Store, dragonn: Backend
) -> None:
    result = Scan(score_of("mpra-dragonn.K562-minP"), PLACE, demo).run(dragonn, store)
    row, column = 6, 1 if result.bases[6] != "C" else 2
    variant = result.variant(row, column)
    on_page = answer(resolve(str(variant), demo, flank=500), dragonn, demo)
    assert on_page.alleles is not None
    changes = activity_changes(on_page.alleles, None, variant, on_page.reach)
    wanted = next(change for change in changes if change.cell == "K562-minP-pooled")
    assert result.values[row, column] == pytest.approx(wanted.alt - wanted.ref, abs=2e-6)
    other = Scan(score_of("mpra-dragonn.HepG2-SV40P"), PLACE, demo)
    other.recall(dragonn, store)
    assert other.is_complete
    assert not np.allclose(
        np.nan_to_num(other.so_far().values), np.nan_to_num(result.values), atol=1e-6
    )


def test_the_scores_say_their_unit_and_are_offered_where_their_model_is() -> None:
    assert [score.facts.score_id for score in scores_for(["pangolin"])] == [
        "pangolin+",
        "pangolin-",
    ]
    reporter = scores_for(["mpra-dragonn"])
    assert [score.facts.score_id for score in reporter] == [
        f"mpra-dragonn.{cell}-{promoter}"
        for cell in ("K562", "HepG2")
        for promoter in ("minP", "SV40P")
    ]
    assert all("fold change" not in score.facts.unit for score in reporter)
