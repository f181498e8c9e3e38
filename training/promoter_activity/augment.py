"""Codes of fragments -> codes as seen this time: shifted, flanked, mutated, turned around."""

import numpy as np
from numpy.typing import NDArray

from .data import COMPLEMENT, UNKNOWN, WIDTH
from .recipe import Augmentation

Codes = NDArray[np.int8]


def fill_flanks(codes: Codes, others: Codes, chosen: NDArray[np.bool_]) -> Codes:
    """The chosen rows with N replaced by what `others` has there."""
    fill = chosen[:, None] & (codes == UNKNOWN)
    return np.where(fill, others, codes)


def mutate(codes: Codes, rate: float | NDArray[np.float64], rng: np.random.Generator) -> Codes:
    """Each known base drawn anew with probability `rate`, one for all or float[n, 1]."""
    drawn = rng.integers(0, 4, codes.shape, np.int8)
    change = (rng.random(codes.shape) < rate) & (codes != UNKNOWN)
    return np.where(change, drawn, codes)


def shift(codes: Codes, steps: NDArray[np.int64]) -> Codes:
    """Each row moved right by its step (left if negative); N fills what is uncovered."""
    at = np.arange(WIDTH)[None] - steps[:, None]
    inside = (at >= 0) & (at < WIDTH)
    moved = np.take_along_axis(codes, np.clip(at, 0, WIDTH - 1), 1)
    return np.where(inside, moved, UNKNOWN).astype(np.int8)


def reverse_complement(codes: Codes, chosen: NDArray[np.bool_]) -> Codes:
    """The chosen rows on the other strand, in their own place: padding stays before the bases."""
    turned = COMPLEMENT[codes[:, ::-1]]
    padding = (codes == UNKNOWN).cumprod(1).sum(1)
    return np.where(chosen[:, None], shift(turned, padding), codes)


def augment(codes: Codes, how: Augmentation, rng: np.random.Generator) -> Codes:
    """int8[n, 144] -> int8[n, 144]; flanks come from the other rows of the same batch."""
    n = len(codes)
    if how.reverse_complement:
        codes = reverse_complement(codes, rng.random(n) < how.reverse_complement)
    if how.flank:
        others = codes[rng.permutation(n)][:, ::-1]
        codes = fill_flanks(codes, others, rng.random(n) < how.flank)
    if how.mutate:
        codes = mutate(codes, how.mutate, rng)
    if how.shift:
        codes = shift(codes, rng.integers(-how.shift, how.shift + 1, n))
    return codes
