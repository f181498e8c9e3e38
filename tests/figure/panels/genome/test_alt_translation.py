"""The codons that ALT reads over the bases of REF."""

import numpy as np
import pytest

from genoview.figure.panels import LIGHT, alt_translation_row
from genoview.figure.panels.frame.row import Row
from genoview.figure.panels.genome.alt_translation import CHANGED, SAME, STOPS
from genoview.scoring.rna.codons import Codon
from tests.figure.panels.samples import START, view


def codon(at: int, residue: str, changed: bool = True) -> Codon:
    return Codon((START + at, START + at + 1, START + at + 2), residue, changed)


def row_of(*codons: Codon, strand: str = "+") -> Row:
    row = alt_translation_row(codons, "TOY T1", strand, view(30), LIGHT)
    assert row is not None
    return row


def letters(row: Row) -> list[tuple[int, str]]:
    return sorted(
        (int(x) - START, letter)
        for trace in row.traces
        if trace.get("mode") == "text"
        for x, letter in zip(trace["x"], trace["text"], strict=True)
    )


def test_a_codon_stands_at_its_middle_base_and_changed_ones_are_set_off() -> None:
    row = row_of(codon(3, "S"), codon(6, "K", False), codon(9, "*"))
    assert row.title == "Translation of ALT (+)"
    assert row.unit == "TOY T1, from the variant on"
    assert letters(row) == [(5, "S"), (8, "K"), (11, "*")]  # 1-based
    first = START - view(30).drawn.start
    tiles = row.traces[0]["z"][0, first : first + 13]
    assert np.isnan(tiles[:3]).all() and np.isnan(tiles[12])
    assert tiles[3:12].tolist() == [*[CHANGED] * 3, *[SAME + 1] * 3, *[STOPS] * 3]


def test_a_codon_parted_by_a_deletion_covers_what_is_left() -> None:
    parted = Codon((START + 3, START + 6, START + 7), "S", True)
    tiles = row_of(parted).traces[0]["z"][0, START - view(30).drawn.start :]
    assert np.flatnonzero(~np.isnan(tiles)).tolist() == [3, 6, 7]


@pytest.mark.parametrize("strand", ["+", "-"])
def test_inserted_residues_stand_beside_a_mark(strand: str) -> None:
    inside = Codon((None, None, None), "G", True)
    codons = [codon(3, "S"), inside, Codon((None, None, None), "E", True), codon(6, "K")]
    row = row_of(*(codons if strand == "+" else codons[::-1]), strand=strand)
    [words] = [trace["text"] for trace in row.traces if trace.get("textposition")]
    assert words == [" +GE "]


def test_it_is_drawn_where_codons_can_be_read_and_says_where_none_is_in_view() -> None:
    assert alt_translation_row([codon(3, "S")], "T1", "+", view(2_000), LIGHT) is None
    assert alt_translation_row([], "T1", "+", view(30), LIGHT) is None
    assert row_of(codon(900, "S")).message == "no codon of it in view"
