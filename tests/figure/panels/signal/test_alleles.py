"""REF and ALT lines with their difference."""

import numpy as np
import pytest

from genoview.data.track_data import AlleleTracks
from genoview.figure.panels import LIGHT, RowStyle, Scale, allele_rows
from tests.figure.panels.samples import START, data, trace_named, track, view

REF = np.array([1, 2, 3, 2, 1], dtype=np.float32)
ALT = np.array([1, 2, 4, 0, 1], dtype=np.float32)


def rows_of(ref: np.ndarray, alt: np.ndarray, **options):  # type: ignore[no-untyped-def]
    pair = AlleleTracks(data(ref), data(alt))
    return allele_rows(pair, view(len(ref)), LIGHT, RowStyle(**options))


def test_both_alleles_are_drawn_with_their_own_values() -> None:
    both, _ = rows_of(REF, ALT)
    ref, alt = trace_named(both, "CAGE"), trace_named(both, "CAGE ALT")
    np.testing.assert_array_equal(ref["y"], REF)
    np.testing.assert_array_equal(alt["y"], ALT)
    assert (ref["line"]["color"], alt["line"]["color"]) == (LIGHT.ref, LIGHT.alt)


def test_the_hover_of_ref_tells_both_values() -> None:
    both, _ = rows_of(REF, ALT)
    ref = trace_named(both, "CAGE")
    np.testing.assert_array_equal(ref["customdata"], ALT)
    assert "REF %{y" in ref["hovertemplate"] and "ALT %{customdata" in ref["hovertemplate"]


def test_the_difference_is_alt_minus_ref_around_zero() -> None:
    _, change = rows_of(REF, ALT)
    line = trace_named(change, "CAGE ALT − REF") if len(change.traces) == 1 else change.traces[-1]
    np.testing.assert_array_equal(line["y"], ALT - REF)
    np.testing.assert_array_equal(line["x"], START + np.arange(1, 6))
    assert change.y_range == (-2, 2)
    assert change.ticks == (-2, 0, 2)


def test_gain_and_loss_are_filled_in_two_colours() -> None:
    _, change = rows_of(REF, ALT)
    gained, lost = change.traces[:2]
    assert gained["y"].tolist() == [0, 0, 1, 0, 0]
    assert lost["y"].tolist() == [0, 0, 0, -2, 0]
    assert gained["fillcolor"] != lost["fillcolor"]


def test_the_area_between_the_alleles_is_filled_only_where_they_differ() -> None:
    ref = np.ones(200, dtype=np.float32)
    alt = ref.copy()
    alt[100] = 2
    both, _ = rows_of(ref, alt)
    filled = [trace for trace in both.traces if trace.get("fill") == "tonexty"]
    assert len(filled) == 1
    assert (filled[0]["x"].min(), filled[0]["x"].max()) == (START + 100, START + 102)


def test_equal_alleles_say_so() -> None:
    both, change = rows_of(REF, REF)
    assert change.message == "no difference in view"
    assert not [trace for trace in both.traces if trace.get("fill") == "tonexty"]


def test_a_small_difference_stays_small_beside_its_track() -> None:
    _, change = rows_of(np.array([10.0, 10.0]), np.array([10.0, 9.999]))
    assert change.y_range == (-1, 1)


@pytest.mark.parametrize(("scale", "expected"), [(None, (0, 4)), (Scale(0, 9), (0, 9))])
def test_the_axis_holds_both_alleles_or_what_was_asked(
    scale: Scale | None, expected: tuple[float, float]
) -> None:
    both, _ = rows_of(REF, ALT, scale=scale)
    assert both.y_range == expected


def test_decimated_alleles_stay_comparable_point_by_point() -> None:
    ref = np.sin(np.arange(50_000)).astype(np.float32)
    pair = AlleleTracks(data(ref), data(ref + np.float32(1)))
    both, _ = allele_rows(pair, view(50_000), LIGHT)
    low, high = trace_named(both, "CAGE"), trace_named(both, "CAGE ALT")
    np.testing.assert_array_equal(low["x"], high["x"])
    np.testing.assert_allclose(high["y"] - low["y"], 1, rtol=1e-6)


def test_only_the_first_of_several_tracks_is_drawn() -> None:
    pair = data(np.ones((3, 2)), track("one"), track("two"))
    both, change = allele_rows(AlleleTracks(pair, pair), view(3), LIGHT)
    assert both.title == "one"
    assert change.title == "ALT − REF"


@pytest.mark.parametrize(
    ("alt", "seen"),
    [
        (ALT, ["REF", "ALT", "ALT above REF", "ALT below REF"]),
        (REF + 1, ["REF", "ALT", "ALT above REF"]),
        (REF, ["REF", "ALT"]),
    ],
)
def test_the_legend_names_what_is_in_view(alt: np.ndarray, seen: list[str]) -> None:  # type: ignore[type-arg]
    both, _ = rows_of(REF, alt)
    assert [entry.label for entry in both.legend if entry.seen] == seen
