"""A recipe and its seeds -> trained networks, side by side where there are cores for it."""

import argparse
import json
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from .assess import follows_teacher
from .data import Measurements, read_measurements
from .evaluate import families, predict, scores
from .lessons import Lessons, make_lessons
from .pretrain import Pretraining
from .recipe import Recipe
from .splits import TEST, TRAIN, VALIDATION, read_split
from .train import Training

TABLE = "promoter_activity.tsv.gz"
MUTAGENESIS = "saturation_mutagenesis_dev.tsv.gz"
DRAGONN = "pretrained.hdf5"
SPLIT = Path(__file__).with_name("split.npz")
Work = Callable[[Recipe, int, argparse.Namespace], None]


def lessons_of(recipe: Recipe, options: argparse.Namespace) -> Lessons | None:
    """What a teacher says, kept in the folder of runs; None for a recipe that does not ask."""
    if not (recipe.pretraining.epochs or recipe.optimisation.distillation):
        return None
    measured = read_measurements(options.data / TABLE)
    # Without kin of held-out rows also where the measurements keep them.
    strict = read_split(measured, replace(recipe.split, keep_kin=False), SPLIT)
    weights = options.dragonn / DRAGONN
    return make_lessons(measured, strict, options.genome, weights, options.out)


def prepare(
    recipe: Recipe, seed: int, options: argparse.Namespace
) -> tuple[Measurements, NDArray[np.str_], Training]:
    """The run of a recipe and seed, as far as it has come."""
    measured = read_measurements(options.data / TABLE)
    parts = read_split(measured, recipe.split, SPLIT)
    rows = np.flatnonzero(parts == TRAIN)
    lessons, pretrained = lessons_of(recipe, options), None
    if lessons is not None and recipe.pretraining.epochs:
        pretrained = Pretraining(recipe, seed, lessons, options.out).finish()
    folder = options.out / f"{recipe.name}-{seed}"
    return measured, parts, Training(recipe, seed, measured, rows, lessons, folder, pretrained)


def train(recipe: Recipe, seed: int, options: argparse.Namespace) -> None:
    """One run; its scores on validation rows are printed, those on test rows only logged."""
    measured, parts, training = prepare(recipe, seed, options)
    network = training.run()
    record = {"name": recipe.name, "seed": seed, "recipe": asdict(recipe)}
    record["parameters"] = sum(p.numel() for p in network.parameters())
    record["seconds"] = round(training.seconds)
    record["rows"] = {str(part): int((parts == part).sum()) for part in np.unique(parts)}
    for part in (VALIDATION, TEST):
        held = np.flatnonzero(parts == part)
        predicted = predict(network, measured.codes[held])
        record[part] = scores(predicted, measured, held, families(measured, held))
    held = measured.codes[parts == VALIDATION]
    record["follows teacher"] = follows_teacher([network], held, options.dragonn / DRAGONN)
    with (options.out / "runs.jsonl").open("a") as log:
        log.write(json.dumps(record) + "\n")
    shown = {key: record[key] for key in (VALIDATION, "follows teacher")}
    print(recipe.name, seed, json.dumps(shown), flush=True)


def finish(recipe: Recipe, seed: int, options: argparse.Namespace) -> None:
    """Train a run to its end; its weights are in its checkpoint."""
    _, _, training = prepare(recipe, seed, options)
    training.run()


def side_by_side(work: Work, recipe: Recipe, options: argparse.Namespace) -> None:
    """`work` of every seed, one a thread: two small networks gain little from two threads each."""
    lessons_of(recipe, options)  # made once, not by each
    if torch.cuda.is_available() or options.threads < 2 or len(options.seeds) < 2:
        for seed in options.seeds:
            work(recipe, seed, options)
        return
    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.threads, apart, initializer=use_threads, initargs=(1,)) as at:
        for run in [at.submit(work, recipe, seed, options) for seed in options.seeds]:
            run.result()


def use_threads(threads: int) -> None:
    """So many for torch; a network that falls silent is not slower for it."""
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
