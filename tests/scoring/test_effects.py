"""Largest differences between REF and ALT, in tables worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import AlleleTracks, Assay, TrackData, TrackMetadata
from genoview.scoring.effects import (
    PRESENT,
    Effect,
    distance_words,
    largest_effects,
    peaks,
    signed_distance,
)

DONOR = TrackMetadata("Splice donor", Assay.SPLICE_SITES, "+", "probability")
DONOR_REVERSE = TrackMetadata("Splice donor", Assay.SPLICE_SITES, "-", "probability")
PROMOTER = TrackMetadata("Promoter probability", Assay.TSS, "-", "probability")
FACTOR = TrackMetadata("HNF4A", Assay.TF_MOTIF, ".", "occupancy")


def alleles(
    tracks: tuple[TrackMetadata, ...],
    ref: dict[tuple[int, int], float],
    alt: dict[tuple[int, int], float],
    n_bins: int = 100,
    resolution: int = 1,
) -> AlleleTracks:
    """Zeros over chr1 from 1,000 on, but for the given (bin, column)."""
    interval = Interval("chr1", 1000, 1000 + n_bins * resolution)
    result = []
    for entries in (ref, alt):
        values = np.zeros((n_bins, len(tracks)), np.float32)
        for place, value in entries.items():
            values[place] = value
        result.append(TrackData(values, tracks, interval, resolution))
    return AlleleTracks(*result)


def test_a_gained_donor_reads_as_a_sentence() -> None:
    tracks = alleles((DONOR,), {(62, 0): 0.02}, {(62, 0): 0.91})
    (effect,) = largest_effects(tracks, Variant("chr1", 1051, "A", "G"))
    assert effect.words == "donor gained 12 bp downstream, 0.02 → 0.91"
    assert effect.interval == Interval("chr1", 1062, 1063, "+")
    assert (effect.position, effect.distance) == (1062, 12)
    assert effect.difference == pytest.approx(0.89)


@pytest.mark.parametrize(
    ("ref", "alt", "change"),
    [
        (0.02, 0.91, "gained"),
        (0.91, 0.02, "lost"),
        (0.5, 0.9, "strengthened"),
        (0.9, 0.5, "weakened"),
        (0.02, 0.12, "strengthened"),
        (0.12, 0.02, "weakened"),
        (PRESENT - 0.04, PRESENT + 0.04, "strengthened"),
        (PRESENT + 0.04, PRESENT - 0.04, "weakened"),
    ],
)
def test_words_for_splice_sites(ref: float, alt: float, change: str) -> None:
    effect = Effect(DONOR, Interval("chr1", 0, 1, "+"), ref, alt, 0)
    assert effect.change == change


@pytest.mark.parametrize(
    ("track", "words"),
    [
        (PROMOTER, "Promoter probability up 20 bp upstream, 0.10 → 0.60"),
        (FACTOR, "HNF4A occupancy up 20 bp to the right, 0.10 → 0.60"),
        (DONOR_REVERSE, "donor gained 20 bp upstream, 0.10 → 0.60"),
    ],
)
def test_words_follow_the_assay_and_the_strand(track: TrackMetadata, words: str) -> None:
    assert Effect(track, Interval("chr1", 0, 1), 0.1, 0.6, 20).words == words


@pytest.mark.parametrize(
    ("distance", "strand", "words"),
    [
        (0, "+", "at the variant"),
        (1, "+", "1 bp downstream"),
        (-1, "+", "1 bp upstream"),
        (1, "-", "1 bp upstream"),
        (-1200, "-", "1,200 bp downstream"),
        (3, ".", "3 bp to the right"),
        (-3, ".", "3 bp to the left"),
    ],
)
def test_downstream_is_where_the_strand_is_read_to(distance: int, strand: str, words: str) -> None:
    assert distance_words(distance, strand) == words


@pytest.mark.parametrize(
    ("start", "end", "distance"),
    [(9, 10, 0), (11, 12, 0), (12, 13, 1), (8, 9, -1), (0, 5, -5), (20, 30, 9), (0, 30, 0)],
)
def test_distance_is_counted_from_the_reference_allele(start: int, end: int, distance: int) -> None:
    variant = Variant("chr1", 10, "AAA", "A")  # 0-based 9, 10, 11
    assert signed_distance(Interval("chr1", start, end), variant) == distance


def test_differences_below_the_smallest_effect_are_no_effect() -> None:
    least = Assay.SPLICE_SITES.facts.least_effect
    tracks = alleles((DONOR,), {}, {(10, 0): least * 0.99, (80, 0): least * 1.01})
    effects = largest_effects(tracks, Variant("chr1", 1051, "A", "G"))
    assert [effect.position for effect in effects] == [1080]


def test_a_donor_that_moves_by_one_base_is_a_loss_and_a_gain() -> None:
    tracks = alleles((DONOR,), {(50, 0): 0.9}, {(51, 0): 0.8})
    effects = largest_effects(tracks, Variant("chr1", 1051, "A", "G"))
    assert [(e.position, e.change) for e in effects] == [(1050, "lost"), (1051, "gained")]


def test_a_broad_change_is_reported_once_at_its_top() -> None:
    hill = {(i, 0): 0.9 - abs(i - 40) / 100 for i in range(10, 70)}
    tracks = alleles((PROMOTER,), {}, hill, resolution=10)
    (effect,) = largest_effects(tracks, Variant("chr1", 1401, "A", "G"))
    assert effect.interval == Interval("chr1", 1400, 1410, "-")
    assert effect.position == 1404


def test_effects_are_ordered_by_size_within_their_family() -> None:
    tracks = alleles(
        (FACTOR, DONOR, PROMOTER),
        {},
        {(5, 0): 0.9, (50, 1): 0.3, (60, 1): 0.4, (70, 2): 0.1},
    )
    effects = largest_effects(tracks, Variant("chr1", 1051, "A", "G"))
    assert [(e.track.name, round(e.alt, 1)) for e in effects] == [
        ("Promoter probability", 0.1),
        ("Splice donor", 0.4),
        ("Splice donor", 0.3),
        ("HNF4A", 0.9),
    ]


def test_at_most_per_track_effects_of_a_track_are_given() -> None:
    tracks = alleles((DONOR,), {}, {(i, 0): i / 100 for i in range(10, 100, 10)})
    effects = largest_effects(tracks, Variant("chr1", 1051, "A", "G"), per_track=2)
    assert [effect.position for effect in effects] == [1090, 1080]


def test_a_site_whose_bases_are_deleted_is_marked() -> None:
    tracks = alleles((DONOR,), {(50, 0): 0.9, (53, 0): 0.9}, {(50, 0): 0.2})
    effects = largest_effects(tracks, Variant("chr1", 1051, "AAAA", "A"))  # 1051..1053 go
    assert [(e.position, e.deleted) for e in effects] == [(1053, True), (1050, False)]
    assert effects[0].words == "donor lost at the variant, 0.90 → 0.00 (its bases are deleted)"


def test_equal_alleles_have_no_effects() -> None:
    tracks = alleles((DONOR, FACTOR), {(1, 0): 0.5}, {(1, 0): 0.5})
    assert largest_effects(tracks, Variant("chr1", 1051, "A", "G")) == ()


@pytest.mark.parametrize(
    ("heights", "apart", "near", "places"),
    [
        ([0, 1, 0, 2, 0], 1, 0, [3, 1]),
        ([0, 1, 0, 2, 0], 3, 0, [3]),
        ([1, 1, 1], 1, 0, [0]),
        ([1, 1, 1], 1, 1, [1]),
        ([0, 1, 1, 1, 0], 1, 9, [3]),
        ([0, 1, 1, 2, 1, 1, 0], 1, 0, [3]),
        ([2, 0, 2], 1, 2, [2, 0]),
        ([0.4, 0.4], 1, 0, []),
        ([3], 1, 0, [0]),
    ],
)
def test_peaks_are_strict_tops(
    heights: list[float], apart: int, near: int, places: list[int]
) -> None:
    assert peaks(np.array(heights, np.float32), 0.5, apart, near) == places


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=30),
    st.integers(1, 6),
    st.integers(0, 29),
)
def test_the_highest_peak_is_the_maximum_and_no_two_are_close(
    heights: list[float], apart: int, near: int
) -> None:
    values = np.array(heights, np.float32)
    result = peaks(values, 0.25, apart, near)
    assert bool(result) == (values.max() >= 0.25)
    if result:
        assert values[result[0]] == values.max()
    assert all(abs(a - b) >= apart for a in result for b in result if a != b)
