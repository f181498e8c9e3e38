"""Coordinates of the figure: what a reader sees is 1-based."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Interval
from genoview.figure.panels import interval_at, x_range
from genoview.figure.panels.frame.axis import base_x, base_xs, edge_x


def test_the_first_base_of_a_chromosome_is_drawn_at_one() -> None:
    assert base_x(0) == 1
    assert x_range(Interval("chr1", 0, 10)) == (0.5, 10.5)


def test_a_boundary_lies_half_a_base_left_of_the_base_behind_it() -> None:
    assert edge_x(7) == base_x(7) - 0.5


@given(st.integers(-1000, 250_000_000), st.integers(1, 5_000_000))
def test_a_view_read_back_from_its_x_range_is_the_same(start: int, width: int) -> None:
    interval = Interval("chr1", start, start + width)
    assert interval_at("chr1", *x_range(interval)) == interval


@pytest.mark.parametrize(
    ("left", "right", "start", "end"),
    [(10.4, 12.4, 9, 12), (10.6, 12.4, 10, 12), (10.6, 12.6, 10, 13), (10.6, 10.7, 10, 11)],
)
def test_an_x_range_becomes_the_bases_that_it_touches(
    left: float, right: float, start: int, end: int
) -> None:
    assert interval_at("chr1", left, right) == Interval("chr1", start, end)


def test_neighbours_at_the_end_of_chromosome_one_stay_apart() -> None:
    xs = base_xs(np.arange(248_000_000, 248_000_100))
    assert xs.dtype == np.int32
    np.testing.assert_array_equal(np.diff(xs), 1)


def test_middles_between_bases_stay_exact() -> None:
    assert base_xs([248_000_000.5]).tolist() == [248_000_001.5]
