"""Colours can be read and told apart."""

from itertools import combinations

import pytest

from genoview.figure.panels import DARK, LIGHT, Theme
from genoview.figure.panels.frame.theme import blended, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11

# Machado et al. 2009, doi:10.1109/TVCG.2009.113: full protanopia and deuteranopia, linear RGB.
PROTAN = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTAN = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


def seen_by(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    mixed = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in matrix]
    return tuple(max(value, 0.0) ** (1 / 2.4) for value in mixed)


def test_contrast_of_black_on_white_is_the_greatest() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@THEMES
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.paper, theme.hover, theme.shade):
        assert contrast(theme.text, ground) >= TEXT
        assert contrast(theme.muted, ground) >= TEXT
    for colour in (theme.alt, theme.banner):
        assert contrast(theme.on_mark, colour) >= TEXT
    assert contrast(theme.banner, theme.paper) >= TEXT


@THEMES
def test_letters_can_be_read_on_their_tiles(theme: Theme) -> None:
    for letter, colour in theme.bases.items():
        tile = blended(colour, theme.paper, 0.2)
        assert contrast(colour, tile) >= GRAPHIC, letter
        assert contrast(colour, theme.paper) >= TEXT, letter


@THEMES
def test_lines_and_marks_stand_out_from_the_paper(theme: Theme) -> None:
    colours = [*theme.families.values(), *theme.strands.values()]
    colours += [theme.donor, theme.acceptor, theme.ref, theme.alt, theme.gain, theme.loss]
    for colour in colours:
        assert contrast(colour, theme.paper) >= GRAPHIC, colour


@THEMES
@pytest.mark.parametrize("matrix", [PROTAN, DEUTAN], ids=["protan", "deutan"])
def test_pairs_that_carry_meaning_differ_for_colour_blind_eyes(
    theme: Theme, matrix: tuple[tuple[float, ...], ...]
) -> None:
    pairs = [(theme.donor, theme.acceptor), (theme.gain, theme.loss), (theme.ref, theme.alt)]
    pairs.append((theme.strands["+"], theme.strands["-"]))
    for first, second in pairs:
        a, b = seen_by(first, matrix), seen_by(second, matrix)
        assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 >= 0.15, (first, second)


@THEMES
def test_a_splice_site_is_never_coloured_as_a_gain_or_a_loss(theme: Theme) -> None:
    assert not {theme.donor, theme.acceptor} & {theme.gain, theme.loss, theme.ref, theme.alt}


@THEMES
def test_families_have_colours_of_their_own(theme: Theme) -> None:
    assert all(a != b for a, b in combinations(theme.families.values(), 2))
