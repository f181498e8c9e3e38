"""Counts of bases at binding sites -> log odds -> scores and their p-values.

Bases are ordered A, C, G, T throughout; the background is 0.25 each.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from genoview.data.assets import ASSETS
from genoview.data.track_data import FloatArray, IntArray
from genoview.errors import BackendError
from genoview.models.weights.damage import loading

ASSET = ASSETS / "models" / "jaspar.npz"

Float64 = npt.NDArray[np.float64]

BACKGROUND = 0.25  # probability of each base in sequence without sites
P_VALUE = 1e-4  # a site's p-value is below this, on one strand; FIMO's default, Grant et al. 2011
STEPS = 1000  # steps a bit in which the distribution of scores is worked out
GRID = 2.0**-17  # bits; float32 sums of its multiples are exact up to 128 bits


@dataclass(frozen=True, slots=True)
class Motif:
    """One matrix of JASPAR: how often each base was seen at each position of the sites.

    Attributes:
        counts: float64[length, 4].
    """

    matrix_id: str
    name: str
    counts: Float64


@dataclass(frozen=True, slots=True)
class Scored:
    """A motif ready to score words.

    Attributes:
        log_odds: float64[length, 4], bits.
        tail: float64, p-values of the best scores, as `tail` gives them.
        half_bound: bits; the lowest score with a p-value below 1e-4. Where none is, the best
            score and log2(its p-value / 1e-4) more: one bit for each halving of the chance.
    """

    log_odds: Float64
    tail: Float64
    half_bound: float

    @classmethod
    def of(cls, motif: Motif) -> Self:
        matrix = log_odds(motif.counts)
        steps = deficits(matrix)
        rare = tail(steps)
        best = float(matrix.max(axis=1).sum())
        if len(rare):
            lowest = int(np.searchsorted(rare, rare[-1]))  # no sequence has the steps below it
            return cls(matrix, rare, best - lowest / STEPS)
        p_best = float(np.prod((steps == 0).mean(axis=1)))
        return cls(matrix, rare, best + math.log2(p_best / P_VALUE))


def write_motifs(motifs: list[Motif], path: Path) -> None:
    """Save as npz: ids, names, lengths, and the counts one below the other."""
    np.savez_compressed(
        path,
        ids=np.array([motif.matrix_id for motif in motifs]),
        names=np.array([motif.name for motif in motifs]),
        lengths=np.array([len(motif.counts) for motif in motifs]),
        counts=np.concatenate([motif.counts for motif in motifs]),
    )


def read_motifs(path: Path) -> tuple[Motif, ...]:
    """What `write_motifs` saved.

    Raises:
        BackendError: there is no such file.
    """
    if not path.is_file():
        raise BackendError(
            f"The motifs are not at {path}; run scripts/assets/build_motifs.py, which writes them."
        )
    with loading(path, "JASPAR2024's motifs"):
        with np.load(path, allow_pickle=False) as saved:
            ids, names = saved["ids"].tolist(), saved["names"].tolist()
            counts = np.split(saved["counts"], np.cumsum(saved["lengths"])[:-1])
        motifs = tuple(Motif(*fields) for fields in zip(ids, names, counts, strict=True))
        if any(motif.counts.shape[1:] != (4,) or not len(motif.counts) for motif in motifs):
            raise ValueError("not counts of four bases")
    return motifs


def log_odds(counts: Float64) -> Float64:
    """float64[length, 4]: log2 of a base's probability at a site over that in the background.

    The square root of the number of sites is added as pseudocounts, a quarter to each base
    (Wasserman and Sandelin 2004, doi:10.1038/nrg1315): few sites, more doubt. Where columns
    differ in their number of sites, the mean counts.
    """
    pseudocount = np.sqrt(counts.sum(axis=1).mean()) * BACKGROUND
    smoothed = counts + pseudocount
    odds = smoothed / smoothed.sum(axis=1, keepdims=True) / BACKGROUND
    return np.asarray(np.log2(odds), dtype=np.float64)


def on_grid(scores: Float64) -> Float64:
    """Rounded to multiples of 2^-17 bit, so that sums in float32 do not depend on their order."""
    return np.asarray(np.round(scores / GRID) * GRID, dtype=np.float64)


def deficits(scores: Float64) -> IntArray:
    """int64[length, 4]: how far each base lies below the best of its position, in 1/1000 bit."""
    below = scores.max(axis=1, keepdims=True) - scores
    return np.asarray(np.round(below * STEPS), dtype=np.int64)


def tail(steps: IntArray, p_value: float = P_VALUE) -> Float64:
    """P-values of the scores near the best, as far as they are below `p_value`.

    Exact for log odds rounded to 1/1000 bit, by dynamic programming over the positions: scores
    only fall away from the best, so that sums beyond the wanted tail need not be followed.

    Args:
        steps: int64[length, 4] of `deficits`.

    Returns:
        float64[d]: entry i is the chance that a background word lies at most i/1000 bit below
        the best. Empty where the best word alone is at least `p_value` likely (6 bp and less).
    """
    worst = int(steps.max(axis=1).sum())
    size = min(8192, worst + 1)
    while True:
        chances = np.cumsum(_distribution(steps, size))
        n_rare = int(np.searchsorted(chances, p_value))
        if n_rare < size or size > worst:
            return np.asarray(chances[:n_rare], dtype=np.float64)
        size = min(2 * size, worst + 1)


def _distribution(steps: IntArray, size: int) -> Float64:
    """float64[size]: chance of each sum of deficits below `size`."""
    words = np.ones(1)  # how many words have each sum, at most `reach`
    for row in steps.tolist():
        reach = min(size, len(words) + max(row))
        longer = np.zeros(reach)
        for step in row:
            kept = words[: max(reach - step, 0)]
            longer[step : step + len(kept)] += kept
        words = longer
    return np.pad(words * BACKGROUND ** len(steps), (0, size - len(words)))


@cache
def logo_matrices() -> Mapping[str, FloatArray]:
    """Matrix id -> float32[length, 4]: share of A, C, G and T at each base of the motif."""
    return {
        motif.matrix_id: (motif.counts / motif.counts.sum(axis=1, keepdims=True)).astype(np.float32)
        for motif in read_motifs(ASSET)
    }


@cache
def motif_names() -> Mapping[str, str]:
    """Matrix id -> the factor's name."""
    return {motif.matrix_id: motif.name for motif in read_motifs(ASSET)}


@cache
def site_matrices() -> Mapping[str, Float64]:
    """Matrix id -> float64[length, 4]: log2 odds of A, C, G and T, as sites are scored."""
    return {motif.matrix_id: on_grid(log_odds(motif.counts)) for motif in read_motifs(ASSET)}


def word_score(matrix_id: str, word: str) -> float:
    """Log2 odds of a word of A, C, G and T, of the motif's length, as the site's strand reads it.

    Minus infinity where the word has another letter, as sites over N are never seen.
    """
    matrix, rows = site_matrices()[matrix_id], ["ACGT".find(base) for base in word]
    return -math.inf if -1 in rows else float(matrix[np.arange(len(matrix)), rows].sum())


def word_p_value(matrix_id: str, word: str) -> float:
    """Chance that a background word scores as high: 1e-4 and more too, where no site is listed.

    Exact for log odds rounded to 1/1000 bit, as sites have it.

    Args:
        word: of A, C, G and T, of the motif's length.
    """
    steps, chances = _whole_distribution(matrix_id)
    rows = ["ACGT".index(base) for base in word]
    return float(chances[steps[np.arange(len(steps)), rows].sum()])


@lru_cache(maxsize=32)
def _whole_distribution(matrix_id: str) -> tuple[IntArray, Float64]:
    """Deficits, and the chance of each sum of them or less; some 100,000 values a matrix."""
    steps = deficits(_log_odds_by_id()[matrix_id])
    return steps, np.minimum(np.cumsum(_distribution(steps, int(steps.max(axis=1).sum()) + 1)), 1.0)


@cache
def _log_odds_by_id() -> Mapping[str, Float64]:
    return {motif.matrix_id: log_odds(motif.counts) for motif in read_motifs(ASSET)}
