"""What was measured and what was said of it -> a row with 95% intervals."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from genoview.scoring.comparison.measured_variants import Estimate, Measured
from training.promoter_activity import variants
from training.promoter_activity.evaluate import ranks, spearman

DRAWS, SEED = 500, 0
Values = NDArray[np.float64]
Rows = NDArray[np.int64]
Statistic = Callable[[Values, Values], float]


def row(
    experiment: str,
    model: str,
    calls: tuple[NDArray[np.bool_], Values, Rows],
    ratios: tuple[Values, Values, Rows],
    reported: float | None = None,
) -> Measured:
    """Print it; of calls and ratios what was measured, what was said, and groups to draw."""
    found = Measured(
        experiment,
        model,
        len(calls[0]),
        int(calls[0].sum()),
        with_interval(auroc, *calls),
        with_interval(average_precision, *calls),
        with_interval(spearman, *ratios),
        reported,
    )
    print(found.line, flush=True)
    return found


def with_interval(statistic: Statistic, measured: NDArray, said: Values, group: Rows) -> Estimate:
    """The value, and where 95% of the draws lie."""
    low, high = variants.bootstrap_interval(
        lambda rows: statistic(measured[rows], said[rows]), group, DRAWS, SEED
    )
    return Estimate(statistic(measured, said), low, high)


def auroc(positive: NDArray[np.bool_], said: Values) -> float:
    """How often a positive is above a negative; equal ones count half; NaN of one kind only."""
    n = int(positive.sum())
    if not 0 < n < len(said):
        return float("nan")
    below = ranks(said)[positive].sum() - n * (n - 1) / 2
    return float(below / (n * (len(said) - n)))


def average_precision(positive: NDArray[np.bool_], said: Values) -> float:
    """The area under precision by recall, in steps; equal values are one step."""
    if not positive.any():
        return float("nan")
    order = np.argsort(-said, kind="stable")
    last = np.append(np.diff(said[order]) != 0, True)  # of equal values
    found = np.cumsum(positive[order])[last]
    precision = found / (np.flatnonzero(last) + 1)
    return float((np.diff(found, prepend=0) * precision).sum() / positive.sum())
