"""The composed figure: axes, marks, warnings, words, size."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import AlleleTracks
from genoview.errors import TrackError
from genoview.figure.panels import (
    ALT_NOTE,
    DARK,
    LIGHT,
    RANDOM_WEIGHTS,
    FigureTexts,
    Mark,
    Row,
    Theme,
    View,
    allele_rows,
    compose,
    gene_row,
    heat_row,
    sequence_row,
    signal_row,
    site_allele_row,
    splice_allele_rows,
    splice_row,
    variant_mark,
)
from genoview.figure.panels.frame.theme import contrast
from tests.figure.panels.samples import (
    CHROM,
    START,
    acceptor,
    data,
    donor,
    gene,
    interval,
    motif,
    sites,
    track,
    transcript,
    view,
)

VARIANT = Variant(CHROM, START + 501, "T", "C")


def all_rows(shown: View, theme: Theme = LIGHT) -> list[Row]:
    """A row of every panel over 1,000 bp from START."""
    wave = np.sin(np.arange(1000) / 9).astype(np.float32) ** 2
    ref, alt = data(wave), data(wave * np.float32(0.5))
    splice = np.stack([wave > 0.999, wave < 1e-4, np.zeros(1000)], axis=1) * 0.9
    kinds = (donor("+"), acceptor("+"), donor("-"))
    lanes = (motif("HNF1A"), motif("HNF4A"))
    one = transcript("ENST1", [(0, 200), (600, 900)], coding=(100, 700))
    return [
        gene_row([gene("HNF4A", one)], shown, theme),
        sequence_row("ACGT" * 250, interval(1000), shown, theme),
        signal_row(ref, shown, theme),
        splice_row(data(splice, *kinds), shown, theme),
        *splice_allele_rows(
            AlleleTracks(data(splice, *kinds), data(splice / 2, *kinds)), shown, theme
        ),
        *allele_rows(AlleleTracks(ref, alt), shown, theme),
        heat_row(data(np.stack([wave, wave], axis=1), *lanes), shown, theme),
        site_allele_row(sites((400, 9, 1, 0, 5)), sites((600, 9, -1, 1, 5)), lanes, shown, theme),
    ]


def annotations(figure: go.Figure) -> list[dict[str, Any]]:
    return [one.to_plotly_json() for one in figure.layout.annotations]


def texts(figure: go.Figure) -> list[str]:
    return [one["text"] for one in annotations(figure)]


def y_axes(figure: go.Figure) -> dict[str, Any]:
    layout = figure.layout.to_plotly_json()
    return {key.replace("axis", ""): layout[key] for key in layout if key.startswith("yaxis")}


def test_all_rows_share_one_x_axis_and_have_their_own_y_axis() -> None:
    rows = all_rows(view(1000))
    figure = compose(rows, view(1000))
    drawn = [trace for trace in figure.data if trace.xaxis != "x2"]
    assert {trace.xaxis for trace in drawn} == {"x"}
    assert {trace.yaxis for trace in drawn} == set(y_axes(figure))
    assert len(y_axes(figure)) == len(rows)
    assert figure.layout.hovermode == "x unified"
    assert figure.layout.hoversubplots == "axis"
    assert figure.layout.xaxis.spikemode == "across"
    assert figure.layout.xaxis2.matches == "x"


def test_rows_lie_below_each_other_in_order_without_overlap() -> None:
    figure = compose(all_rows(view(1000)), view(1000))
    domains = [axis["domain"] for axis in y_axes(figure).values()]
    assert all(0 <= bottom < top <= 1 for bottom, top in domains)
    pairs = pairwise(domains)
    assert all(upper[0] > lower[1] for upper, lower in pairs)


def test_rows_get_the_height_that_they_ask_for() -> None:
    rows = all_rows(view(1000))
    figure = compose(rows, view(1000))
    margin = figure.layout.margin
    inner = figure.layout.height - margin.t - margin.b
    heights = [(axis["domain"][1] - axis["domain"][0]) * inner for axis in y_axes(figure).values()]
    np.testing.assert_allclose(heights, [row.height_px for row in rows])


def test_the_x_axis_is_one_based() -> None:
    figure = compose([signal_row(data(np.ones(100)), view(100), LIGHT)], view(100))
    assert figure.layout.xaxis.range == (START + 0.5, START + 100.5)
    assert figure.layout.xaxis.tickformat == ",d"


def test_marks_cross_all_rows_from_top_to_bottom() -> None:
    marks = [variant_mark(VARIANT), Mark(interval(50), "P2 promoter")]
    figure = compose(all_rows(view(1000)), view(1000), marks=marks)
    drawn = [shape for shape in figure.layout.shapes if shape.name]
    assert [(s.xref, s.yref, s.y0, s.y1) for s in drawn] == [("x", "paper", 0, 1)] * 2
    assert [(s.x0, s.x1) for s in drawn] == [
        (START + 501, START + 501),
        (START + 0.5, START + 50.5),
    ]
    assert "43,000,501 T&gt;C" in texts(figure)
    assert "P2 promoter" in texts(figure)


def test_a_mark_has_its_own_colour_and_its_label_as_text() -> None:
    mark = Mark(interval(50), "<i>P2</i>", colour="#aa1122")
    figure = compose(all_rows(view(1000)), view(1000), marks=[mark])
    (band,) = [shape for shape in figure.layout.shapes if shape.name]
    assert band.line.color == "rgba(170,17,34,0.8)"
    (flag,) = [one for one in figure.layout.annotations if "P2" in one.text]
    assert (flag.text, flag.bordercolor) == ("&lt;i&gt;P2&lt;/i&gt;", "#aa1122")


def test_labels_of_marks_never_cover_each_other() -> None:
    marks = [Mark(interval(20, START + at), f"a long label {at}") for at in range(0, 600, 100)]
    figure = compose(all_rows(view(1000)), view(1000), marks=[*marks, variant_mark(VARIANT)])
    flags = [
        one for one in figure.layout.annotations if one.yref == "paper" and one.yanchor == "top"
    ]
    lanes = {flag.yshift for flag in flags}
    assert len(flags) == 7
    assert lanes == {-20.0 * lane for lane in range(len(lanes))} and len(lanes) > 1
    first = figure.layout.meta["rows"][0]
    assert first["top"] - first["strip"] >= 20 * len(lanes)


def test_a_label_that_is_too_long_for_the_figure_is_cut_and_whole_on_hover() -> None:
    shown = view(1000, width_px=390)
    figure = compose(all_rows(shown), shown, marks=[Mark(interval(50), "x" * 60)])
    (flag,) = [one for one in figure.layout.annotations if "xxx" in one.text]
    assert flag.text.endswith("…") and len(flag.text) < 40
    assert flag.hovertext == "x" * 60


def test_a_label_out_of_view_keeps_its_room() -> None:
    here, there = (Mark(interval(50, START + at), "P2") for at in (0, 5000))
    tops = [
        compose(all_rows(view(1000)), view(1000), marks=[mark]).layout.meta["rows"][0]["top"]
        for mark in (here, there)
    ]
    assert tops[0] == tops[1]


def test_a_variant_becomes_a_band_where_its_bases_can_be_seen() -> None:
    shown = view(50, START + 480)
    figure = compose(all_rows(shown), shown, marks=[variant_mark(VARIANT)])
    (band,) = [shape for shape in figure.layout.shapes if shape.name]
    assert (band.type, band.x0, band.x1) == ("rect", START + 500.5, START + 501.5)


@pytest.mark.parametrize(
    ("ref", "alt", "label"),
    [("T", "C", "T>C"), ("TA", "T", "TA>T"), ("T", "T" + "A" * 20, "T>TAAA…(21 bp)")],
)
def test_long_alleles_are_shortened_in_the_label(ref: str, alt: str, label: str) -> None:
    assert variant_mark(Variant(CHROM, 100, ref, alt)).label == f"100 {label}"


def test_random_weights_are_told_at_the_top_and_in_every_predicted_row() -> None:
    rows = all_rows(view(1000))
    figure = compose(rows, view(1000), texts=FigureTexts(banner=RANDOM_WEIGHTS))
    told = [text for text in texts(figure) if RANDOM_WEIGHTS in text]
    assert len(told) == 1 + sum(row.predicted for row in rows)
    assert sum(row.predicted for row in rows) == len(rows) - 2  # genes and bases are not predicted
    assert figure.layout.meta["banner"] == RANDOM_WEIGHTS


def test_without_a_banner_no_row_warns() -> None:
    assert not [t for t in texts(compose(all_rows(view(1000)), view(1000))) if "RANDOM" in t]


def test_note_and_provenance_are_written_in_full() -> None:
    provenance = "GRCh37 · CI-SpliceAI 1.2.2 (CC BY 4.0) · " + "PromID 1.1 (MIT) · " * 12 + "end"
    figure = compose(
        all_rows(view(1000)),
        view(1000, width_px=390),
        texts=FigureTexts(note=ALT_NOTE, provenance=provenance),
    )
    words = " ".join(texts(figure))
    for sentence in (ALT_NOTE, provenance):
        assert all(word in words for word in sentence.split())
    assert figure.layout.meta["provenance"] == provenance


def test_colours_are_explained_once() -> None:
    figure = compose(all_rows(view(1000)), view(1000))
    words = "".join(texts(figure))
    for label in ("REF", "donor (exon's end)", "ALT below REF", "gained, ↑ strengthened in ALT"):
        assert len(re.findall(rf"</span> {re.escape(label)}(?=&nbsp;|$|<)", words)) <= 1
        assert label in words
    assert "ALT above REF" not in words  # it never is


def test_what_is_not_in_view_is_not_explained_and_rows_stay_where_they_are() -> None:
    seen, beside = view(200), view(200, START + 210)  # sites lie at 400 and 600
    near, far = (compose(all_rows(shown), shown) for shown in (view(300, START + 350), seen))
    assert "site in both" not in "".join(texts(near))
    assert "lost, ↓" in "".join(texts(near)) and "lost, ↓" not in "".join(texts(far))
    margins = [compose(all_rows(shown), shown).layout.margin.t for shown in (seen, beside)]
    assert margins[0] == margins[1]


def test_stretches_without_prediction_are_shaded_and_named() -> None:
    shown = view(1000, START - 500)
    figure = compose([signal_row(data(np.ones(1000)), shown, LIGHT)], shown)
    (shade,) = [s for s in figure.layout.shapes if s.fillcolor == LIGHT.shade]
    assert (shade.x0, shade.x1) == (START - 499.5, START + 0.5)
    assert "not predicted" in texts(figure)


def test_covered_views_are_not_shaded() -> None:
    figure = compose([signal_row(data(np.ones(1000)), view(500), LIGHT)], view(500))
    assert not [s for s in figure.layout.shapes if s.fillcolor == LIGHT.shade]


def test_labels_stand_beside_the_rows_or_above_them_where_it_is_narrow() -> None:
    wide, narrow = view(1000), view(1000, width_px=390)
    rows = [signal_row(data(np.ones(1000)), wide, LIGHT)]
    for shown, above in ((wide, False), (narrow, True)):
        figure = compose(rows, shown)
        (label,) = [a for a in annotations(figure) if "<b>CAGE</b>" in a["text"]]
        assert (label["y"] > y_axes(figure)["y"]["domain"][1]) == above
        assert figure.layout.margin.l == shown.left_px
    assert narrow.left_px < wide.left_px


def test_names_from_files_are_not_read_as_markup() -> None:
    named = replace(track(), name="<script>x</script>")
    figure = compose(
        [signal_row(data(np.ones(10), named), view(10), LIGHT)],
        view(10),
        texts=FigureTexts(title="a<b"),
    )
    dumped = figure.to_json()
    assert "<script>" not in dumped
    assert "a&lt;b" in dumped


def test_the_zoom_is_kept_until_the_interval_changes() -> None:
    rows = all_rows(view(1000))
    assert compose(rows, view(1000)).layout.uirevision == interval(1000).to_ucsc()
    assert compose(rows, view(1000), uirevision="one").layout.uirevision == "one"


def test_a_logarithmic_axis_is_given_in_decades() -> None:
    row = replace(signal_row(data(np.ones(10)), view(10), LIGHT), log=True, y_range=(0.01, 10))
    axis = compose([row], view(10)).layout.yaxis
    assert axis.type == "log"
    np.testing.assert_allclose(axis.range, [-2, 1])


def test_the_numbers_of_the_minus_strand_carry_no_minus() -> None:
    row = splice_row(data(np.zeros((10, 2)), donor("+"), donor("-")), view(10), LIGHT)
    axis = compose([row], view(10)).layout.yaxis
    assert axis.tickvals == (-1, 0, 1)
    assert axis.ticktext == ("1", "0", "1")


def test_nothing_to_draw_is_said_plainly() -> None:
    with pytest.raises(TrackError, match="switch on at least one track"):
        compose([], view(100))


@pytest.mark.parametrize("width_px", [390, 1440])
@pytest.mark.parametrize("width", [40, 1000, 20_000])
def test_every_figure_is_valid_json_without_gl_traces(width: int, width_px: int) -> None:
    shown = view(width, width_px=width_px)
    figure = compose(
        all_rows(shown),
        shown,
        marks=[variant_mark(VARIANT)],
        texts=FigureTexts(title="t", note="n"),
    )
    parsed = json.loads(figure.to_json())
    assert parsed["layout"]["template"]["layout"].keys() == {"font"}
    assert not [trace["type"] for trace in parsed["data"] if trace["type"].endswith("gl")]
    assert all(re.fullmatch(r"\w+", trace["uid"]) for trace in parsed["data"] if "uid" in trace)


def coloured_words(figure: go.Figure, theme: Theme) -> Iterator[tuple[str, str, str]]:
    """(words, colour, ground) of everything that is written in a figure."""
    for one in annotations(figure):
        ground = one.get("bgcolor", theme.paper)
        yield one["text"], one["font"]["color"], ground
        for colour, words in re.findall(r"color:(#\w{6})\">([^<]*)", one["text"]):
            if re.search(r"[A-Za-z]", words):
                yield words, colour, ground
    for trace in figure.data:
        if trace.type == "scatter" and "text" in trace.mode:
            colours = trace.textfont.color
            for colour in {colours} if isinstance(colours, str) else set(colours):
                yield str(trace.text), colour, theme.paper
    layout = figure.layout.to_plotly_json()
    for key in layout:
        if re.match(r"[xy]axis", key):
            yield key, layout[key]["tickfont"]["color"], theme.paper
    yield "hover", layout["hoverlabel"]["font"]["color"], layout["hoverlabel"]["bgcolor"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("width", [80, 1000])
def test_every_word_of_a_figure_can_be_read(theme: Theme, width: int) -> None:
    shown = view(width, START + 460)
    figure = compose(
        all_rows(shown, theme),
        shown,
        theme,
        FigureTexts(title="title", note=ALT_NOTE, provenance="provenance", banner=RANDOM_WEIGHTS),
        marks=[variant_mark(VARIANT), Mark(Interval(CHROM, START + 470, START + 480), "here")],
    )
    faint = {
        (words, colour, ground)
        for words, colour, ground in coloured_words(figure, theme)
        if contrast(colour, ground) < 4.5
    }
    assert not faint
    sizes = [one["font"]["size"] for one in annotations(figure)]
    assert min(sizes) >= 11


def heavy_rows(shown: View, width: int) -> list[Row]:
    """Ten rows of dense noise, the worst that a figure has to carry."""
    generator = np.random.default_rng(1)
    noise = generator.random((width, 6), dtype=np.float32)
    splice = generator.random((width, 4), dtype=np.float32)
    kinds = (acceptor("+"), donor("+"), acceptor("-"), donor("-"))
    factors = [motif(f"F{i}") for i in range(12)]
    hits = sites(*((int(p), 11, 1, int(p) % 12, 9.0) for p in range(0, width, 40)))
    step = max(width // 40, 2000)
    genes = [
        gene(f"G{i}", transcript(f"T{i}", [(i, i + 300), (i + 900, i + 1200)]))
        for i in range(0, width - 1200, step)
    ]
    return [
        gene_row(genes, shown, LIGHT),
        *(signal_row(data(noise[:, i]), shown, LIGHT) for i in range(6)),
        splice_row(data(splice, *kinds), shown, LIGHT),
        heat_row(data(np.repeat(noise, 2, axis=1), *factors), shown, LIGHT),
        site_allele_row(hits, hits, factors, shown, LIGHT),
    ]


@pytest.mark.parametrize(("width", "limit"), [(20_000, 1_000_000), (1_000_000, 1_500_000)])
def test_a_figure_stays_within_its_size(width: int, limit: int) -> None:
    shown = View(interval(width), width_px=1440)
    figure = compose(heavy_rows(shown, width), shown)
    assert len(figure.to_json()) < limit
