"""Files of models with thousands of tracks hold what was chosen and what changes most."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.track_data import Assay, Biosample, Family, FloatArray, TrackMetadata
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.document import MOST_EFFECTS, document
from genoview.report.json_models import MOST_TRACKS
from genoview.report.score_table import MOST_SCORES, bounded, score_rows
from genoview.report.variant_report import VariantReport, variant_report
from tests.support.models.toy_backend import Toy, card

N_TRACKS = 6_000
SNV = "chr20:42984264:G>A"
LOCUS = "chr20:42,984,001-42,984,400"


class Wide(Toy):
    """Track i is GC times i + 1, so that the last one changes most."""

    card = card("wide", Family.EXPRESSION)
    tracks = tuple(
        TrackMetadata(f"track {i}", Assay.CAGE, ".", "reads", Biosample(f"CL:{i:07d}", f"cell {i}"))
        for i in range(N_TRACKS)
    )
    letters = ("GC",)

    def shares(self, sequence: str) -> FloatArray:
        scale = np.arange(1, N_TRACKS + 1, dtype=np.float32)
        return super().shares(sequence) * scale


def asked(text: str, demo: Assembly) -> VariantReport:
    """Without genes, of which each has scores of its own."""
    request = resolve(text, demo, flank=200)
    bare = replace(demo, annotation=Annotation.empty())
    return variant_report(request, [answer(request, Wide(), demo)], bare)


@pytest.fixture(scope="module")
def report(demo: Assembly) -> VariantReport:
    return asked(SNV, demo)


def names(described: dict[str, Any]) -> list[str]:
    [model] = described["models"]
    assert model["n_tracks"] == N_TRACKS
    return [track["name"] for track in model["tracks"]]


def test_the_tracks_that_change_most_stand_first(report: VariantReport) -> None:
    described = document(report)
    listed = names(described)
    assert listed == [f"track {i}" for i in range(N_TRACKS - 1, N_TRACKS - MOST_TRACKS - 1, -1)]
    assert len(described["effects"]) <= MOST_EFFECTS
    assert len(described["scores"]) <= MOST_SCORES
    assert described["left_out"]["effects"] > 0 and described["left_out"]["scores"] > 0
    assert len(json.dumps(described)) < 10_000_000


def test_of_a_locus_the_highest_stand_first(demo: Assembly) -> None:
    assert names(document(asked(LOCUS, demo)))[0] == f"track {N_TRACKS - 1}"


def test_chosen_tracks_are_those_that_are_listed(report: VariantReport) -> None:
    chosen = ["CL:0000007", "CL:0000011"]
    assert names(document(report, tokens=chosen)) == ["track 11", "track 7"]


def test_rows_of_a_table_hold_the_largest_of_each_score(
    report: VariantReport,
) -> None:
    rows = score_rows(report)
    assert len(rows) == MOST_SCORES
    assert len({row.score for row in rows}) == 2
    assert {f"track {N_TRACKS - 1}"} <= {row.track for row in rows}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-9, 9))), st.integers(1, 20))
def test_no_kind_is_crowded_out_and_the_order_stays(
    items: list[tuple[int, int]], most: int
) -> None:
    kept = bounded(items, most, lambda one: one[0], lambda one: abs(one[1]))
    kinds = {one[0] for one in items}
    assert {one[0] for one in kept} == kinds
    assert len(kept) <= max(most, len(kinds))
    left = iter(items)
    assert all(any(one == other for other in left) for one in kept)
    for kind in kinds:
        own = sorted((abs(size) for k, size in items if k == kind), reverse=True)
        taken = sorted((abs(size) for k, size in kept if k == kind), reverse=True)
        assert taken == own[: len(taken)]
