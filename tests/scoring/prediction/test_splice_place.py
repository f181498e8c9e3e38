"""How far a change lies from splice sites, on both strands, in HGVS's counting."""

import pytest

from genoview.data.genome import Exon, Interval, Transcript, Variant
from genoview.scoring.prediction.splice_place import (
    SplicePlace,
    is_deep_intronic,
    splice_place,
)

EXONS = ((100, 200), (300, 400), (1_000, 1_100))


def transcript(strand: str) -> Transcript:
    exons = tuple(Exon(Interval("chr1", start, end, strand)) for start, end in EXONS)
    return Transcript("T1", Interval("chr1", 100, 1_100, strand), exons)


@pytest.mark.parametrize(
    ("pos", "strand", "donor", "acceptor"),
    [
        (201, "+", 1, 100),  # the first base of the intron: +1
        (201, "-", 100, 1),  # read from the other side: −1
        (207, "+", 7, 94),
        (280, "+", 80, 21),
        (281, "+", 81, 20),
        (300, "+", 100, 1),
    ],
)
def test_substitutions_of_an_intron(pos: int, strand: str, donor: int, acceptor: int) -> None:
    place = splice_place(Variant("chr1", pos, "A", "C"), transcript(strand))
    assert (place.from_donor, place.from_acceptor) == (donor, acceptor)
    assert place.is_beyond(7, 21) is (donor >= 7 and acceptor >= 21)


@pytest.mark.parametrize(
    ("pos", "strand", "at_edge"),
    [
        (301, "+", True),  # first base
        (302, "+", False),
        (397, "+", False),
        (398, "+", True),  # the last three
        (303, "-", True),
        (304, "-", False),
        (399, "-", False),
        (400, "-", True),
        (101, "+", False),  # a transcript begins without a splice site
        (1_100, "+", False),
    ],
)
def test_the_first_base_and_the_last_three_of_an_exon(pos: int, strand: str, at_edge: bool) -> None:
    place = splice_place(Variant("chr1", pos, "A", "C"), transcript(strand))
    assert (place.at_exon_edge, place.from_donor, place.from_exon) == (at_edge, None, 0)


def test_a_deletion_counts_from_its_nearest_base() -> None:
    place = splice_place(Variant("chr1", 204, "ACGT", "A"), transcript("+"))
    assert place == SplicePlace(from_donor=5, from_acceptor=94, from_exon=5)


def test_an_insertion_counts_from_the_base_before_it() -> None:
    place = splice_place(Variant("chr1", 206, "A", "ACC"), transcript("+"))
    assert (place.from_donor, place.from_acceptor) == (6, 94)


@pytest.mark.parametrize(("pos", "deep"), [(450, False), (451, True), (700, True), (350, False)])
def test_deep_intronic_is_more_than_50_bp_from_every_exon(pos: int, deep: bool) -> None:
    assert is_deep_intronic(Variant("chr1", pos, "A", "C"), [transcript("+")], 50) is deep


def test_a_change_in_an_exon_of_another_transcript_is_not_deep() -> None:
    exon = Exon(Interval("chr1", 650, 750, "+"))
    other = Transcript("T2", Interval("chr1", 650, 750, "+"), (exon,))
    variant = Variant("chr1", 700, "A", "C")
    assert is_deep_intronic(variant, [transcript("+")], 50)
    assert not is_deep_intronic(variant, [transcript("+"), other], 50)
    assert not is_deep_intronic(Variant("chr1", 3_000, "A", "C"), [transcript("+")], 50)
