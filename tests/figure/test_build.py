"""Which rows a figure has, in which order and on which scale; and that it shows what was said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.data.track_data import Assay, TrackMetadata
from genoview.errors import TrackError
from genoview.figure.build import build_figure, ordered, row_titles
from genoview.figure.options import Highlight, Options, RowChoice
from genoview.figure.panels import DARK, LIGHT, RANDOM_WEIGHTS
from genoview.figure.scene import Scene
from genoview.figure.tracks.genome import SEQUENCE_UP_TO
from genoview.figure.tracks.motifs import N_FACTORS, factor_columns
from genoview.io.assembly import Assembly
from genoview.io.formats import LocalFile, open_local
from genoview.models.binding.jaspar import Jaspar
from genoview.models.binding.motifs import logo_matrices
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from tests.support.models.toy_backend import SpliceToy, Toy

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
    return build_figure(
        Scene(request, demo, answers), view or request.locus.interval, Options(**choices)
    )


def titles(made: go.Figure) -> list[str]:
    return [row["title"] for row in made.layout.meta["rows"]]


def axis_of(made: go.Figure, title: str) -> Any:
    [name] = [row["yaxis"] for row in made.layout.meta["rows"] if row["title"] == title]
    return made.layout["yaxis" + name.removeprefix("y")]


def in_row(made: go.Figure, title: str) -> list[Any]:
    """The traces of one row."""
    [name] = [row["yaxis"] for row in made.layout.meta["rows"] if row["title"] == title]
    return [each for each in made.data if each.yaxis == name]


def trace(made: go.Figure, name: str) -> Any:
    [found] = [each for each in made.data if each.name == name and len(each.x)]
    return found


LOCUS_ROWS = [
    "chr20",
    "Genes",
    "Sequence",
    "GC (+)",
    "GC (-)",
    "Splice sites",
    "Motif sites",
    "Motif occupancy",
]
WORDS = {
    "chromosome": "Chromosome",
    "genes": "Genes",
    "sequence": "Sequence and codons",
    "gc:+": "GC (+)",
    "gc:-": "GC (-)",
    "splice": "Splice sites",
    "jaspar:sites": "Motif sites",
    "jaspar:occupancy": "Motif occupancy",
}
IDS = list(WORDS)  # in the order of LOCUS_ROWS


def test_every_row_has_an_id_and_words(demo: Assembly, locus: Drawn) -> None:
    assert row_titles(Scene(locus[0], demo, locus[1])) == WORDS


def test_a_locus_has_a_row_for_each_kind_of_track(demo: Assembly, locus: Drawn) -> None:
    made = figure(locus, demo)
    assert titles(made) == LOCUS_ROWS
    assert [row["id"] for row in made.layout.meta["rows"]] == IDS


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
        (("chromosome", "c"), ["c", "a", "b"]),  # hidden, so there is none to be first
    ],
)
def test_the_readers_order_comes_first(order: tuple[str, ...], expected: list[str]) -> None:
    assert ordered(["a", "b", "c"], order) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((), ["chromosome", "a", "b"]),
        (("b", "a"), ["chromosome", "b", "a"]),
        (("b",), ["chromosome", "b", "a"]),
        (("b", "chromosome", "a"), ["b", "chromosome", "a"]),
        (("b", "a", "chromosome"), ["b", "a", "chromosome"]),
    ],
)
def test_the_chromosome_leads_unless_the_reader_moved_it(
    order: tuple[str, ...], expected: list[str]
) -> None:
    assert ordered(["chromosome", "a", "b"], order) == expected


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (("jaspar:sites", "unknown", "genes"), ["chr20", "Motif sites", "Genes", "Sequence"]),
        (("genes", "chromosome"), ["Genes", "chr20", "Sequence"]),
    ],
)
def test_rows_stand_in_the_readers_order(
    demo: Assembly, locus: Drawn, order: tuple[str, ...], first: list[str]
) -> None:
    made = figure(locus, demo, order=order)
    assert titles(made)[: len(first)] == first
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


# A figure of 1,200 px has 970 px of bases: 6 px each of 161, 8 px each of 121.
MOST_CODONS, MOST_LOGOS = 161, 121


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (MOST_CODONS, ["Sequence", "Translation (+)", "GC (+)"]),
        (MOST_CODONS + 1, ["Sequence", "GC (+)"]),
    ],
)
def test_codons_stand_below_the_bases_where_they_can_be_read(
    demo: Assembly, locus: Drawn, width: int, expected: list[str]
) -> None:
    made = figure(locus, demo, Interval("chr20", 42_984_800, 42_984_800 + width))
    assert titles(made)[2 : 2 + len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "start", "gene", "strand"),
    [
        (NEAR, 42_984_444, "HNF4A", "+"),  # NM_175914.5 is read from here
        ("chr20:43,279,001-43,281,000", 43_280_245, "ADA", "-"),  # and NM_000022.4 up to here
    ],
)
def test_a_gene_is_translated_from_its_start_codon(
    demo: Assembly, text: str, start: int, gene: str, strand: str
) -> None:
    view = Interval("chr20", start - 40, start + 40)
    made = figure(answered(text, demo, []), demo, view)
    [own] = [row for row in made.layout.meta["rows"] if row["title"].startswith("Translation")]
    assert (own["id"], own["title"]) == ("sequence", f"Translation ({strand})")
    assert own["unit"] == f"three frames · {gene} shaded"
    letters = {
        (int(x), int(y)): letter
        for each in in_row(made, own["title"])
        if each.type == "scatter" and each.mode == "text"
        for x, y, letter in zip(each.x, each.y, each.text, strict=True)
    }
    assert letters[start + 2, start % 3] == "M"  # 1-based, its middle base


def test_codons_are_hidden_and_moved_with_the_bases(demo: Assembly, locus: Drawn) -> None:
    view = Interval("chr20", 42_984_800, 42_984_900)
    hidden = titles(figure(locus, demo, view, hidden=frozenset({"sequence"})))
    assert hidden == [title for title in LOCUS_ROWS if title != "Sequence"]
    moved = titles(figure(locus, demo, view, order=("gc:-", "sequence")))
    assert moved[:4] == ["chr20", "GC (-)", "Sequence", "Translation (+)"]


def test_every_motif_has_a_logo(jaspar: Jaspar) -> None:
    matrices = logo_matrices()
    assert matrices.keys() == {track.group for track in jaspar.tracks}
    for matrix in matrices.values():
        np.testing.assert_allclose(matrix.sum(axis=1), 1, atol=1e-5)


def logo_letters(made: go.Figure) -> list[tuple[int, float, str]]:
    """0-based place, height and base of each letter over the sites."""
    bases = {colour: base for base, colour in LIGHT.bases.items()}
    return [
        (
            int(np.nanmean(each.x[part]) - 0.5),
            float(np.ptp(each.y[part])),
            bases[each.fillcolor],
        )
        for each in in_row(made, "Motif sites")
        if each.fill == "toself"
        for part in np.ma.clump_unmasked(np.ma.masked_invalid(each.x))
    ]


@pytest.mark.parametrize("strand", [1, -1])
def test_a_logo_stands_over_the_bases_of_its_site(
    demo: Assembly, locus: Drawn, strand: int
) -> None:
    """The likeliest base of each position is nearly always the genome's at so strong a site."""
    request, [found, *_] = locus
    sites = found.ref.sites.within(request.locus.interval)
    own = sites.where((sites.strand == strand) & (sites.end - sites.start >= 10))
    best = int(own.score.argmax())
    place = Interval("chr20", int(own.start[best]), int(own.end[best]))
    name = found.ref.data.tracks[int(own.track[best])].name
    made = figure(locus, demo, place.expanded(20), factors=(name,))
    tallest = {
        at: max((height, base) for where, height, base in logo_letters(made) if where == at)[1]
        for at in range(place.start, place.end)
    }
    agreeing = sum(tallest[place.start + i] == b for i, b in enumerate(demo.reference.fetch(place)))
    assert agreeing >= 0.75 * place.width


@pytest.mark.parametrize("drawn", ["locus", "variant"])
@pytest.mark.parametrize(("width", "wanted"), [(MOST_LOGOS, True), (MOST_LOGOS + 1, False)])
def test_logos_appear_where_their_letters_can_be_read(
    demo: Assembly, request: pytest.FixtureRequest, drawn: str, width: int, wanted: bool
) -> None:
    found: Drawn = request.getfixturevalue(drawn)
    start = (found[0].locus.interval.start + found[0].locus.interval.end - width) // 2
    made = figure(found, demo, Interval("chr20", start, start + width))
    assert bool(logo_letters(made)) == wanted
    [unit] = [row["unit"] for row in made.layout.meta["rows"] if row["title"] == "Motif sites"]
    assert ("logo: 0–2 bits" in unit) == wanted


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> LocalFile:
    path = tmp_path_factory.mktemp("local") / "mine.bedgraph"
    path.write_text("chr20\t42984100\t42984200\t5\nchr20\t42984200\t42984300\t7.5\n")
    return open_local(path, chroms={"chr20": 63_025_520})


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, [*LOCUS_ROWS, "mine.bedgraph"]),
        ({"hidden": frozenset({"local:mine-bedgraph"})}, LOCUS_ROWS),
        (
            {"order": ("local:mine-bedgraph",)},
            [LOCUS_ROWS[0], "mine.bedgraph", *LOCUS_ROWS[1:]],
        ),
    ],
)
def test_a_file_is_a_row_below_what_is_predicted_unless_moved_or_hidden(
    demo: Assembly,
    locus: Drawn,
    measured: LocalFile,
    choices: dict[str, Any],
    expected: list[str],
) -> None:
    request, answers = locus
    view, options = request.locus.interval, Options(**choices)
    assert (
        titles(build_figure(Scene(request, demo, answers, files=[measured]), view, options))
        == expected
    )


def test_a_file_has_its_own_values_its_height_and_the_theme(
    demo: Assembly, locus: Drawn, measured: LocalFile
) -> None:
    request, answers = locus
    own_id, view = "local:mine-bedgraph", Interval("chr20", 42_984_050, 42_984_350)
    colours = []
    for dark in (False, True):
        options = Options(dark=dark, rows=((own_id, RowChoice(90)),))
        made = build_figure(Scene(request, demo, answers, files=[measured]), view, options)
        row = made.layout.meta["rows"][-1]
        assert (row["id"], row["height"], row["predicted"]) == (own_id, 90, False)
        line = trace(made, "mine.bedgraph")
        values = {int(x): y for x, y in zip(line.x, line.y, strict=True) if x == int(x)}
        known = {x: y for x, y in values.items() if not np.isnan(y)}
        assert known == dict.fromkeys(range(42_984_101, 42_984_201), 5.0) | dict.fromkeys(
            range(42_984_201, 42_984_301), 7.5
        )
        colours.append(line.line.color)
    assert colours == [LIGHT.muted, DARK.muted]


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
    made = build_figure(Scene(request, demo, answers), request.locus.interval, Options(**choices))
    [first] = [row["yaxis"] for row in made.layout.meta["rows"] if row["id"] == "half:+"]
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
    predicted = [t for t in titles(made) if t not in ("chr20", "Genes", "Sequence")]
    assert warnings_of(made) == 1 + len(predicted)
    assert made.layout.meta["banner"] == RANDOM_WEIGHTS


def test_trained_models_carry_no_warning(demo: Assembly, jaspar: Jaspar) -> None:
    made = figure(answered(NEAR, demo, [jaspar, SpliceToy()]), demo)
    assert warnings_of(made) == 0
    assert made.layout.meta["banner"] == ""


def test_without_answers_the_genome_is_there_already(demo: Assembly) -> None:
    assert titles(figure(answered(NEAR, demo, []), demo)) == ["chr20", "Genes", "Sequence"]


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


@pytest.mark.parametrize("width_px", [390, 1200])
def test_bases_of_alt_are_named_in_full_at_any_width(demo: Assembly, width_px: int) -> None:
    request = resolve("chr20:43042364:C>CAG", demo, flank=500)
    assert request.variant
    near = request.variant.interval.resized(30)
    made = build_figure(Scene(request, demo), near, Options(width_px=width_px))
    assert list(axis_of(made, "Sequence").ticktext) == ["REF −", "insert", "ALT +", "REF +"]
    [hover] = [each for each in in_row(made, "Sequence") if each.name == "base on +"]
    [words] = [
        text for x, text in zip(hover.x, hover.text, strict=True) if x == request.variant.pos
    ]
    assert words == "C, ALT inserts AG behind"
