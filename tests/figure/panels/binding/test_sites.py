"""Motif sites: arrows, lanes, and what ALT gains and loses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.site_data import Sites
from genoview.figure.panels import LIGHT, SiteStyle, site_allele_row, site_row
from genoview.figure.panels.binding.sites import MAX_SITES
from genoview.figure.panels.frame.row import Row, Trace
from genoview.figure.panels.splicing.site_changes import compared
from tests.figure.panels.samples import START, interval, motif, sites, view

TRACKS = (motif("HNF1A"), motif("HNF4A"), motif("CTCF"))


def arrows(row: Row) -> list[Trace]:
    return [trace for trace in row.traces if trace["mode"].startswith("markers")]


def test_the_hover_tells_factor_matrix_strand_place_score_and_p_value() -> None:
    row = site_row(sites((10, 12, 1, 1, 9.25)), TRACKS, view(1000), LIGHT)
    (arrow,) = arrows(row)
    assert arrow["name"] == "HNF4A"
    assert arrow["hovertext"] == [
        "MA0001.1 · + strand · 43,000,011-43,000,022 · score 9.25 · p = 3.4e-05"
    ]


@pytest.mark.parametrize(("strand", "symbol"), [(1, "triangle-right"), (-1, "triangle-left")])
def test_arrows_point_in_the_direction_of_the_strand(strand: int, symbol: str) -> None:
    (arrow,) = arrows(site_row(sites((10, 12, strand, 0, 5)), TRACKS, view(1000), LIGHT))
    assert arrow["marker"]["symbol"] == [symbol]


def test_a_narrow_site_has_its_arrow_at_its_middle_and_a_wide_one_at_its_end() -> None:
    one = sites((10, 12, 1, 0, 5))
    (narrow,) = arrows(site_row(one, TRACKS, view(100_000), LIGHT))
    (wide,) = arrows(site_row(one, TRACKS, view(100), LIGHT))
    assert narrow["x"].tolist() == [START + 16.5]
    assert wide["x"][0] > START + 21


def test_weaker_sites_are_fainter_than_the_strongest_of_their_lane() -> None:
    (arrow,) = arrows(site_row(sites((1, 9, 1, 0, 4), (50, 9, 1, 0, 8)), TRACKS, view(100), LIGHT))
    weak, strong = arrow["marker"]["opacity"]
    assert weak < strong == 1


def test_each_factor_has_a_lane_the_strongest_first() -> None:
    row = site_row(sites((1, 9, 1, 0, 4), (50, 9, 1, 2, 8)), TRACKS, view(100), LIGHT)
    assert row.names == ((0.0, "CTCF"), (1.0, "HNF1A"))


def test_factors_beyond_the_lanes_are_counted() -> None:
    row = site_row(
        sites((1, 9, 1, 0, 4), (50, 9, 1, 2, 8)), TRACKS, view(100), LIGHT, SiteStyle(max_lanes=1)
    )
    assert len(row.names) == 1
    assert "1 of 2 factors" in row.unit


def test_the_strongest_sites_are_kept_and_the_others_counted() -> None:
    many = sites(*((i, 8, 1, 0, float(i)) for i in range(1000)))
    row = site_row(many, TRACKS, view(1010), LIGHT)
    (arrow,) = arrows(row)
    assert len(arrow["x"]) == MAX_SITES
    assert min(arrow["x"]) > START + 399
    assert "400 weaker sites not drawn" in row.unit


def test_gained_and_lost_differ_in_colour_shape_and_sign() -> None:
    ref = sites((10, 9, 1, 0, 5), (60, 9, 1, 0, 5))
    alt = sites((10, 9, 1, 0, 5), (30, 9, 1, 0, 7))
    row = site_allele_row(ref, alt, TRACKS, view(100), LIGHT)
    looks = {
        trace["hovertext"][0].rsplit(" · ")[-1]: (
            trace["marker"]["color"],
            trace["marker"]["symbol"][0],
            trace.get("text", ""),
        )
        for trace in arrows(row)
    }
    assert looks == {
        "in both": (LIGHT.ref, "triangle-right", ""),
        "lost in ALT": (LIGHT.loss, "triangle-right-open", "−"),
        "gained in ALT": (LIGHT.gain, "triangle-right", "+"),
    }
    assert [entry.label for entry in row.legend] == [
        "site in both",
        "lost, ↓ weakened in ALT",
        "gained, ↑ strengthened in ALT",
    ]


@pytest.mark.parametrize(
    ("after", "fate"),
    [(8, "weakened"), (9.4, "weakened"), (9.6, "kept"), (10, "kept"), (10.5, "strengthened")],
)
def test_a_site_in_both_alleles_is_changed_from_half_a_bit_on(after: float, fate: str) -> None:
    fates = compared(sites((10, 9, 1, 0, 10)), sites((10, 9, 1, 0, after)))
    sizes = {name: len(getattr(fates, name)) for name in fates.__slots__}
    assert {name for name, size in sizes.items() if size} == {fate}


def test_a_weakened_site_is_marked_and_its_factor_comes_first() -> None:
    ref, alt = (
        sites((10, 9, 1, 1, 14), (40, 9, 1, 0, 20)),
        sites((10, 9, 1, 1, 10), (40, 9, 1, 0, 20)),
    )
    row = site_allele_row(ref, alt, TRACKS, view(100), LIGHT)
    assert [name for _, name in row.names] == ["HNF4A", "HNF1A"]
    assert arrows(row)[0]["text"] == "↓"


def test_a_changed_factor_comes_before_a_stronger_unchanged_one() -> None:
    ref = sites((10, 9, 1, 0, 20))
    alt = sites((10, 9, 1, 0, 20), (30, 9, 1, 1, 3))
    row = site_allele_row(ref, alt, TRACKS, view(100), LIGHT)
    assert [name for _, name in row.names] == ["HNF4A", "HNF1A"]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.just(8),
        st.sampled_from([1, -1]),
        st.integers(0, 2),
        st.just(5.0),
    ),
    max_size=12,
    unique=True,
)


@given(ROWS, ROWS)
def test_lost_kept_and_gained_are_the_set_differences(
    ref: list[tuple[int, int, int, int, float]], alt: list[tuple[int, int, int, int, float]]
) -> None:
    def keys(found: Sites) -> set[tuple[int, int, int]]:
        columns = (found.start - START, found.strand, found.track)
        return set(zip(*(column.tolist() for column in columns), strict=True))

    fates = compared(sites(*ref), sites(*alt))
    before, after = {(r[0], r[2], r[3]) for r in ref}, {(r[0], r[2], r[3]) for r in alt}
    assert keys(fates.lost) == before - after
    assert keys(fates.kept) == before & after
    assert keys(fates.gained) == after - before


def test_every_site_names_its_matrix_strand_and_first_base_for_a_click() -> None:
    ref = sites((10, 9, 1, 0, 5), (30, 9, -1, 0, 5), (60, 9, 1, 0, 5))
    alt = sites((10, 9, 1, 0, 5), (30, 9, -1, 0, 7))
    kinds = {}
    for row in (
        site_row(ref, TRACKS, view(100), LIGHT),
        site_allele_row(ref, alt, TRACKS, view(100), LIGHT),
    ):
        found = [trace["meta"] | {"x": trace["x"][::3]} for trace in row.traces if "meta" in trace]
        assert {meta["card"] for meta in found} == {"motif"}
        assert {meta["key"] for meta in found} == {"MA0001.1"}
        numbers = [n for meta in found for n in meta["numbers"].tolist()]
        lefts = [x for meta in found for x in meta["x"].tolist()]
        assert [abs(n) - 0.5 for n in numbers] == lefts
        kinds[len(found)] = sorted(numbers)
    expected = [-START - 31, START + 11, START + 61]
    assert kinds == {1: expected, 3: expected}


def test_a_view_without_sites_says_so() -> None:
    row = site_row(Sites(), TRACKS, view(100), LIGHT, SiteStyle(covered=interval(100)))
    assert row.message == "no site in view"
