"""Ranks among a background, in tables worked out by hand."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.errors import TrackError
from genoview.scoring import Rank, rank

BACKGROUND = [0.1, -0.2, 0.3, 0.3, 0.0]


@pytest.mark.parametrize(
    ("value", "expected", "share"),
    [
        (0.5, Rank(5, 0, 5), 1.0),
        (-0.5, Rank(5, 0, 5), 1.0),  # a loss is as large as a gain
        (0.3, Rank(3, 2, 5), 0.8),  # two of the same size: half of them count
        (0.25, Rank(3, 0, 5), 0.6),
        (0.2, Rank(2, 1, 5), 0.5),
        (0.0, Rank(0, 1, 5), 0.1),
    ],
)
def test_a_rank_counts_what_is_smaller_in_size(value: float, expected: Rank, share: float) -> None:
    result = rank(value, BACKGROUND)
    assert result == expected
    assert result.share == pytest.approx(share)


def test_sizes_that_agree_to_six_decimals_are_equal() -> None:
    assert rank(0.1000001, [0.1, 0.10001]) == Rank(0, 1, 2)


@pytest.mark.parametrize(
    ("ranked", "words"),
    [
        (Rank(97, 0, 100), "larger than 97 of 100 random insertions"),
        (Rank(97, 2, 100), "larger than 97 of 100 random insertions, equal to 2"),
        (Rank(0, 0, 0), "not calibrated"),
    ],
)
def test_a_rank_in_words(ranked: Rank, words: str) -> None:
    assert ranked.words("random insertions") == words


def test_without_a_background_there_is_no_share() -> None:
    assert rank(1.0, []).share is None


@pytest.mark.parametrize(("value", "background"), [(math.nan, [1.0]), (1.0, [0.5, math.nan])])
def test_what_is_not_a_number_has_no_rank(value: float, background: list[float]) -> None:
    with pytest.raises(TrackError, match="not a number"):
        rank(value, background)


sizes = st.floats(-10, 10).map(lambda value: round(value, 2))


@given(sizes, st.lists(sizes, min_size=1), st.randoms())
def test_order_does_not_matter_and_the_counts_add_up(
    value: float, background: list[float], mixer: Random
) -> None:
    result = rank(value, background)
    mixed = list(background)
    mixer.shuffle(mixed)
    assert rank(value, mixed) == result
    above = sum(abs(other) > abs(value) for other in background)
    assert result.n_below + result.n_equal + above == result.n == len(background)
    share = result.share
    assert share is not None and 0 <= share <= 1
