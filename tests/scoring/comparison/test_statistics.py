"""Correlations, by hand."""

import numpy as np
import pytest

from genoview.scoring.comparison import pearson, spearman
from genoview.scoring.comparison.statistics import ranks


@pytest.mark.parametrize(
    ("first", "second", "of_values", "of_ranks"),
    [
        ([1, 2, 3], [2, 4, 6], 1.0, 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0, -1.0),
        ([1, 2, 3], [1, 10, 100], 0.9042, 1.0),  # 99 / sqrt(2 * 5994)
        ([1, 2, 3, 4], [2, 1, 4, 3], 0.6, 0.6),
        ([0, 0, 1, 1], [0, 1, 0, 1], 0.0, 0.0),
        ([1, 1, 1], [1, 2, 3], None, None),
        ([1, 2], [1, 2], None, None),
        ([], [], None, None),
    ],
)
def test_two_series(
    first: list[float], second: list[float], of_values: float | None, of_ranks: float | None
) -> None:
    a, b = np.array(first, np.float32), np.array(second, np.float32)
    assert pearson(a, b) == (of_values if of_values is None else pytest.approx(of_values, abs=1e-4))
    assert spearman(a, b) == (of_ranks if of_ranks is None else pytest.approx(of_ranks, abs=1e-4))


def test_equal_values_share_their_mean_rank() -> None:
    assert ranks(np.array([5.0, 1, 5, 9])).tolist() == [2.5, 1, 2.5, 4]
