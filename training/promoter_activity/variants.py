"""Saturation mutagenesis -> measured effects of substitutions, and what a network says of them.

Kircher et al. 2019, doi:10.1038/s41467-019-11526-w. Nothing here is trained or chosen on it.
"""

import csv
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .data import COMPLEMENT, encode
from .evaluate import spearman

Codes = NDArray[np.int8]
Values = NDArray[np.float64]
Predictor = Callable[[Codes], Values]
MATCHING_CELL = {  # the cells of the experiment, or the nearest that a head stands for
    "LDLR": "HepG2",
    "LDLR.2": "HepG2",
    "F9": "HepG2",
    "SORT1": "HepG2",
    "PKLR-24h": "K562",
    "GP1BA": "K562",  # measured in HEL 92.1.7, an erythroleukaemia line
    "IRF4": "HepG2",  # measured in SK-MEL-28, a melanoma line: no head matches
}
MIN_BARCODES = 10  # as the authors filter
N_PLACES = 5  # where in the window the variant stands: evenly over the window


@dataclass(frozen=True)
class Element:
    """One mutagenised element; `codes` int8[L] of the forward strand.

    `at`, `alt` and `effect` are of the measured substitutions: index into the element, code,
    and log2 effect.
    """

    name: str
    codes: Codes
    at: NDArray[np.int64]
    alt: Codes
    effect: Values


def read_elements(path: Path) -> list[Element]:
    """The elements of the table in its order; deletions and rows of few barcodes left out."""
    tables: dict[str, list[dict[str, str]]] = {}
    with gzip.open(path, "rt", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            tables.setdefault(row["Element"], []).append(row)
    return [_element(name, rows) for name, rows in tables.items()]


def _element(name: str, rows: list[dict[str, str]]) -> Element:
    reference = {int(float(row["Pos"])): row["Ref"] for row in rows}
    first, last = min(reference), max(reference)
    sequence = "".join(reference.get(pos, "N") for pos in range(first, last + 1))
    kept = [r for r in rows if r["Alt"] in "ACGT" and int(float(r["Barcodes"])) >= MIN_BARCODES]
    return Element(
        name,
        encode([sequence], len(sequence))[0],
        np.array([int(float(row["Pos"])) - first for row in kept]),
        encode([row["Alt"] for row in kept], 1)[:, 0],
        np.array([float(row["Coefficient"]) for row in kept]),
    )


def predicted_effects(element: Element, predict: Predictor, width: int) -> Values:
    """float64[substitutions, outputs]: ALT less REF, mean of 5 windows and both strands.

    `predict` maps int8[n, width] to float64[n, outputs].
    """
    effects: list[Values] = []
    for place in range(N_PLACES):
        into = width * (2 * place + 1) // (2 * N_PLACES)
        starts = np.clip(element.at - into, 0, len(element.codes) - width)
        ref = element.codes[starts[:, None] + np.arange(width)]
        alt = ref.copy()
        alt[np.arange(len(alt)), element.at - starts] = element.alt
        _, first, back = np.unique(starts, return_index=True, return_inverse=True)
        for turn in (_as_it_is, _other_strand):
            effects.append(predict(turn(alt)) - predict(turn(ref[first]))[back])
    return np.asarray(np.mean(effects, 0))


def _as_it_is(codes: Codes) -> Codes:
    return codes


def _other_strand(codes: Codes) -> Codes:
    return COMPLEMENT[codes[:, ::-1]]


def bootstrap_interval(
    statistic: Callable[[NDArray[np.int64]], float],
    groups: NDArray[np.int64],
    draws: int,
    seed: int,
) -> tuple[float, float]:
    """The 95% interval of `statistic(rows)`, with whole groups (positions) drawn again."""
    rng = np.random.default_rng(seed)
    names, numbers = np.unique(groups, return_inverse=True)
    members = [np.flatnonzero(numbers == i) for i in range(len(names))]
    results = [
        statistic(np.concatenate([members[i] for i in rng.integers(0, len(names), len(names))]))
        for _ in range(draws)
    ]
    low, high = np.percentile(results, [2.5, 97.5])
    return float(low), float(high)


def correlation(element: Element, predicted: Values) -> dict[str, float]:
    """Spearman of one output's effects against the measured, with its interval."""
    low, high = bootstrap_interval(
        lambda rows: spearman(predicted[rows], element.effect[rows]), element.at, 500, 0
    )
    rho = spearman(predicted, element.effect)
    return {"spearman": rho, "low": low, "high": high, "n": len(element.at)}
