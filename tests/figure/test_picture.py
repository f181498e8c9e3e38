"""The picture of a report: which rows there is room for."""

from dataclasses import replace

import pytest

from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.picture import WIDTH_PX, hidden_rows, picture_of
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.variant_report import variant_report
from tests.support.models.toy_backend import SpliceToy

SNV = "chr20:43042364:C>T"


def scene_of(text: str, demo: Assembly, *models: object) -> Scene:
    request = resolve(text, demo, flank=1_000)
    answers = [answer(request, model, demo) for model in models]  # type: ignore[arg-type]
    return Scene(request, demo, answers, variant_report(request, answers, demo))


@pytest.fixture(scope="module")
def scene(demo: Assembly, jaspar: Jaspar) -> Scene:
    return scene_of(SNV, demo, jaspar, SpliceToy())


def test_changed_rows_of_splicing_come_before_what_has_no_room(scene: Scene) -> None:
    assert scene.request.variant is not None
    view = scene.request.variant.interval.expanded(200)
    options = Options(unchanged="folded", width_px=WIDTH_PX)
    hidden = hidden_rows(scene, view, options)
    assert "chromosome" in hidden
    assert not hidden & {"genes", "sequence", "splice"}
    figure = build_figure(scene, view, replace(options, hidden=hidden))
    whole = build_figure(scene, view, replace(options, unchanged=""))
    assert figure.layout.height < whole.layout.height


def test_without_a_chromium_there_is_a_reason_in_place_of_a_picture(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    picture, reason = picture_of(scene)
    assert picture is None
    assert reason.startswith("No picture of the tracks: An SVG is drawn by a Chromium")
