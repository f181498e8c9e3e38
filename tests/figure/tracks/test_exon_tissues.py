"""Lanes of tissues: of the exon that changes most, measured REF and what ALT takes or adds."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from genoview.data.genome import Interval
from genoview.figure.build import build, row_titles
from genoview.figure.details.values_at import values_at
from genoview.figure.options import Options
from genoview.figure.panels import View
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import drawer_of, model_rows
from genoview.figure.tracks.exon_tissues import N_LANES, by_organ
from genoview.figure.tracks.unchanged import unchanged_ids
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.report.tissue_answer import tissue_answer
from genoview.report.variant_report import ReportOptions, variant_report
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.inclusion.tissues import TissueInclusion
from tests.scoring.prediction.test_inclusion import shown
from tests.scoring.splicing.inclusion.test_tissues import DONOR

ID = "mtsplice:tissues"


def tissues_of(change: float, shares: Sequence[float]) -> TissueInclusion:
    [tissues] = shown(change, tuple(shares)).model.tissues
    return tissues


def scene_of(demo: Assembly, inclusion: ExonInclusion) -> Scene:
    request = resolve(DONOR, demo)
    report = variant_report(request, [], demo, options=ReportOptions(inclusion=(inclusion,)))
    return Scene(request, demo, [], report)


def test_ref_is_what_was_measured_and_alt_what_is_predicted() -> None:
    answer = tissue_answer(tissues_of(-3.0, (0.9, 0.99)))
    assert answer is not None and answer.alt is not None
    assert [track.biosample.name for track in answer.ref.tracks if track.biosample] == [
        *("tissue 0", "tissue 1")
    ]
    assert answer.ref.data.values.tolist()[0] == pytest.approx([0.9, 0.99])
    assert answer.alt.data.values.tolist()[0] == pytest.approx([0.309, 0.831], abs=1e-3)
    assert "measured" in answer.ref.tracks[0].unit
    again = tissues_of(-3.0, (0.9, 0.99))
    assert tissue_answer(again) is tissue_answer(again)


def test_without_rna_there_is_no_row() -> None:
    assert tissue_answer(tissues_of(-3.0, (0.9,))) is not None
    nothing = shown(-3.0, (0.9,)).model.tissues[0]
    empty = TissueInclusion(nothing.card, "1", nothing.effect, "GTEx", ())
    assert tissue_answer(empty) is None


def test_the_most_changed_are_drawn_by_organ_and_all_where_asked_for() -> None:
    answer = tissue_answer(tissues_of(-2.0, [0.5 + i / 100 for i in range(20)]))
    assert answer is not None
    model = answer.shown
    view = View(answer.ref.data.interval.expanded(100), width_px=800)
    rows = model_rows(model, view, Options())
    assert list(rows) == [ID]
    ref, change = rows[ID]
    assert len(ref.names) == len(change.names) == N_LANES
    assert ref.covered is None and "top 12 of 20 tissues" in ref.unit and "measured" in ref.unit
    both = model_rows(model, view, Options(order=(ID, "mtsplice:all tissues")))
    assert len(both["mtsplice:all tissues"][0].names) == 20
    assert set(drawer_of(model).titles(model, "", ())) == set(both)


def test_organs_stay_together_the_most_changed_first() -> None:
    effect = shown(-3.0, (0.9,)).model.tissues[0]
    names = ("Brain - Cortex", "Liver", "Brain - Amygdala")
    changes = tuple(
        type(effect.changes[0])(name, -3.0, 0.0, 0.0, psi, psi)
        for name, psi in zip(names, (0.9, 0.95, 0.97), strict=True)
    )
    answer = tissue_answer(TissueInclusion(effect.card, "1", effect.effect, "GTEx", changes))
    assert answer is not None
    assert by_organ(answer.shown, range(3)) == [0, 2, 1]


def test_what_nobody_measured_is_not_drawn_as_ref(demo: Assembly) -> None:
    measured = shown(-3.0, (0.9,)).model.tissues[0]
    changes = tuple(
        type(measured.changes[0])(each.tissue, -3.0, 0.0, 0.0, None, 0.5)
        for each in measured.changes
    )
    answer = tissue_answer(TissueInclusion(measured.card, "1", measured.effect, "", changes))
    assert answer is not None
    view = View(Interval("chr1", 0, 2_000), width_px=800)
    [row] = model_rows(answer.shown, view, Options())[ID]
    assert "ALT − REF" in row.title and "from 50%" in row.unit


def test_a_scene_draws_lists_and_folds_them(demo: Assembly) -> None:
    strong, weak = (shown(change, (0.9,)).model for change in (-3.0, 0.01))
    effect = strong.effects[0]
    place = resolve(DONOR, demo).locus.interval
    exon = Interval(place.chrom, place.start + 100, place.start + 200, "-")
    moved = replace(effect, read=replace(effect.read, interval=exon))
    models = [
        replace(model, tissues=(replace(model.tissues[0], effect=moved),))
        for model in (strong, weak)
    ]
    scene, quiet = (scene_of(demo, model) for model in models)
    assert row_titles(scene)[ID] == "Inclusion of ADA exon 5 of 12"
    folded = Options(unchanged="folded")
    assert ID not in unchanged_ids(scene, folded)
    assert ID in unchanged_ids(quiet, folded)
    assert build(scene, place, folded)["data"]
    [row] = values_at(scene, Interval(exon.chrom, exon.start, exon.start + 1))["rows"]
    assert row["title"] == "MTSplice"
    assert row["values"][0]["value"] == pytest.approx(0.9)
