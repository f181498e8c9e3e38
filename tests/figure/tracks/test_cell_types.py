"""Rows of a model that speaks of many cell types: the first are drawn, the others when asked."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.data.track_data import Assay, Family, TrackMetadata
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.panels import View
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import model_rows, model_titles, optional_ids
from genoview.io.assembly import Assembly
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.variant_report import variant_report
from genoview.scoring.variant_scores import effects_of, log2_changes, reporters_of
from tests.support.models.toy_backend import Toy, card

NEAR = "chr20:42,984,001-42,986,000"
SNV = "chr20:43042364:C>T"
MEMBERS = ("", "1 of 2", "2 of 2")
CELLS = ("Liver", "Blood", "Skin")


class Cells(Toy):
    """Three cell types on two strands, each by two networks."""

    card = card("cells", Family.EXPRESSION, random_weights=False)
    tracks = tuple(
        TrackMetadata(
            f"{cell} activity {member}".strip(), Assay.MPRA, strand, "log2", None, cell, member
        )
        for strand in "+-"
        for member in MEMBERS
        for cell in CELLS
    )
    letters = ("GC",) * 3 + ("G",) * 3 + ("CT",) * 12


def answered(text: str, demo: Assembly) -> tuple[Request, Answer]:
    request = resolve(text, demo, flank=500)
    return request, answer(request, Cells(), demo)


def shown_ids(demo: Assembly, text: str, **choices: Any) -> list[str]:
    request, found = answered(text, demo)
    made = build_figure(Scene(request, demo, [found]), request.locus.interval, Options(**choices))
    ids = [row["id"] for row in made.layout.meta["rows"]]
    return [one for one in dict.fromkeys(ids) if one.startswith("cells")]


def test_an_answer_speaks_by_the_mean_and_keeps_the_networks_of_a_variant(demo: Assembly) -> None:
    _, found = answered(SNV, demo)
    assert found.alleles is not None and found.members is not None
    assert {track.member for track in found.alleles.ref.tracks} == {""}
    assert {track.member for track in found.members.alt.tracks} == set(MEMBERS[1:])
    assert len(found.members.ref.tracks) == 12
    assert answered(NEAR, demo)[1].members is None


def test_every_cell_has_a_row_and_those_behind_the_second_are_optional(demo: Assembly) -> None:
    shown = [answered(NEAR, demo)[1].shown]
    ids = ("cells:Liver", "cells:Blood", "cells:Skin", "cells:all cells")
    assert [one for one in model_titles(shown[0], shown) if one.startswith("cells")] == list(ids)
    assert optional_ids(shown) == ids[2:]


@pytest.mark.parametrize("text", [NEAR, SNV])
def test_the_first_two_cells_are_drawn_and_another_when_the_order_names_it(
    demo: Assembly, text: str
) -> None:
    assert shown_ids(demo, text) == ["cells:Liver", "cells:Blood"]
    assert shown_ids(demo, text, order=("cells:Skin",)) == [
        "cells:Skin",
        "cells:Liver",
        "cells:Blood",
    ]
    assert shown_ids(demo, text, hidden=frozenset({"cells:Liver"})) == ["cells:Blood"]


def test_a_locus_shows_both_strands_of_a_cell_in_one_row(demo: Assembly) -> None:
    request, found = answered(NEAR, demo)
    made = build_figure(Scene(request, demo, [found]), request.locus.interval, Options())
    names = [trace.name for trace in made.data if trace.name and "Liver" in trace.name]
    assert names == ["Liver activity (+)", "Liver activity (-)"]
    words = " ".join(note.text for note in made.layout.annotations)
    assert words.count("+ strand") == words.count("− strand") == 1  # of both rows


def test_a_variant_shows_the_mean_of_both_strands(demo: Assembly) -> None:
    request, found = answered(SNV, demo)
    made = build_figure(Scene(request, demo, [found]), request.locus.interval, Options())
    [ref] = [trace for trace in made.data if trace.name == "Liver activity"]
    values = found.ref.data.values
    np.testing.assert_allclose(
        np.sort(np.unique(ref.y)), np.unique((values[:, 0] + values[:, 3]) / 2), atol=1e-6
    )


def test_activities_have_a_table_of_their_own_and_are_no_largest_effect(demo: Assembly) -> None:
    request, found = answered(SNV, demo)
    assert effects_of(request, [found]) == []
    changes = log2_changes(reporters_of(request, [found]))
    assert [change.cell for change in changes] == list(CELLS)
    told = document(variant_report(request, [found], demo))["activities"]
    assert [one["log2_fold_change"] for one in told] == [
        round(change.log2_fold_change, 6) for change in changes
    ]
    assert all(one["spread"] is not None and one["formula"] for one in told)
    assert reporters_of(replace(request, variant=None), [found]) == []


class Tissues(Toy):
    """Two tracks a strand that are no reporter activity; the second changes on one strand only."""

    card = card("tissues", Family.SPLICING, random_weights=False)
    tracks = tuple(
        TrackMetadata(tissue, Assay.SPLICE_SITE_STRENGTH, strand, "probability", None, tissue)
        for strand in "+-"
        for tissue in ("Heart", "Liver")
    )
    letters = ("A", "A", "C", "CT")


def test_groups_of_other_tracks_have_a_row_each_with_both_strands(demo: Assembly) -> None:
    request = resolve(NEAR, demo)
    found = answer(request, Tissues(), demo)
    made = build_figure(Scene(request, demo, [found]), request.locus.interval, Options())
    ids = [row["id"] for row in made.layout.meta["rows"] if row["id"].startswith("tissues")]
    assert ids == ["tissues:Heart", "tissues:Liver"]
    assert list(model_titles(found.shown, [found.shown]))[-2:] == ids
    assert optional_ids([found.shown]) == ()


def test_of_a_variant_the_strand_that_changes_most_is_drawn(demo: Assembly) -> None:
    """C>T leaves A and the sum of C and T as they were: only C of the reverse strand changes."""
    request = resolve(SNV, demo, flank=500)
    found = answer(request, Tissues(), demo)
    made = build_figure(Scene(request, demo, [found]), request.locus.interval, Options())
    rows = [row for row in made.layout.meta["rows"] if row["id"].startswith("tissues")]
    assert len(rows) == 4
    titles = str(made.layout.annotations)
    assert "Heart (−)" in titles and "Liver (−)" in titles
    assert "(+)" not in titles


@pytest.mark.parametrize(("text", "n_rows"), [(NEAR, 1), (SNV, 2)])
def test_all_cells_are_lanes_of_one_row_when_the_order_names_it(
    demo: Assembly, text: str, n_rows: int
) -> None:
    request, found = answered(text, demo)
    view = View(request.predicted)
    rows = model_rows(found.shown, view, Options(order=("cells:all cells",)))["cells:all cells"]
    assert len(rows) == n_rows
    assert {name for _, name in rows[0].names} == {f"{cell} activity" for cell in CELLS}
    assert "both strands" in rows[0].unit
