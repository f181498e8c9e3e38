"""Logos: bits, turned for the reverse strand, and placed over the right bases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.track_data import TrackMetadata
from genoview.errors import TrackError
from genoview.figure.panels import LIGHT, Row, SiteStyle, site_allele_row, site_row
from genoview.figure.panels.binding.logos import LOGO_FROM_PX, bits, logo_traces, placed_logos
from genoview.figure.panels.frame.row import Trace
from tests.figure.panels.samples import START, finite, motif, sites, view

GATA = np.float32([[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0.5, 0.5, 0, 0]])
MOTIFS = {"MA0001.1": GATA}
TRACKS: tuple[TrackMetadata, ...] = (motif("GATA1"), motif("GATA2"))


@pytest.mark.parametrize(
    ("column", "heights"),
    [
        ([1, 0, 0, 0], [2, 0, 0, 0]),
        ([0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0]),
        ([0.25, 0.25, 0.25, 0.25], [0, 0, 0, 0]),
        ([0.5, 0.25, 0.25, 0], [0.25, 0.125, 0.125, 0]),
    ],
)
def test_bits_of_a_column(column: list[float], heights: list[float]) -> None:
    np.testing.assert_allclose(bits(np.float32([column])), [heights], atol=1e-6)


@given(st.lists(st.floats(0.01, 1), min_size=4, max_size=4))
def test_no_column_tells_more_than_two_bits_or_less_than_none(weights: list[float]) -> None:
    column = np.array(weights) / sum(weights)
    heights = bits(column[None].astype(np.float32))
    assert heights.min() >= 0
    assert heights.sum() <= 2 + 1e-5


@pytest.mark.parametrize("matrix", [GATA * 20, GATA[:, :3], GATA[0]])
def test_counts_and_other_shapes_are_refused(matrix: np.ndarray) -> None:
    with pytest.raises(TrackError, match="motif"):
        bits(matrix)


def letters(row: Row) -> dict[str, list[tuple[float, float]]]:
    """Base -> left and right edge of each of its letters, counted from START."""
    bases = {colour: base for base, colour in LIGHT.bases.items()}
    return {
        bases[trace["fillcolor"]]: [
            (float(part.min()) - START - 0.5, float(part.max()) - START - 0.5)
            for part in np.split(trace["x"], np.flatnonzero(np.isnan(trace["x"])))
            for part in (finite(part),)
            if len(part)
        ]
        for trace in filled(row.traces)
    }


def filled(traces: tuple[Trace, ...]) -> list[Trace]:
    return [trace for trace in traces if trace.get("fill") == "toself"]


def firsts(row: Row) -> dict[str, list[int]]:
    return {base: [round(left) for left, _ in spans] for base, spans in letters(row).items()}


def test_letters_stand_over_the_bases_of_a_forward_site() -> None:
    row = site_row(sites((10, 4, 1, 0, 5)), TRACKS, view(60), LIGHT, SiteStyle(motifs=MOTIFS))
    assert firsts(row) == {"G": [10], "A": [11, 13], "T": [12], "C": [13]}
    for spans in letters(row).values():
        assert all(right - left < 1 for left, right in spans)


def test_a_reverse_site_has_the_reverse_complement() -> None:
    row = site_row(sites((10, 4, -1, 0, 5)), TRACKS, view(60), LIGHT, SiteStyle(motifs=MOTIFS))
    assert firsts(row) == {"G": [10], "T": [10, 12], "A": [11], "C": [13]}


def test_the_likeliest_letter_is_on_top() -> None:
    matrix = {"MA0001.1": np.float32([[0.8, 0.2, 0, 0]])}
    logos = placed_logos([sites((0, 1, 1, 0, 5))], ["MA0001.1"], matrix, {0: 0.0})
    tops = {t["fillcolor"]: float(np.nanmax(t["y"])) for t in logo_traces(logos, 1.0, LIGHT)}
    assert tops[LIGHT.bases["A"]] > tops[LIGHT.bases["C"]] > 0
    told = 2 + 0.8 * np.log2(0.8) + 0.2 * np.log2(0.2)
    assert tops[LIGHT.bases["A"]] == pytest.approx(told / 2, abs=1e-3)


def test_a_column_of_two_bits_is_as_tall_as_the_logo() -> None:
    logos = placed_logos([sites((0, 4, 1, 0, 5))], ["MA0001.1"], MOTIFS, {0: 3.0})
    g = next(t for t in logo_traces(logos, -0.5, LIGHT) if t["fillcolor"] == LIGHT.bases["G"])
    assert (np.nanmin(g["y"]), np.nanmax(g["y"])) == pytest.approx((2.5, 3.0), abs=0.01)


@pytest.mark.parametrize(("width", "drawn"), [(60, True), (200, False)])
def test_logos_are_drawn_where_a_base_is_wide_enough(width: int, drawn: bool) -> None:
    shown = view(width)
    assert (shown.px_per_bp >= LOGO_FROM_PX) == drawn
    found = sites((10, 4, 1, 0, 5))
    row = site_row(found, TRACKS, shown, LIGHT, SiteStyle(motifs=MOTIFS))
    assert bool(filled(row.traces)) == drawn
    assert ("background ¼ each" in row.unit) == drawn
    assert (row.height_px > site_row(found, TRACKS, shown, LIGHT).height_px) == drawn


def test_without_matrices_the_row_is_as_it_was() -> None:
    row = site_row(sites((10, 4, 1, 0, 5)), TRACKS, view(60), LIGHT)
    assert not filled(row.traces)
    assert row.names == ((0.0, "GATA1"),)


def test_logos_of_a_lane_do_not_cover_each_other_and_the_strongest_is_kept() -> None:
    found = sites((10, 4, 1, 0, 5), (12, 4, 1, 0, 9), (16, 4, 1, 0, 3))
    row = site_row(found, TRACKS, view(60), LIGHT, SiteStyle(motifs=MOTIFS))
    assert firsts(row)["G"] == [12, 16]


def test_a_site_of_another_length_than_its_motif_has_no_logo() -> None:
    row = site_row(sites((10, 5, 1, 0, 5)), TRACKS, view(60), LIGHT, SiteStyle(motifs=MOTIFS))
    assert not filled(row.traces)


def test_a_site_that_alt_changes_has_its_logo_before_an_unchanged_one() -> None:
    kept, gained = (10, 4, 1, 0, 9.0), (12, 4, 1, 0, 5.0)
    row = site_allele_row(
        sites(kept), sites(kept, gained), TRACKS, view(60), LIGHT, SiteStyle(motifs=MOTIFS)
    )
    assert firsts(row)["G"] == [12]


def test_the_letters_of_a_logo_are_clicked_like_their_site() -> None:
    made = sites((10, 4, 1, 0, 5.0), (30, 4, -1, 0, 4.0))
    row = site_row(made, TRACKS[:1], view(60, width_px=1200), LIGHT, SiteStyle(motifs=MOTIFS))
    (segments,) = [trace for trace in row.traces if "meta" in trace]
    keys = [f"{segments['meta']['key']}|{number}" for number in segments["meta"]["numbers"]]
    assert sorted(thing.key for thing in row.things) == sorted(keys)
    assert {thing.kind for thing in row.things} == {segments["meta"]["card"]}
    letters = [trace for trace in row.traces if trace.get("fill") == "toself"]
    ys = np.concatenate([finite(trace["y"]) for trace in letters])
    xs = np.concatenate([finite(trace["x"]) for trace in letters])
    low, high = sorted(row.things[0].y)
    assert low - 1e-6 <= ys.min() and ys.max() <= high + 1e-6
    for x in xs:
        assert any(thing.x[0] <= x <= thing.x[1] for thing in row.things)
