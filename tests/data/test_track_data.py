"""Values along the genome, and ALT on REF coordinates."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.data.allele_alignment import alt_to_ref, collapse_to_ref
from genoview.data.genome import Interval, Variant
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.data.track_data import AlleleTracks, Assay, Family, TrackData, TrackMetadata
from genoview.errors import TrackError

PLUS = TrackMetadata("donor", Assay.SPLICE_SITES, "+", "probability")
NONE = TrackMetadata("HNF4A", Assay.TF_MOTIF, ".", "occupancy")


def data_of(values: list[list[float]], start: int = 100, resolution: int = 10) -> TrackData:
    array = np.array(values, np.float32)
    interval = Interval("chr1", start, start + len(array) * resolution)
    return TrackData(array, (PLUS, NONE)[: array.shape[1]], interval, resolution)


DATA = data_of([[0, 5], [1, 4], [2, 3], [3, 2], [4, 1]])


def test_every_assay_belongs_to_a_family() -> None:
    assert {assay.family for assay in Assay} == set(Family)
    assert len({assay.label for assay in Assay}) == len(Assay)


def test_a_label_names_the_strand_where_there_is_one() -> None:
    assert (PLUS.label, NONE.label) == ("donor (+)", "HNF4A")
    with pytest.raises(TrackError, match="strand 'x'"):
        replace(PLUS, strand="x")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"values": DATA.values.astype(np.float64)}, "float64"),
        ({"values": DATA.values[:, 0]}, r"float32\[5\]"),
        ({"tracks": (PLUS,)}, "2 columns of values came with 1 tracks"),
        ({"resolution": 5}, "5 bins of 5 bp do not fill"),
        ({"interval": Interval("chr1", 100, 149)}, "do not fill chr1:101-149"),
    ],
)
def test_values_tracks_and_interval_must_fit(change: dict[str, object], words: str) -> None:
    with pytest.raises(TrackError, match=words):
        replace(DATA, **change)


@pytest.mark.parametrize(
    ("start", "end", "bins"),
    [
        (100, 150, (0, 5)),
        (110, 120, (1, 2)),
        (111, 112, (1, 2)),
        (119, 121, (1, 3)),
        (0, 101, (0, 1)),
    ],
)
def test_slice_keeps_the_bins_that_touch(start: int, end: int, bins: tuple[int, int]) -> None:
    made = DATA.slice(Interval("chr1", start, end))
    assert made.interval == Interval("chr1", 100 + 10 * bins[0], 100 + 10 * bins[1])
    np.testing.assert_array_equal(made.values, DATA.values[slice(*bins)])


@pytest.mark.parametrize(("chrom", "start"), [("chr1", 150), ("chr1", 90), ("chr2", 100)])
def test_slice_outside_says_so(chrom: str, start: int) -> None:
    with pytest.raises(TrackError, match="lies outside of"):
        DATA.slice(Interval(chrom, start, start + 10))


def test_select_takes_columns_in_the_given_order() -> None:
    made = DATA.select([1, 0])
    assert made.tracks == (NONE, PLUS)
    np.testing.assert_array_equal(made.values, DATA.values[:, ::-1])


def test_extremes_are_all_bins_where_they_fit() -> None:
    positions, values = DATA.extremes(5)
    assert positions.tolist() == [104.5, 114.5, 124.5, 134.5, 144.5]
    np.testing.assert_array_equal(values, DATA.values)
    one_bp = data_of([[1.0], [2.0]], resolution=1)
    assert one_bp.extremes(2)[0].tolist() == [100.0, 101.0]


def test_extremes_are_minimum_and_maximum_of_each_stretch() -> None:
    positions, values = DATA.extremes(4)  # stretches of three bins and of two
    assert positions.tolist() == [114.5, 114.5, 139.5, 139.5]
    assert values.tolist() == [[0, 3], [2, 5], [3, 1], [4, 2]]


@settings(deadline=None)
@given(
    st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=60),
    st.integers(1, 20).map(lambda n: 2 * n),
)
def test_extremes_lose_no_peak_and_keep_to_their_number(values: list[float], most: int) -> None:
    data = data_of([[value] for value in values], resolution=7)
    positions, chosen = data.extremes(most)
    assert len(positions) == len(chosen) <= most
    assert (chosen.min(), chosen.max()) == (data.values.min(), data.values.max())
    assert positions.min() >= data.interval.start
    assert positions.max() < data.interval.end
    assert (np.diff(positions) >= 0).all()


@settings(deadline=None)
@given(st.integers(1, 30_000), st.integers(0, 30_000), st.integers(1, 30_000), st.integers(4, 400))
def test_extremes_of_a_part_are_those_of_its_bins(
    n_bins: int, first: int, width: int, most: int
) -> None:
    first = first % n_bins
    rng = np.random.default_rng(n_bins)
    data = data_of(rng.random((n_bins, 2), dtype=np.float32), resolution=1).select([1])
    start = data.interval.start + first
    within = replace(data.interval, start=start, end=min(start + width, data.interval.end))
    positions, values = data.extremes(most, within)
    again = data.extremes(most, within)[1]  # from what was kept
    np.testing.assert_array_equal(values, again)
    assert len(positions) <= most + 1
    part = data.slice(within).values
    assert values.min() <= part.min()
    assert values.max() >= part.max()
    for centre, (low, high) in (
        zip(positions[::2], values.reshape(-1, 2), strict=True)
        if (len(positions) < part.shape[0])
        else ()
    ):
        assert data.values[int(centre) - data.interval.start] >= low
        assert data.values[int(centre) - data.interval.start] <= high


def test_a_wide_view_s_extremes_are_exact_and_begin_at_the_same_places_after_a_pan() -> None:
    rng = np.random.default_rng(1)
    data = data_of(rng.random((200_000, 1), dtype=np.float32), resolution=1)
    start = data.interval.start
    views = [
        replace(data.interval, start=start + at, end=start + at + 100_000) for at in (3, 7_003)
    ]
    (one, low_high), (other, _) = (data.extremes(200, view) for view in views)
    assert len(set(one.tolist()) & set(other.tolist())) > 80
    stretch = round(one[2] - one[0])
    firsts = np.arange(len(one) // 2) * stretch
    for (low, high), first in zip(low_high.reshape(-1, 2), firsts, strict=True):
        bins = data.values[first : first + stretch]
        assert (low, high) == (bins.min(), bins.max())


SITES = Sites(
    np.array([10, 20, 30]),
    np.array([15, 26, 37]),
    np.array([1, -1, 1], np.int8),
    np.array([2, 0, 1]),
    np.array([9, 12, 20], np.float32),
    np.array([1e-5, 1e-6, 1e-9]),
)


def rows(sites: Sites) -> list[tuple[float, ...]]:
    columns = (sites.start, sites.end, sites.strand, sites.track, sites.score)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_columns_of_sites_have_one_length() -> None:
    assert (len(SITES), len(Sites())) == (3, 0)
    with pytest.raises(TrackError, match="differ in length"):
        replace(SITES, score=np.zeros(2, np.float32))


@pytest.mark.parametrize(
    ("start", "end", "starts"),
    [(0, 100, [10, 20, 30]), (15, 20, []), (14, 21, [10, 20]), (36, 37, [30]), (37, 99, [])],
)
def test_within_keeps_the_sites_that_touch(start: int, end: int, starts: list[int]) -> None:
    assert SITES.within(Interval("chr1", start, end)).start.tolist() == starts


def test_concatenated_sites_are_sorted_by_start_track_and_strand() -> None:
    parts = [SITES.where(np.array([2, 0])), SITES.where(SITES.strand < 0)]
    assert rows(Sites.concatenate(parts)) == rows(SITES)
    tie = replace(SITES, start=np.full(3, 5), track=np.array([1, 1, 0]))
    assert Sites.concatenate([tie]).score.tolist() == [20, 12, 9]
    assert len(Sites.concatenate([])) == 0


def test_a_prediction_moves_with_its_sites() -> None:
    moved = Prediction(DATA, SITES).moved_to(Interval("chr2", 1100, 1150))
    assert moved.data.interval == Interval("chr2", 1100, 1150)
    assert moved.sites.start.tolist() == [1010, 1020, 1030]
    assert moved.sites.end.tolist() == [1015, 1026, 1037]
    with pytest.raises(TrackError, match="do not fill"):
        DATA.moved_to(Interval("chr2", 1100, 1140))


def test_alleles_share_everything_but_their_values() -> None:
    alleles = AlleleTracks(DATA, replace(DATA, values=DATA.values * 3))
    np.testing.assert_array_equal(alleles.difference().values, DATA.values * 2)
    for other in (DATA.select([1, 0]), DATA.moved_to(Interval("chr1", 0, 50))):
        with pytest.raises(TrackError, match="REF and ALT differ"):
            AlleleTracks(DATA, other)


@pytest.mark.parametrize(
    ("ref", "alt", "positions"),
    [
        ("A", "T", [100, 101, 102, 103, 104, 105]),
        ("AC", "GT", [100, 101, 102, 103, 104, 105]),
        ("A", "ATT", [100, 101, 102, 102, 102, 103]),
        ("AC", "GTT", [100, 101, 102, 103, 103, 104]),
        ("ACG", "A", [100, 101, 102, 105, 106, 107]),
        ("ACG", "TT", [100, 101, 102, 103, 105, 106]),
    ],
)
def test_alternate_bases_lie_on_reference_positions(
    ref: str, alt: str, positions: list[int]
) -> None:
    variant = Variant("chr1", 103, ref, alt)  # 0-based 102
    assert alt_to_ref(variant, 100, 6).tolist() == positions


@pytest.mark.parametrize(
    ("ref", "alt", "values", "expected"),
    [
        ("A", "T", [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ("A", "ATT", [1, 2, 3, 9, 8, 4, 5], [1, 2, 9, 4, 5]),
        ("A", "ATT", [1, 2, 3, -9, -8, 4, 5], [1, 2, 3, 4, 5]),
        ("ACG", "A", [1, 2, 3], [1, 2, 3, 0, 0]),
        ("AC", "T", [1, 2, -3, 4], [1, 2, -3, 0, 4]),
    ],
)
def test_inserted_bases_collapse_by_maximum_and_deleted_bases_are_zero(
    ref: str, alt: str, values: list[float], expected: list[float]
) -> None:
    positions = alt_to_ref(Variant("chr1", 103, ref, alt), 100, len(values))
    column = np.array(values, np.float32)[:, None]
    made = collapse_to_ref(column, positions, 1, 100, 5)
    assert made.dtype == np.float32
    assert made[:, 0].tolist() == expected


def test_a_reference_bin_takes_the_maximum_of_the_alternate_bins_on_it() -> None:
    # REF bins 100-103, 104-107; six inserted bases behind 102: ALT bins 0-3, 4-7, 8-11, 12-13.
    positions = alt_to_ref(Variant("chr1", 103, "A", "ACCCCCC"), 100, 14)
    assert positions.tolist() == [100, 101, *[102] * 7, 103, 104, 105, 106, 107]
    values = np.array([[1, -1], [5, -5], [3, -3], [2, -2]], np.float32)
    made = collapse_to_ref(values, positions, 4, 100, 2)
    assert made.tolist() == [[5, -1], [3, -2]]
