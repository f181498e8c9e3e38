"""Contact maps turned by 45 degrees: each cell is the pair of bins that lies there."""

from dataclasses import replace

import numpy as np
import pytest

from genoview.data.contact_map import ContactMap
from genoview.data.track_data import Assay
from genoview.figure.panels import LIGHT, triangle_allele_rows, triangle_row
from genoview.figure.panels.contacts.contact_rotation import MAX_CELLS, joined, near, turned
from tests.figure.panels.samples import START, interval, track, view

CELLS = track("H1", Assay.CONTACT_MAPS, unit="log fold over distance")


def contacts(values: object, resolution: int = 100) -> ContactMap:
    array = np.asarray(values, dtype=np.float32)
    width = len(array) * resolution
    return ContactMap(array[..., None], (CELLS,), interval(width), resolution)


def symmetric(n: int, seed: int = 0) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(n, n))
    return (made + made.T) / 2


def at(picture: object, x: float, distance: float) -> float:
    """The value of the cell in which a point lies."""
    column = int((x - picture.x0) / picture.dx + 0.5)  # type: ignore[attr-defined]
    return float(picture.cells[int(distance / picture.dy), column])  # type: ignore[attr-defined]


@pytest.mark.parametrize("n", [1, 2, 7, 20])
def test_a_pair_lies_above_the_middle_between_its_bins_as_high_as_they_are_apart(n: int) -> None:
    values = symmetric(n)
    width = n * 100
    picture = turned(contacts(values), view(width), width)
    for i in range(n):
        for j in range(i, n):
            middle = START + 0.5 + (i + j + 1) / 2 * 100
            distance = max((j - i) * 100 - 1e-6, 1.0)
            assert at(picture, middle, distance) == pytest.approx(values[i, j])


def test_what_lies_outside_of_the_triangle_is_left_open() -> None:
    picture = turned(contacts(symmetric(4)), view(400), 400)
    assert np.isnan(picture.cells[-1, 0])
    assert np.isnan(picture.cells[-1, -1])
    assert np.isfinite(picture.cells[0]).all()


def test_narrow_bins_are_joined_by_their_mean_and_what_is_unknown_does_not_count() -> None:
    values = np.arange(16, dtype=np.float32).reshape(4, 4)
    values[0, 0] = np.nan
    two = joined(contacts(values), 2)
    assert two.resolution == 200
    assert two.values[..., 0].tolist() == [[pytest.approx((1 + 4 + 5) / 3), 4.5], [10.5, 12.5]]


@pytest.mark.parametrize("first", [0, 1, 2, 3, 5])
def test_joined_bins_begin_at_multiples_so_that_a_pan_shows_the_same_ones(first: int) -> None:
    whole = contacts(symmetric(16))
    part = whole.slice(interval(1600 - 100 * first, START + 100 * first))
    four, of_part = joined(whole, 4), joined(part, 4, first)
    assert (of_part.interval.start - START) % 400 == 0
    shared = of_part.values[1:-1, 1:-1]
    skipped = (of_part.interval.start - START) // 400
    np.testing.assert_allclose(
        shared, four.values[skipped + 1 : skipped + len(of_part.values) - 1][:, skipped + 1 : -1]
    )


def test_a_megabase_stays_small_enough_to_pan() -> None:
    big = contacts(symmetric(512), 2048)
    part = near(big, view(big.interval.width, overscan=0.3))
    assert part is not None
    picture = turned(part, view(big.interval.width), big.interval.width)
    assert picture.cells.size <= MAX_CELLS
    assert part.resolution == 8192
    assert "mean of 4 × 4 bins" in triangle_row(big, view(big.interval.width), LIGHT).unit


def test_bins_beyond_what_is_drawn_are_cut() -> None:
    row = triangle_row(contacts(symmetric(50)), view(1000, START + 1000), LIGHT)
    lanes = row.traces[0]
    assert lanes["x0"] - lanes["dx"] / 2 == START + 1000.5
    assert lanes["x0"] + (lanes["z"].shape[1] - 0.5) * lanes["dx"] == START + 2000.5
    assert row.y_range == (0.0, 1000.0)


def test_colours_span_both_sides_of_zero_where_there_is_less_than_zero() -> None:
    below = triangle_row(contacts([[0.5, -0.25], [-0.25, 0.5]]), view(200), LIGHT)
    assert below.colour_range == (-0.5, 0.5)
    above = triangle_row(contacts([[0.5, 0.25], [0.25, 0.5]]), view(200), LIGHT)
    assert above.colour_range == (0.0, 0.5)
    assert len(below.legend) == 2
    assert not above.legend


def test_the_pointer_reads_which_other_bin_a_bin_touches_most() -> None:
    values = np.zeros((6, 6))
    values[1, 4] = values[4, 1] = 0.75
    told = triangle_row(contacts(values), view(600), LIGHT).traces[-1]
    assert told["text"][1] == f"0.75 with {START + 401:,}-{START + 500:,}, 300 bp away"
    assert told["x"][1] == START + 150.5


def test_ref_stands_on_the_line_alt_hangs_from_it_and_the_difference_stands_alone() -> None:
    ref = contacts(symmetric(6))
    alt = replace(ref, values=ref.values * 2)
    both, change = triangle_allele_rows(ref, alt, view(600), LIGHT)
    up, down = both.traces[:2]
    np.testing.assert_array_equal(down["z"][::-1], up["z"] * 2)
    assert up["y0"] > 0 > down["y0"]
    lowest = down["y0"] - down["dy"] / 2
    assert lowest + len(down["z"]) * down["dy"] == pytest.approx(0)
    assert both.y_range == (-600.0, 600.0)
    np.testing.assert_array_equal(change.traces[0]["z"], up["z"])
    assert change.colour_range is not None
    assert change.colour_range[0] == -change.colour_range[1]
    assert {entry.label for entry in change.legend} == {"ALT above REF", "ALT below REF"}


def test_alleles_alike_say_so() -> None:
    ref = contacts(symmetric(6))
    _, change = triangle_allele_rows(ref, ref, view(600), LIGHT)
    assert change.message == "no difference in view"


def test_a_view_beyond_the_map_says_that_nothing_was_predicted_there() -> None:
    ref = contacts(symmetric(6))
    away = view(600, START + 5000)
    assert triangle_row(ref, away, LIGHT).message == "not predicted here"
    rows = triangle_allele_rows(ref, ref, away, LIGHT)
    assert [row.message for row in rows] == ["not predicted here"] * 2
    beside = triangle_row(ref, view(1200), LIGHT)
    assert beside.covered == ref.interval
    assert not beside.message
