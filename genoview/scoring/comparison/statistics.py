"""Two series -> how they vary together; None where one of them does not vary."""

from typing import Any

import numpy as np
import numpy.typing as npt

Series = npt.NDArray[np.floating[Any]]
LEAST = 3  # values, below which no correlation is given


def pearson(first: Series, second: Series) -> float | None:
    """Correlation of values, of one length; only for values of one unit."""
    if len(first) < LEAST:
        return None
    a, b = (
        np.asarray(series, np.float64) - np.mean(series, dtype=np.float64)
        for series in (first, second)
    )
    scale = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / scale if scale > 0 else None


def spearman(first: Series, second: Series) -> float | None:
    """Correlation of ranks, of one length; equal values share their mean rank."""
    return pearson(ranks(first), ranks(second))


def ranks(values: Series) -> Series:
    """From 1 on; float64[values]."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], np.float64)
