"""Every chromosome held out once: what is trained on, and what is scored."""

import argparse
import csv
import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.promoter_activity.data import CELLS, Measurements, read_measurements
from training.promoter_activity.folds import (
    CHROMS,
    hold_each_out,
    predictions,
    score_folds,
    split_each,
)
from training.promoter_activity.model import Architecture
from training.promoter_activity.recipe import Recipe, Weighing
from training.promoter_activity.runs import TABLE
from training.promoter_activity.splits import TEST, TRAIN, SplitRule

SMALL = Recipe(
    "small",
    SplitRule((), (), 11),
    architecture=replace(Architecture(), channels=8, hidden=8, motif_hidden=8),
    weighing=Weighing(epochs=1, copies=1, batch=16, trees=0.0),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Ten fragments of a chromosome of each fold, each chr1 fragment also on chr2, ten random."""
    rng = np.random.default_rng(0)
    chroms = [chroms[0] for chroms in CHROMS for _ in range(10)] + ["nan"] * 10
    sequences = ["".join(rng.choice(list("ACGT"), 114)) for _ in chroms]
    sequences[30:40] = [sequence[10:] + "ACGTTGCAAC" for sequence in sequences[20:30]]
    with gzip.open(tmp_path / TABLE, "wt", newline="") as file:
        table = csv.writer(file, delimiter="\t")
        table.writerow(["sequence", "species", "chrom", "source", "label", *CELLS])
        for i, (chrom, sequence) in enumerate(zip(chroms, sequences, strict=True)):
            pool = f"km18_POOL{1 + i % 2}"
            table.writerow([sequence, "human", chrom, pool, "WILDTYPE", *rng.normal(size=5)])
    return tmp_path


def test_each_chromosome_is_held_out_once_with_its_kin(data: Path) -> None:
    measured = read_measurements(data / TABLE)
    folds = np.stack(split_each(measured, SMALL, argparse.Namespace(out=data)))
    held = folds == TEST
    assert held.sum(0).tolist() == [1] * 60 + [0] * 10  # random ones are of no chromosome
    kept_from = [np.flatnonzero(fold != TRAIN).tolist() for fold in folds]
    assert kept_from[2] == kept_from[3] == list(range(20, 40))  # chr1, and copies on chr2
    assert kept_from[0] == list(range(10))


def test_every_row_of_a_chromosome_is_predicted_and_scored(data: Path) -> None:
    options = argparse.Namespace(out=data / "out", data=data, threads=1, seeds=[1, 2])
    found = hold_each_out(SMALL, options)
    said = np.load(predictions(SMALL, 2, options))
    assert np.isfinite(said[:60]).all() and np.isnan(said[60:]).all()
    folds = found["folds"]
    assert isinstance(folds, list) and len(folds) == len(CHROMS)
    assert folds[0]["rows"] == dict.fromkeys(CELLS, 5)  # of the first pool
    assert len(folds[0]["seeds"]) == 2


def test_folds_are_scored_in_one_pool_over_all_rows_and_in_own_units() -> None:
    n = 48
    truth = np.tile(np.arange(n, dtype=np.float32), (5, 1)).T
    second = np.arange(n) % 2 == 1
    measured = Measurements(
        sequences=("A",) * n,
        chroms=np.array([""] * n),
        species=np.array([""] * n),
        pools=np.where(second, "km18_POOL2", "km18_POOL1"),
        labels=np.array([""] * n),
        codes=np.zeros((n, 144), np.int8),
        activity=np.where(second[:, None], -3 * truth + 100, truth),
    )
    folds = [np.where(np.arange(n) // 8 == number, TEST, TRAIN) for number in range(len(CHROMS))]
    found = score_folds(np.stack([truth, truth]).astype(float), measured, folds)
    one, every, own = (found[1][kind] for kind in ("one pool", "all", "all in own units"))
    assert isinstance(one, dict) and isinstance(every, dict) and isinstance(own, dict)
    assert one["HepG2"] == pytest.approx(1) and own["HepG2"] == pytest.approx(1)
    assert every["HepG2"] < 0.9
