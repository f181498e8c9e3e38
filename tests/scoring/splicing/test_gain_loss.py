"""Pangolin's gain and loss of made-up strengths, worked out by hand."""

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import AlleleTracks, Assay, TrackData, TrackMetadata
from genoview.scoring import gain_loss

START = 1_000
VARIANT = Variant("chr1", START + 11, "A", "C")  # its base is the eleventh of the values
TRACKS = tuple(
    TrackMetadata(f"{tissue}", Assay.SPLICE_SITE_STRENGTH, strand, "probability", group=tissue)
    for strand in "+-"
    for tissue in ("heart", "liver")
)


def pair(changes: dict[tuple[int, int], float]) -> AlleleTracks:
    """ALT - REF at (place, track); REF is 0.5 everywhere."""
    ref = np.full((21, 4), 0.5, np.float32)
    alt = ref.copy()
    for (place, track), change in changes.items():
        alt[place, track] += np.float32(change)
    interval = Interval("chr1", START, START + 21)
    return AlleleTracks(*(TrackData(allele, TRACKS, interval, 1) for allele in (ref, alt)))


def test_the_largest_over_places_and_tissues_of_the_strand_counts() -> None:
    changed = pair({(12, 0): 0.25, (8, 1): 0.375, (9, 0): -0.125, (9, 1): -0.25, (10, 2): 0.5})
    result = gain_loss(changed, VARIANT, "+", 5)
    assert (result.gain.score, result.gain.position, result.gain_in) == (0.375, -2, "liver")
    assert (result.loss.score, result.loss.position, result.loss_in) == (0.25, -1, "liver")
    other = gain_loss(changed, VARIANT, "-", 5)
    assert (other.gain.score, other.gain.position, other.gain_in) == (0.5, 0, "heart")
    assert other.loss.score == 0.0


def test_what_lies_farther_than_the_distance_does_not_count() -> None:
    changed = pair({(16, 0): 0.5, (15, 0): 0.25})
    assert gain_loss(changed, VARIANT, "+", 5).gain.score == 0.25
    assert gain_loss(changed, VARIANT, "+", 6).gain.score == 0.5
    assert gain_loss(changed, VARIANT, "+", 5_000).gain.score == 0.5


def test_masked_a_gain_of_a_known_site_and_a_loss_elsewhere_count_as_none() -> None:
    changed = pair({(8, 0): 0.375, (12, 0): 0.25, (9, 0): -0.375, (13, 0): -0.25})
    known = (START + 8, START + 13)
    result = gain_loss(changed, VARIANT, "+", 5, known)
    assert (result.gain.score, result.gain.position) == (0.25, 2)
    assert (result.loss.score, result.loss.position) == (0.25, 3)
    assert gain_loss(changed, VARIANT, "+", 5, ()).loss.score == 0.0
