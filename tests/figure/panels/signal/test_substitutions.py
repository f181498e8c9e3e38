"""Mutagenesis as rows: letters of the mean effect, a lane per ALT base, what a click finds."""

from dataclasses import replace

import numpy as np
import pytest

from genoview.figure.panels import DARK, LIGHT, Effects, substitution_rows
from genoview.figure.panels.frame.row import Row, Trace
from genoview.figure.panels.frame.theme import contrast
from genoview.figure.panels.signal.colour_strip import diverging
from genoview.figure.panels.signal.substitutions import CELL_CARD
from tests.figure.panels.samples import START, interval, view

NAN = np.nan
VALUES = np.array(
    [[NAN, 0.1, -0.2, 0.4], [0.0, NAN, -0.9, 0.0], [NAN] * 4, [NAN] * 4], dtype=np.float32
)
MEANS = np.array([0.1, -0.3, NAN, NAN], dtype=np.float32)
EFFECTS = Effects(interval(4), "ACNT", VALUES, MEANS, "splicing (+)", "change of probability")


def rows(width: int = 4, effects: Effects = EFFECTS) -> list[Row]:
    return substitution_rows(effects, view(width), LIGHT, colour="#123456")


def cells(row: Row) -> Trace:
    return next(trace for trace in row.traces if trace["type"] == "heatmap")


def test_each_base_put_in_has_a_lane_and_what_is_not_known_is_left_open() -> None:
    lanes = rows()[1]
    z = cells(lanes)["z"]
    np.testing.assert_array_equal(z, VALUES.T)
    assert [name for _, name in lanes.names] == list("ACGT")
    assert cells(lanes)["x0"] == START + 1
    assert lanes.full_unit == "−0.9 to 0.9 change of probability, a lane per ALT base"


def test_colours_span_as_far_below_zero_as_above_and_zero_stands_off_the_ground() -> None:
    lanes = rows()[1]
    assert (cells(lanes)["zmin"], cells(lanes)["zmax"]) == pytest.approx((-0.9, 0.9))
    for theme in (LIGHT, DARK):
        scale = diverging(theme)
        shares = [share for share, _ in scale]
        assert shares == sorted(shares)
        assert (scale[0][1], scale[-1][1]) == (theme.loss, theme.gain)
        zero = dict(scale)[0.5]
        assert contrast(zero, theme.paper) > 1.05


def test_the_genome_s_own_bases_are_tiles_with_letters_where_there_is_room() -> None:
    near = rows()[1]
    own = [trace for trace in near.traces if trace["type"] == "heatmap"][1]["z"]
    assert np.argwhere(own == 1).tolist() == [[0, 0], [1, 1], [3, 3]]
    assert [t["text"] for t in near.traces if t.get("mode") == "text"] == ["A", "C", "T"]
    assert not [t for t in rows(2_000)[1].traces if t.get("mode") == "text"]


def test_the_hover_names_the_substitutions_of_a_base_the_largest_first() -> None:
    told = next(trace for trace in rows()[1].traces if trace.get("mode") == "none")
    assert told["text"] == ["A>T +0.4, A>G −0.2, A>C +0.1", "C>G −0.9, C>A 0, C>T 0"]
    assert told["x"].tolist() == [START + 1, START + 2]


def test_a_click_finds_known_cells_by_base_and_position() -> None:
    found = {
        trace["meta"]["key"]: trace["meta"]["numbers"].tolist()
        for trace in rows()[1].traces
        if "meta" in trace
    }
    assert found == {
        "A": [START + 2],
        "C": [START + 1],
        "G": [START + 1, START + 2],
        "T": [START + 1, START + 2],
    }
    clicked = [trace for trace in rows()[1].traces if "meta" in trace]
    assert {trace["meta"]["card"] for trace in clicked} == {CELL_CARD}
    assert not [trace for trace in rows(2_000)[1].traces if "meta" in trace]


@pytest.mark.parametrize("width", [4, 2_000])
def test_letters_or_bars_reach_from_zero_to_the_mean(width: int) -> None:
    row = rows(width)[0]
    shapes = [trace for trace in row.traces if trace.get("fill") == "toself"]
    ends = [(np.nanmin(shape["y"]), np.nanmax(shape["y"])) for shape in shapes]
    assert ends == [pytest.approx((0, 0.1), abs=0.01), pytest.approx((-0.3, 0), abs=0.01)]
    assert row.y_range[0] <= -0.3 and row.y_range[1] >= 0.1
    for shape, start in zip(shapes, (START, START + 1), strict=True):
        assert start + 0.5 <= np.nanmin(shape["x"]) < np.nanmax(shape["x"]) <= start + 1.5


def test_beside_the_part_a_line_says_where_it_is() -> None:
    (row,) = substitution_rows(EFFECTS, view(50, START + 500), LIGHT, colour="#123456")
    assert row.message == "computed for chr20:43,000,001-43,000,004"


def test_before_anything_is_known_the_rows_are_there_and_say_how_far_it_is() -> None:
    nothing = replace(
        EFFECTS, values=np.full((4, 4), NAN, np.float32), means=np.full(4, NAN, np.float32)
    )
    letters, lanes = rows(effects=replace(nothing, note="0 of 4 bases so far"))
    assert lanes.unit.endswith("0 of 4 bases so far")
    assert not [trace for trace in letters.traces if trace.get("fill")]
