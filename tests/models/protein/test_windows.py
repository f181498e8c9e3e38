"""Windows over a long protein: all of it is read, nothing twice as much as it should count."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.models.protein.windows import Window, centred, grouped, tiles, weights

LENGTHS = st.integers(1, 4_000)
MOST = st.integers(1, 1_022)


@pytest.mark.parametrize(
    ("length", "first", "last", "expected"),
    [
        (300, 116, 116, (0, 300)),  # a short protein is read whole
        (1_022, 0, 0, (0, 1_022)),
        (3_000, 0, 0, (0, 1_022)),
        (3_000, 1_500, 1_500, (989, 2_011)),  # 511 before it, 510 behind it
        (3_000, 2_999, 2_999, (1_978, 3_000)),
        (3_000, 1_400, 1_599, (989, 2_011)),
    ],
)
def test_a_window_is_centred_on_what_is_hidden(
    length: int, first: int, last: int, expected: tuple[int, int]
) -> None:
    assert centred(length, first, last, 1_022) == expected


@given(LENGTHS, MOST, st.data())
def test_what_is_hidden_lies_in_its_window_away_from_cuts(
    length: int, most: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, length - 1))
    window = centred(length, place, place, most)
    assert window.width == min(length, most)
    assert 0 <= window.start <= place < window.end <= length
    for edge, side in (
        (window.start > 0, place - window.start),
        (window.end < length, window.end - 1 - place),
    ):
        assert not edge or side >= (most - 1) // 2


def test_a_long_protein_is_read_in_windows_that_overlap_by_half() -> None:
    assert tiles(1_022, 1_022) == [(0, 1_022)]
    assert tiles(1_023, 1_022) == [(0, 1_022), (1, 1_023)]
    assert tiles(2_044, 1_022) == [(0, 1_022), (511, 1_533), (1_022, 2_044)]


@given(LENGTHS, MOST)
def test_every_residue_is_read_and_every_cut_is_covered_by_another_window(
    length: int, most: int
) -> None:
    windows = tiles(length, most)
    total = np.zeros(length)
    for window in windows:
        assert window.width == min(length, most)
        share = weights(window, length)
        assert share.shape == (window.width,) and (share >= 1).all()
        total[window.start : window.end] += share
    assert (total > 0).all()
    assert windows[0].start == 0 and windows[-1].end == length
    assert all(a.start < b.start <= a.end - a.width // 2 for a, b in pairwise(windows))


def test_a_residue_counts_by_its_distance_from_the_nearest_cut() -> None:
    assert weights(Window(0, 5), 5).tolist() == [1, 1, 1, 1, 1]
    assert weights(Window(0, 5), 9).tolist() == [5, 4, 3, 2, 1]
    assert weights(Window(2, 7), 9).tolist() == [1, 2, 3, 2, 1]
    assert weights(Window(4, 9), 9).tolist() == [1, 2, 3, 4, 5]


def test_sites_that_fit_into_one_window_are_hidden_together() -> None:
    assert grouped([3, 5, 1_024], 1_022) == [[3, 5, 1_024]]
    assert grouped([3, 5, 1_025], 1_022) == [[3, 5], [1_025]]
    assert grouped([], 10) == []


@given(st.lists(st.integers(0, 5_000), unique=True).map(sorted), MOST)
def test_groups_hold_each_site_once_and_fit(sites: list[int], most: int) -> None:
    groups = grouped(sites, most)
    assert [site for group in groups for site in group] == sites
    for group in groups:
        window = centred(6_000, group[0], group[-1], most)
        assert window.start <= group[0] and group[-1] < window.end
