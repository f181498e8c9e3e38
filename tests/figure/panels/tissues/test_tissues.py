"""Many tracks as lanes: alike ones together, most changed first, and nothing moves in a pan."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from genoview.data.track_data import AlleleTracks, Biosample, TrackData
from genoview.figure.panels import (
    LIGHT,
    RowStyle,
    Scale,
    Style,
    mirrored_row,
    tissue_allele_rows,
    tissue_row,
)
from genoview.figure.panels.frame.row import Row
from genoview.figure.panels.tissues.clusters import clustered
from genoview.figure.panels.tissues.lane_order import lane_names
from genoview.figure.panels.tissues.tissues import MAX_LANES
from tests.figure.panels.samples import START, data, track, view


def tissues(values: np.ndarray) -> TrackData:
    names = [f"T{i:02d}" for i in range(values.shape[1])]
    tracks = [
        replace(track(f"{name} CAGE"), biosample=Biosample(f"UBERON:{i}", name))
        for i, name in enumerate(names)
    ]
    return data(values, *tracks)


def bumps(*centres: int, n: int = 400) -> np.ndarray:
    """float64[n, tracks], a bump a track."""
    return np.exp(-(((np.arange(n)[:, None] - np.array(centres)) / 10) ** 2))


def test_lanes_of_one_shape_lie_beside_each_other() -> None:
    lanes = bumps(100, 300, 103, 297, 101).T.astype(np.float32)
    order = clustered(lanes)
    sides = [i in (1, 3) for i in order]
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert sum(a != b for a, b in pairwise(sides)) == 1


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_lanes_keep_their_order(n: int) -> None:
    assert clustered(np.eye(n, 5, dtype=np.float32)) == list(range(n))


def test_the_order_is_the_same_each_time_and_flat_lanes_harm_nothing() -> None:
    lanes = np.zeros((6, 20), dtype=np.float32)
    lanes[3, 4] = lanes[5, 4] = 1
    lanes[1, 2] = np.nan
    assert clustered(lanes) == clustered(lanes)
    assert sorted(clustered(lanes)) == list(range(6))
    assert abs(clustered(lanes).index(3) - clustered(lanes).index(5)) == 1


def test_lanes_are_named_by_tissue_unless_it_stands_for_several() -> None:
    tracks = tissues(np.zeros((4, 3))).tracks
    twice = replace(tracks[2], name="T01 CAGE, adult", biosample=tracks[1].biosample)
    assert lane_names(tracks) == ["T00", "T01", "T02"]
    assert lane_names([*tracks[:2], twice]) == ["T00", "T01 CAGE", "T01 CAGE, adult"]
    assert lane_names([track("bare")]) == ["bare"]


def test_the_highest_tracks_are_drawn_and_the_others_are_counted() -> None:
    values = bumps(*range(10, 400, 10)) * np.arange(1, 40)
    row = tissue_row(tissues(values), view(400), LIGHT)
    assert len(row.names) == MAX_LANES
    assert {name for _, name in row.names} == {f"T{i:02d}" for i in range(15, 39)}
    assert "top 24 of 39, clustered" in row.unit


def test_lanes_neither_come_nor_go_nor_move_in_a_pan() -> None:
    made = tissues(bumps(*range(10, 400, 10)))
    names = {tissue_row(made, view(100, START + left), LIGHT).names for left in (0, 90, 300)}
    assert len(names) == 1


def test_a_cell_keeps_the_value_farthest_from_zero_and_the_pointer_names_its_lane() -> None:
    values = np.zeros((50_000, 2))
    values[12_345, 1] = 3
    row = tissue_row(tissues(values), view(50_000), LIGHT)
    lanes, told = row.traces
    assert lanes["z"].max() == 3
    assert set(told["text"]) == {"T01"}
    assert row.colour_range == (0.0, 3.0)


def alleles() -> AlleleTracks:
    ref = tissues(bumps(50, 100, 150, 200))
    change = np.zeros_like(ref.values)
    change[120] = [0.1, -2, 0, 1]
    return AlleleTracks(ref, replace(ref, values=ref.values + change))


def test_the_most_changed_track_comes_first_in_both_rows() -> None:
    ref, change = tissue_allele_rows(alleles(), view(400), LIGHT)
    assert [name for _, name in ref.names] == ["T01", "T03", "T00", "T02"]
    assert ref.names == change.names
    assert "most changed first" in ref.unit


def test_a_difference_keeps_its_sign_however_many_bins_a_cell_has() -> None:
    _, change = tissue_allele_rows(alleles(), replace(view(400), max_points=40), LIGHT)
    z = change.traces[0]["z"]
    assert z.shape[1] < 400
    assert z[0].min() == pytest.approx(-2)
    assert z[1].max() == pytest.approx(1)
    assert change.colour_range == (-2.0, 2.0)
    told = change.traces[1]
    assert set(told["text"]) == {"T01"}
    assert set(np.round(told["customdata"], 3)) == {np.float32(-2)}


def test_alleles_alike_and_views_elsewhere_say_so() -> None:
    ref = alleles().ref
    assert tissue_allele_rows(AlleleTracks(ref, ref), view(400), LIGHT)[1].message == (
        "no difference in view"
    )
    away = view(100, START + 9000)
    assert tissue_row(ref, away, LIGHT).message == "not predicted here"
    assert [row.message for row in tissue_allele_rows(alleles(), away, LIGHT)] == [
        "not predicted here"
    ] * 2


def pair() -> TrackData:
    return data(bumps(100, 200) * [2, 3], track("CAGE", strand="+"), track("CAGE", strand="-"))


def test_strands_are_mirrored_around_one_line_and_numbers_carry_no_minus() -> None:
    row = mirrored_row(pair(), view(400), LIGHT)
    above, below = row.traces
    assert above["y"].min() >= 0
    assert below["y"].min() == -3
    assert below["customdata"].max() == 3
    assert "customdata" in below["hovertemplate"]
    assert row.ticks == (-3.0, 0.0, 3.0)
    assert not row.signed


@pytest.mark.parametrize(
    "how", [RowStyle(style=Style.HEAT), RowStyle(scale=Scale(log=True))], ids=["heat", "logarithm"]
)
def test_nothing_hangs_where_zero_is_not_a_line(how: RowStyle) -> None:
    row = mirrored_row(pair(), view(400), LIGHT, how)
    assert row.y_range[0] >= 0


def test_in_a_narrow_figure_names_stand_over_the_lanes_where_they_can_be_read() -> None:
    long = replace(
        tissues(bumps(50)).tracks[0], biosample=Biosample("UBERON:1", "heart left ventricle")
    )
    made = replace(tissues(bumps(50)), tracks=(long,))
    row = tissue_row(made, view(400, width_px=390), LIGHT)
    assert row.names == ()
    assert [one["text"] for one in row.words] == ["heart left ventricle"]
    assert set(row.traces[1]["text"]) == {"heart left ventricle"}


def test_colours_turn_at_zero_where_there_is_less_than_zero() -> None:
    row = tissue_row(tissues(bumps(50, 100) - 0.25), view(400), LIGHT)
    assert row.colour_range == (-1.0, 1.0)  # log2 spans twofold at least
    middle = [colour for share, colour in row.traces[0]["colorscale"] if share == 0.5]
    assert middle
    above = tissue_row(tissues(bumps(50, 100)), view(400), LIGHT)
    assert above.colour_range == (0.0, 1.0)


def stranded(values: np.ndarray) -> TrackData:
    """T00 (+), T00 (-), T01 (+) ...: the strands of each tissue behind each other."""
    made = tissues(values)
    tracks = [
        replace(one, strand="+-"[i % 2], name=made.tracks[i // 2].name, biosample=of.biosample)
        for i, one in enumerate(made.tracks)
        for of in [made.tracks[i // 2]]
    ]
    return replace(made, tracks=tuple(tracks))


def names_of(row: Row) -> list[str]:
    return [name for _, name in row.names]


def test_strands_of_a_tissue_lie_beside_each_other_the_forward_one_first() -> None:
    made = stranded(bumps(100, 300, 310, 120, 103, 297, 305, 125))
    names = names_of(tissue_row(made, view(400), LIGHT))
    assert [name[-3:] for name in names] == ["(+)", "(-)"] * 4
    assert all(a[:3] == b[:3] for a, b in zip(names[::2], names[1::2], strict=True))
    tissue = [name[:3] for name in names[::2]]
    assert abs(tissue.index("T00") - tissue.index("T02")) == 1  # alike on both strands
    assert abs(tissue.index("T01") - tissue.index("T03")) == 1


def test_a_tissue_is_ranked_by_the_strand_that_changes_more() -> None:
    ref = stranded(bumps(50, 100, 150, 200))
    change = np.zeros_like(ref.values)
    change[120] = [0.5, 0, 0.1, -2]
    rows = tissue_allele_rows(
        AlleleTracks(ref, replace(ref, values=ref.values + change)), view(400), LIGHT
    )
    for row in rows:
        assert names_of(row) == ["T01 (+)", "T01 (-)", "T00 (+)", "T00 (-)"]


def test_of_many_tissues_both_strands_of_the_highest_are_drawn() -> None:
    values = bumps(*range(10, 400, 10)) * np.arange(1, 40)
    made = stranded(values[:, 1:])
    names = names_of(tissue_row(made, view(400), LIGHT))
    assert {name[:3] for name in names} == {f"T{i:02d}" for i in range(7, 19)}
    assert len(names) == MAX_LANES
    odd = stranded(values)  # the last has one strand alone
    names = names_of(tissue_row(odd, view(400), LIGHT))
    assert "T19 (+)" in names and "T19 (-)" not in names
