"""Which rows of a variant are folded into one line, and where that line stands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.answer import Answer
from genoview.data.track_data import Assay
from genoview.figure.build import build
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.figure.tracks.unchanged import unchanged_ids
from genoview.io.assembly import Assembly
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.variant_report import variant_report
from genoview.scoring import affected_columns
from genoview.scoring.marks import EXPRESSION, SPLICING, Level, Mark
from tests.support.models.toy_backend import SpliceToy, Toy
from tests.support.parts import answered, contacts, junctions, symmetric

SNV = "chr20:43042364:C>T"
GC = "gc:+"


class Deaf(Toy):
    """It says the same of every sequence."""

    card = replace(Toy.card, name="deaf", title="Deaf")
    tracks = (replace(Toy.tracks[0], name="Deaf one"),)
    letters = ("ACGT",)


def scene_of(demo: Assembly, models: Sequence[Any], text: str = SNV, *more: Answer) -> Scene:
    request = resolve(text, demo, flank=500)
    answers = [*(answer(request, model, demo) for model in models), *more]
    return Scene(request, demo, answers, variant_report(request, answers, demo))


def rows(scene: Scene, **choices: Any) -> list[dict[str, Any]]:
    spec = build(scene, scene.request.locus.interval, Options(**choices))
    found: list[dict[str, Any]] = spec["layout"]["meta"]["rows"]
    return found


def ids(scene: Scene, **choices: Any) -> list[str]:
    return list(dict.fromkeys(row["id"] for row in rows(scene, **choices)))


def test_rows_without_an_effect_are_one_line_below_the_changed_ones(demo: Assembly) -> None:
    scene = scene_of(demo, [Deaf(), Toy(), SpliceToy()])
    assert ids(scene, unchanged="folded")[-3:] == ["splice", GC, ""]
    line = rows(scene, unchanged="folded")[-1]
    assert (line["title"], line["folds"]) == ("1 unchanged row", "folded")
    spec = build(scene, scene.request.locus.interval, Options(unchanged="folded"))
    assert any(note["text"] == "Deaf one (+)" for note in spec["layout"]["annotations"])


@pytest.mark.parametrize(
    ("expression", "splicing", "wanted"),
    [
        (Level.SOME, Level.LARGE, ["splice", GC]),
        (Level.LARGE, Level.LARGE, [GC, "splice"]),
        (Level.LARGE, Level.RUNNING, [GC, "splice"]),
        (Level.NOT_PREDICTED, Level.SOME, ["splice", GC]),
    ],
)
def test_the_family_that_changes_most_comes_first(
    expression: Level, splicing: Level, wanted: list[str], demo: Assembly
) -> None:
    scene = scene_of(demo, [Toy(), SpliceToy()])
    assert scene.report
    levels = {EXPRESSION: expression, SPLICING: splicing}
    marks = tuple(Mark(family, level, None, "", "", "") for family, level in levels.items())
    report = replace(scene.report, verdict=replace(scene.report.verdict, marks=marks))
    assert ids(replace(scene, report=report))[-2:] == wanted


def test_shown_they_stand_below_the_line(demo: Assembly) -> None:
    scene = scene_of(demo, [Deaf(), Toy()])
    assert ids(scene, unchanged="shown")[-3:] == [GC, "", "deaf:+"]
    assert [row["folds"] for row in rows(scene, unchanged="shown") if "folds" in row] == ["shown"]


def test_without_the_choice_and_of_a_locus_nothing_is_folded(demo: Assembly) -> None:
    assert ids(scene_of(demo, [Deaf(), Toy()]))[-2:] == ["deaf:+", GC]
    locus = scene_of(demo, [Deaf()], "chr20:43,042,001-43,043,000")
    assert ids(locus, unchanged="folded")[-1] == "deaf:+"


def test_a_row_that_the_reader_ordered_stays(demo: Assembly) -> None:
    scene = scene_of(demo, [Deaf(), Toy()])
    assert ids(scene, unchanged="folded", order=("deaf:+", "genes")).index("deaf:+") == 1
    assert "" not in ids(scene, unchanged="folded", order=("deaf:+",))


@pytest.mark.parametrize(("size", "expected"), [(0.04, 2), (0.06, 0)])
def test_of_junctions_and_maps_the_largest_change_counts(
    demo: Assembly, size: float, expected: int
) -> None:
    before = junctions((100, 300, 1, [1.0]))
    arcs = answered(before, replace(before, values=before.values + np.float32(size)))
    maps = contacts(symmetric(4))
    moved = answered(maps, replace(maps, values=maps.values + np.float32(size)), "maps")
    scene = scene_of(demo, [], SNV, arcs, moved)
    assert len(unchanged_ids(scene, Options(unchanged="folded"))) == expected


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=6))
def test_a_row_is_changed_where_the_table_of_effects_has_a_line(sizes: list[float]) -> None:
    tracks = [replace(Toy.tracks[0], name=f"t{i}") for i in range(len(sizes))]
    changed = affected_columns(tracks, np.array(sizes, np.float32))
    least = Assay.TSS.facts.least_effect
    assert changed == [i for i, size in enumerate(sizes) if size >= least]
