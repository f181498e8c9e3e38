"""Numbers beside a y axis."""

import pytest

from genoview.panels.scale import end_ticks


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
