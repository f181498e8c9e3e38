"""Codons, frames that do not move, and the frames in which genes are read."""

import numpy as np
import pytest

from genoview.data.genome import Exon, Interval, Transcript
from genoview.errors import TrackError
from genoview.figure.panels import DARK, LIGHT, Row, Theme, translation_rows
from genoview.figure.panels.frame.theme import contrast
from genoview.figure.panels.genome.codons import amino_acid, reading_frames
from genoview.figure.panels.genome.translation import ANNOTATED, STARTS, STOPS, UNREAD
from tests.figure.panels.samples import CHROM, START, gene, interval, transcript, view

assert START % 3 == 1  # the frame of START; what the tables below count from


@pytest.mark.parametrize(
    ("letter", "codons"),
    [
        ("A", "GCT GCC GCA GCG"),
        ("C", "TGT TGC"),
        ("D", "GAT GAC"),
        ("E", "GAA GAG"),
        ("F", "TTT TTC"),
        ("G", "GGT GGC GGA GGG"),
        ("H", "CAT CAC"),
        ("I", "ATT ATC ATA"),
        ("K", "AAA AAG"),
        ("L", "TTA TTG CTT CTC CTA CTG"),
        ("M", "ATG"),
        ("N", "AAT AAC"),
        ("P", "CCT CCC CCA CCG"),
        ("Q", "CAA CAG"),
        ("R", "CGT CGC CGA CGG AGA AGG"),
        ("S", "TCT TCC TCA TCG AGT AGC"),
        ("T", "ACT ACC ACA ACG"),
        ("V", "GTT GTC GTA GTG"),
        ("W", "TGG"),
        ("Y", "TAT TAC"),
        ("*", "TAA TAG TGA"),
        ("X", "NNN ANG TTN"),
    ],
)
def test_the_standard_code(letter: str, codons: str) -> None:
    assert {amino_acid(codon) for codon in codons.split()} == {letter}


def lanes(row: Row) -> dict[int, str]:
    """Frame -> its letters from left to right."""
    found = sorted(
        (int(y), int(x), letter)
        for trace in row.traces
        if trace.get("mode") == "text"
        for x, y, letter in zip(trace["x"], trace["y"], trace["text"], strict=True)
    )
    return {lane: "".join(c for y, _, c in found if y == lane) for lane in range(3)}


def test_three_frames_of_the_forward_strand() -> None:
    (row,) = translation_rows("ATGGCCTAAN", interval(10), view(10), LIGHT)
    assert row.title == "Translation (+)"
    assert lanes(row) == {1: "MA*", 2: "WPX", 0: "GL"}


def test_three_frames_of_the_reverse_strand() -> None:
    # The complement, read from the right: TTA GGC CAT.
    (row,) = translation_rows("ATGGCCTAA", interval(9), view(9), LIGHT, strands="-")
    assert lanes(row)[1] == "HGL"
    assert row.title == "Translation (-)"


def test_letters_stand_at_the_middle_of_their_codons() -> None:
    (row,) = translation_rows("ATGGCC", interval(6), view(6), LIGHT)
    placed = {
        (int(x) - START, letter)
        for trace in row.traces
        if trace.get("mode") == "text"
        for x, letter in zip(trace["x"], trace["text"], strict=True)
    }
    assert {(2, "M"), (5, "A")} <= placed


@pytest.mark.parametrize("shift", [1, 2, 3, 4, 5])
def test_frames_stay_where_they_are_when_the_view_moves(shift: int) -> None:
    bases = "".join(np.random.default_rng(1).choice(list("ACGT"), 60))
    (here,) = translation_rows(bases, interval(60), view(60), LIGHT)
    (moved,) = translation_rows(bases, interval(60), view(50, START + shift), LIGHT)
    for frame in range(3):
        assert lanes(moved)[frame] in lanes(here)[frame]
        assert len(lanes(moved)[frame]) >= 16


@pytest.mark.parametrize(("width", "n_rows"), [(150, 1), (170, 0), (2_000, 0)])
def test_codons_too_narrow_to_be_read_are_not_drawn(width: int, n_rows: int) -> None:
    rows = translation_rows("A" * width, interval(width), view(width), LIGHT)
    assert len(rows) == n_rows


def test_a_sequence_of_another_length_is_refused() -> None:
    with pytest.raises(TrackError, match="3 bases were given"):
        translation_rows("ACG", interval(4), view(4), LIGHT)


def tiles(row: Row) -> np.ndarray:
    (tile,) = [trace for trace in row.traces if trace["type"] == "heatmap"]
    assert (tile["x0"], tile["dx"]) == (START + 1, 1)
    return tile["z"]


def test_starts_stops_and_unknown_codons_have_tiles_of_their_own() -> None:
    (row,) = translation_rows("ATGTAGNNN", interval(9), view(9), LIGHT)
    assert tiles(row)[1].tolist() == [STARTS] * 3 + [STOPS] * 3 + [UNREAD] * 3


def test_neighbouring_codons_of_a_frame_differ_in_shade() -> None:
    (row,) = translation_rows("GCCGCCGCC", interval(9), view(9), LIGHT)
    assert tiles(row)[1].reshape(3, 3)[:, 0].tolist() in ([0, 1, 0], [1, 0, 1])


def coding(strand: str, parts: list[tuple[int, int]]) -> Transcript:
    exons = tuple(
        Exon(one, one)
        for left, right in parts
        for one in (Interval(CHROM, START + left, START + right, strand),)
    )
    span = Interval(CHROM, START + parts[0][0], START + parts[-1][1], strand)
    return Transcript("T", span, exons)


@pytest.mark.parametrize(
    ("strand", "parts", "frames"),
    [
        ("+", [(0, 9)], [0]),
        ("+", [(1, 5), (10, 15)], [1, 0]),  # 4 bases before: the codon began at 9
        ("+", [(0, 5), (10, 14)], [0, 2]),  # 5 bases before: it began at 8
        ("-", [(0, 9)], [0]),
        ("-", [(0, 5), (10, 14)], [0, 2]),  # read first: 11-14; 4 bases before, so 6 mod 3
        ("+", [(0, 8)], None),  # no whole codons
    ],
)
def test_the_frame_goes_on_from_exon_to_exon(
    strand: str, parts: list[tuple[int, int]], frames: list[int] | None
) -> None:
    found = reading_frames(coding(strand, parts))
    expected = [(START + frame) % 3 for frame in frames or []]
    assert [frame for _, frame in sorted(found)] == expected


def test_the_frame_of_a_gene_is_set_off_where_it_codes() -> None:
    one = transcript("T1", [(0, 30)], coding=(3, 12))
    (row,) = translation_rows("GCC" * 10, interval(30), view(30), LIGHT, genes=[gene("ADA", one)])
    annotated = np.isin(tiles(row), [ANNOTATED, ANNOTATED + 1])
    assert np.flatnonzero(annotated[1]).tolist() == list(range(3, 12))
    assert not annotated[[0, 2]].any()
    assert "ADA shaded" in row.unit


def test_a_gene_on_the_reverse_strand_brings_its_own_strand() -> None:
    one = transcript("T1", [(0, 30)], "-", coding=(3, 12))
    rows = translation_rows("GCC" * 10, interval(30), view(30), LIGHT, genes=[gene("ADA", one)])
    assert [row.title for row in rows] == ["Translation (-)"]
    both = translation_rows("GCC" * 10, interval(30), view(30), LIGHT, strands="+-")
    assert [row.title for row in both] == ["Translation (+)", "Translation (-)"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("strand", ["+", "-"])
def test_every_letter_can_be_read_on_its_tile(theme: Theme, strand: str) -> None:
    one = transcript("T1", [(0, 30)], strand, coding=(0, 30))
    rows = translation_rows(
        "ATGTAGCCATTA" + "GCC" * 6, interval(30), view(30), theme, genes=[gene("ADA", one)]
    )
    z = rows[0].traces[0]["z"]
    scale = rows[0].traces[0]["colorscale"]
    for trace in rows[0].traces:
        if trace.get("mode") == "text":
            for x, y in zip(trace["x"], trace["y"], strict=True):
                ground = scale[2 * int(z[int(y), int(x) - START - 1])][1]
                assert contrast(trace["textfont"]["color"], ground) >= 4.5


def test_the_hover_tells_three_frames_at_every_base() -> None:
    (row,) = translation_rows("ATGGCC", interval(6), view(6), LIGHT)
    told = ["– · M · –", "– · M · W", "G · M · W", "G · A · W", "G · A · –", "– · A · –"]
    assert row.traces[-1]["text"] == told
