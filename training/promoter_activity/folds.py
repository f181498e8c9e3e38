"""Every chromosome held out once: how far levels hang on the chromosomes that are tested.

A whole run for each set of chromosomes would take hours. So only the motif readout is trained for
each, on convolutions that have heard the teacher and have seen no measurement at all; it speaks
alone, and is taught by measurements alone.
"""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .assess import in_own_units
from .data import CELLS, Measurements, read_measurements
from .evaluate import pearson, predict
from .model import PromoterEnsemble, PromoterNetwork, jaspar_motifs
from .pretrain import Pretraining
from .recipe import Recipe
from .runs import TABLE, lessons_of, side_by_side
from .splits import related_to
from .train import SECOND_POOL, Examples, take_units
from .weigh import MotifTraining, Values, read_copies

FOLDS = "folds.npz"
CHROMS = (  # in the order of the report; the first are the test set's
    ("chr8", "chr18", "chr20", "chrX"),
    ("chr3", "chr5", "chr16"),
    ("chr1", "chr13", "chr14", "chr15"),
    ("chr2", "chr9", "chr11"),
    ("chr10", "chr12", "chr17", "chr19", "chr21", "chr22"),
    ("chr4", "chr6", "chr7", "chrY"),
)


@dataclass(frozen=True)
class Folds:
    """`held`, bool[folds, n]: rows of the chromosomes of each fold; in at most one fold each.

    `kin`, bool[folds, n]: these rows and all that are related to one, which are not trained on.
    """

    held: NDArray[np.bool_]
    kin: NDArray[np.bool_]


def keep_folds(measured: Measurements, min_words: int, path: Path) -> Folds:
    """The folds kept in `path`, made in a minute where there are none."""
    if not path.exists():
        held = np.stack([np.isin(measured.chroms, chroms) for chroms in CHROMS])
        kin = np.stack([related_to(measured.codes, one, min_words) for one in held])
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, held=held, kin=kin)
    kept = np.load(path)
    return Folds(kept["held"], kept["kin"])


def hold_each_out(recipe: Recipe, options: argparse.Namespace) -> dict[str, object]:
    """Train what is not trained for every fold and seed, and score it."""
    measured = read_measurements(options.data / TABLE)
    folds = keep_folds(measured, recipe.split.min_words, options.out / FOLDS)
    side_by_side(predict_folds, recipe, options)
    said = np.stack([np.load(predictions(recipe, seed, options)) for seed in options.seeds])
    return {"seeds": options.seeds, "folds": score_folds(said, measured, folds)}


def predictions(recipe: Recipe, seed: int, options: argparse.Namespace) -> Path:
    """Where what one seed says of every row is kept."""
    path: Path = options.out / f"{recipe.name}-folds-{seed}.npy"
    return path


def predict_folds(recipe: Recipe, seed: int, options: argparse.Namespace) -> None:
    """What one seed says of each fold, having learnt from the others; NaN for rows of none."""
    if predictions(recipe, seed, options).exists():
        return
    measured = read_measurements(options.data / TABLE)
    folds = keep_folds(measured, recipe.split.min_words, options.out / FOLDS)
    motifs, rng = jaspar_motifs(), np.random.default_rng(seed)
    read = read_copies(motifs, _taught(recipe, seed, options), measured.codes, recipe, rng)
    said = np.full(measured.activity.shape, np.nan)
    for number, (held, kin) in enumerate(zip(folds.held, folds.kin, strict=True)):
        network, rows = _taught(recipe, seed, options), np.flatnonzero(~kin)
        take_units(network, measured.activity[rows])
        examples, folder = Examples(measured, rows, None), options.out / f"fold-{number}-{seed}"
        known: Values = read[:, rows]
        training = MotifTraining(recipe, seed, examples, motifs, network, folder, known)
        ensemble = PromoterEnsemble(motifs, [training.run()]).eval()
        said[held] = predict(ensemble, measured.codes[held])[:, 0]
    np.save(predictions(recipe, seed, options), said)


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
    said: NDArray[np.float64], measured: Measurements, folds: Folds
) -> list[dict[str, object]]:
    """Per fold: Pearson of the seeds and of their mean, without km18's second pool and with it.

    Args:
        said: float64[seeds, n, 5], of each row what was said by networks that it was kept from.
    """
    truth, second = measured.activity.astype(float), measured.pools == SECOND_POOL
    mean, every = said.mean(0), folds.held.any(0)
    found: list[dict[str, object]] = []
    for chroms, held in zip(CHROMS, folds.held, strict=True):
        first = held & ~second
        own = in_own_units(mean[every], truth[every], second[every], held[every])
        counts = (~np.isnan(truth[first])).sum(0)
        found.append(
            {
                "chroms": chroms,
                "rows": dict(zip(CELLS, counts.tolist(), strict=True)),
                "seeds": [_correlations(one[first], truth[first]) for one in said],
                "one pool": _correlations(mean[first], truth[first]),
                "all": _correlations(mean[held], truth[held]),
                "all in own units": _correlations(own, truth[held]),
            }
        )
    return found


def _correlations(said: NDArray[np.float64], truth: NDArray[np.float64]) -> dict[str, float]:
    return {cell: pearson(said[:, i], truth[:, i]) for i, cell in enumerate(CELLS)}
