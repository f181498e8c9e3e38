"""Log2 fold changes of reporter activity, in tables worked out by hand."""

import numpy as np
import pytest

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import AlleleTracks, Assay, TrackData, TrackMetadata
from genoview.scoring import ActivityChange, activity_changes, strand_mean

UNIT = "log2"
START, RESOLUTION, REACH = 1_000, 16, 64
N_BINS = 20


def track(cell: str, strand: str, member: str = "") -> TrackMetadata:
    return TrackMetadata(f"{cell} {member}".strip(), Assay.MPRA, strand, UNIT, None, cell, member)


BOTH_CELLS = tuple(track(cell, strand) for strand in "+-" for cell in ("A", "B"))


def data(values: np.ndarray, tracks: tuple[TrackMetadata, ...]) -> TrackData:
    interval = Interval("chr1", START, START + RESOLUTION * len(values))
    return TrackData(values.astype(np.float32), tracks, interval, RESOLUTION)


def everywhere(*values: float) -> np.ndarray:
    """The same values in every bin."""
    return np.tile(np.array(values, float), (N_BINS, 1))


def changes(
    ref: np.ndarray, alt: np.ndarray, variant: Variant, tracks: tuple[TrackMetadata, ...]
) -> tuple[ActivityChange, ...]:
    pair = AlleleTracks(data(ref, tracks), data(alt, tracks))
    return activity_changes(pair, None, variant, REACH)


MIDDLE = Variant("chr1", START + 161, "A", "G")  # the first base of bin 10


def test_the_change_of_a_cell_is_the_mean_over_windows_and_both_strands() -> None:
    ref, alt = everywhere(1, 2, 3, 4), everywhere(1, 2, 3, 4)
    alt[10] += (0.9, 0, 0, -1.8)  # one of 9 windows, on one strand each
    a, b = changes(ref, alt, MIDDLE, BOTH_CELLS)
    assert (a.cell, b.cell) == ("A", "B")
    assert (a.ref, b.ref) == (pytest.approx(2), pytest.approx(3))
    assert a.log2_fold_change == pytest.approx(0.9 / 18)
    assert b.log2_fold_change == pytest.approx(-1.8 / 18)


@pytest.mark.parametrize(
    ("pos", "first", "last"),
    [
        (START + 161, 6, 14),  # first base of bin 10: windows reach 64 bp on each side of a bin
        (START + 176, 6, 14),  # its last base
        (START + 1, 0, 4),  # windows to the left are not there
        (START + RESOLUTION * N_BINS, 15, 19),
    ],
)
def test_windows_that_hold_the_variant_count_and_no_others(pos: int, first: int, last: int) -> None:
    ref, alt = everywhere(0, 0), everywhere(0, 0)
    alt[:, 0] = np.arange(N_BINS)  # each bin tells which it is
    (a,) = changes(ref, alt, Variant("chr1", pos, "A", "G"), (track("A", "+"), track("A", "-")))
    assert a.n_windows == 2 * (last - first + 1)
    assert a.alt == pytest.approx(np.mean(range(first, last + 1)) / 2)


def test_deleted_bins_do_not_count_as_inactive() -> None:
    ref, alt = everywhere(2.0), everywhere(2.0)
    alt[10:12] = 0  # where ALT has no bases
    deletion = Variant("chr1", START + 160, "A" * 33, "A")  # bases 160 to 191: bins 10 and 11
    (a,) = changes(ref, alt, deletion, (track("A", "+"),))
    assert (a.ref, a.alt) == (2, 2)


def test_the_spread_is_the_deviation_of_the_networks_mean_changes() -> None:
    tracks = tuple(track("A", strand, member) for strand in "+-" for member in ("1", "2", "3"))
    ref = data(everywhere(0, 0, 0, 0, 0, 0), tracks)
    alt = data(everywhere(0.1, 0.2, 0.3, 0.3, 0.4, 0.5), tracks)  # 0.2, 0.3, 0.4 over strands
    spoken = (track("A", "+"), track("A", "-"))
    pair = AlleleTracks(data(everywhere(0, 0), spoken), data(everywhere(0.2, 0.4), spoken))
    (a,) = activity_changes(pair, AlleleTracks(ref, alt), MIDDLE, REACH)
    assert a.log2_fold_change == pytest.approx(0.3)
    assert a.spread == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("change", "spread", "words"),
    [
        (-0.43, 0.1, "A down 26% (log2 −0.43 ± 0.10)"),
        (0.5, 0.05, "A up 41% (log2 +0.50 ± 0.05)"),
        (2.0, 0.3, "A up 4.0-fold (log2 +2.00 ± 0.30)"),
        (0.09, 0.01, "A not clearly changed (log2 +0.09 ± 0.01)"),
        (0.5, 0.3, "A not clearly changed (log2 +0.50 ± 0.30)"),
        (-0.5, None, "A down 29% (log2 −0.50)"),
    ],
)
def test_a_change_reads_as_a_sentence(change: float, spread: float | None, words: str) -> None:
    assert ActivityChange(track("A", "+"), 1.0, 1.0 + change, spread, 18).words == words


def test_the_mean_of_strands_has_one_track_a_cell_on_no_strand() -> None:
    mean = strand_mean(data(everywhere(1, 2, 3, 6), BOTH_CELLS))
    assert [(track.group, track.strand) for track in mean.tracks] == [("A", "."), ("B", ".")]
    np.testing.assert_array_equal(mean.values, everywhere(2, 4))
