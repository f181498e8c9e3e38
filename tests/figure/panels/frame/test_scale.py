"""Numbers beside a y axis."""

import numpy as np
import pytest

from genoview.figure.panels.frame.scale import end_ticks, natural_scale, range_of


@pytest.mark.parametrize(
    ("y_range", "log", "ticks"),
    [
        ((0.0, 1.0), False, (0.0, 1.0)),
        ((-1.0, 1.0), False, (-1.0, 0.0, 1.0)),
        ((-0.5, 2.5), False, (0.0, 2.5)),  # -0.5 would overlap 0
        ((-2.5, 0.5), False, (-2.5, 0.0)),
        ((-0.5, 2.0), False, (-0.5, 0.0, 2.0)),
        ((0.01, 1.0), True, (0.01, 1.0)),
    ],
)
def test_numbers_of_an_axis_do_not_overlap(
    y_range: tuple[float, float], log: bool, ticks: tuple[float, ...]
) -> None:
    assert end_ticks(y_range, log) == ticks


@pytest.mark.parametrize(
    ("unit", "values", "expected"),
    [
        ("probability", [0.01], (0.0, 1.0)),
        ("log2 over random DNA", [0.18, -0.05], (-0.05, 1.0)),
        ("log2 over random DNA, both strands", [2.4], (0.0, 2.4)),
        ("reads", [0.18], (0.0, 0.18)),
    ],
)
def test_small_values_look_small_where_the_unit_has_a_size(
    unit: str, values: list[float], expected: tuple[float, float]
) -> None:
    found = range_of(np.array(values, np.float32), natural_scale(unit))
    assert found == pytest.approx(expected, rel=0.05)
