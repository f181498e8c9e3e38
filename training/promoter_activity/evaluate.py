"""Predictions and measurements -> correlations per cell, with the ceiling that noise sets."""

import numpy as np
import torch
from numpy.typing import NDArray

from .data import CELLS, Measurements
from .model import PromoterEnsemble, one_hot
from .splits import WordIndex

Values = NDArray[np.float64]
SAME_FAMILY = 60  # shared words: alleles and deletions of one fragment, not its neighbours
MIN_FAMILY = 8  # rows: fewer say little about the differences within


@torch.inference_mode()
def predict(networks: PromoterEnsemble, codes: NDArray[np.int8], batch: int = 256) -> Values:
    """float64[n, members, 5], log2 of RNA over DNA, for int8[n, 144]."""
    results = np.empty((len(codes), len(networks.members), len(CELLS)))  # tensors scatter the heap
    for start in range(0, len(codes), batch):
        here = slice(start, start + batch)
        windows = networks.activity_along(one_hot(torch.from_numpy(codes[here])), 1)
        results[here] = windows[:, 0].numpy()
    return results


def pearson(x: Values, y: Values) -> float:
    """Pearson's correlation over the pairs without NaN; NaN for fewer than 3."""
    both = ~(np.isnan(x) | np.isnan(y))
    return float(np.corrcoef(x[both], y[both])[0, 1]) if both.sum() > 2 else float("nan")


def ranks(x: Values) -> Values:
    """Ranks from 0; equal values share their mean rank."""
    _, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts + 1) / 2)[inverse]


def spearman(x: Values, y: Values) -> float:
    """Spearman's correlation over the pairs without NaN."""
    both = ~(np.isnan(x) | np.isnan(y))
    return pearson(ranks(x[both]), ranks(y[both]))


def families(measured: Measurements, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """int[len(rows)]: a number shared by the variants of one fragment in one pool."""
    index = WordIndex(measured.codes[rows])
    family = np.full(len(rows), -1)
    for i in range(len(rows)):
        if family[i] < 0:
            same = index.shared_words(measured.codes[rows[i]]) >= SAME_FAMILY
            same &= (measured.pools[rows] == measured.pools[rows[i]]) & (family < 0)
            family[same] = family[i] = i
    return family


def within_families(predicted: Values, measured: Values, family: NDArray[np.int64]) -> float:
    """Pearson of the differences from each family's mean, over families of 8 rows or more."""
    x, y = [], []
    for name in np.unique(family):
        mine = (family == name) & ~np.isnan(measured)
        if mine.sum() >= MIN_FAMILY:
            x.append(predicted[mine] - predicted[mine].mean())
            y.append(measured[mine] - measured[mine].mean())
    return pearson(np.concatenate(x), np.concatenate(y)) if x else float("nan")


def scores(
    predicted: Values, measured: Measurements, rows: NDArray[np.int64], family: NDArray[np.int64]
) -> dict[str, dict[str, float]]:
    """Per measure and cell: over all rows, per pool, and within families."""
    truth = measured.activity[rows].astype(float)
    pools = measured.pools[rows]
    table: dict[str, dict[str, float]] = {"pearson": {}, "spearman": {}, "within families": {}}
    for column, cell in enumerate(CELLS):
        x, y = predicted[:, column], truth[:, column]
        table["pearson"][cell] = pearson(x, y)
        table["spearman"][cell] = spearman(x, y)
        table["within families"][cell] = within_families(x, y, family)
        for pool in np.unique(pools):
            here = pools == pool
            if (~np.isnan(y[here])).sum() > 2:
                table.setdefault(f"pearson {pool}", {})[cell] = pearson(x[here], y[here])
    return table


def noise_ceiling(measured: Measurements, rows: NDArray[np.int64]) -> dict[str, dict[str, float]]:
    """The Pearson that a perfect model could reach, from near-replicates among `rows`.

    The table has no replicates. Two alleles of one fragment differ by one base, which mostly does
    nothing: their correlation r is at most the reliability of a measurement, and sqrt(r) at most
    the ceiling. HUES64 and mESC have no alleles; their correlation with each other serves as r.
    """
    pairs = allele_pairs(measured, rows)
    results: dict[str, dict[str, float]] = {}
    for column, cell in enumerate(CELLS[:3]):
        x, y = (measured.activity[side, column].astype(float) for side in pairs.T)
        r = pearson(np.concatenate([x, y]), np.concatenate([y, x]))
        n = int((~np.isnan(x + y)).sum())
        results[cell] = {"pairs": n, "reliability": r, "ceiling": r**0.5}
    x, y = (measured.activity[rows, CELLS.index(cell)].astype(float) for cell in CELLS[3:])
    r = pearson(x, y)
    for cell in CELLS[3:]:
        results[cell] = {
            "pairs": int((~np.isnan(x + y)).sum()),
            "reliability": r,
            "ceiling": r**0.5,
        }
    return results


def allele_pairs(measured: Measurements, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """int[pairs, 2]: rows of one pool and length that differ by exactly one substitution."""
    pairs: list[tuple[int, int]] = []
    seen: dict[tuple[str, bytes], list[int]] = {}
    for row in rows:  # one substitution leaves one half as it was
        codes = measured.codes[row]
        for half in (codes[:87], codes[87:]):
            key = (str(measured.pools[row]) + str(len(half)), half.tobytes())
            for other in seen.setdefault(key, []):
                if (measured.codes[other] != codes).sum() == 1:
                    pairs.append((other, int(row)))
            seen[key].append(int(row))
    return np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)
