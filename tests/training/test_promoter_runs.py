"""Seeds run beside each other, each in a process of its own with one thread."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.promoter_activity.data import CELLS, Measurements, encode
from training.promoter_activity.evaluate import predict
from training.promoter_activity.model import Architecture, PromoterEnsemble, jaspar_motifs
from training.promoter_activity.recipe import Optimisation, Recipe, Weighing
from training.promoter_activity.runs import Data, finish, side_by_side
from training.promoter_activity.splits import TRAIN, SplitRule

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


@pytest.mark.parametrize(("epochs", "share"), [(1, 0.7), (0, 0.0)])
def test_a_run_ends_with_motifs_or_is_silent_of_them(
    epochs: int, share: float, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    sequences = tuple("".join(rng.choice(list("ACGT"), 114)) for _ in range(40))
    text = np.array(["km18_POOL1", "km18_POOL2"] * 20)
    activity = rng.normal(size=(40, len(CELLS))).astype(np.float32)
    measured = Measurements(sequences, text, text, text, text, encode(sequences), activity)
    small = replace(
        UNTAUGHT,
        architecture=Architecture(channels=8, hidden=8, motif_hidden=8),
        optimisation=Optimisation(epochs=1, batch=16),
        weighing=Weighing(epochs=epochs, copies=1, batch=16),
    )
    data = Data(measured, np.full(40, TRAIN), None)
    network, seconds = finish(small, 1, options(tmp_path, 1, 1), data)
    assert network.shape.motif_share == share
    assert seconds > 0
    said = predict(PromoterEnsemble(jaspar_motifs(), [network]).eval(), measured.codes)
    assert np.isfinite(said).all()
