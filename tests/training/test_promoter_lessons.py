"""What the teacher is asked, what of its answers is learnt, and how pretraining resumes."""

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.promoter_activity.data import COMPLEMENT, UNKNOWN, WIDTH
from training.promoter_activity.lessons import (
    COPIES,
    JOINED,
    Lessons,
    draw_windows,
    from_fragments,
    pairs,
    read_fasta,
    with_substitutions,
    without_kin,
)
from training.promoter_activity.losses import effect_error, lesson_error
from training.promoter_activity.model import Architecture, PromoterNetwork, one_hot
from training.promoter_activity.pretrain import Pretraining
from training.promoter_activity.recipe import Augmentation, Optimisation, Recipe
from training.promoter_activity.recipe import Pretraining as PretrainingOptions
from training.promoter_activity.splits import SplitRule
from training.promoter_activity.train import Trainee

SMALL = Architecture(channels=8, hidden=8, dropout=0.5)
RECIPE = Recipe(
    "small",
    SplitRule((), (), 11),
    SMALL,
    Augmentation(),
    Optimisation(),
    PretrainingOptions(epochs=3, pairs=16),
)


def drawn(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 4, (n, WIDTH), np.int8)


def lessons(n: int) -> Lessons:
    rng = np.random.default_rng(1)
    return Lessons(pairs(drawn(n), rng), rng.normal(size=(n, 2, 4)).astype(np.float32))


@pytest.mark.parametrize("changes", [1, 4])
def test_a_pair_differs_by_at_most_its_substitutions(changes: int) -> None:
    both = with_substitutions(drawn(50), np.full(50, changes), np.random.default_rng(0))
    differ = (both[:, 0] != both[:, 1]).sum(1)
    assert (differ >= 1).all() and (differ <= changes).all()
    assert np.isin(both, range(4)).all()


def test_n_is_not_substituted() -> None:
    unknown = np.full((20, WIDTH), UNKNOWN, np.int8)
    both = with_substitutions(unknown, np.ones(20, int), np.random.default_rng(0))
    assert (both == UNKNOWN).all()


def test_fragments_are_shown_whole_and_joined() -> None:
    fragments = np.full((3, WIDTH), [[0], [1], [2]], np.int8)
    fragments[:, :30] = UNKNOWN
    shown = from_fragments(fragments, np.random.default_rng(0))
    assert (shown[:3, 30:] == fragments[:, 30:]).all()
    assert len(shown) == 3 * (COPIES + JOINED)


def test_windows_of_the_genome_are_on_either_strand_and_hold_no_n(tmp_path: Path) -> None:
    path = tmp_path / "chr.fa.gz"
    with gzip.open(path, "wt") as file:
        file.write(">20\n" + "A" * 600 + "\n" + "N" * 300 + "\n")
    windows = draw_windows(read_fasta(path), 100, np.random.default_rng(0))
    assert set(windows.ravel()) == {0, 3}
    assert 0 < len(windows) < 100


def test_windows_with_kin_among_held_out_fragments_are_left_out() -> None:
    windows, held = drawn(6), drawn(2, seed=9)
    windows[1, 40:] = held[0, :-40]
    windows[4] = COMPLEMENT[held[1, ::-1]]
    kept = without_kin(windows, held, 11)
    assert (kept == windows[[0, 2, 3, 5]]).all()


def test_only_the_shape_of_effects_counts_not_their_size() -> None:
    wanted = torch.tensor([[1.0, -1.0], [2.0, 0.0], [4.0, 3.0]])
    assert effect_error(3 * wanted + 1, wanted).item() == pytest.approx(0, abs=1e-6)
    assert effect_error(-wanted, wanted).item() == pytest.approx(2)


def test_a_difference_counts_in_units_of_its_spread() -> None:
    wanted = torch.zeros(1, 2, 1)
    said = torch.tensor([[[0.5], [-0.5]]])
    assert lesson_error(said, wanted, torch.tensor([0.5])).item() == pytest.approx(0.25 + 4.0)


def test_equal_windows_of_a_pair_are_said_to_be_equal_in_spite_of_dropout() -> None:
    trainee = Trainee(PromoterNetwork(SMALL)).train()
    x = one_hot(torch.from_numpy(np.repeat(drawn(3), 2, 0)))
    for said in trainee.predictions(trainee.network.features(x)):
        assert said.shape[:2] == (3, 2)
        torch.testing.assert_close(said[:, 0], said[:, 1])
    assert trainee.network.head.training


def test_stopped_pretraining_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    def run(folder: str) -> Pretraining:
        return Pretraining(RECIPE, 3, lessons(40), tmp_path / folder)

    whole = run("whole").finish().state_dict()
    stopped = run("parts")
    stopped._one_epoch()
    stopped.epoch = 1
    stopped._save()
    resumed = run("parts")
    assert resumed.epoch == 1
    for name, tensor in resumed.finish().state_dict().items():
        assert torch.equal(tensor, whole[name]), name


def test_recipes_that_pretrain_alike_share_the_run_and_others_do_not(tmp_path: Path) -> None:
    def folder(recipe: Recipe, n: int = 40) -> Path:
        return Pretraining(recipe, 3, lessons(n), tmp_path).folder

    first = folder(RECIPE)
    assert folder(replace(RECIPE, name="other", optimisation=Optimisation(epochs=1))) == first
    assert folder(replace(RECIPE, architecture=replace(SMALL, motif_share=0.9))) == first
    assert folder(replace(RECIPE, architecture=replace(SMALL, hidden=9))) != first
    assert folder(RECIPE, 41) != first
