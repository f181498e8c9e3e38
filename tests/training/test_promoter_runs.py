"""Seeds run beside each other, each in a process of its own with one thread."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.promoter_activity.__main__ import keep_runs
from training.promoter_activity.assess import in_own_units
from training.promoter_activity.data import CELLS, Measurements, encode
from training.promoter_activity.evaluate import predict
from training.promoter_activity.model import Architecture, PromoterEnsemble, jaspar_motifs
from training.promoter_activity.recipe import Optimisation, Recipe, Weighing
from training.promoter_activity.runs import Data, finish, refit, side_by_side
from training.promoter_activity.splits import (
    NEAR_VALIDATION,
    SET_ASIDE,
    TEST,
    TRAIN,
    VALIDATION,
    SplitRule,
)

UNTAUGHT = Recipe("untaught", SplitRule((), (), 11))


def note(recipe: Recipe, seed: int, options: argparse.Namespace) -> None:
    """Stands for training: says who did it."""
    if seed == 13:
        raise ValueError("seed 13 fails")
    said = f"{recipe.name} {os.getpid()} {torch.get_num_threads()}"
    (options.out / str(seed)).write_text(said)


def options(out: Path, threads: int, *seeds: int) -> argparse.Namespace:
    return argparse.Namespace(out=out, threads=threads, seeds=list(seeds))


@pytest.mark.skipif(torch.cuda.is_available(), reason="on a GPU seeds run one after the other")
def test_seeds_run_in_processes_of_their_own_with_one_thread(tmp_path: Path) -> None:
    side_by_side(note, UNTAUGHT, options(tmp_path, 2, 1, 2))
    said = [(tmp_path / seed).read_text().split() for seed in "12"]
    assert {(name, threads) for name, _, threads in said} == {("untaught", "1")}
    assert str(os.getpid()) not in {process for _, process, _ in said}


def test_one_thread_runs_seeds_one_after_the_other(tmp_path: Path) -> None:
    side_by_side(note, UNTAUGHT, options(tmp_path, 1, 1, 2))
    assert {(tmp_path / seed).read_text().split()[1] for seed in "12"} == {str(os.getpid())}


@pytest.mark.parametrize("threads", [1, 2])
def test_a_seed_that_fails_is_told(tmp_path: Path, threads: int) -> None:
    with pytest.raises(ValueError, match="seed 13 fails"):
        side_by_side(note, UNTAUGHT, options(tmp_path, threads, 13, 2))


SMALL = replace(
    UNTAUGHT,
    architecture=Architecture(channels=8, hidden=8, motif_hidden=8),
    optimisation=Optimisation(epochs=1, batch=16),
    weighing=Weighing(epochs=1, copies=1, batch=16, refit=True),
)


def made_up(parts: list[str]) -> Data:
    n, rng = len(parts), np.random.default_rng(0)
    sequences = tuple("".join(rng.choice(list("ACGT"), 114)) for _ in range(n))
    text = np.array(["km18_POOL1", "km18_POOL2"] * (n // 2))
    activity = rng.normal(size=(n, len(CELLS))).astype(np.float32)
    measured = Measurements(sequences, text, text, text, text, encode(sequences), activity)
    return Data(measured, np.array(parts), None)


@pytest.mark.parametrize(("epochs", "share"), [(1, 0.7), (0, 0.0)])
def test_a_run_ends_with_motifs_or_is_silent_of_them(
    epochs: int, share: float, tmp_path: Path
) -> None:
    data = made_up([TRAIN] * 40)
    small = replace(SMALL, weighing=replace(SMALL.weighing, epochs=epochs))
    network, seconds = finish(small, 1, options(tmp_path, 1, 1), data)
    assert network.shape.motif_share == share
    assert seconds > 0
    said = predict(PromoterEnsemble(jaspar_motifs(), [network]).eval(), data.measured.codes)
    assert np.isfinite(said).all()


@pytest.mark.parametrize("kept", [VALIDATION, NEAR_VALIDATION])
def test_a_refit_learns_from_validation_rows_and_their_kin_and_leaves_the_run_as_it_was(
    kept: str, tmp_path: Path
) -> None:
    said = []
    for part in (kept, SET_ASIDE, TEST):
        data, at = made_up([TRAIN] * 40 + [part] * 8), options(tmp_path / part, 1, 1)
        network, _ = finish(SMALL, 1, at, data)
        before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
        last, seconds = refit(SMALL, 1, network, data, at)
        assert seconds > 0
        assert all(torch.equal(t, before[name]) for name, t in network.state_dict().items())
        said.append(last.center)
    assert not torch.equal(said[0], said[1])  # the rows were read
    assert torch.equal(said[1], said[2])  # and these were not


def test_a_recipe_without_a_refit_exports_the_run_itself(tmp_path: Path) -> None:
    data, once = made_up([TRAIN] * 40), replace(SMALL, weighing=Weighing(refit=False))
    network, _ = finish(once, 1, options(tmp_path, 1, 1), data)
    assert refit(once, 1, network, data, options(tmp_path, 1, 1)) == (network, 0.0)


def test_own_units_of_the_second_pool_are_a_line_drawn_by_other_rows() -> None:
    predicted = np.array([[1.0], [2], [3], [4], [5]])
    measured = np.array([[9.0], [5], [7], [np.nan], [100]])  # 2 x predicted + 1, and a held one
    second, held = (
        np.array([False, True, True, True, True]),
        np.array([True, False, False, True, True]),
    )
    assert in_own_units(predicted, measured, second, held)[:, 0] == pytest.approx([1, 9, 11])


def test_the_report_keeps_the_runs_that_it_knew_and_adds_new_ones_once(tmp_path: Path) -> None:
    log, kept = tmp_path / "log.jsonl", tmp_path / "kept.jsonl"
    log.write_text("b\nc\nc\n")  # a report that was asked for twice
    keep_runs(log, kept)
    assert kept.read_text() == "b\nc\n"
    kept.write_text("a\nb\n")
    keep_runs(log, kept)
    assert kept.read_text() == "a\nb\nc\n"
