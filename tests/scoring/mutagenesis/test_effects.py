"""Effects of substitutions: means, top positions and factors over them, worked out by hand."""

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, TrackMetadata
from genoview.errors import TrackError
from genoview.scoring.mutagenesis import Substitutions, score_of
from genoview.scoring.mutagenesis.effects import factors_over

NAN = np.nan
VALUES = np.array(
    [
        [NAN, 0.1, -0.2, 0.4],  # A
        [0.0, NAN, -0.9, 0.0],  # C
        [NAN, NAN, NAN, NAN],  # N
        [0.9, 0.9, 0.0, NAN],  # T
    ],
    dtype=np.float32,
)
PLACE = Interval("chr1", 99, 103)
FACTS = score_of("splice+").facts


@pytest.fixture
def table() -> Substitutions:
    return Substitutions(FACTS, PLACE, "ACNT", VALUES, 4)


def test_the_mean_leaves_the_genome_s_own_base_out(table: Substitutions) -> None:
    np.testing.assert_allclose(table.means, [0.1, -0.3, NAN, 0.6], rtol=1e-6)
    assert table.largest == pytest.approx(0.9)


def test_top_positions_are_the_largest_either_way_the_leftmost_of_equal_ones(
    table: Substitutions,
) -> None:
    top = table.top(10)
    assert [str(effect.variant) for effect in top] == [
        "chr1:101:C>G",
        "chr1:103:T>A",
        "chr1:100:A>T",
    ]
    assert [effect.value for effect in top] == pytest.approx([-0.9, 0.9, 0.4])
    assert top[0].mean == pytest.approx(-0.3)
    assert [str(effect.variant) for effect in table.top(1)] == ["chr1:101:C>G"]


def test_where_nothing_is_known_yet_there_is_no_top() -> None:
    nothing = Substitutions(FACTS, PLACE, "ACNT", np.full((4, 4), NAN, dtype=np.float32), 0)
    assert nothing.top(3) == []
    assert nothing.largest == 0
    assert not nothing.is_complete


def test_values_of_another_shape_are_refused() -> None:
    with pytest.raises(TrackError, match=r"\[3, 4\] with 4 bases; \[4, 4\] was expected"):
        Substitutions(FACTS, PLACE, "ACNT", VALUES[:3], 4)


@pytest.mark.parametrize(
    ("position", "names"),
    [(9, []), (10, ["Best", "Good"]), (13, ["Good"]), (14, ["Good"]), (15, [])],
)
def test_factors_over_a_base_come_best_first_each_once(position: int, names: list[str]) -> None:
    tracks = [TrackMetadata(name, Assay.TF_MOTIF, ".", "bits") for name in ("Good", "Best")]
    sites = Sites(
        start=np.array([10, 10, 12], dtype=np.int64),
        end=np.array([13, 13, 15], dtype=np.int64),
        strand=np.array([1, -1, 1], dtype=np.int8),
        track=np.array([0, 1, 0], dtype=np.int64),
        score=np.array([8.0, 12.0, 9.0], dtype=np.float32),
        p_value=np.array([1e-5, 1e-6, 1e-5]),
    )
    assert factors_over(position, sites, tracks) == names
