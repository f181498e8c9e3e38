"""Bases as letters, as strips, or not at all."""

import numpy as np
import pytest

from genoview.errors import TrackError
from genoview.panels import LIGHT, sequence_row
from genoview.panels.row import Row

from .samples import START, interval, view


def letters(row: Row) -> dict[tuple[int, int], str]:
    """(x counted from START, lane) -> letter."""
    return {
        (int(x) - START, int(y)): trace["text"]
        for trace in row.traces
        if trace.get("mode") == "text"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }


def test_letters_stand_at_their_one_based_positions_with_their_complement_below() -> None:
    row = sequence_row("ACGTn", interval(5), view(5), LIGHT)
    found = letters(row)
    assert "".join(found[x, 1] for x in range(1, 6)) == "ACGTN"
    assert "".join(found[x, 0] for x in range(1, 6)) == "TGCAN"


def test_every_letter_has_its_own_colour() -> None:
    row = sequence_row("ACGTN" * 4, interval(20), view(20), LIGHT)
    colours = {t["text"]: t["textfont"]["color"] for t in row.traces if t.get("mode") == "text"}
    assert colours == dict(LIGHT.bases)
    assert len(set(colours.values())) == 5


@pytest.mark.parametrize(
    ("width", "width_px", "has_letters", "has_strips"),
    [(100, 1200, True, True), (100, 390, False, True), (2000, 1200, False, True)],
)
def test_letters_give_way_to_strips(
    width: int, width_px: int, has_letters: bool, has_strips: bool
) -> None:
    row = sequence_row("A" * width, interval(width), view(width, width_px=width_px), LIGHT)
    assert bool(letters(row)) == has_letters
    assert ("heatmap" in {trace["type"] for trace in row.traces}) == has_strips


def test_a_wide_view_says_how_to_see_the_bases() -> None:
    row = sequence_row("A" * 3000, interval(3000), view(3000), LIGHT)
    assert row.traces == ()
    assert "zoom in to 2,000 bp" in row.message


def test_strips_hold_the_codes_of_both_strands() -> None:
    row = sequence_row("AACG", interval(4), view(4), LIGHT)
    tiles = row.traces[0]
    np.testing.assert_array_equal(tiles["z"], [[3, 3, 2, 1], [0, 0, 1, 2]])
    assert (tiles["x0"], tiles["dx"]) == (START + 1, 1)


def test_only_the_bases_in_view_are_drawn() -> None:
    row = sequence_row("A" * 10 + "C" * 10, interval(20), view(5, START + 10), LIGHT)
    assert set(letters(row).values()) == {"C", "G"}
    assert min(letters(row))[0] == 11


def test_a_sequence_of_another_length_is_refused() -> None:
    with pytest.raises(TrackError, match="3 bases were given"):
        sequence_row("ACG", interval(4), view(4), LIGHT)
