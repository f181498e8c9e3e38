"""Contact maps as values: squares of bins that fit their interval."""

from dataclasses import replace

import numpy as np
import pytest

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.track_data import Assay, TrackMetadata
from genoview.errors import TrackError

CELLS = TrackMetadata("H1", Assay.CONTACT_MAPS, ".", "log fold over distance")
OTHER = replace(CELLS, name="HFF")
MAP = ContactMap(
    np.arange(50, dtype=np.float32).reshape(5, 5, 2),
    (CELLS, OTHER),
    Interval("chr1", 10_000, 20_000),
    2_000,
)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"values": MAP.values[:4]}, "bins, bins"),
        ({"values": MAP.values[:, :, 0]}, "bins, bins"),
        ({"values": MAP.values.astype(np.float64)}, "float64"),
        ({"tracks": (CELLS,)}, "2 contact maps came with 1 tracks"),
        ({"resolution": 1_000}, "5 bins of 1000 bp do not fill chr1:10,001-20,000"),
    ],
)
def test_what_does_not_fit_together_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(TrackError, match=words):
        replace(MAP, **wrong)


@pytest.mark.parametrize(
    ("start", "end", "bins"),
    [
        (0, 90_000, (0, 5)),
        (11_999, 12_001, (0, 2)),
        (14_000, 16_000, (2, 3)),
        (19_999, 1 << 20, (4, 5)),
    ],
)
def test_a_slice_is_the_square_of_the_bins_that_touch(
    start: int, end: int, bins: tuple[int, int]
) -> None:
    part = MAP.slice(Interval("chr1", start, end))
    first, last = bins
    np.testing.assert_array_equal(part.values, MAP.values[first:last, first:last])
    assert part.interval == Interval("chr1", 10_000 + 2_000 * first, 10_000 + 2_000 * last)


def test_a_slice_of_nothing_is_an_error() -> None:
    with pytest.raises(TrackError, match="outside"):
        MAP.slice(Interval("chr1", 0, 10_000))


def test_it_moves_and_its_tracks_are_chosen() -> None:
    assert MAP.moved_to(Interval("chr2", 0, 10_000)).interval.chrom == "chr2"
    with pytest.raises(TrackError, match="do not fill"):
        MAP.moved_to(Interval("chr2", 0, 9_000))
    chosen = MAP.select([1])
    assert chosen.tracks == (OTHER,)
    np.testing.assert_array_equal(chosen.values[..., 0], MAP.values[..., 1])


def test_a_difference_is_alt_less_ref_where_both_are_of_one_kind() -> None:
    alt = replace(MAP, values=MAP.values * 3)
    np.testing.assert_array_equal(alt.minus(MAP).values, MAP.values * 2)
    with pytest.raises(TrackError, match="differ"):
        alt.minus(MAP.select([1, 0]))
