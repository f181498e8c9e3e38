"""Delta scores on small arrays, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.track_data import FloatArray
from genoview.scoring import (
    Change,
    DeltaScores,
    aligned,
    delta_scores,
    masked_by_nearest,
    masked_by_sites,
)


def sites(*rows: tuple[float, float]) -> FloatArray:
    """Acceptor and donor of each place."""
    return np.array(rows, dtype=np.float32)


def column(*values: float) -> FloatArray:
    """The same for acceptor and donor."""
    return np.array([values, values], dtype=np.float32).T


REF = sites((0.0, 0.0), (0.75, 0.0), (0.0, 0.0), (0.25, 0.5), (0.0, 0.0))
ALT = sites((0.0, 0.0), (0.25, 0.0), (0.0, 0.25), (0.5, 0.0), (0.0, 0.0))


def test_scores_are_the_largest_gains_and_losses_and_where_they_are() -> None:
    result = delta_scores(ALT - REF, 2, "ADA", "-")
    assert result == DeltaScores(
        "ADA", "-", Change(0.25, 1), Change(0.5, -1), Change(0.25, 0), Change(0.5, 1)
    )
    assert result.largest == 0.5


def test_scores_read_as_the_original_programs_write_them() -> None:
    assert delta_scores(ALT - REF, 2).fields == "0.25|0.50|0.25|0.50|1|-1|0|1"


def test_of_equal_changes_the_leftmost_counts() -> None:
    same = sites((0.5, -0.5), (0.5, -0.5))
    result = delta_scores(same, 1)
    assert result.acceptor_gain == Change(0.5, -1)
    assert result.donor_loss == Change(0.5, -1)


def test_where_nothing_is_lost_the_loss_is_the_smallest_gain_below_zero() -> None:
    result = delta_scores(sites((0.5, 0.0), (0.25, 0.0)), 0)
    assert result.acceptor_loss == Change(-0.25, 1)
    assert result.donor_loss == Change(0.0, 0)
    assert str(result.donor_loss.score) == "0.0"  # not -0.0


@pytest.mark.parametrize(
    ("alt", "length_change", "zeros_behind_anchor", "expected"),
    [
        ((1, 2, 3, 4), 0, True, (1, 2, 3, 4)),
        ((1, 2, 9, 3, 4, 5), 2, True, (1, 9, 4, 5)),
        ((1, 2, 9, 3, 4, 5), 2, False, (1, 9, 4, 5)),
        ((1, 2, 3), -2, True, (1, 2, 0, 0, 3)),
        ((1, 2, 3), -2, False, (1, 0, 0, 2, 3)),
    ],
    ids=["equal", "insertion", "insertion (cispliceai)", "deletion", "deletion (cispliceai)"],
)
def test_alternate_lies_on_the_places_of_the_reference(
    alt: tuple[float, ...],
    length_change: int,
    zeros_behind_anchor: bool,
    expected: tuple[float, ...],
) -> None:
    """The variant begins at place 1."""
    result = aligned(column(*alt), 1, length_change, zeros_behind_anchor=zeros_behind_anchor)
    np.testing.assert_array_equal(result, column(*expected))


def test_deletion_longer_than_what_is_left_of_the_alternate() -> None:
    """As spliceai does: what it has of ALT comes first, whatever it belongs to."""
    result = aligned(column(1, 2), 3, -5, zeros_behind_anchor=True)
    np.testing.assert_array_equal(result, column(1, 2, 0, 0, 0, 0, 0))


@given(
    distance=st.integers(1, 30),
    length_change=st.integers(-20, 40),
    zeros_behind_anchor=st.booleans(),
    data=st.data(),
)
def test_alignment_keeps_every_value_that_has_a_place(
    distance: int, length_change: int, zeros_behind_anchor: bool, data: st.DataObject
) -> None:
    n_ref = 2 * distance + 1
    n_alt = n_ref + length_change
    if n_alt < distance + 1:
        return
    values = data.draw(st.lists(st.integers(1, 100), min_size=n_alt, max_size=n_alt))
    alt = column(*values)
    result = aligned(alt, distance, length_change, zeros_behind_anchor=zeros_behind_anchor)
    assert result.shape == (n_ref, 2)
    np.testing.assert_array_equal(result[:distance], alt[:distance])
    n_behind = min(distance, n_alt - distance - 1) if length_change < 0 else distance
    np.testing.assert_array_equal(result[n_ref - n_behind :], alt[n_alt - n_behind :])
    if length_change > 0:
        inserted = alt[distance : distance + length_change + 1]
        np.testing.assert_array_equal(result[distance], inserted.max(axis=0))
    else:
        assert np.count_nonzero(result == 0) == -2 * length_change
        kept = result[result[:, 0] > 0]
        np.testing.assert_array_equal(kept, alt)


@given(
    difference=st.lists(
        st.tuples(st.floats(-1, 1, width=32), st.floats(-1, 1, width=32)), min_size=1
    )
)
def test_scores_bound_every_difference(difference: list[tuple[float, float]]) -> None:
    result = delta_scores(sites(*difference), 0)
    acceptors = [acceptor for acceptor, _ in difference]
    assert result.acceptor_gain.score == max(acceptors)
    assert result.acceptor_loss.score == -min(acceptors)
    assert acceptors[result.acceptor_gain.position] == max(acceptors)


def test_mask_by_sites_hides_gains_of_known_sites_and_losses_of_others() -> None:
    difference = sites((0.5, -0.5), (-0.25, 0.25), (0.125, 0.0), (-0.5, -0.25))
    known = np.array([[True, True], [True, True], [False, False], [False, False]])
    expected = sites((0.0, -0.5), (-0.25, 0.0), (0.125, 0.0), (0.0, 0.0))
    np.testing.assert_array_equal(masked_by_sites(difference, known), expected)


@pytest.mark.parametrize(
    ("nearest", "expected"),
    [
        (1, (0.0, 0.0, 0.25, 0.5)),  # a known acceptor or donor one bp behind the variant
        (-1, (0.25, 0.5, 0.25, 0.0)),
        (0, (0.25, 0.0, 0.0, 0.0)),
        (7, (0.25, 0.0, 0.25, 0.0)),
    ],
)
def test_mask_by_nearest_knows_one_boundary_only(nearest: int, expected: tuple[float, ...]) -> None:
    raw = delta_scores(ALT - REF, 2, "ADA", "-")
    result = masked_by_nearest(raw, nearest)
    assert tuple(change.score for change in result.changes) == expected
    assert [change.position for change in result.changes] == [
        change.position for change in raw.changes
    ]
