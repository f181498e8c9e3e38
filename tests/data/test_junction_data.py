"""Splice junctions as values: what fits together, what touches a place, what two alleles share."""

from dataclasses import replace

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.track_data import Assay, Biosample, TrackMetadata
from genoview.errors import TrackError

LIVER = TrackMetadata(
    "liver", Assay.SPLICE_JUNCTIONS, ".", "reads", Biosample("UBERON:0002107", "liver")
)
LUNG = replace(LIVER, name="lung", biosample=Biosample("UBERON:0002048", "lung"))
WHERE = Interval("chr1", 1000, 2000)


def junctions(*rows: tuple[int, int, int, float, float]) -> Junctions:
    start, end, strand, liver, lung = np.array(rows, dtype=np.float64).reshape(-1, 5).T
    return Junctions(
        start.astype(np.int64),
        end.astype(np.int64),
        strand.astype(np.int8),
        np.stack([liver, lung], axis=1).astype(np.float32),
        (LIVER, LUNG),
        WHERE,
    )


TWO = junctions((1100, 1200, 1, 5, 1), (1150, 2400, -1, 2, 3))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"start": TWO.start[:1]}, "int64"),
        ({"end": TWO.start}, "empty"),
        ({"strand": np.zeros(2, np.int8)}, "1 or -1"),
        ({"strand": TWO.strand.astype(np.int64)}, "int8"),
        ({"values": TWO.values.astype(np.float64)}, "float32"),
        ({"values": TWO.values[:, 0]}, "tracks"),
        ({"tracks": (LIVER,)}, "2 columns of junctions came with 1 tracks"),
    ],
)
def test_what_does_not_fit_together_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(TrackError, match=words):
        replace(TWO, **wrong)


@pytest.mark.parametrize(
    ("start", "end", "starts"),
    [
        (1000, 2000, [1100, 1150]),
        (0, 1100, []),
        (1099, 1101, [1100]),
        (1199, 1200, [1100, 1150]),
        (1200, 1201, [1150]),
        (2399, 2400, [1150]),
        (2400, 2401, []),
    ],
)
def test_within_keeps_introns_that_touch(start: int, end: int, starts: list[int]) -> None:
    kept = TWO.within(Interval("chr1", start, end))
    assert kept.start.tolist() == starts
    assert kept.interval == WHERE


def test_a_shift_moves_introns_and_where_they_were_looked_for() -> None:
    moved = TWO.shifted(-1000)
    assert moved.start.tolist() == [100, 150]
    assert moved.end.tolist() == [200, 1400]
    assert moved.interval == Interval("chr1", 0, 1000)
    assert moved.values is TWO.values
    assert TWO.moved_to(Interval("chr9", 0, 1000)).interval.chrom == "chr9"


def test_columns_come_in_the_order_asked_for() -> None:
    chosen = TWO.select([1, 0])
    assert chosen.tracks == (LUNG, LIVER)
    assert chosen.values.tolist() == [[1, 5], [3, 2]]


def test_alleles_are_aligned_by_place_and_strand_and_absent_is_zero() -> None:
    ref = junctions((1100, 1200, 1, 5, 1), (1100, 1300, 1, 2, 2))
    alt = junctions((1100, 1300, 1, 4, 4), (1100, 1200, -1, 7, 7))
    left, right = ref.aligned(alt)
    assert left.ends == right.ends == [(1100, 1200, -1), (1100, 1200, 1), (1100, 1300, 1)]
    assert left.values[:, 0].tolist() == [0, 5, 2]
    assert right.values[:, 0].tolist() == [7, 0, 4]
    with pytest.raises(TrackError, match="differ"):
        ref.aligned(alt.shifted(1))
    with pytest.raises(TrackError, match="differ"):
        ref.aligned(alt.select([0]))


def test_no_junction_at_all_is_a_value_too() -> None:
    none = junctions()
    assert len(none) == 0
    assert len(none.within(WHERE)) == 0
    left, right = none.aligned(TWO)
    assert left.values.sum() == 0
    assert right.values.sum() == 11
