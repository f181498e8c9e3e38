"""Levels of genes: a mark at each start, words where there is room, REF against ALT."""

import pytest

from genoview.data.genome import Interval
from genoview.figure.panels import LIGHT, LevelMark, Row, View, compose, level_row

UNIT = "standard deviations"
VIEW = View(Interval("chr1", 10_000, 20_000), width_px=1200)


def mark(label: str, start: int, end: int, ref: float, alt: float | None = None) -> LevelMark:
    return LevelMark(label, f"id-{label}", Interval("chr1", start, end, "+"), start, ref, alt)


def row(*marks: LevelMark, view: View = VIEW) -> Row:
    return level_row(marks, view, LIGHT, title="Xpresso", unit=UNIT)


def words(made: Row) -> list[str]:
    return [
        text.strip("\u00a0")
        for trace in made.traces
        if trace["mode"] == "text"
        for text in trace["text"]
    ]


def diamonds(made: Row) -> list[tuple[float, float]]:
    return [
        (float(x), float(y))
        for trace in made.traces
        if trace["mode"] == "markers"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]


def test_each_gene_has_a_mark_at_its_start_and_its_number_in_words() -> None:
    made = row(mark("A", 12_000, 13_000, 0.5), mark("B", 16_000, 17_000, -1.25))
    assert diamonds(made) == [(12_001, 0.5), (16_001, -1.25)]
    assert sorted(words(made)) == ["A +0.50", "B −1.25"]
    assert made.unit == UNIT
    low, high = made.y_range
    assert low < -1.25 < 0.5 < high
    assert 0.0 in made.ticks


def test_a_variant_shows_ref_alt_and_the_change() -> None:
    made = row(mark("A", 12_000, 13_000, 0.5, 0.25), mark("B", 16_000, 17_000, 1.0))
    assert sorted(diamonds(made)) == [(12_001, 0.25), (12_001, 0.5), (16_001, 1.0)]
    assert "A +0.500 → +0.250 (−0.250)" in words(made)
    assert "B +1.00" in words(made)
    assert [entry.label for entry in made.legend] == ["level of REF", "level of ALT"]


def test_words_that_would_cover_each_other_are_left_to_the_hover() -> None:
    crowd = [mark(f"gene{i}", 15_000 + i, 15_500 + i, 0.5) for i in range(20)]
    made = row(*crowd)
    assert 1 <= len(words(made)) <= 4
    assert len(diamonds(made)) == 20
    [hover] = [trace["hovertext"] for trace in made.traces if "hovertext" in trace]
    assert all(f"gene{i} +0.50" in hover[i] for i in range(20))


def test_a_gene_that_starts_out_of_view_has_its_number_inside() -> None:
    made = row(mark("A", 1_000, 13_000, 0.5))
    [trace] = [trace for trace in made.traces if trace["mode"] == "text"]
    [x], [text] = trace["x"], trace["text"]
    assert text.strip("\u00a0") == "A +0.50"
    assert 10_000 <= x <= 10_002


def test_the_axis_stays_while_a_reader_pans() -> None:
    marks = (mark("A", 12_000, 13_000, 2.5), mark("B", 900_000, 910_000, -3.0))
    far = View(Interval("chr1", 895_000, 915_000), width_px=1200)
    assert row(*marks).y_range == row(*marks, view=far).y_range
    assert words(row(*marks, view=far)) == ["B −3.00"]


@pytest.mark.parametrize("marks", [(), (mark("far", 500_000, 510_000, 0.5),)])
def test_without_a_gene_in_view_the_row_says_so(marks: tuple[LevelMark, ...]) -> None:
    assert row(*marks).message == "no gene with a level in view"


def test_a_click_finds_a_gene_by_its_id() -> None:
    [thing] = row(mark("A", 12_000, 13_000, 0.5)).things
    assert (thing.kind, thing.key) == ("level", "id-A")
    assert thing.x == (12_000.5, 13_000.5)
    assert thing.y[0] < 0.5 < thing.y[1]


def test_names_of_genes_are_no_markup() -> None:
    made = row(mark("<b>A", 12_000, 13_000, 0.5))
    assert words(made) == ["&lt;b&gt;A +0.50"]
    assert compose([made], VIEW)
