"""Colours of classified entries: readable on both backgrounds, and only where nobody chose one."""

from dataclasses import replace

import pytest

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.figure.panels.frame.row import View
from genoview.figure.panels.frame.row_style import RowStyle
from genoview.figure.panels.frame.theme import DARK, LIGHT, Theme, contrast
from genoview.figure.panels.signal.categories import COLOURS, colour_of
from genoview.figure.panels.signal.measured_features import measured_feature_row

FEATURE = Feature("a", Interval("chr20", 100, 200), category="pathogenic", weight=0.5)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("category", COLOURS)
def test_classes_stand_out_from_the_paper(theme: Theme, category: str) -> None:
    colour = colour_of(replace(FEATURE, category=category), theme)
    assert contrast(colour, theme.paper) > 3.5


def boxes(style: RowStyle) -> tuple[str, float]:
    row = measured_feature_row([FEATURE], View(Interval("chr20", 0, 400)), LIGHT, style)
    trace = next(trace for trace in row.traces if trace["type"] == "bar")
    return trace["marker"]["color"][0], float(trace["width"][0])


def test_a_box_has_the_colour_and_the_height_of_its_class() -> None:
    assert boxes(RowStyle(title="ClinVar")) == (COLOURS["pathogenic"][0], pytest.approx(0.22))
    assert boxes(RowStyle(title="ClinVar", colour="#123456"))[0] == "#123456"


def test_an_entry_without_a_class_has_the_colour_of_its_strand() -> None:
    assert colour_of(replace(FEATURE, category=""), LIGHT) == LIGHT.strands["."]
