"""How a reader's choice of one row changes what is drawn of it, and of its like."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from genoview.data.answer import Shown
from genoview.data.genome import Interval, Variant
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.data.track_data import AlleleTracks, Assay, TrackData
from genoview.errors import TrackError
from genoview.figure.build import build
from genoview.figure.options import FARTHEST, Highlight, Options, RowChoice
from genoview.figure.panels import LIGHT
from tests.figure.panels.samples import (
    CHROM,
    START,
    acceptor,
    data,
    donor,
    interval,
    motif,
    track,
    view,
)
from tests.support.pages.scenes import scene_of

WIDTH = 200
WAVE = (np.sin(np.arange(WIDTH) / 9) ** 2).astype(np.float32)
RED = "#aa1122"
SIGNAL = ["height", "scale", "range", "log", "colour", "style"]
LOCUS_IDS = ("signal:+", "signal:-", "splice", "motif:occupancy")


def predicted(values: Any, *tracks: Any) -> Prediction:
    return Prediction(data(values, *tracks), Sites())


def models(alt: bool = False) -> list[Shown]:
    """Two signals that reach 1 and 8, splice sites that reach 0.5, and two motifs."""
    signal = track("S", Assay.TSS, "+", "reads"), track("S", Assay.TSS, "-", "reads")
    wave = np.stack([WAVE, 8 * WAVE], axis=1) + np.float32(0.001)
    sites = np.zeros((WIDTH, 2), np.float32)
    sites[50], sites[90] = (0.5, 0), (0, 0.2)
    made = []
    for name, values, tracks in (
        ("signal", wave, signal),
        ("splice", sites, (donor(), acceptor("-"))),
        ("motif", np.stack([WAVE, WAVE / 2], axis=1), (motif("A"), motif("B"))),
    ):
        other = predicted(values / 2, *tracks) if alt else None
        made.append(Shown(name, name, predicted(values, *tracks), other))
    return made


def rows_of(alt: bool = False, **choices: Any) -> dict[str, list[dict[str, Any]]]:
    """Rows of the figure by id, each with its axis and its traces."""
    options = Options(factors=("A", "B"), **choices)
    variant = Variant(CHROM, START + 51, "A", "C") if alt else None
    part = interval(WIDTH)
    shown = models(alt)
    spec = build(scene_of(shown, part, variant), part, options)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in spec["layout"]["meta"]["rows"]:
        own = [one for one in spec["data"] if one["yaxis"] == row["yaxis"]][1:]
        axis = spec["layout"][f"yaxis{row['yaxis'][1:]}"]
        rows.setdefault(row["id"], []).append(row | {"axis": axis, "traces": own})
    return rows


def chosen(row_id: str, alt: bool = False, **fields: Any) -> list[dict[str, Any]]:
    return rows_of(alt, rows=((row_id, RowChoice(**fields)),))[row_id]


def y_range(row: dict[str, Any]) -> list[float]:
    return list(row["axis"]["range"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"height_px": 15},
        {"height_px": 601},
        {"style": "wiggly"},
        {"scale": "log"},
        {"colour": "red"},
        {"colour": "#0072B2"},
        {"y_min": 1.0, "y_max": 1.0},
        {"y_min": 2.0, "y_max": 1.0},
        {"y_max": float("nan")},
        {"y_min": float("-inf")},
        {"y_max": 2 * FARTHEST},
    ],
)
def test_a_choice_that_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(TrackError, match="expected"):
        RowChoice(**wrong)


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"label": "x" * 61}, {"label": "a\nb"}])
def test_a_highlight_that_cannot_be_shown_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(TrackError, match="expected"):
        Highlight(interval(10), **wrong)


def test_options_are_compared_by_what_was_chosen() -> None:
    first, second = (Options(rows=(("a", RowChoice(px)),)) for px in (80, 81))
    assert first != second
    assert hash(first) == hash(Options(rows=(("a", RowChoice(80)),)))


@pytest.mark.parametrize("row_id", ["genes", "sequence", *LOCUS_IDS])
def test_a_row_has_the_height_that_it_was_dragged_to(row_id: str) -> None:
    usual, tall = rows_of(height=2.0), rows_of(height=2.0, rows=((row_id, RowChoice(123)),))
    assert tall[row_id][0]["height"] == 123
    others = [i for i in usual if i != row_id]
    assert [tall[i][0]["height"] for i in others] == [usual[i][0]["height"] for i in others]


def test_a_row_of_alleles_and_its_difference_grow_together() -> None:
    usual = [row["height"] for row in rows_of(alt=True)["signal:+"]]
    tall = [row["height"] for row in chosen("signal:+", alt=True, height_px=2 * usual[0])]
    assert tall == [2 * px for px in usual]


@pytest.mark.parametrize("style", ["line", "bars", "filled", "heat"])
def test_a_style_keeps_the_value_of_every_base(style: str) -> None:
    [row] = chosen("signal:+", style=style)
    [line] = [one for one in row["traces"] if one["type"] == "scatter"]
    np.testing.assert_array_equal(line["y"], WAVE + np.float32(0.001))
    np.testing.assert_array_equal(line["x"], START + 1 + np.arange(WIDTH))
    assert line["hovertemplate"] == "%{y:.3~g}"
    assert row["choice"]["style"] == style


@pytest.mark.parametrize("style", ["line", "bars", "filled", "heat"])
def test_a_style_keeps_both_alleles_values(style: str) -> None:
    both, change = chosen("signal:+", alt=True, style=style)
    told = both["traces"][-1]
    np.testing.assert_array_equal(told["y"], WAVE + np.float32(0.001))
    np.testing.assert_array_equal(told["customdata"], (WAVE + np.float32(0.001)) / 2)
    assert change["title"] == "ALT − REF"


def test_as_colours_a_signal_fills_its_row_and_the_axis_is_the_key() -> None:
    [row] = chosen("signal:-", style="heat", scale="fixed", y_min=1.0, y_max=5.0, colour=RED)
    cells = row["traces"][0]
    assert cells["y"].tolist() == [1.0, 5.0] == y_range(row) == [cells["zmin"], cells["zmax"]]
    np.testing.assert_allclose(cells["z"][0], 8 * WAVE + np.float32(0.001))
    assert cells["colorscale"][-1] == (1.0, "rgba(170,17,34,1)")
    assert cells["x0"] - cells["dx"] / 2 == START + 0.5
    assert row["unit"] == "reads, as colour"


def test_as_colours_ref_lies_above_alt() -> None:
    cells = chosen("signal:+", alt=True, style="heat")[0]["traces"][0]
    assert len(cells["z"]) == 2
    assert cells["z"][1].max() == pytest.approx(2 * cells["z"][0].max())  # y grows upward


def test_colours_of_a_group_span_the_range_of_the_group() -> None:
    group = RowChoice(style="heat", scale="group")
    rows = rows_of(rows=(("signal:+", group), ("signal:-", replace(group, style="line"))))
    [low], [high] = rows["signal:+"], rows["signal:-"]
    cells = low["traces"][0]
    assert y_range(low) == y_range(high) == cells["y"].tolist() == [cells["zmin"], cells["zmax"]]


def test_a_colour_is_that_of_the_line_and_of_the_bar_beside_the_label() -> None:
    [row] = chosen("signal:+", colour=RED)
    assert row["traces"][0]["line"]["color"] == RED == row["choice"]["colour"]
    [heat] = chosen("motif:occupancy", colour=RED)
    assert heat["traces"][0]["colorscale"][-1] == (1.0, "rgba(170,17,34,1)")


SCALED = [
    ({}, [0, 1.1], [0, 8.1]),
    ({"scale": "auto"}, [0, 1.1], [0, 8.1]),
    ({"scale": "fixed"}, [0, 1.0], [0, 8.1]),
    ({"scale": "fixed", "y_max": 3.0}, [0, 3.0], [0, 8.1]),
    ({"scale": "fixed", "y_min": -2.0, "y_max": 3.0}, [-2.0, 3.0], [0, 8.1]),
    ({"scale": "fixed", "y_min": 7.0}, [7.0, 8.0], [0, 8.1]),  # above the usual top
    ({"scale": "group"}, [0, 1.1], [0, 8.1]),  # alone in it
]


@pytest.mark.parametrize(("fields", "own", "other"), SCALED)
def test_a_rows_scale_is_its_own(fields: dict[str, Any], own: list[float], other: Any) -> None:
    rows = rows_of(rows=(("signal:+", RowChoice(**fields)),))
    assert y_range(rows["signal:+"][0]) == pytest.approx(own)
    assert y_range(rows["signal:-"][0]) == pytest.approx(other)


def test_rows_that_are_grouped_share_a_range_and_others_of_the_unit_do_not() -> None:
    group = RowChoice(scale="group")
    both = rows_of(rows=(("signal:+", group), ("signal:-", group)))
    assert y_range(both["signal:+"][0]) == y_range(both["signal:-"][0]) == pytest.approx([0, 8.1])
    apart = rows_of(scale="group", rows=(("signal:-", RowChoice(scale="auto")),))
    assert y_range(apart["signal:+"][0]) == pytest.approx([0, 1.1])


def test_a_logarithmic_axis_shares_with_its_like_only() -> None:
    rows = rows_of(scale="group", rows=(("signal:-", RowChoice(log=True)),))
    [row] = rows["signal:-"]
    assert row["axis"]["type"] == "log"
    assert 10 ** np.array(y_range(row)) == pytest.approx([0.001, 8.1], rel=1e-3)
    assert y_range(rows["signal:+"][0]) == pytest.approx([0, 1.1])
    [coloured] = chosen("signal:-", log=True, style="heat")
    assert coloured["traces"][0]["y"] == pytest.approx([0.001, 8.1], rel=1e-3)
    assert coloured["traces"][0]["z"].max() == pytest.approx(np.log10(8), abs=0.01)


@pytest.mark.parametrize("high", [-1.0, 0.0])
def test_a_logarithmic_axis_cannot_be_fixed_below_zero(high: float) -> None:
    [row] = chosen("signal:+", log=True, scale="fixed", y_min=-5.0, y_max=high)
    low, top = y_range(row)
    assert np.isfinite([low, top]).all() and low < top


@pytest.mark.parametrize("row_id", ["signal:+", "splice"])
def test_differences_reach_as_far_as_the_fixed_axis(row_id: str) -> None:
    fixed = {"scale": "fixed", "y_min": 0.0, "y_max": 4.0}
    rows = {row["title"]: row for row in chosen(row_id, alt=True, **fixed)}
    assert y_range(rows.pop("ALT − REF")) == [-4, 4]
    assert {tuple(y_range(row)) for row in rows.values()} == {(0, 4)}


@pytest.mark.parametrize("fields", [{"style": "heat"}, {"scale": "auto"}, {"log": True}])
def test_where_no_axis_is_fixed_small_differences_stay_small(fields: dict[str, Any]) -> None:
    """A probability that differs by 0.02 is drawn on an axis to 0.1."""
    unit = track("P", Assay.TSS, "+", "probability")
    pair = AlleleTracks(data(np.full(9, 0.9), unit), data(np.full(9, 0.92), unit))
    options = Options(rows=(("p", RowChoice(**fields)),))
    _, change = options.alleles("p", pair, view(9))
    assert change.y_range[1] <= 0.1


def test_differences_follow_the_scale_of_all_rows_too() -> None:
    rows = rows_of(alt=True, scale="fixed", y_max=3.0)
    for row_id in ("signal:+", "splice"):
        changes = [row for row in rows[row_id] if row["title"] == "ALT − REF"]
        assert changes and all(y_range(row) == [-3, 3] for row in changes)


def test_differences_of_a_group_share_their_range() -> None:
    rows = rows_of(alt=True, scale="group")
    ranges = [y_range(rows[i][1]) for i in ("signal:+", "signal:-")]
    assert ranges[0] == ranges[1]
    assert ranges[0][1] >= 4


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [-1, 1]),
        ({"scale": "auto"}, [-0.5, 0.5]),
        ({"scale": "fixed", "y_max": 0.25}, [-0.25, 0.25]),
        ({"log": True}, [-1, 1]),  # stems stand on zero
        ({"style": "heat", "colour": RED}, [-1, 1]),
    ],
)
def test_stems_of_both_strands_keep_zero_in_the_middle(
    fields: dict[str, Any], expected: list[float]
) -> None:
    [row] = chosen("splice", **fields)
    assert y_range(row) == expected
    assert row["axis"]["type"] == "linear"
    assert (row["choice"]["low"], row["choice"]["high"]) == (0, expected[1])


def test_stems_in_a_group_do_not_pull_signals_below_zero() -> None:
    """Another strand hangs below zero; its values do not."""
    unit = track("P", Assay.TSS, "+", "probability")
    shown = [models()[1], Shown("p", "p", predicted(WAVE * 3, unit))]
    part = interval(WIDTH)
    spec = build(scene_of(shown, part), part, Options(scale="group"))
    ids = {row["id"]: row["yaxis"][1:] for row in spec["layout"]["meta"]["rows"]}
    assert list(spec["layout"][f"yaxis{ids['p:+']}"]["range"]) == [0, 3]
    assert list(spec["layout"][f"yaxis{ids['splice']}"]["range"]) == [-3, 3]


@pytest.mark.parametrize(
    ("row_id", "alt", "choices"),
    [
        ("genes", False, ["height"]),
        ("sequence", False, ["height"]),
        ("signal:+", False, SIGNAL),
        ("signal:+", True, SIGNAL),
        ("splice", False, ["height", "scale", "range"]),
        ("splice", True, ["height", "scale", "range"]),
        ("motif:occupancy", False, ["height", "scale", "range", "log", "colour"]),
        ("motif:sites", False, ["height", "colour"]),
        ("motif:sites", True, ["height"]),
    ],
)
def test_a_row_says_what_may_be_chosen_of_it(
    row_id: str, alt: bool, choices: Sequence[str]
) -> None:
    for row in rows_of(alt)[row_id]:
        assert row["choices"] == choices
        assert row["predicted"] == (row_id not in ("genes", "sequence"))
        told = [name for name in choices if name != "range"]
        assert set(row["choice"]) == {*told, *(("low", "high") if "range" in choices else ())}


def test_a_row_says_how_it_is_now() -> None:
    [row] = rows_of()["signal:-"]
    assert row["choice"] == {
        "height": row["height"],
        "style": "filled",
        "scale": "natural",
        "log": False,
        "colour": LIGHT.families[Assay.TSS.family],
        "low": 0.0,
        "high": pytest.approx(8.1),
    }
    first, second = rows_of(alt=True)["signal:-"]
    assert first["choice"] == second["choice"]
    [heat] = chosen("motif:occupancy", scale="fixed", y_max=0.5)
    assert (heat["choice"]["low"], heat["choice"]["high"]) == (0, 0.5)
    assert heat["traces"][0]["zmax"] == 0.5


def test_choices_of_rows_that_are_not_there_are_passed_over() -> None:
    usual, odd = rows_of(), rows_of(rows=(("no such row", RowChoice(80, "heat")),))
    assert usual.keys() == odd.keys()


def test_one_more_kind_of_values_can_be_below_zero() -> None:
    below: TrackData = data(-WAVE, track(unit="log2"))
    row = Options(scale="group").signal("x", below, view(WIDTH))
    assert row.y_range == (-1, 0)


def test_highlights_keep_their_words_for_files() -> None:
    place = Interval("chr20", 43_000_000, 43_000_100)
    assert Highlight(place, "", "P2").words == "chr20:43,000,001-43,000,100, P2"
    assert Highlight(place).words == "chr20:43,000,001-43,000,100"
