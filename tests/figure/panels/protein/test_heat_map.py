"""The heat map of a protein: what is in view, what a cell says, and where the variant stands."""

import numpy as np
import pytest

from genoview.data.transcript.amino_acids import STANDARD
from genoview.figure.panels import DARK, LIGHT, Theme
from genoview.figure.panels.protein.heat_map import MOST_DRAWN, ORDER, heat_map
from genoview.scoring.missense.change import ProteinChange, Substitution
from genoview.scoring.missense.score import MissenseScore, missense_score
from tests.support.models.toy_residues import ToyResidues

PROTEIN = "".join(np.random.default_rng(5).choice(list(STANDARD), 300))


def score_of(protein: str, *sites: int, alt: str = "W") -> MissenseScore:
    changes = tuple(Substitution(site + 1, protein[site], alt) for site in sites)
    return missense_score(ProteinChange("T.1", protein, changes), ToyResidues())


def test_rows_are_the_twenty_residues_once() -> None:
    assert sorted(ORDER) == sorted(STANDARD)


@pytest.mark.parametrize(
    ("site", "whole", "expected"),
    [
        (116, False, [86.5, 147.5]),
        (116, True, [0.5, 300.5]),
        (2, False, [0.5, 33.5]),
        (299, False, [269.5, 300.5]),
    ],
)
def test_around_the_variant_first_and_the_whole_protein_on_request(
    site: int, whole: bool, expected: list[float]
) -> None:
    axis = heat_map(score_of(PROTEIN, site), LIGHT, whole).layout.xaxis
    assert list(axis.range) == expected
    assert (axis.minallowed, axis.maxallowed) == (0.5, 300.5)


def test_a_cell_says_its_change_and_value() -> None:
    score = score_of(PROTEIN, 116)
    cells = heat_map(score, LIGHT).data[0]
    row = ORDER.index("W")
    assert cells.hovertemplate == "%{text}: %{z:+.1f}<extra></extra>"
    assert cells.text[row][116] == score.change.names
    assert cells.z[row][116] == pytest.approx(score.wild_type[116, STANDARD.index("W")], abs=0.006)
    own = ORDER.index(PROTEIN[116])
    assert cells.text[own][116].endswith("117=)") and cells.z[own][116] == 0
    assert cells.x[116] == 117


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_colours_diverge_about_zero_from_the_paper_of_the_theme(theme: Theme) -> None:
    figure = heat_map(score_of(PROTEIN, 116), theme)
    cells = figure.data[0]
    assert (cells.zmin, cells.zmid) == (-cells.zmax, 0)
    assert [colour for _, colour in cells.colorscale] == [theme.loss, theme.paper, theme.gain]
    assert figure.layout.paper_bgcolor == theme.paper
    assert figure.layout.shapes[0].line.color == theme.alt


def test_each_changed_residue_is_framed_and_named() -> None:
    figure = heat_map(score_of(PROTEIN, 100, 120), LIGHT)
    frames = [(shape.x0, shape.x1, shape.y0) for shape in figure.layout.shapes]
    row = ORDER.index("W") - 0.5
    assert frames == [(100.5, 101.5, row), (120.5, 121.5, row)]
    names = [note.text for note in figure.layout.annotations][:2]
    assert names == [f"{PROTEIN[100]}101W", f"{PROTEIN[120]}121W"]
    assert list(figure.layout.xaxis.range) == [70.5, 151.5]


def test_random_weights_are_said_across_the_drawing() -> None:
    figure = heat_map(score_of(PROTEIN, 116), LIGHT)
    assert "RANDOM WEIGHTS" in figure.layout.annotations[-1].text


def test_an_unknown_residue_has_no_colour_and_no_dot() -> None:
    protein = PROTEIN[:50] + "X" + PROTEIN[51:]
    figure = heat_map(score_of(protein, 116), LIGHT)
    assert all(np.isnan(row[50]) for row in np.array(figure.data[0].z, float))
    assert 51 not in figure.data[1].x and len(figure.data[1].x) == 299


def test_of_a_giant_protein_what_is_around_the_variant_is_drawn() -> None:
    protein = PROTEIN * 40
    figure = heat_map(score_of(protein, 9_000), LIGHT, whole=True)
    cells = figure.data[0]
    assert len(cells.x) == MOST_DRAWN and cells.x[0] <= 9_001 <= cells.x[-1]
    assert list(figure.layout.xaxis.range) == [cells.x[0] - 0.5, cells.x[-1] + 0.5]
