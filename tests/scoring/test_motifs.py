"""Motifs that a variant changes, from short lists of sites."""

import numpy as np
import pytest

from genoview.data.genome import Interval, Variant
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, TrackMetadata
from genoview.scoring.motifs import MotifChange, factors_to_show, motif_changes

TRACKS = tuple(
    TrackMetadata(name, Assay.TF_MOTIF, ".", "occupancy", group=f"MA{i}")
    for i, name in enumerate(["HNF4A", "CTCF", "SP1", "GATA1"])
)
SNV = Variant("chr1", 105, "A", "G")  # 0-based 104
Row = tuple[int, int, int, int, float, float]


def sites(*rows: Row) -> Sites:
    """Rows of start, end, strand, track, score and p-value."""
    columns = zip(*sorted(rows), strict=True) if rows else ([] for _ in range(6))
    start, end, strand, track, score, p_value = (list(column) for column in columns)
    return Sites(
        np.array(start, np.int64),
        np.array(end, np.int64),
        np.array(strand, np.int8),
        np.array(track, np.int64),
        np.array(score, np.float32),
        np.array(p_value, np.float64),
    )


KEPT: Row = (90, 100, 1, 1, 15.0, 1e-6)  # the same in both alleles


def only(ref: Sites, alt: Sites, variant: Variant = SNV) -> MotifChange:
    (change,) = motif_changes(ref, alt, TRACKS, variant)
    return change


@pytest.mark.parametrize(
    ("ref", "alt", "state", "size"),
    [
        ((), ((100, 110, 1, 0, 12.0, 1e-6),), "gained", 2),
        (((100, 110, 1, 0, 12.0, 1e-7),), (), "lost", 3),
        (((100, 110, 1, 0, 9.0, 1e-5),), ((100, 110, 1, 0, 12.0, 1e-7),), "strengthened", 2),
        (((100, 110, 1, 0, 12.0, 1e-7),), ((100, 110, 1, 0, 9.0, 1e-5),), "weakened", 2),
    ],
)
def test_states_of_a_site(ref: tuple[Row], alt: tuple[Row], state: str, size: float) -> None:
    change = only(sites(KEPT, *ref), sites(KEPT, *alt))
    assert change.state == state
    assert change.size == pytest.approx(size)
    assert change.track.name == "HNF4A"
    assert change.interval == Interval("chr1", 100, 110, "+")
    assert change.distance == 0


def test_a_missing_allele_lies_above_the_cut() -> None:
    change = only(sites((100, 110, -1, 0, 12.34, 2e-6)), sites())
    assert (change.ref_score, change.alt_score) == (pytest.approx(12.34), None)
    assert (change.ref_p, change.alt_p) == (2e-6, None)
    assert change.words == (
        "HNF4A lost at the variant (- strand): 12.3 bits (p 2e-06) → no site (p 1e-04 or more)"
    )


def test_other_strand_track_or_start_is_another_site() -> None:
    ref = sites((100, 110, 1, 0, 12.0, 1e-6))
    for row in [
        (100, 110, -1, 0, 12.0, 1e-6),
        (100, 110, 1, 2, 12.0, 1e-6),
        (101, 111, 1, 0, 12.0, 1e-6),
    ]:
        states = {change.state for change in motif_changes(ref, sites(row), TRACKS, SNV)}
        assert states == {"lost", "gained"}


def test_a_change_below_half_a_bit_is_left_out() -> None:
    ref, alt = sites((100, 110, 1, 0, 12.0, 1e-6)), sites((100, 110, 1, 0, 12.3, 9e-7))
    assert motif_changes(ref, alt, TRACKS, SNV) == ()


def test_a_site_far_from_the_variant_is_not_compared() -> None:
    assert motif_changes(sites((900, 910, 1, 0, 12.0, 1e-6)), sites(), TRACKS, SNV) == ()


def test_behind_an_indel_in_the_site_its_end_identifies_it() -> None:
    deletion = Variant("chr1", 102, "ACG", "A")  # 0-based 102 and 103 go
    ref = sites((100, 112, 1, 0, 9.0, 1e-5))
    alt = sites((99, 112, 1, 0, 12.0, 1e-7))  # two bases more to the left on ALT, lifted
    change = only(ref, alt, deletion)
    assert (change.state, change.interval) == ("strengthened", Interval("chr1", 100, 112, "+"))


def test_of_sites_in_inserted_bases_the_best_counts() -> None:
    insertion = Variant("chr1", 105, "A", "AGGGGCGGGG")
    alt = sites((104, 106, 1, 2, 9.0, 1e-5), (104, 105, 1, 2, 13.0, 1e-7))
    change = only(sites(), alt, insertion)
    assert (change.state, change.alt_score) == ("gained", 13.0)


def test_the_largest_change_of_p_value_comes_first() -> None:
    ref = sites((100, 110, 1, 0, 12.0, 1e-6), (100, 120, 1, 1, 20.0, 1e-9))
    alt = sites((98, 108, 1, 2, 11.0, 3e-5))
    names = [change.track.name for change in motif_changes(ref, alt, TRACKS, SNV)]
    assert names == ["CTCF", "HNF4A", "SP1"]


VIEW = Interval("chr1", 0, 1000)


def test_without_a_variant_the_strongest_sites_choose_the_factors() -> None:
    ref = sites(
        (100, 110, 1, 0, 12.0, 1e-6),
        (200, 220, 1, 1, 20.0, 1e-9),
        (300, 310, 1, 2, 11.0, 1e-5),
        (400, 410, 1, 2, 11.0, 1e-7),
        (5000, 5010, 1, 3, 30.0, 1e-12),
    )
    assert factors_to_show(ref, None, VIEW, 10) == (1, 2, 0)
    assert factors_to_show(ref, None, VIEW, 2) == (1, 2)
    assert factors_to_show(sites(), None, VIEW, 2) == ()


def test_with_a_variant_half_are_the_factors_that_change_most() -> None:
    kept: tuple[Row, ...] = ((200, 220, 1, 1, 20.0, 1e-9), (210, 230, 1, 2, 19.0, 1e-8))
    ref = sites(*kept, (100, 110, 1, 0, 12.0, 2e-5))
    alt = sites(*kept, (100, 110, 1, 3, 12.0, 1e-6))
    assert factors_to_show(ref, alt, VIEW, 2) == (3, 1)
    assert factors_to_show(ref, alt, VIEW, 4) == (3, 0, 1, 2)
    assert factors_to_show(ref, ref, VIEW, 4) == (1, 2, 0)
