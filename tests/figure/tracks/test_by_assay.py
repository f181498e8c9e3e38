"""The table assay -> drawer is whole, and the one place where figures and pages name an assay."""

import re

import pytest

from genoview.data.answer import Shown
from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay
from genoview.figure.options import Options
from genoview.figure.panels import View
from genoview.figure.tracks.by_assay import DRAWERS, model_rows, model_titles
from tests.figure.panels.samples import START, data, track
from tests.support.paths import ROOT

NAMED = re.compile(r"\bAssay\.[A-Z]")
OTHERS = {
    "figure/tracks/by_assay.py",
    "ui/models/track_setup.py",  # what a table of tracks says where it names no assay
}


def test_every_assay_has_a_drawer() -> None:
    assert set(DRAWERS) == set(Assay)


@pytest.mark.parametrize(
    "assay", [assay for assay in Assay if assay is not Assay.LANGUAGE], ids=lambda assay: assay.name
)
def test_rows_of_every_assay_have_titles(assay: Assay) -> None:
    """A language model has six tracks of its own: see test_language."""
    values = data([0.5] * 40, track("T", assay, "+", "probability"))
    model = Shown("m", "M", Prediction(values))
    view = View(Interval("chr20", START, START + 40))
    rows = model_rows(model, view, Options())
    assert rows and set(rows) <= set(model_titles(model, [model]))


def test_figures_and_pages_name_an_assay_in_one_table() -> None:
    rooms = [ROOT / "genoview" / room for room in ("figure", "ui")]
    modules = [path for room in rooms for path in room.rglob("*.py")]
    naming = {
        str(path.relative_to(ROOT / "genoview"))
        for path in modules
        if NAMED.search(path.read_text())
    }
    assert naming == OTHERS
