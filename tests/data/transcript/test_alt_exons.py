"""Bases of ALT at places of REF: a table by hand, and a property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Interval, Variant
from genoview.data.transcript.alt_exons import (
    Place,
    alt_bases,
    alt_places,
    alt_width,
    edits_as_written,
)
from genoview.data.transcript.edits import Edit

BASES = "ACGTACGTACGTACGTACGT"


def fetch(interval: Interval) -> str:
    return BASES[interval.start : interval.end]


@pytest.mark.parametrize(
    ("place", "edit", "bases", "places"),
    [
        (Place(4, 8), (6, "", "TT"), "ACTTGT", [4, 5, None, None, 6, 7]),
        (Place(4, 8), (4, "", "TT"), "ACGT", [4, 5, 6, 7]),  # at its edge: not part of it
        (Place(4, 8), (8, "", "TT"), "ACGT", [4, 5, 6, 7]),
        (Place(4, 8, left=1), (4, "", "TG"), "GACGT", [None, 4, 5, 6, 7]),
        (Place(4, 8, right=1), (8, "", "TG"), "ACGTT", [4, 5, 6, 7, None]),
        (Place(4, 8), (5, "CG", ""), "AT", [4, 7]),
        (Place(4, 8), (2, "GTACG", ""), "T", [7]),
        (Place(4, 8), (5, "C", "TTT"), "ATTTGT", [4, 5, None, None, 6, 7]),
        (Place(4, 8), (7, "TA", "CC"), "ACGC", [4, 5, 6, 7]),  # cut: base for base
        (Place(4, 8), (3, "TA", "CC"), "CCGT", [4, 5, 6, 7]),
        (Place(4, 8), (0, "ACGTACGTA", "TTTTTTTTT"), "TTTT", [4, 5, 6, 7]),
    ],
)
def test_bases_and_their_places(
    place: Place, edit: tuple[int, str, str], bases: str, places: list[int | None]
) -> None:
    edits = (Edit("chr1", *edit),)
    assert alt_bases(place, "chr1", edits, fetch) == bases
    assert alt_places(place, edits) == places


@given(
    st.integers(0, 19),
    st.integers(1, 20),
    st.integers(1, 18),
    st.integers(0, 4),
    st.text("ACGT", max_size=5),
)
def test_widths_and_places_count_the_bases(
    start: int, width: int, at: int, n_ref: int, new: str
) -> None:
    ref, alt = BASES[at - 1 : at + n_ref], BASES[at - 1] + new
    if ref == alt:
        return
    edits = edits_as_written(Variant("chr1", at, ref, alt))
    place = Place(start, min(start + width, len(BASES)))
    bases = alt_bases(place, "chr1", edits, fetch)
    places = alt_places(place, edits)
    assert len(bases) == len(places) == alt_width(place, edits)
    over = [one for one in places if one is not None]
    assert over == sorted(set(over))
    assert all(place.start <= one < place.end for one in over)
