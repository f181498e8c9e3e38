"""A recipe and its seeds -> trained networks, side by side where there are cores for it."""

import argparse
import copy
import json
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from .assess import follows_teacher
from .data import Measurements, read_measurements
from .evaluate import families, predict, scores
from .lessons import Lessons, make_lessons
from .model import PromoterEnsemble, PromoterNetwork, jaspar_motifs
from .pretrain import Pretraining
from .recipe import Recipe
from .splits import BEYOND_TEST, TEST, TRAIN, VALIDATION, read_split
from .train import Examples, Training
from .weigh import MotifTraining

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


@dataclass(frozen=True)
class Data:
    """What every run of a recipe has in common."""

    measured: Measurements
    parts: NDArray[np.str_]
    lessons: Lessons | None

    @classmethod
    def of(cls, recipe: Recipe, options: argparse.Namespace) -> Self:
        measured = read_measurements(options.data / TABLE)
        parts = read_split(measured, recipe.split, SPLIT)
        return cls(measured, parts, lessons_of(recipe, options))

    def examples(self, *parts: str) -> Examples:
        """The rows of these parts, for a stage to learn from."""
        return Examples(self.measured, np.flatnonzero(np.isin(self.parts, parts)), self.lessons)


def finish(
    recipe: Recipe, seed: int, options: argparse.Namespace, data: Data | None = None
) -> tuple[PromoterNetwork, float]:
    """A run to its end, from where it stopped, and the seconds of its stages.

    What a teacher says, then measurements, then what motifs add.
    """
    data = data or Data.of(recipe, options)
    examples = data.examples(TRAIN)
    folder, pretrained, seconds = options.out / f"{recipe.name}-{seed}", None, 0.0
    if data.lessons is not None and recipe.pretraining.epochs:
        taught = Pretraining(recipe, seed, data.lessons, options.out)
        pretrained = taught.run()
        seconds += taught.seconds
    training = Training(recipe, seed, examples, folder, pretrained)
    network = training.run()
    seconds += training.seconds
    if recipe.weighing.epochs:
        folder = options.out / f"{recipe.name}-motifs-{seed}"
        network, took = weigh(recipe, seed, network, examples, folder)
        seconds += took
    else:  # what is not trained says nothing
        network.shape = replace(network.shape, motif_share=0.0)
    return network, seconds


def weigh(
    recipe: Recipe,
    seed: int,
    network: PromoterNetwork,
    examples: Examples,
    folder: Path,
    read: NDArray[np.float32] | None = None,
) -> tuple[PromoterNetwork, float]:
    """A copy of a network with a motif readout trained on these examples, and its seconds.

    `read` is what `read_copies` found in their rows, where that is known already.
    """
    trained = copy.deepcopy(network)
    weighing = MotifTraining(recipe, seed, examples, jaspar_motifs(), trained, folder)
    return weighing.run(read), weighing.seconds


def refit(
    recipe: Recipe, seed: int, network: PromoterNetwork, data: Data, options: argparse.Namespace
) -> tuple[PromoterNetwork, float]:
    """A finished run with its motif readout trained anew on all rows without kin in the test set.

    Nothing may be chosen by it any more: the scores on validation rows are the finished run's.
    """
    if not (recipe.weighing.refit and recipe.weighing.epochs):
        return network, 0.0
    folder = options.out / f"{recipe.name}-refit-{seed}"
    return weigh(recipe, seed, network, data.examples(*BEYOND_TEST), folder)


def train(recipe: Recipe, seed: int, options: argparse.Namespace) -> None:
    """One run; its scores on validation rows are printed, those on test rows only logged."""
    data = Data.of(recipe, options)
    network, seconds = finish(recipe, seed, options, data)
    log_run(recipe, seed, network, seconds, data, options)


def log_run(
    recipe: Recipe,
    seed: int,
    network: PromoterNetwork,
    seconds: float,
    data: Data,
    options: argparse.Namespace,
) -> None:
    """A line for runs.jsonl."""
    record = {"name": recipe.name, "seed": seed, "recipe": asdict(recipe)}
    record |= {"seconds": round(seconds)} | scores_of(network, data, options)
    with (options.out / "runs.jsonl").open("a") as log:
        log.write(json.dumps(record) + "\n")
    shown = {key: record[key] for key in (VALIDATION, "follows teacher")}
    print(recipe.name, seed, json.dumps(shown), flush=True)


def scores_of(
    network: PromoterNetwork, data: Data, options: argparse.Namespace
) -> dict[str, object]:
    """Size of a network, its scores on held-out rows, and how well it follows the teacher."""
    measured, parts = data.measured, data.parts
    networks = PromoterEnsemble(jaspar_motifs(), [network]).eval()
    results: dict[str, object] = {
        "parameters": sum(p.numel() for p in network.parameters()),
        "rows": {str(part): int((parts == part).sum()) for part in np.unique(parts)},
    }
    for part in (VALIDATION, TEST):
        held_out = np.flatnonzero(parts == part)
        predicted = predict(networks, measured.codes[held_out])[:, 0]
        results[part] = scores(predicted, measured, held_out, families(measured, held_out))
    held_out = measured.codes[parts == VALIDATION]
    return results | {
        "follows teacher": follows_teacher(networks, held_out, options.dragonn / DRAGONN)
    }


def trained(recipe: Recipe, seed: int, options: argparse.Namespace) -> None:
    """`finish` and `refit` for the sake of the checkpoints that they leave."""
    data = Data.of(recipe, options)
    network, _ = finish(recipe, seed, options, data)
    refit(recipe, seed, network, data, options)


def side_by_side(work: Work, recipe: Recipe, options: argparse.Namespace) -> None:
    """`work` of every seed, up to twice as many at once as there are threads.

    A small network gains little from a second thread: three beside each other are done sooner on
    two cores than two and then one.
    """
    lessons_of(recipe, options)  # made once, not by each
    if torch.cuda.is_available() or options.threads < 2 or len(options.seeds) < 2:
        for seed in options.seeds:
            work(recipe, seed, options)
        return
    apart = multiprocessing.get_context("spawn")
    at_once = min(len(options.seeds), 2 * options.threads)
    with ProcessPoolExecutor(at_once, apart, initializer=use_threads, initargs=(1,)) as at:
        for run in [at.submit(work, recipe, seed, options) for seed in options.seeds]:
            run.result()


def use_threads(threads: int) -> None:
    """So many for torch; a network that falls silent is not slower for it."""
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
