"""Which rows a figure has, in which order and on which scale; and that it shows what was said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from toy_backend import SpliceToy, Toy

from genoview.backends.jaspar import Jaspar
from genoview.drawing import (
    N_FACTORS,
    SEQUENCE_UP_TO,
    Options,
    factor_columns,
    ordered,
    row_ids,
)
from genoview.errors import TrackError
from genoview.genome import Interval
from genoview.options import Highlight, RowChoice
from genoview.panels import RANDOM_WEIGHTS
from genoview.pipeline import Answer, answer, draw
from genoview.request import Assembly, Request, resolve
from genoview.tracks import Assay, TrackMetadata

Drawn = tuple[Request, Sequence[Answer]]
FIRST_PAGE = "chr20:42,974,001-42,994,000"  # the P2 promoter of HNF4A, 20 kb
NEAR = "chr20:42,984,001-42,986,000"
SNV = "chr20:43042364:C>T"
MAX_FIGURE = 3_000_000  # bytes of JSON of the first page


class TwoStrands(Toy):
    tracks = (Toy.tracks[0], replace(Toy.tracks[0], strand="-"))
    letters = ("GC", "G")


@pytest.fixture(scope="module")
def models(jaspar: Jaspar) -> tuple[Jaspar, TwoStrands, SpliceToy]:
    return jaspar, TwoStrands(), SpliceToy()


def answered(text: str, demo: Assembly, models: Sequence[Any], flank: int = 500) -> Drawn:
    request = resolve(text, demo, flank=flank)
    return request, [answer(request, model, demo) for model in models]


@pytest.fixture(scope="module")
def locus(demo: Assembly, models: Sequence[Any]) -> Drawn:
    return answered(NEAR, demo, models)


@pytest.fixture(scope="module")
def variant(demo: Assembly, models: Sequence[Any]) -> Drawn:
    return answered(SNV, demo, models)


def figure(drawn: Drawn, demo: Assembly, view: Interval | None = None, **choices: Any) -> go.Figure:
    request, answers = drawn
    return draw(request, answers, demo, view or request.locus.interval, Options(**choices))


def titles(made: go.Figure) -> list[str]:
    return [row["title"] for row in made.layout.meta["rows"]]


def axis_of(made: go.Figure, title: str) -> Any:
    [name] = [row["yaxis"] for row in made.layout.meta["rows"] if row["title"] == title]
    return made.layout["yaxis" + name.removeprefix("y")]


def trace(made: go.Figure, name: str) -> Any:
    [found] = [each for each in made.data if each.name == name and len(each.x)]
    return found


LOCUS_ROWS = [
    "Genes",
    "Sequence",
    "GC (+)",
    "GC (-)",
    "Splice sites",
    "Motif sites",
    "Motif occupancy",
]
IDS = ["genes", "sequence", "gc:+", "gc:-", "splice", "jaspar:sites", "jaspar:occupancy"]


def test_every_row_has_an_id_and_words(locus: Drawn) -> None:
    ids = row_ids([found.shown for found in locus[1]])
    assert sorted(ids) == sorted(IDS)
    assert {ids[i] for i in IDS} == set(LOCUS_ROWS)


def test_a_locus_has_a_row_for_each_kind_of_track(demo: Assembly, locus: Drawn) -> None:
    assert titles(figure(locus, demo)) == LOCUS_ROWS


@pytest.mark.parametrize("row", range(len(IDS)))
def test_a_hidden_row_is_left_out_and_the_others_stay(
    demo: Assembly, locus: Drawn, row: int
) -> None:
    rest = [title for i, title in enumerate(LOCUS_ROWS) if i != row]
    assert titles(figure(locus, demo, hidden=frozenset({IDS[row]}))) == rest


def test_with_every_row_hidden_the_reader_is_told(demo: Assembly, locus: Drawn) -> None:
    with pytest.raises(TrackError, match="switch on at least one track"):
        figure(locus, demo, hidden=frozenset(IDS))


@pytest.mark.parametrize(
    ("hidden", "left"),
    [
        (
            ["Splice donor (-)", "Splice acceptor (-)"],
            {"Splice donor (+)", "Splice acceptor (+)"},
        ),
        (["Splice donor (+)", "Splice donor (-)"], {"Splice acceptor (+)", "Splice acceptor (-)"}),
    ],
)
def test_single_splice_tracks_are_switched_off(
    demo: Assembly, locus: Drawn, hidden: list[str], left: set[str]
) -> None:
    made = figure(locus, demo, hidden=frozenset(hidden))
    assert titles(made) == LOCUS_ROWS
    assert {each.name for each in made.data if str(each.name).startswith("Splice")} == left


def test_without_any_splice_track_the_row_goes(
    demo: Assembly, locus: Drawn, variant: Drawn
) -> None:
    labels = frozenset(track.label for track in SpliceToy.tracks)
    for drawn in (locus, variant):
        made = titles(figure(drawn, demo, hidden=labels))
        assert "Genes" in made
        assert not [title for title in made if title.startswith("Splice")]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((), ["a", "b", "c"]),
        (("c",), ["c", "a", "b"]),
        (("c", "b", "a"), ["c", "b", "a"]),
        (("x", "b"), ["b", "a", "c"]),
    ],
)
def test_the_readers_order_comes_first(order: tuple[str, ...], expected: list[str]) -> None:
    assert ordered(["a", "b", "c"], order) == expected


def test_rows_stand_in_the_readers_order(demo: Assembly, locus: Drawn) -> None:
    made = figure(locus, demo, order=("jaspar:sites", "unknown", "genes"))
    assert titles(made)[:3] == ["Motif sites", "Genes", "Sequence"]
    tops = [axis_of(made, title).domain[1] for title in titles(made)]
    assert tops == sorted(tops, reverse=True)


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (Interval("chr20", 42_984_000, 42_984_000 + SEQUENCE_UP_TO), True),
        (Interval("chr20", 42_984_000, 42_984_001 + SEQUENCE_UP_TO), False),
    ],
)
def test_bases_are_drawn_where_they_fit(
    demo: Assembly, models: Sequence[Any], view: Interval, shown: bool
) -> None:
    drawn = answered("chr20:42,984,001-42,990,000", demo, models[1:])
    assert ("Sequence" in titles(figure(drawn, demo, view))) == shown


def test_a_variant_has_both_alleles_their_difference_and_its_mark(
    demo: Assembly, variant: Drawn
) -> None:
    made = figure(variant, demo)
    assert titles(made).count("ALT − REF") >= 3
    at = variant[0].variant
    assert at is not None
    shapes = [shape for shape in made.layout.shapes if shape.xref == "x"]
    assert any(shape.x0 <= at.pos <= shape.x1 for shape in shapes)


def test_highlights_are_marked_across_the_rows(demo: Assembly, locus: Drawn) -> None:
    part = Interval("chr20", 42_984_500, 42_984_600)
    usual = figure(locus, demo)
    marked = figure(locus, demo, highlights=(Highlight(part, "#aa1122", "<b>mine</b>"),))
    assert len(marked.layout.shapes) == len(usual.layout.shapes) + 1
    [band] = [
        shape
        for shape in marked.layout.shapes
        if (shape.x0, shape.x1) == (42_984_500.5, 42_984_600.5)
    ]
    assert (band.y0, band.y1, band.yref) == (0, 1, "paper")
    assert band.fillcolor.startswith("rgba(170,17,34,")
    words = [str(note.text) for note in marked.layout.annotations]
    assert "&lt;b&gt;mine&lt;/b&gt;" in words
    assert not any("<b>mine" in text for text in words)


def test_occupancy_of_both_alleles_is_on_the_readers_scale(demo: Assembly, variant: Drawn) -> None:
    fixed = RowChoice(50, "line", "fixed", y_max=0.25)
    rows = figure(variant, demo, rows=(("jaspar:occupancy", fixed),)).layout.meta["rows"]
    own = [row for row in rows if row["id"] == "jaspar:occupancy"]
    assert own and own[0]["height"] == 50
    made = figure(variant, demo, rows=(("jaspar:occupancy", fixed),))
    ranges = [made.layout["yaxis" + row["yaxis"].removeprefix("y")].range for row in own]
    assert ranges == [(0, 0.25), (-0.25, 0.25)] * (len(own) // 2)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("HNF4A (MA0114.5)",), ["HNF4A (MA0114.5)"]),
        (("CTCF (MA1929.2)", "HNF4A (MA0114.5)"), ["CTCF (MA1929.2)", "HNF4A (MA0114.5)"]),
        (("HNF4A (MA0114.5)", "no such factor"), ["HNF4A (MA0114.5)"]),
    ],
)
def test_factors_that_the_reader_picks_are_drawn_in_that_order(
    locus: Drawn, names: tuple[str, ...], expected: list[str]
) -> None:
    shown = locus[1][0].shown
    columns = factor_columns(shown, locus[0].locus.interval, Options(factors=names))
    assert [shown.ref.data.tracks[column].name for column in columns] == expected


def test_where_none_is_picked_the_strongest_in_view_are_drawn(locus: Drawn) -> None:
    shown, view = locus[1][0].shown, locus[0].locus.interval
    columns = factor_columns(shown, view, Options())
    assert len(columns) == len(set(columns)) == N_FACTORS
    sites = shown.ref.sites.within(view)
    assert int(sites.track[sites.p_value.argmin()]) in columns
    nothing_known = factor_columns(shown, view, Options(factors=("no such factor",)))
    assert nothing_known == columns


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, (0.0, 1.0)),
        ({"scale": "natural"}, (0.0, 1.0)),
        ({"scale": "auto"}, (0.0, 0.45)),
        ({"scale": "fixed", "y_max": 3.0}, (0.0, 3.0)),
        ({"scale": "group"}, (0.0, 0.9)),
        ({"scale": "no such scale"}, (0.0, 1.0)),
    ],
)
def test_the_scale_is_the_readers_choice(
    demo: Assembly, choices: dict[str, Any], expected: tuple[float, float]
) -> None:
    """Two tracks: one reaches 0.45 in view, the other 0.9."""
    half = type("Half", (Toy,), {"card": replace(Toy.card, name="half")})(weight=0.5)
    request = resolve(NEAR, demo)
    answers = [answer(request, model, demo) for model in (half, Toy())]
    peaks = [float(found.ref.data.values.max()) for found in answers]
    assert peaks == [pytest.approx(0.45), pytest.approx(0.9)]
    made = draw(request, answers, demo, request.locus.interval, Options(**choices))
    first = made.layout.meta["rows"][2]["yaxis"]
    bottom, top = made.layout["yaxis" + first.removeprefix("y")].range
    assert bottom == expected[0]
    assert top == pytest.approx(expected[1], rel=0.06)  # a little room above the peak


def test_a_height_makes_predicted_rows_taller_and_leaves_the_genes(
    demo: Assembly, locus: Drawn
) -> None:
    usual, tall = figure(locus, demo), figure(locus, demo, height=2.0)

    def px(made: go.Figure, title: str) -> float:
        low, high = axis_of(made, title).domain
        margin = made.layout.margin
        return float((high - low) * (made.layout.height - margin.t - margin.b))

    assert px(tall, "GC (+)") == pytest.approx(2 * px(usual, "GC (+)"), rel=0.02)
    assert px(tall, "Genes") == pytest.approx(px(usual, "Genes"), rel=0.02)
    assert tall.layout.height > usual.layout.height


def warnings_of(made: go.Figure) -> int:
    return sum(RANDOM_WEIGHTS in str(note.text) for note in made.layout.annotations)


@pytest.mark.parametrize("text", [NEAR, SNV])
def test_random_weights_are_told_at_the_top_and_in_every_predicted_row(
    demo: Assembly, text: str
) -> None:
    made = figure(answered(text, demo, [Toy(), SpliceToy()]), demo)
    predicted = [t for t in titles(made) if t not in ("Genes", "Sequence")]
    assert warnings_of(made) == 1 + len(predicted)
    assert made.layout.meta["banner"] == RANDOM_WEIGHTS


def test_trained_models_carry_no_warning(demo: Assembly, jaspar: Jaspar) -> None:
    made = figure(answered(NEAR, demo, [jaspar, SpliceToy()]), demo)
    assert warnings_of(made) == 0
    assert made.layout.meta["banner"] == ""


def test_without_answers_the_genes_and_bases_are_there_already(demo: Assembly) -> None:
    assert titles(figure(answered(NEAR, demo, []), demo)) == ["Genes", "Sequence"]


def test_what_is_drawn_of_a_signal_is_what_was_predicted(demo: Assembly, locus: Drawn) -> None:
    request, answers = locus
    drawn = trace(figure(locus, demo), "GC (+)")
    data = answers[1].ref.data
    starts = np.asarray(drawn.x) - 1 - (data.resolution - 1) / 2
    bins = ((starts - data.interval.start) / data.resolution).round().astype(int)
    np.testing.assert_array_equal(bins, np.arange(data.n_bins))
    np.testing.assert_array_equal(np.asarray(drawn.y, np.float32), data.values[:, 0])
    bases = demo.reference.fetch(request.predicted)
    assert data.values[7, 0] == pytest.approx(sum(map(bases[70:80].count, "GC")) / 10)


def test_stems_stand_on_the_bases_that_were_predicted(demo: Assembly, locus: Drawn) -> None:
    request, _ = locus
    view = replace(request.locus.interval, start=42_984_500, end=42_984_700)
    made = figure(locus, demo, view)
    for name, letter, sign in (("Splice donor (+)", "G", 1), ("Splice acceptor (-)", "T", -1)):
        drawn = trace(made, name)
        xs, ys = np.asarray(drawn.x)[1::3], np.asarray(drawn.y)[1::3]
        seen = (xs > view.start) & (xs <= view.end)
        bases = demo.reference.fetch(view)
        expected = [view.start + i + 1 for i, base in enumerate(bases) if base == letter]
        assert xs[seen].tolist() == expected
        assert set(ys.tolist()) == {float(sign)}


def test_the_first_page_is_light_enough_to_send(demo: Assembly, models: Sequence[Any]) -> None:
    """20 kb with motifs, stems at every base and a signal: more than the real models draw."""
    drawn = answered(FIRST_PAGE, demo, models)
    assert drawn[0].predicted.width == 20_000
    made = figure(drawn, demo)
    assert len(made.to_json(validate=False)) <= MAX_FIGURE
    points = [len(each.x) for each in made.data if each.x is not None]
    assert max(points) < 3 * 4_000


def test_names_from_a_model_are_shown_as_they_are(demo: Assembly) -> None:
    odd = type("Odd", (Toy,), {"tracks": (TrackMetadata("<b>x</b>", Assay.TSS, "+", "a & b"),)})
    words = figure(answered(NEAR, demo, [odd()]), demo).layout.annotations
    assert any("&lt;b&gt;x&lt;/b&gt;" in str(note.text) for note in words)
    assert not any("<b>x</b>" in str(note.text) for note in words)


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_is_the_readers(demo: Assembly, locus: Drawn, dark: bool) -> None:
    made, other = figure(locus, demo, dark=dark), figure(locus, demo, dark=not dark)
    assert made.layout.paper_bgcolor != other.layout.paper_bgcolor
