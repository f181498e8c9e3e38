"""Signal rows: values, decimation, steps and scales."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from genoview.errors import TrackError
from genoview.figure.panels import LIGHT, RowStyle, Scale, Style, signal_row
from genoview.figure.panels.frame.downsampling import strongest_last
from genoview.figure.panels.frame.scale import range_of, share_ranges
from tests.figure.panels.samples import START, data, finite, track, view


def test_at_base_level_x_is_one_based_and_y_is_the_input() -> None:
    values = np.array([0.1, 0.9, 0.3, 0.0], dtype=np.float32)
    (trace,) = signal_row(data(values), view(4), LIGHT).traces
    np.testing.assert_array_equal(trace["x"], START + np.array([1, 2, 3, 4]))
    np.testing.assert_array_equal(trace["y"], values)
    assert trace["y"].dtype == np.float32


def test_wide_bins_are_drawn_as_steps_that_end_at_their_edges() -> None:
    (trace,) = signal_row(data([1.0, 2.0], resolution=50), view(100), LIGHT).traces
    assert trace["line"]["shape"] == "hvh"
    left, right = trace["x"][trace["y"] == 1.0], trace["x"][trace["y"] == 2.0]
    assert len(left) == len(right) > 1
    assert (left.max() + right.min()) / 2 == START + 50.5


@given(
    npst.arrays(np.float32, st.integers(500, 3000), elements=st.floats(-100, 100, width=32)),
    st.integers(4, 400),
)
@settings(max_examples=50)
def test_decimation_keeps_the_extremes_within_the_limit(
    values: np.ndarray, max_points: int
) -> None:
    shown = view(len(values), max_points=max_points)
    (trace,) = signal_row(data(values), shown, LIGHT).traces
    assert len(trace["y"]) <= max(max_points, 4)
    assert len(trace["x"]) == len(trace["y"])
    assert trace["y"].max() == values.max()
    assert trace["y"].min() == values.min()


def test_a_single_peak_in_a_megabase_survives_at_its_place() -> None:
    values = np.zeros(1_000_000, dtype=np.float32)
    values[654_321] = 1
    (trace,) = signal_row(data(values), view(1_000_000), LIGHT).traces
    peak = int(trace["x"][trace["y"].argmax()])
    assert len(trace["y"]) <= 4000
    assert abs(peak - (START + 654_322)) <= 1_000_000 / 1000


def test_of_two_points_at_one_x_the_stronger_comes_last() -> None:
    pairs = np.array([-5, 1, -1, 5, 0, 0], dtype=np.float32)
    assert strongest_last(pairs).tolist() == [1, -5, -1, 5, 0, 0]


def test_a_decimated_line_says_so_on_hover() -> None:
    values = np.zeros(20_000, dtype=np.float32)
    (fine,) = signal_row(data(values), view(100), LIGHT).traces
    (coarse,) = signal_row(data(values), view(20_000), LIGHT).traces
    assert "extreme of" not in fine["hovertemplate"]
    assert "extreme of" in coarse["hovertemplate"]


def test_only_what_is_near_the_view_is_sent() -> None:
    (trace,) = signal_row(data(np.ones(10_000)), view(100, START + 5_000), LIGHT).traces
    assert (trace["x"].min(), trace["x"].max()) == (START + 5_001, START + 5_100)
    (wider,) = signal_row(
        data(np.ones(10_000)), view(100, START + 5_000, overscan=0.5), LIGHT
    ).traces
    assert (wider["x"].min(), wider["x"].max()) == (START + 4_951, START + 5_150)


@pytest.mark.parametrize(
    ("values", "scale", "expected"),
    [
        ([0.0, 0.5], Scale(), (0, 0.5)),
        ([0.0, 3.21], Scale(), (0, 3.3)),
        ([-2.0, 1.0], Scale(), (-2, 1)),
        ([0.0, 0.0], Scale(), (0, 1)),
        ([np.nan, 2.0], Scale(), (0, 2)),
        ([0.0, 0.5], Scale(0, 1), (0, 1)),
        ([0.0, 50.0], Scale(high=10), (0, 10)),
        ([0.0, 5.0], Scale(low=10), (10, 11)),
        ([0.0, 0.01, 10.0], Scale(log=True), (0.01, 10)),
        ([1e-9, 10.0], Scale(log=True), (1e-3, 10)),
        ([0.0, 0.0], Scale(log=True), (0.1, 1)),
    ],
)
def test_the_axis_fits_the_values_or_the_reader(
    values: list[float], scale: Scale, expected: tuple[float, float]
) -> None:
    found = range_of(np.array(values, dtype=np.float32), scale)
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_a_scale_without_height_is_refused() -> None:
    with pytest.raises(TrackError, match="no height"):
        Scale(1, 1)


def test_the_scale_looks_at_the_view_and_not_beyond() -> None:
    values = np.array([9.0] * 50 + [1.0] * 100 + [9.0] * 50)
    row = signal_row(data(values), view(100, START + 50, overscan=0.5), LIGHT)
    assert row.y_range == (0, 1)
    assert max(row.traces[0]["y"]) == 9


def test_probabilities_are_not_blown_up() -> None:
    quiet = data([0.001, 0.002], track(unit="probability"))
    assert signal_row(quiet, view(2), LIGHT).y_range == (0, 1)


def test_rows_of_a_group_share_the_widest_range() -> None:
    shared = Scale(group="expression")
    rows = [
        signal_row(data([0, top]), view(2), LIGHT, RowStyle(scale=shared)) for top in (1.0, 7.0)
    ]
    alone = signal_row(data([0, 2.0]), view(2), LIGHT)
    ranges = [row.y_range for row in share_ranges([*rows, alone])]
    assert ranges == [(0, 7), (0, 7), (0, 2)]
    assert [row.ticks for row in share_ranges(rows)] == [(0, 7), (0, 7)]


@pytest.mark.parametrize("style", Style)
def test_every_style_draws_the_same_values(style: Style) -> None:
    *others, trace = signal_row(data([1, 2, 3]), view(3), LIGHT, RowStyle(style=style)).traces
    assert trace["y"].tolist() == [1, 2, 3]
    assert ("fill" in trace) == (style in (Style.FILLED, Style.BARS))
    assert [other["type"] for other in others] == ["heatmap"] * (style is Style.HEAT)


def test_strands_of_one_track_differ_in_colour_and_are_explained() -> None:
    both = data(np.ones((4, 2)), track(strand="+"), track(strand="-"))
    row = signal_row(both, view(4), LIGHT)
    colours = [trace["line"]["color"] for trace in row.traces]
    assert colours == [LIGHT.strands["+"], LIGHT.strands["-"]]
    assert [entry.label for entry in row.legend] == ["+ strand", "− strand"]


def test_a_track_elsewhere_says_that_nothing_was_predicted_here() -> None:
    row = signal_row(data([1.0], start=START + 10_000), view(10), LIGHT)
    assert row.traces == ()
    assert row.message == "not predicted here"


def test_units_are_not_mixed_on_one_axis() -> None:
    with pytest.raises(TrackError, match="2 units"):
        signal_row(data(np.ones((2, 2)), track(), track("x", unit="bits")), view(2), LIGHT)


def test_missing_values_stay_gaps() -> None:
    (trace,) = signal_row(data([1, np.nan, 3]), view(3), LIGHT).traces
    assert finite(trace["y"]).tolist() == [1, 3]
    assert len(trace["y"]) == 3
