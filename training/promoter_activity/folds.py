"""Every chromosome held out once: how far levels hang on the chromosomes that are tested.

A whole run for each set of chromosomes would take hours. So only the motif readout is trained for
each, on convolutions that have heard the teacher and have seen no measurement at all; it speaks
alone, and is taught by measurements alone.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .assess import in_own_units
from .data import CELLS, Measurements, read_measurements
from .evaluate import pearson, predict
from .model import PromoterEnsemble, PromoterNetwork, jaspar_motifs
from .pretrain import Pretraining
from .recipe import Recipe
from .runs import TABLE, lessons_of, side_by_side, weigh
from .splits import TEST, TRAIN, SplitRule, read_split
from .train import SECOND_POOL, Examples, take_units
from .weigh import read_copies

CHROMS = (  # in the order of the report; the first are the test set's
    ("chr8", "chr18", "chr20", "chrX"),
    ("chr3", "chr5", "chr16"),
    ("chr1", "chr13", "chr14", "chr15"),
    ("chr2", "chr9", "chr11"),
    ("chr10", "chr12", "chr17", "chr19", "chr21", "chr22"),
    ("chr4", "chr6", "chr7", "chrY"),
)


def split_each(
    measured: Measurements, recipe: Recipe, options: argparse.Namespace
) -> list[NDArray[np.str_]]:
    """Of each fold, str[n]: test for its chromosomes, train for what shares nothing with them."""
    rules = [SplitRule((), chroms, recipe.split.min_words) for chroms in CHROMS]
    return [
        read_split(measured, rule, options.out / f"fold-{number}.npz")
        for number, rule in enumerate(rules)
    ]


def hold_each_out(recipe: Recipe, options: argparse.Namespace) -> dict[str, object]:
    """Train what is not trained for every fold and seed, and score it."""
    measured = read_measurements(options.data / TABLE)
    options.out.mkdir(parents=True, exist_ok=True)
    folds = split_each(measured, recipe, options)
    side_by_side(predict_folds, recipe, options)
    predicted = np.stack([np.load(predictions(recipe, seed, options)) for seed in options.seeds])
    return {"seeds": options.seeds, "folds": score_folds(predicted, measured, folds)}


def predictions(recipe: Recipe, seed: int, options: argparse.Namespace) -> Path:
    """Where what one seed says of every row is kept."""
    path: Path = options.out / f"{recipe.name}-folds-{seed}.npy"
    return path


def predict_folds(recipe: Recipe, seed: int, options: argparse.Namespace) -> None:
    """What one seed says of each fold, having learnt from the others; NaN for rows of none."""
    if predictions(recipe, seed, options).exists():
        return
    measured = read_measurements(options.data / TABLE)
    taught, motifs = _taught(recipe, seed, options), jaspar_motifs()
    rng = np.random.default_rng(seed)
    read = read_copies(motifs, taught, measured.codes, recipe, rng)
    predicted = np.full(measured.activity.shape, np.nan)
    for number, parts in enumerate(split_each(measured, recipe, options)):
        held_out, rows = parts == TEST, np.flatnonzero(parts == TRAIN)
        take_units(taught, measured.activity[rows])
        examples = Examples(measured, rows, None)
        folder = options.out / f"{recipe.name}-fold-{number}-{seed}"
        network, _ = weigh(recipe, seed, taught, examples, folder, read[:, rows])
        ensemble = PromoterEnsemble(motifs, [network]).eval()
        predicted[held_out] = predict(ensemble, measured.codes[held_out])[:, 0]
    np.save(predictions(recipe, seed, options), predicted)


def _taught(recipe: Recipe, seed: int, options: argparse.Namespace) -> PromoterNetwork:
    """Convolutions that say what the teacher says; only the motif readout speaks of activity."""
    network = PromoterNetwork(recipe.architecture)
    lessons = lessons_of(recipe, options)
    if lessons is not None and recipe.pretraining.epochs:
        pretrained = Pretraining(recipe, seed, lessons, options.out).run()
        network.load_state_dict(pretrained.state_dict())
    network.shape = replace(network.shape, motif_share=1.0)
    return network.eval()


def score_folds(
    predicted: NDArray[np.float64], measured: Measurements, folds: list[NDArray[np.str_]]
) -> list[dict[str, object]]:
    """Per fold: Pearson of the seeds and of their mean, without km18's second pool and with it.

    Args:
        predicted: float64[seeds, n, 5], each row by networks that were not trained on it.
    """
    truth, second = measured.activity.astype(float), measured.pools == SECOND_POOL
    each = [parts == TEST for parts in folds]
    mean, every = predicted.mean(0), np.any(each, axis=0)
    results: list[dict[str, object]] = []
    for chroms, held_out in zip(CHROMS, each, strict=True):
        first = held_out & ~second
        own = in_own_units(mean[every], truth[every], second[every], held_out[every])
        counts = (~np.isnan(truth[first])).sum(0)
        results.append(
            {
                "chroms": chroms,
                "rows": dict(zip(CELLS, counts.tolist(), strict=True)),
                "seeds": [_correlations(one[first], truth[first]) for one in predicted],
                "one pool": _correlations(mean[first], truth[first]),
                "all": _correlations(mean[held_out], truth[held_out]),
                "all in own units": _correlations(own, truth[held_out]),
            }
        )
    return results


def _correlations(predicted: NDArray[np.float64], truth: NDArray[np.float64]) -> dict[str, float]:
    return {cell: pearson(predicted[:, i], truth[:, i]) for i, cell in enumerate(CELLS)}
