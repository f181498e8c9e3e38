"""Gene rows: lanes, boxes, numbers of exons, and nothing lost in silence."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.figure.panels import LIGHT, gene_row
from genoview.figure.panels.frame.lane_packing import packed
from genoview.figure.panels.frame.row import Row, Trace
from genoview.figure.panels.genome.genes import GAP_PX, LEAST_BOX_PX, THICK, THIN
from tests.figure.panels.samples import START, gene, transcript, view

SPANS = st.lists(
    st.tuples(st.floats(0, 1000), st.floats(1, 300)).map(lambda s: (s[0], s[0] + s[1])), max_size=40
)


@given(SPANS, st.integers(1, 10))
def test_neighbours_of_a_lane_never_overlap(
    spans: list[tuple[float, float]], max_lanes: int
) -> None:
    lanes = packed(spans, max_lanes, GAP_PX)
    for lane in {one for one in lanes if one is not None}:
        held = sorted(span for span, one in zip(spans, lanes, strict=True) if one == lane)
        assert all(a[1] + GAP_PX <= b[0] for a, b in pairwise(held))
    assert all(lane is None or 0 <= lane < max_lanes for lane in lanes)


@given(SPANS)
def test_with_lanes_enough_nothing_is_left_out(spans: list[tuple[float, float]]) -> None:
    assert None not in packed(spans, max(len(spans), 1), GAP_PX)


@given(SPANS.filter(len))
def test_the_most_important_always_finds_a_lane(spans: list[tuple[float, float]]) -> None:
    assert packed(spans, 1, GAP_PX)[0] is not None or None not in packed(spans, 1, GAP_PX)


def bars(row: Row) -> list[Trace]:
    return [trace for trace in row.traces if trace["type"] == "bar"]


def labels(row: Row) -> list[str]:
    return list(row.traces[-1]["text"])


def boxes(row: Row) -> list[tuple[float, float, float, str]]:
    """Left and right edge counted from START, thickness, words; introns left out."""
    return [
        (float(base) - START - 0.5, float(base + x) - START - 0.5, round(float(w), 3), words)
        for bar in bars(row)
        for base, x, w, words in zip(
            bar["base"], bar["x"], bar["width"], bar["hovertext"], strict=True
        )
        if w >= THIN - 1e-6
    ]


def test_exon_boxes_stand_on_the_edges_of_their_bases() -> None:
    row = gene_row([gene("ADA", transcript("T1", [(100, 200), (400, 450)]))], view(1000), LIGHT)
    assert [(left, right) for left, right, _, _ in boxes(row)] == [(100, 200), (400, 450)]


def test_coding_parts_are_thick_and_the_rest_is_thin() -> None:
    one = transcript("T1", [(100, 200), (400, 450)], coding=(150, 420))
    row = gene_row([gene("ADA", one)], view(1000), LIGHT)
    assert [(left, right, thick) for left, right, thick, _ in boxes(row)] == [
        (100, 150, THIN),
        (150, 200, THICK),
        (400, 420, THICK),
        (420, 450, THIN),
    ]


@pytest.mark.parametrize(("biotype", "thickness"), [("", THICK), ("lncRNA", THIN)])
def test_without_coding_parts_only_known_non_coding_genes_are_thin(
    biotype: str, thickness: float
) -> None:
    made = gene("X", transcript("T1", [(10, 90)]), biotype=biotype)
    assert [box[2] for box in boxes(gene_row([made], view(100), LIGHT))] == [thickness]


def test_a_transcript_of_unknown_coding_part_is_thin_beside_one_that_has_it() -> None:
    known = transcript("T1", [(10, 90)], coding=(10, 90))
    made = gene("X", known, transcript("T2", [(20, 80)]))
    row = gene_row([made], view(100), LIGHT, by_transcript=True)
    drawn = {words.split(" · ")[1].partition(",")[0]: thick for _, _, thick, words in boxes(row)}
    assert drawn == {"T1": THICK, "T2": THIN}
    assert any("coding part not in the source" in words for *_, words in boxes(row))


@pytest.mark.parametrize(("strand", "numbers"), [("+", ["1", "2", "3"]), ("-", ["3", "2", "1"])])
def test_exons_are_numbered_in_the_direction_of_reading(strand: str, numbers: list[str]) -> None:
    one = transcript("ENST1", [(0, 10), (50, 60), (90, 99)], strand)
    row = gene_row([gene("ADA", one)], view(100), LIGHT)
    words = [box[3] for box in boxes(row)]
    assert [text.split("exon ")[1][0] for text in words] == numbers
    assert words[0].endswith("of 3 · ENST1, test")


def test_few_transcripts_are_drawn_each_and_many_as_one() -> None:
    few = gene("FEW", *(transcript(f"T{i}", [(100, 900)]) for i in range(3)))
    many = gene("MANY", *(transcript(f"T{i}", [(100, 900)]) for i in range(30)))
    assert len(labels(gene_row([few], view(1000), LIGHT))) == 3
    assert len(labels(gene_row([many], view(1000), LIGHT))) == 1
    assert "any of 30 transcripts" in boxes(gene_row([many], view(1000), LIGHT))[0][3]


def test_a_collapsed_gene_has_every_exon_of_its_transcripts() -> None:
    made = gene("G", transcript("A", [(0, 10), (50, 60)]), transcript("B", [(5, 20), (80, 90)]))
    row = gene_row([made], view(100), LIGHT, by_transcript=False)
    assert [(left, right) for left, right, _, _ in boxes(row)] == [(0, 20), (50, 60), (80, 90)]


def test_an_intron_that_one_transcript_retains_is_exon_where_they_lie_over_each_other() -> None:
    spliced = transcript("A", [(0, 20), (60, 90)], coding=(0, 90))
    made = gene("G", spliced, transcript("B", [(0, 90)]))
    collapsed = boxes(gene_row([made], view(100), LIGHT, by_transcript=False))
    assert [(left, right) for left, right, *_ in collapsed] == [(0, 20), (20, 60), (60, 90)]
    first, retained, last = (height for _, _, height, _ in collapsed)
    assert first == last > retained


def test_models_without_a_lane_are_counted_in_the_label() -> None:
    made = gene("G", *(transcript(f"T{i}", [(0, 100)]) for i in range(20)))
    row = gene_row([made], view(100), LIGHT, by_transcript=True, max_lanes=5)
    assert len(labels(row)) == 5
    assert "+15 more" in row.unit


def test_names_lie_within_the_view_and_do_not_cover_each_other() -> None:
    genes = [gene(f"GENE{i}", transcript("T", [(i * 90, i * 90 + 30)])) for i in range(11)]
    shown = view(1000)
    row = gene_row(genes, shown, LIGHT)
    names = row.traces[-1]
    spans: dict[float, list[tuple[float, float]]] = {}
    for x, y, text in zip(names["x"], names["y"], names["text"], strict=True):
        left = shown.px(x - 0.5)
        width = 0.5 * 11 * len(text.removeprefix("<i>").removesuffix("</i>"))
        assert left >= 0 and left + width <= shown.plot_px
        spans.setdefault(float(y), []).append((left, left + width))
    for held in spans.values():
        held.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(held))


def test_the_name_of_a_gene_that_begins_before_the_view_is_seen() -> None:
    row = gene_row([gene("LONG", transcript("T", [(0, 900)]))], view(100, START + 400), LIGHT)
    assert row.traces[-1]["x"].tolist() == [START + 400.5]


def test_a_tiny_exon_stays_visible_in_a_megabase() -> None:
    made = gene("G", transcript("T", [(1000, 1010), (400_000, 400_020)]))
    shown = view(1_000_000)
    row = gene_row([made], shown, LIGHT)
    widths = [(right - left) * shown.px_per_bp for left, right, _, _ in boxes(row)]
    np.testing.assert_allclose(widths, LEAST_BOX_PX, rtol=0.1)


def test_direction_is_shown_on_introns_by_strand() -> None:
    forward = gene("F", transcript("T", [(0, 10), (900, 990)], "+"))
    reverse = gene("R", transcript("T", [(0, 10), (900, 990)], "-"))
    for made, mark, arrow in ((forward, "›", "→"), (reverse, "‹", "←")):
        row = gene_row([made], view(1000), LIGHT)
        assert set(row.traces[-2]["text"]) == {mark}
        assert arrow in labels(row)[0]


def test_names_from_files_are_not_read_as_markup() -> None:
    row = gene_row([gene("<b>x</b>&", transcript("T", [(0, 90)]))], view(100), LIGHT)
    assert "&lt;b&gt;x&lt;/b&gt;&amp;" in labels(row)[0]


def test_a_view_without_genes_says_so() -> None:
    assert gene_row([], view(100), LIGHT).message == "no gene in view"


def test_genes_beyond_the_edges_do_not_make_the_row_taller() -> None:
    beside = [transcript(f"T{i}", [(110, 190)]) for i in range(6)]
    empty = gene_row([gene("HNF4A", *beside)], view(100), LIGHT)
    assert empty.message == "no gene in view"
    assert empty.height_px == gene_row([], view(100), LIGHT).height_px
    one = gene_row(
        [gene("ADA", transcript("T", [(10, 60)])), gene("HNF4A", *beside)], view(100), LIGHT
    )
    assert (
        one.height_px
        == gene_row([gene("ADA", transcript("T", [(10, 60)]))], view(100), LIGHT).height_px
    )


def test_a_click_finds_each_model_by_gene_and_transcript() -> None:
    made = gene("ADA", transcript("T1", [(100, 200), (400, 450)]), transcript("T2", [(120, 200)]))
    row = gene_row([made], view(1000), LIGHT)
    assert [(thing.kind, thing.key) for thing in row.things] == [
        ("gene", "ENSG_ADA|T1"),
        ("gene", "ENSG_ADA|T2"),
    ]
    assert {thing.label for thing in row.things} == {"ADA T1", "ADA T2"}
    for thing in row.things:
        (lane,) = {y for bar in bars(row) for y in bar["y"] if thing.y[0] < y < thing.y[1]}
        assert lane == pytest.approx(thing.y[0] + 0.7)


def test_a_collapsed_gene_is_found_without_a_transcript() -> None:
    made = gene("G", transcript("A", [(0, 10)]), transcript("B", [(5, 20)]))
    (thing,) = gene_row([made], view(100), LIGHT, by_transcript=False).things
    assert (thing.key, thing.label) == ("ENSG_G|", "G")


def test_a_click_finds_a_model_on_its_boxes_and_its_name_and_nowhere_else() -> None:
    shown = view(1000)
    (thing,) = gene_row([gene("A", transcript("T", [(500, 503)]))], shown, LIGHT).things
    name_px = 11 * 0.6 * len("A →")
    assert thing.x[0] == START + 500.5
    assert (thing.x[1] - thing.x[0]) * shown.px_per_bp == pytest.approx(name_px)


def test_boxes_for_clicks_do_not_overlap_and_end_where_drawing_does() -> None:
    genes = [gene(f"GENE{i}", transcript("T", [(i * 40, i * 40 + 300)])) for i in range(25)]
    shown = view(500, START + 200)
    things = gene_row(genes, shown, LIGHT).things
    assert things
    for a, b in combinations(things, 2):
        assert a.y != b.y or a.x[1] <= b.x[0] or b.x[1] <= a.x[0]
    assert min(thing.x[0] for thing in things) >= shown.drawn.start + 0.5
    assert max(thing.x[1] for thing in things) <= shown.drawn.end + 0.5
