"""Rows of measured data: gaps stay gaps, every value is seen, what is left out is said."""

import numpy as np
import numpy.typing as npt
import pytest

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.figure.panels import LIGHT, RowStyle, View, compose
from genoview.figure.panels.frame.row import Row
from genoview.figure.panels.signal.measured import (
    absent_row,
    density_row,
    measured_signal_row,
    outlined,
)
from genoview.figure.panels.signal.measured_features import (
    MAX_NAMED,
    MAX_NAMED_LANES,
    measured_feature_row,
)
from tests.figure.panels.samples import CHROM, START, trace_named, view

NAN = np.nan


def bases(values: npt.ArrayLike, shown: View, start: int = START) -> Row:
    array = np.asarray(values, dtype=np.float32)
    positions = start + np.arange(len(array), dtype=np.float64)
    return measured_signal_row(
        positions, array, shown, LIGHT, RowStyle(title="coverage"), notes=["bigWig"]
    )


def at(left: int, right: int, strand: str = ".") -> Interval:
    return Interval(CHROM, START + left, START + right, strand)


def test_a_row_of_values_says_that_it_is_measured_and_not_predicted() -> None:
    row = bases([1, 2, 3], view(3))
    assert row.unit == "measured, file's unit · bigWig"
    assert not row.predicted
    assert row.y_range == (0, 3)
    assert row.message == ""


def test_at_base_level_x_is_one_based_and_y_is_the_files() -> None:
    (trace,) = bases([1.0, 5.0, 2.0], view(3)).traces
    assert trace["x"].tolist() == [START + x for x in (0.5, 1, 2, 3, 3.5)]
    assert trace["y"].tolist() == [1, 1, 5, 2, 2]
    assert trace["line"]["shape"] == "hvh"


def test_gaps_are_not_drawn_as_zeros() -> None:
    filling, line = bases([1, NAN, NAN, NAN, 2], view(5)).traces
    assert np.isnan(line["y"]).sum() == 1
    assert 0 not in line["y"].tolist()
    assert line["connectgaps"] is False
    assert "fill" not in line
    assert filling["hoverinfo"] == "skip"


def test_the_filling_stands_on_zero_beside_every_gap() -> None:
    filling, _ = bases([NAN, 1, 3, NAN, NAN, 2, NAN], view(7)).traces
    points = list(zip((filling["x"] - START).tolist(), filling["y"].tolist(), strict=True))
    assert points == [
        *[(1.5, 0), (1.5, 1), (2, 1), (3, 3), (3.5, 3), (3.5, 0)],
        *[(5.5, 0), (5.5, 2), (6, 2), (6.5, 2), (6.5, 0), (6.5, 0)],
    ]


def test_a_value_between_gaps_is_as_wide_as_its_base() -> None:
    x, y = outlined(np.arange(5.0), np.array([NAN, NAN, 7, NAN, NAN], np.float32), 1.0)
    assert x.tolist() == [1.5, 2, 2.5, 3]
    np.testing.assert_array_equal(y, [7, 7, 7, NAN])


def test_pairs_keep_both_extremes_and_say_so_on_hover() -> None:
    positions = np.repeat(START + np.array([50.0, 150, 250]), 2)
    values = np.array([-1, 4, NAN, NAN, 2, 3], dtype=np.float32)
    row = measured_signal_row(positions, values, view(300), LIGHT, RowStyle(title="wide"))
    _, trace = row.traces
    assert {-1, 4, 2, 3} <= set(trace["y"][np.isfinite(trace["y"])].tolist())
    assert "extreme of 100 bp" in trace["hovertemplate"]
    assert row.y_range == (-1, 4)


def test_the_axis_fits_what_is_in_view_and_not_what_lies_ready_beside_it() -> None:
    assert bases([100, 1, 2, 100], view(2, START + 1)).y_range == (0, 2)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], f"nothing on {CHROM} in this file"),
        ([NAN, NAN], "no value in view"),
        ([NAN, 1.0], "no value in view"),
        ([0.0, 1.0], ""),
    ],
)
def test_a_row_without_values_says_why(values: list[float], message: str) -> None:
    assert bases(values, view(1)).message == message


def boxes(row: Row) -> list[tuple[float, float, float]]:
    """Left and right counted from START, and height, of every box."""
    return sorted(
        (round(float(base) - START - 0.5, 3), round(float(base + x) - START - 0.5, 3), float(width))
        for trace in row.traces
        if trace["type"] == "bar"
        for base, x, width in zip(trace["base"], trace["x"], trace["width"], strict=True)
    )


def names(row: Row) -> list[str]:
    return [
        text
        for trace in row.traces
        if trace["type"] == "scatter" and trace.get("textposition")
        for text in trace["text"]
    ]


def test_blocks_are_boxes_joined_by_a_line_and_thick_where_the_file_says() -> None:
    one = Feature("a", at(0, 90, "+"), 5.0, (at(0, 30, "+"), at(60, 90, "+")), at(10, 90, "+"))
    row = measured_feature_row([one], view(100), LIGHT, RowStyle(title="bed"))
    drawn = boxes(row)
    assert [(left, right) for left, right, _ in drawn] == [(0, 30), (10, 30), (30, 60), (60, 90)]
    thin, thick, line, last = (height for _, _, height in drawn)
    assert line < thin < thick == last
    assert names(row) == ["a →"]
    chevrons = [t for t in row.traces if t.get("text") and "›" in t["text"]]
    assert len(chevrons) == 1
    (trace,) = [t for t in row.traces if t["type"] == "bar"]
    place = f"{CHROM}:{START + 1:,}-{START + 90:,}"
    assert trace["hovertext"][0] == f"a · + strand · {place} · score 5"


def test_variants_are_ticks_with_ref_and_alt_and_filtered_ones_are_faint() -> None:
    good = Feature("rs1", at(10, 11), change="C>T")
    bad = Feature("", at(60_000, 60_001), change="A>G", passed=False)
    row = measured_feature_row([good, bad], view(100000), LIGHT, RowStyle(title="vcf"))
    assert names(row) == ["C&gt;T", "A&gt;G"]
    shown = view(100_000)
    for left, right, _ in boxes(row):
        assert (right - left) * shown.px_per_bp == pytest.approx(2, abs=1e-3)
    (trace,) = [t for t in row.traces if t["type"] == "bar"]
    assert trace["marker"]["color"][0] != trace["marker"]["color"][1]
    assert trace["hovertext"][0].startswith("C&gt;T · rs1 · ")


def test_features_that_overlap_lie_in_lanes_of_their_own() -> None:
    some = [Feature(f"f{n}", at(10 * n, 10 * n + 50)) for n in range(3)]
    row = measured_feature_row(some, view(100), LIGHT, RowStyle(title="bed"))
    assert row.y_range == (3, 0)
    assert {thing.y for thing in row.things} == {(0, 1), (1, 2), (2, 3)}
    assert {thing.label for thing in row.things} == {"f0", "f1", "f2"}


def test_a_click_finds_a_feature_on_its_name_too_and_knows_it_from_its_twin() -> None:
    shown = view(1_000)
    twins = [Feature("a rather long name", at(10, 11)), Feature("another name", at(10, 11))]
    row = measured_feature_row(twins, shown, LIGHT, RowStyle(title="bed"))
    assert {thing.key for thing in row.things} == {one.key for one in twins}
    assert len({one.key for one in twins}) == 2
    for thing in row.things:
        assert thing.x[0] == START + 10.5
        assert (thing.x[1] - thing.x[0]) * shown.px_per_bp > 60


def test_what_finds_no_lane_is_counted_in_the_label() -> None:
    some = [Feature(f"f{n}", at(0, 100)) for n in range(MAX_NAMED_LANES + 3)]
    row = measured_feature_row(
        some, view(100), LIGHT, RowStyle(title="bed"), n_left_out=1000, notes=["3 lines left out"]
    )
    assert row.unit == "measured · 1,003 left out · 3 lines left out"


def test_many_features_are_drawn_without_names() -> None:
    some = [Feature(f"f{n}", at(10 * n, 10 * n + 5)) for n in range(MAX_NAMED + 1)]
    row = measured_feature_row(some, view(10000), LIGHT, RowStyle(title="bed"))
    assert names(row) == []
    assert len(boxes(row)) == len(some)


def test_a_row_without_features_says_so() -> None:
    row = measured_feature_row(
        [Feature("a", at(500, 600))], view(100), LIGHT, RowStyle(title="bed")
    )
    assert row.message == "no entry in view"


def test_a_density_says_how_many_are_left_out() -> None:
    row = density_row(
        np.array([3, 0, 9]), view(300), LIGHT, RowStyle(title="bed"), left_out="1,234"
    )
    assert row.unit == "measured, entries in 100 bp · 1,234 left out, zoom in to see each"
    assert row.y_range == (0, 9)
    assert trace_named(row, "bed")["y"].max() == 9


def test_all_of_them_make_one_figure_with_words_of_files_escaped() -> None:
    shown = view(100)
    rows = [
        bases([1, NAN, 2], shown),
        measured_feature_row([Feature("<b>x", at(0, 9))], shown, LIGHT, RowStyle(title="<i>bed")),
        absent_row(shown, LIGHT, title="gone", message="a.bw is gone"),
    ]
    figure = compose(rows, shown, LIGHT)
    assert [row["title"] for row in figure.layout.meta["rows"]] == ["coverage", "<i>bed", "gone"]
    words = [text for trace in figure.data for text in (trace.text or ())]
    assert "&lt;b&gt;x" in words
    assert any("&lt;i&gt;bed" in (note.text or "") for note in figure.layout.annotations)
