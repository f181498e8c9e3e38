"""Bases as letters, as strips, or not at all; and what ALT makes of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.allele_alignment import alt_over_ref, alt_to_ref
from genoview.data.genome import Interval, Variant
from genoview.errors import TrackError
from genoview.figure.panels import DARK, LIGHT, Theme, sequence_row
from genoview.figure.panels.frame.row import Row, Trace
from genoview.figure.panels.frame.theme import contrast
from tests.figure.panels.samples import CHROM, START, interval, view

BASES = "GATTACAGATTACA"


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


def allele_row(pos: int, ref: str, alt: str, theme: Theme = LIGHT, **shown: int) -> Row:
    """BASES with a change; `pos` counted from the first, from 1."""
    assert BASES[pos - 1 :].startswith(ref)
    variant = Variant(CHROM, START + pos, ref, alt)
    n = len(BASES)
    return sequence_row(BASES, interval(n), view(**({"width": n} | shown)), theme, variant)


def lane_of(row: Row, name: str) -> int:
    [lane] = [int(y) for y, words in row.names if words == name]
    return lane


def texts(row: Row, lane: int) -> dict[int, str]:
    """x counted from START, from 1 -> letter or dash of a lane."""
    return {
        int(x) - START: text
        for trace in row.traces
        if trace.get("mode") == "text" and "textposition" not in trace
        for x, y, text in zip(
            trace["x"],
            trace["y"],
            [trace["text"]] * len(trace["x"]) if isinstance(trace["text"], str) else trace["text"],
            strict=True,
        )
        if y == lane
    }


def told(row: Row) -> dict[int, str]:
    """x counted from START, from 1 -> what the pointer is told."""
    [hover] = [trace for trace in row.traces if trace.get("name") == "base on +"]
    return dict(zip((hover["x"] - START).tolist(), hover["text"], strict=True))


def marks(row: Row) -> list[Trace]:
    return [trace for trace in row.traces if trace.get("mode") == "lines"]


def words(row: Row) -> list[str]:
    return [trace["text"][0] for trace in row.traces if "textposition" in trace]


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "line", "hover", "inserted"),
    [
        (3, "T", "C", "GACTACAGATTACA", {3: "T, ALT C"}, []),
        (3, "TTA", "GTC", "GAGTCCAGATTACA", {3: "T, ALT G", 5: "A, ALT C"}, []),
        (
            4,
            "TAC",
            "T",
            "GATT––AGATTACA",
            {5: "A, deleted in ALT", 6: "C, deleted in ALT"},
            [],
        ),
        (
            4,
            "T",
            "TGG",
            "GATTACAGATTACA",
            {4: "T, ALT inserts GG behind", 5: "A, ALT inserts GG before"},
            [" +GG "],
        ),
        (
            4,
            "TA",
            "CCGT",
            "GATCCCAGATTACA",
            {
                4: "T, ALT C",
                5: "A, ALT C, ALT inserts GT behind",
                6: "C, ALT inserts GT before",
            },
            [" +GT "],
        ),
    ],
)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_alt_stands_under_ref(
    pos: int,
    ref: str,
    alt: str,
    line: str,
    hover: dict[int, str],
    inserted: list[str],
    theme: Theme,
) -> None:
    row = allele_row(pos, ref, alt, theme)
    ref_lane, alt_lane = lane_of(row, "REF +"), lane_of(row, "ALT +")
    assert ref_lane == alt_lane + 1
    assert "".join(text for _, text in sorted(texts(row, ref_lane).items())) == BASES
    assert "".join(text for _, text in sorted(texts(row, alt_lane).items())) == line
    usual = {x: letter for x, letter in enumerate(BASES, 1) if x not in hover}
    assert told(row) == usual | hover
    assert words(row) == inserted
    assert [mark["x"].tolist() for mark in marks(row)] == [
        [START + pos + len(ref) - 0.5] * 2 for _ in inserted
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_alt_changes_is_set_off_and_can_be_read(theme: Theme) -> None:
    row = allele_row(4, "TAC", "G", theme)
    lane = lane_of(row, "ALT +")
    tiles = row.traces[0]
    colours = [colour for _, colour in tiles["colorscale"][::2]]
    grounds = [colours[int(code)] for code in tiles["z"][lane]]
    assert grounds[3] == theme.alt
    assert len({grounds[2], grounds[3], grounds[4]}) == 3
    assert grounds[4] == grounds[5] and set(grounds[:3] + grounds[6:]) == {grounds[2]}
    for trace in row.traces:
        if trace.get("mode") == "text" and trace["y"][0] == lane:
            for x in trace["x"]:
                ground = grounds[int(x) - START - 1]
                assert contrast(trace["textfont"]["color"], ground) >= 4.5


def test_the_row_of_a_variant_keeps_its_height_where_the_variant_is_not_in_view() -> None:
    near = allele_row(3, "T", "TACG")
    far = allele_row(3, "T", "TACG", width=4, start=START + 8)
    assert near.height_px == far.height_px == 80
    assert set(texts(far, lane_of(far, "ALT +")).values()) <= set("ACGT")
    assert not words(far) and not marks(far)


@pytest.mark.parametrize(("start", "seen"), [(0, "GATT"), (4, "––––"), (6, "––AT")])
def test_a_deletion_that_goes_beyond_the_view_is_drawn_as_far_as_it_is_seen(
    start: int, seen: str
) -> None:
    width = len(seen)
    row = allele_row(4, "TACAG", "T", width=width, start=START + start)
    drawn = texts(row, lane_of(row, "ALT +"))
    assert "".join(text for _, text in sorted(drawn.items())) == seen


def test_without_letters_there_is_no_line_of_alt() -> None:
    wide = sequence_row(
        "A" * 1000, interval(1000), view(1000), LIGHT, Variant(CHROM, START + 5, "A", "C")
    )
    assert wide.names == ()
    assert wide.height_px == 26


def test_of_a_long_insertion_as_many_letters_are_written_as_there_is_room_for() -> None:
    row = allele_row(4, "T", "T" + "ACGT" * 100)
    [written] = words(row)
    letters = written.strip().removeprefix("+").split("…")[0]
    assert ("ACGT" * 100).startswith(letters) and len(letters) > 20
    assert written.strip().endswith("… (400 bp)")
    assert told(row)[4] == f"T, ALT inserts {'ACGT' * 15}… (400 bp) behind"


@pytest.mark.parametrize(("pos", "side"), [(2, "middle right"), (13, "middle left")])
def test_inserted_letters_stand_where_the_view_has_room(pos: int, side: str) -> None:
    row = allele_row(pos, BASES[pos - 1], BASES[pos - 1] + "ACGTACGT")
    assert [t["textposition"] for t in row.traces if "textposition" in t] == [side]


dna = st.text("ACGT", min_size=1, max_size=8)


@given(left=dna, ref=dna, alt=dna, right=dna)
def test_the_letters_drawn_are_those_of_the_alt_sequence(
    left: str, ref: str, alt: str, right: str
) -> None:
    """Through the same alignment as the values: SNVs, MNVs, insertions, deletions and both."""
    if ref == alt:
        alt = ref + "A"
    whole = left + ref + right
    variant, place = Variant(CHROM, START + len(left) + 1, ref, alt), interval(len(whole))
    haplotype = variant.apply(whole, place)
    pieces = alt_over_ref(variant, whole, START)
    assert "".join(pieces) == haplotype
    behind = [START + i for i, piece in enumerate(pieces) for _ in piece]
    assert behind == alt_to_ref(variant, START, len(haplotype)).tolist()
    row = sequence_row(whole, place, view(len(whole)), LIGHT, variant)
    drawn = texts(row, lane_of(row, "ALT +"))
    inserted = {
        round(mark["x"][0] - START - 0.5): written.strip().removeprefix("+")
        for mark, written in zip(marks(row), words(row), strict=True)
    }
    assert drawn.keys() == set(range(1, len(whole) + 1))
    read = "".join(drawn[x].replace("–", "") + inserted.get(x, "") for x in sorted(drawn))
    assert read == haplotype


@given(whole=st.text("ACGT", min_size=4, max_size=30), data=st.data())
def test_a_part_of_the_bases_has_the_same_letters_as_the_whole(
    whole: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start + 1, len(whole)))
    alt = data.draw(dna.filter(lambda letters: letters != whole[start:end]))
    first = data.draw(st.integers(0, len(whole) - 1))
    variant = Variant(CHROM, start + 1, whole[start:end], alt)
    assert alt_over_ref(variant, whole[first:], first) == alt_over_ref(variant, whole, 0)[first:]
    place = Interval(CHROM, 0, len(whole))
    assert "".join(alt_over_ref(variant, whole, 0)) == variant.apply(whole, place)
