"""A trained ensemble -> the results that the report is written from."""

import time
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from .data import CELLS, COMPLEMENT, UNKNOWN, WIDTH, Measurements
from .evaluate import Values, families, noise_ceiling, pearson, predict, scores, spearman
from .lessons import with_substitutions
from .model import PromoterEnsemble, one_hot
from .teacher import POOLED, DragoNN, load_dragonn, teach
from .teacher import WIDTH as DRAGONN_WIDTH
from .variants import (
    MATCHING_CELL,
    Codes,
    Element,
    bootstrap_interval,
    correlation,
    predicted_effects,
)

Table = dict[str, dict[str, float]]
LOCUS = 20_000  # bp
DRAWS = 500  # of a bootstrap
STRIDE = 16  # bp between the windows of a track
UNTAUGHT_CHROMS = ("chr8", "chr18")  # MPRA-DragoNN's own validation and test chromosomes


def mean_of(networks: PromoterEnsemble, codes: Codes) -> Values:
    """float64[n, 5]: the mean of the members."""
    return np.asarray(predict(networks, codes).mean(1))


def held_out(
    networks: PromoterEnsemble, measured: Measurements, rows: NDArray[np.int64]
) -> tuple[dict[str, object], Values]:
    """Scores of each member, of their mean on parts of the rows; and the mean's predictions."""
    family = families(measured, rows)
    members = list(predict(networks, measured.codes[rows]).swapaxes(0, 1))
    mean = np.mean(members, 0)
    subsets = {
        "all": np.ones(len(rows), bool),
        "genomic fragments only": ~measured.made_up[rows],
        "one row per family": np.isin(np.arange(len(rows)), np.unique(family)),
        "chr8 and chr18 only": np.isin(measured.chroms[rows], UNTAUGHT_CHROMS),
    }
    truth = measured.activity[rows].astype(float)
    results: dict[str, object] = {
        "members": [scores(one, measured, rows, family) for one in members],
        "ensemble": scores(mean, measured, rows, family),
        "interval": _intervals(mean, truth, family),
        "calibration": {
            cell: calibration([one[:, i] for one in members], truth[:, i])
            for i, cell in enumerate(CELLS)
        },
        "ceiling": noise_ceiling(measured, rows),
        "subsets": {
            name: scores(mean[kept], measured, rows[kept], family[kept])["pearson"]
            for name, kept in subsets.items()
        },
        "measured": {
            name: {
                c: int((~np.isnan(measured.activity[rows[kept], i])).sum())
                for i, c in enumerate(CELLS)
            }
            for name, kept in subsets.items()
        },
    }
    return results, mean


def in_own_units(
    predicted: Values, measured: Values, second: NDArray[np.bool_], held_out: NDArray[np.bool_]
) -> Values:
    """float64[held, cells]: predictions for held-out rows, in the units of the pool of each.

    An output speaks in the first pool's units. Those of the second are a line per cell away: the
    one that best turns what is predicted of other rows of that pool into what was measured.

    Args:
        predicted: float64[n, cells].
        measured: float64[n, cells], NaN where not measured.
        second: bool[n], rows of the second pool.
        held: bool[n], rows that the line must not be drawn by.
    """
    results = predicted.copy()
    for column, wanted in enumerate(measured.T):
        known = second & ~held_out & ~np.isnan(wanted)
        if known.any():
            slope, offset = np.polyfit(predicted[known, column], wanted[known], 1)
            results[second, column] = slope * predicted[second, column] + offset
    return results[held_out]


def follows_teacher(networks: PromoterEnsemble, codes: Codes, weights: Path) -> dict[str, float]:
    """Per cell: Pearson of the head's and the teacher's differences by one substitution each.

    Neither has predicted these fragments in training.
    """
    rng = np.random.default_rng(0)
    known = codes[(codes != UNKNOWN).all(1)]
    both = with_substitutions(known, np.ones(len(known), np.int64), rng)
    ours = mean_of(networks, both[:, 1]) - mean_of(networks, both[:, 0])
    dragonn = load_dragonn(weights)
    theirs = teach(dragonn, both[:, 1]) - teach(dragonn, both[:, 0])
    return {
        cell: pearson(ours[:, CELLS.index(cell)], theirs[:, list(pair)].mean(1).astype(float))
        for cell, pair in POOLED.items()
    }


def _intervals(mean: Values, truth: Values, family: NDArray[np.int64]) -> Table:
    """95% intervals of the ensemble's Pearson, with whole families drawn again."""
    results: Table = {}
    for column, cell in enumerate(CELLS):

        def statistic(rows: NDArray[np.int64], column: int = column) -> float:
            return pearson(mean[rows, column], truth[rows, column])

        low, high = bootstrap_interval(statistic, family, DRAWS, 0)
        results[cell] = {"low": low, "high": high}
    return results


def variant_effects(
    networks: PromoterEnsemble, elements: list[Element], weights: Path
) -> tuple[dict[str, object], dict[str, Values]]:
    """Per element: ours and MPRA-DragoNN's Spearman, their difference, and how far heads agree."""
    dragonn = load_dragonn(weights)
    results: dict[str, object] = {}
    kept: dict[str, Values] = {}
    for element in elements:
        every = predicted_effects(element, partial(_side_by_side, networks), WIDTH)
        members = np.split(every, len(networks.members), axis=1)
        ours = np.mean(members, 0)
        predictions = predicted_effects(element, partial(_teach, dragonn), DRAGONN_WIDTH)
        theirs = {cell: predictions[:, list(pair)].mean(1) for cell, pair in POOLED.items()}
        results[element.name] = _element_results(element, members, ours, theirs)
        kept |= {f"{element.name}/ours": ours, f"{element.name}/at": element.at.astype(float)}
        kept |= {f"{element.name}/measured": element.effect}
        kept |= {f"{element.name}/dragonn": theirs[MATCHING_CELL[element.name]]}
    return results, kept


def _side_by_side(networks: PromoterEnsemble, codes: Codes) -> Values:
    """float64[n, members x 5]."""
    return predict(networks, codes).reshape(len(codes), -1)


def _teach(network: DragoNN, codes: Codes) -> Values:
    return teach(network, codes).astype(float)


def calibration(members: list[Values], truth: Values) -> dict[str, float]:
    """Does the members' spread tell the error of their mean? One output, float64[n] each.

    `spearman` of the spread with the absolute error; `coverage`: the share of what was measured
    that lies within two standard deviations of the mean.
    """
    known = ~np.isnan(truth)
    spread = np.std(members, 0, ddof=1)[known]
    error = np.abs(np.mean(members, 0) - truth)[known]
    coverage = float((error <= 2 * spread).mean())
    return {"spearman": spearman(spread, error), "coverage": coverage}


def _element_results(
    element: Element, members: list[Values], ours: Values, theirs: dict[str, Values]
) -> dict[str, object]:
    cell = MATCHING_CELL[element.name]
    column = CELLS.index(cell)
    low, high = bootstrap_interval(
        lambda rows: (
            spearman(ours[rows, column], element.effect[rows])
            - spearman(theirs[cell][rows], element.effect[rows])
        ),
        element.at,
        DRAWS,
        0,
    )
    agreement = [
        [spearman(ours[:, i], ours[:, j]) for j in range(len(CELLS))] for i in range(len(CELLS))
    ]
    return {
        "cell": cell,
        "ours": {name: correlation(element, ours[:, i]) for i, name in enumerate(CELLS)},
        "members": [spearman(one[:, column], element.effect) for one in members],
        "dragonn": {name: correlation(element, effect) for name, effect in theirs.items()},
        "difference": {"low": low, "high": high},
        "calibration": calibration([one[:, column] for one in members], element.effect),
        "agreement of heads": agreement,
    }


def seconds_per_locus(networks: PromoterEnsemble, weights: Path) -> dict[str, float]:
    """Seconds for both strands of 20 kb at a stride of 16 bp: ours, and MPRA-DragoNN's.

    Ours share convolutions among windows, as in the product; MPRA-DragoNN reads each by itself.
    """
    locus = np.random.default_rng(0).integers(0, 4, LOCUS, np.int8)
    both = np.stack([locus, COMPLEMENT[locus[::-1]]])
    windows = np.lib.stride_tricks.sliding_window_view(both, DRAGONN_WIDTH, 1)[:, ::STRIDE]
    dragonn = load_dragonn(weights)

    def ours() -> None:
        with torch.inference_mode():
            networks.activity_along(one_hot(torch.from_numpy(both)), STRIDE)

    def theirs() -> None:
        teach(dragonn, windows.reshape(-1, DRAGONN_WIDTH))

    timed = {"threads": float(torch.get_num_threads()), "windows": float(windows[..., 0].size)}
    for name, run in (("ours", ours), ("dragonn", theirs)):
        run()  # the first call is slower
        begun = time.perf_counter()
        run()
        timed[name] = time.perf_counter() - begun
    return timed
