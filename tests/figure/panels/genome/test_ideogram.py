"""The chromosome in bands, and the view's place on it."""

import re
from itertools import pairwise
from typing import Any

import pytest

from genoview.data.genome import Interval
from genoview.figure.panels import DARK, LIGHT, Row, Theme, View, compose, ideogram_row
from genoview.figure.panels.frame.theme import contrast
from genoview.figure.panels.genome.ideogram import VIEW_NAME, WINDOW_NAME, fill_of
from genoview.io.cytobands import Band, cytobands_of

CHR20 = 63_025_520  # bp in GRCh37
BANDS = cytobands_of("GRCh37", "chr20")
PREDICTED = Interval("chr20", 42_484_000, 43_484_000)


def view_of(start: int, end: int, width_px: int = 1200) -> View:
    return View(Interval("chr20", start, end), width_px=width_px)


def row_of(shown: View, theme: Theme = LIGHT, bands: tuple[Band, ...] = BANDS) -> Row:
    return ideogram_row(CHR20, bands, shown, theme, PREDICTED)


def shape_named(row: Row, name: str) -> dict[str, Any]:
    (found,) = [shape for shape in row.shapes if shape.get("name") == name]
    return found


@pytest.mark.parametrize(
    ("family", "chrom", "position", "name"),
    [
        ("GRCh37", "chr20", 42_999_999, "q13.12"),
        ("GRCh38", "chr20", 44_400_000, "q13.12"),
        ("GRCh37", "chr17", 41_250_000, "q21.31"),
        ("GRCh38", "chrX", 0, "p22.33"),
    ],
)
def test_a_position_lies_in_its_band(family: str, chrom: str, position: int, name: str) -> None:
    (found,) = [b for b in cytobands_of(family, chrom) if b.start <= position < b.end]
    assert found.name == name


@pytest.mark.parametrize(
    ("family", "chrom"), [("GRCm39", "chr1"), ("", "chr1"), ("GRCh37", "chrM")]
)
def test_what_is_not_known_has_no_bands(family: str, chrom: str) -> None:
    assert cytobands_of(family, chrom) == ()


@pytest.mark.parametrize("family", ["GRCh37", "GRCh38"])
def test_bands_follow_each_other_without_a_gap_and_have_one_centromere(family: str) -> None:
    for chrom in [f"chr{n}" for n in (*range(1, 23), "X", "Y")]:
        bands = cytobands_of(family, chrom)
        assert bands[0].start == 0
        assert all(a.end == b.start for a, b in pairwise(bands))
        assert [b.name[0] for b in bands if b.stain == "acen"] == ["p", "q"]


def test_the_label_says_which_band_is_in_view() -> None:
    assert row_of(view_of(43_000_000, 43_010_000)).title == "chr20"
    assert row_of(view_of(43_000_000, 43_010_000)).unit == "q13.12 of 63 Mb"
    assert row_of(view_of(46_000_000, 47_000_000)).unit == "q13.12–q13.13 of 63 Mb"


def test_the_box_lies_where_the_view_is() -> None:
    box = shape_named(row_of(view_of(20_000_000, 40_000_000)), VIEW_NAME)
    assert box["xref"] == "paper"
    assert (box["x0"], box["x1"]) == pytest.approx((20e6 / CHR20, 40e6 / CHR20))


@pytest.mark.parametrize("width_px", [390, 1200, 2400])
@pytest.mark.parametrize("start", [0, 43_000_000, CHR20 - 100])
def test_the_box_of_a_few_bases_is_seen_and_stays_inside(start: int, width_px: int) -> None:
    shown = view_of(start, start + 100, width_px)
    box = shape_named(row_of(shown), VIEW_NAME)
    assert (box["x1"] - box["x0"]) * shown.plot_px >= 3
    assert 0 <= box["x0"] < box["x1"] <= 1 + 1e-9


def test_the_bracket_spans_what_was_predicted() -> None:
    path = shape_named(row_of(view_of(43_000_000, 43_010_000)), WINDOW_NAME)["path"]
    xs = [float(x) for x in re.findall(r"[ML] ([\d.]+),", path)]
    assert (min(xs), max(xs)) == pytest.approx((42_484_000 / CHR20, 43_484_000 / CHR20), abs=1e-5)


def test_no_bracket_is_drawn_on_another_chromosome() -> None:
    other = ideogram_row(CHR20, BANDS, view_of(0, 99), LIGHT, Interval("chr1", 0, 99))
    assert WINDOW_NAME not in {shape.get("name") for shape in other.shapes}


def test_bands_of_another_assembly_are_not_drawn() -> None:
    row = row_of(view_of(43_000_000, 43_010_000), bands=cytobands_of("GRCh38", "chr20"))
    assert row.unit == "63 Mb"
    assert row.words == ()
    assert [thing.label for thing in row.things] == ["chr20"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("chrom", ["chr1", "chr9", "chr20"])
def test_names_can_be_read_on_their_bands(theme: Theme, chrom: str) -> None:
    bands = cytobands_of("GRCh37", chrom)
    shown = View(Interval(chrom, 0, 9))
    row = ideogram_row(bands[-1].end, bands, shown, theme, shown.interval)
    stains = {band.name: band.stain for band in bands}
    assert len(row.words) >= 3
    for word in row.words:
        assert contrast(word["font"]["color"], fill_of(stains[word["text"]], theme)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_bands_grow_darker_with_their_stain(theme: Theme) -> None:
    stains = ("gneg", "gpos25", "gpos50", "gpos75", "gpos100")
    against_black = [contrast(fill_of(stain, theme), "#000000") for stain in stains]
    assert against_black == sorted(against_black, reverse=True)
    assert len(set(against_black)) == 5


def test_names_fit_into_their_bands_and_narrow_figures_have_fewer() -> None:
    wide = [word["text"] for word in row_of(view_of(0, 9)).words]
    narrow = [word["text"] for word in row_of(view_of(0, 9, 390)).words]
    assert {"q12", "q13.33"} <= set(wide)
    assert set(narrow) < set(wide)


def test_a_click_finds_every_band_by_its_place() -> None:
    things = row_of(view_of(0, 9)).things
    assert len(things) == len(BANDS)
    assert (things[0].kind, things[0].key, things[0].label) == ("band", "chr20:1-5100000", "20p13")
    assert [thing.x[1] for thing in things[:-1]] == [thing.x[0] for thing in things[1:]]


def test_few_shapes_are_drawn_however_many_bands() -> None:
    length = cytobands_of("GRCh37", "chr1")[-1].end
    shown = View(Interval("chr1", 0, 100))
    row = ideogram_row(length, cytobands_of("GRCh37", "chr1"), shown, LIGHT, shown.interval)
    assert len(row.shapes) <= 12


def test_the_row_is_composed_on_its_own_axis_in_shares_of_the_width() -> None:
    shown = view_of(43_000_000, 43_010_000)
    figure = compose([row_of(shown)], shown)
    (box,) = [shape for shape in figure.layout.shapes if shape.name == VIEW_NAME]
    assert (box.xref, box.yref) == ("paper", "y")
