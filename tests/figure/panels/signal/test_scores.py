"""Plots of many variants: every value is drawn once, with its variant behind it."""

import pytest

from genoview.data.track_data import Family
from genoview.figure.panels import (
    DARK,
    LIGHT,
    ScoredVariants,
    Theme,
    against,
    along_chromosome,
    distribution,
    largest,
)


def scored(values: list[float]) -> ScoredVariants:
    names = [f"chr20:{i + 1}:A>C" for i in range(len(values))]
    places = list(range(1, len(values) + 1))
    genes = ["HNF4A"] * len(values)
    return ScoredVariants("Δ", Family.SPLICING, names, genes, places, values, (0.2, 0.5))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_each_variant_is_a_point_at_its_place(theme: Theme) -> None:
    [points] = along_chromosome(scored([0.1, 0.9]), "chr20", theme).data
    assert (list(points.x), list(points.y)) == ([1, 2], [0.1, 0.9])
    assert list(points.customdata) == ["chr20:1:A>C", "chr20:2:A>C"]
    assert points.hovertext[1] == "chr20:2:A>C<br>HNF4A<br>0.9"


def test_the_cut_offs_are_lines_with_their_numbers() -> None:
    figure = along_chromosome(scored([0.1, 0.9]), "chr20", LIGHT)
    assert [line.y0 for line in figure.layout.shapes] == [0.2, 0.5]
    assert [note.text for note in figure.layout.annotations] == ["0.2", "0.5"]


@pytest.mark.parametrize("values", [[0.5], [0.1, 0.1, 0.9], [-1.0, 0.0, 2.0, 2.0]])
def test_the_distribution_counts_each_variant_once(values: list[float]) -> None:
    [bars] = distribution(scored(values), LIGHT).data
    assert sum(bars.y) == len(values)


def test_the_largest_come_first_by_magnitude() -> None:
    [bars] = largest(scored([0.1, -0.9, 0.5]), LIGHT, 2).data
    assert list(bars.x) == [-0.9, 0.5]
    assert list(bars.customdata) == ["chr20:2:A>C", "chr20:3:A>C"]


def test_equal_names_keep_a_bar_each() -> None:
    twice = ScoredVariants("Δ", Family.SPLICING, ["a", "a"], ["", ""], [1, 1], [0.3, 0.2])
    assert list(largest(twice, LIGHT).data[0].y) == [0, 1]


@pytest.mark.parametrize(("same_unit", "n_lines"), [(True, 1), (False, 0)])
def test_one_score_against_another_has_the_diagonal_where_their_unit_is_one(
    same_unit: bool, n_lines: int
) -> None:
    figure = against(scored([0.1, 0.9]), scored([0.3, 0.2]), DARK, same_unit)
    [points] = figure.data
    assert (list(points.x), list(points.y)) == ([0.1, 0.9], [0.3, 0.2])
    assert points.hovertext[0] == "chr20:1:A>C<br>HNF4A<br>0.1 and 0.3"
    diagonals = [line for line in figure.layout.shapes if line.x0 == line.y0 == 0.0]
    assert [(line.x1, line.y1) for line in diagonals] == [(0.9, 0.9)] * n_lines
