"""How long the rest of some work takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.runtime.jobs.pace import Pace


@pytest.mark.parametrize(
    ("marks", "now", "rest"),
    [
        ([], 10.0, None),
        ([(10.0, 0.01)], 10.0, None),
        ([(10.0, 0.25)], 10.0, 30.0),
        ([(10.0, 0.5)], 10.0, 10.0),
        ([(10.0, 1.0)], 10.0, 0.0),
        ([(1.0, 0.5), (11.0, 0.6)], 11.0, 40.0),  # half of it was remembered: 1 % a second
        ([(1.0, 0.5)], 10.0, 10.0),  # nothing since: as if it had gone on evenly
        ([(50.0, 0.5), (100.0, 0.6)], 100.0, 200.0),  # slower of late
    ],
)
def test_the_rest_follows_from_the_latter_half(
    marks: list[tuple[float, float]], now: float, rest: float | None
) -> None:
    pace = Pace(0.0)
    for time, share in marks:
        pace.note(time, share)
    assert pace.rest_s(now) == (rest if rest is None else pytest.approx(rest))


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0.1, 10))
def test_the_rest_is_never_negative(shares: list[float], step: float) -> None:
    pace, now = Pace(100.0), 100.0
    for share in sorted(shares):
        now += step
        pace.note(now, share)
    rest = pace.rest_s(now + step)
    assert rest is None or rest >= 0
