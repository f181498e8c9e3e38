"""The address of a view: what goes in comes out, and what is wrong is said and left out."""

import urllib.parse
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.figure.options import (
    FARTHEST,
    LEAST_ROW_PX,
    LONGEST_LABEL,
    MOST_ROW_PX,
    STYLES,
    RowChoice,
    is_label,
)
from genoview.scoring.mutagenesis import scores
from genoview.ui.page.url import (
    COMPARED,
    DEFAULT,
    GENE_MODES,
    KEYS,
    MAX_HEIGHT,
    MAX_TEXT,
    MIN_HEIGHT,
    SCALES,
    ViewState,
    bounds_of,
)
from genoview.ui.page.url_parts import (
    MAX_PARTS,
    Band,
    ScanChoice,
    read_band,
    read_row,
    read_scan,
    row_text,
)

LETTERS = "abcXYZ019_.+:() ,/-"
names = st.lists(
    st.text(LETTERS, min_size=1, max_size=80), min_size=1, max_size=5, unique=True
).map(tuple)
lists = st.just(()) | names
positions = st.integers(1, 300_000_000)
colours = st.just("") | st.integers(0, 0xFFFFFF).map("#{:06x}".format)
ends = st.none() | st.floats(-FARTHEST, FARTHEST)
choices = (
    st.tuples(ends, ends)
    .map(lambda pair: pair if None in pair else tuple(sorted(pair)))
    .filter(lambda pair: None in pair or pair[0] < pair[1])
    .flatmap(
        lambda pair: st.builds(
            RowChoice,
            height_px=st.none() | st.integers(LEAST_ROW_PX, MOST_ROW_PX),
            style=st.sampled_from(("", *STYLES)),
            scale=st.sampled_from(("", *SCALES)),
            y_min=st.just(pair[0]),
            y_max=st.just(pair[1]),
            log=st.booleans(),
            colour=colours,
        )
    )
    .filter(lambda choice: choice != RowChoice())
)
bands = st.builds(
    lambda start, width, colour, label: Band(start, start + width, colour, label),
    st.integers(0, 300_000_000),
    st.integers(1, 1_000_000),
    colours,
    st.text(max_size=LONGEST_LABEL).map(str.strip).filter(is_label),
)
scans = st.builds(
    lambda score, start, width: ScanChoice(score, start, start + width),
    st.sampled_from(sorted(scores())),
    st.integers(0, 300_000_000),
    st.integers(1, 5_000),
)
states = st.builds(
    ViewState,
    q=st.text(max_size=MAX_TEXT),
    assembly=st.text(max_size=60),
    at=st.just("") | st.tuples(positions, positions).map(lambda pair: f"{pair[0]}-{pair[1]}"),
    hidden=lists,
    order=lists,
    factors=lists,
    scale=st.sampled_from(SCALES),
    y_max=st.floats(1e-6, 1e6),
    height=st.floats(MIN_HEIGHT, MAX_HEIGHT),
    genes=st.sampled_from(GENE_MODES),
    flank=st.integers(0, 524_288),
    distance=st.integers(1, 5_000),
    versions=lists,
    rows=st.lists(
        st.tuples(st.text(LETTERS, min_size=1, max_size=80), choices),
        max_size=5,
        unique_by=lambda row: row[0],
    ).map(tuple),
    highlights=st.lists(bands, max_size=5, unique_by=lambda band: (band.start, band.end)).map(
        tuple
    ),
    models=lists,
    family=st.sampled_from(("", *COMPARED)),
    run=st.just("") | st.text("0123456789abcdef", min_size=12, max_size=12),
    tab=st.just("") | st.text(LETTERS, min_size=1, max_size=80),
    versus=st.just("") | st.text(LETTERS, min_size=1, max_size=80),
    scans=st.lists(scans, max_size=4, unique_by=lambda scan: scan.score).map(tuple),
)


def query_string(params: dict[str, list[str]]) -> str:
    return urllib.parse.urlencode(params, doseq=True)


@given(states)
def test_a_view_survives_the_address_bar(state: ViewState) -> None:
    text = query_string(state.to_params())
    params = urllib.parse.parse_qs(text, keep_blank_values=True)
    assert ViewState.from_params(params) == (state, ())


@given(states)
def test_a_link_holds_only_what_differs_from_the_usual(state: ViewState) -> None:
    named = {KEYS[key] for key in state.to_params()}
    differing = {
        field.name
        for field in fields(ViewState)
        if getattr(state, field.name) != getattr(DEFAULT, field.name)
    }
    assert named == differing


def test_the_usual_view_has_no_parameters() -> None:
    assert DEFAULT.to_params() == {}
    assert ViewState.from_params({}) == (DEFAULT, ())


def test_a_link_reads_as_people_would_write_it() -> None:
    state = ViewState(
        q="chr20:43042364:C>T",
        hidden=("genes", "jaspar:sites"),
        scale="fixed",
        y_max=0.5,
        rows=(
            ("cispliceai", RowChoice(80, "line", "auto")),
            ("promid:+", RowChoice(None, "", "fixed", 0.0, 0.5, True, "#0072b2")),
        ),
        highlights=(Band(42_999_999, 43_000_100, "#0072b2", "P2"), Band(0, 5, "", "abcdef")),
    )
    assert state.to_params() == {
        "q": ["chr20:43042364:C>T"],
        "hide": ["genes", "jaspar:sites"],
        "y": ["fixed"],
        "ymax": ["0.5"],
        "r": ["cispliceai~h80~sline~yauto", "promid:+~yfixed~lo0~hi0.5~log~c0072b2"],
        "mark": ["43000000-43000100~0072b2~P2", "1-5~~abcdef"],
    }


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("1-5", Band(0, 5)),
        ("1-5~0072b2", Band(0, 5, "#0072b2")),
        ("1-5~P2 promoter", Band(0, 5, "", "P2 promoter")),
        ("1-5~~0072b2", Band(0, 5, "", "0072b2")),
        ("1-5~0072b2~a~b", Band(0, 5, "#0072b2", "a~b")),
        ("1-5~", Band(0, 5)),
    ],
)
def test_a_highlight_may_leave_out_its_colour_and_its_label(text: str, band: Band) -> None:
    assert ViewState.from_params({"mark": [text]}) == (ViewState(highlights=(band,)), ())
    [written] = ViewState(highlights=(band,)).to_params()["mark"]
    assert read_band(written) == band


@pytest.mark.parametrize("text", ["promid:+~yfixed~lo0~hi0.5~log~c0072b2", "a~hi5~lo-1e-3~sheat"])
def test_numbers_of_a_row_may_be_written_shortly(text: str) -> None:
    row = read_row(text)
    assert read_row(row_text(row)) == row


def test_of_several_rows_and_highlights_only_the_bad_ones_are_left_out() -> None:
    state, problems = ViewState.from_params(
        {"r": ["a~h80", "b~h8", "c~log", "d~"], "mark": ["1-5", "here", "9-1"]}
    )
    assert [row_id for row_id, _ in state.rows] == ["a", "c"]
    assert state.highlights == (Band(0, 5),)
    assert [text.split(" was ")[0] for text in problems] == [
        "The link's part r=b~h8",
        "The link's part mark=here",
    ]


def test_a_row_and_a_place_count_once_and_the_last_word_is_kept() -> None:
    params = {"r": ["a~h80", "b~log", "a~h90"], "mark": ["1-5~old", "1-5~new"]}
    state, problems = ViewState.from_params(params)
    assert state.rows == (("a", RowChoice(90)), ("b", RowChoice(log=True)))
    assert [band.label for band in state.highlights] == ["new"]
    assert problems == ()


def test_a_link_with_too_many_parts_keeps_the_first_ones() -> None:
    many = [f"{i}-{i}" for i in range(1, MAX_PARTS + 9)]
    state, problems = ViewState.from_params({"mark": many})
    assert len(state.highlights) == MAX_PARTS
    assert len(problems) == 1 and f"at most {MAX_PARTS}" in problems[0]


GOOD = ViewState(q="HNF4A", hidden=("genes",), scale="auto", height=2.0, flank=500)
BAD = [
    ("q", "x" * (MAX_TEXT + 1), "at most 16,000 characters"),
    ("at", "43000001", "two positions such as"),
    ("at", "from here", "two positions such as"),
    ("at", "-5-10", "two positions such as"),
    ("hide", "<script>", "plain characters"),
    ("hide", "x" * 81, "at most 80"),
    ("order", "a\nb", "plain characters"),
    ("tf", "HNF4A;DROP", "plain characters"),
    ("v", "é\u202e", "plain characters"),
    ("mark", "<b>", "a part such as"),
    ("mark", "20-10", "a part such as"),
    ("mark", "1-10~red~x", "a part such as"),
    ("mark", "1-10~0072B2~x", "a part such as"),
    ("mark", "1-10~~" + "x" * 61, "at most 60 characters"),
    ("mark", "1-10~~a\u202eb", "a part such as"),
    ("mark", "1-10~~ x", "a part such as"),
    ("r", "promid:+", "a row such as"),
    ("r", "~h80", "a row such as"),
    ("r", "<b>~h80", "a row such as"),
    ("r", "a~h8", "a row such as"),
    ("r", "a~h601", "a row such as"),
    ("r", "a~h80~h90", "a row such as"),
    ("r", "a~h80~", "a row such as"),
    ("r", "a~h٨٠", "a row such as"),
    ("r", "a~swiggly", "a row such as"),
    ("r", "a~ylog", "a row such as"),
    ("r", "a~lo1~hi1", "a row such as"),
    ("r", "a~lo2~hi1", "a row such as"),
    ("r", "a~hinan", "a row such as"),
    ("r", "a~hi1e300", "a row such as"),
    ("r", "a~logs", "a row such as"),
    ("r", "a~cred", "a row such as"),
    ("r", "a~c0072b", "a row such as"),
    ("y", "log", "one of natural, auto, group, fixed"),
    ("ymax", "tall", "a number from 1e-06 to 1e+06"),
    ("ymax", "nan", "a number from"),
    ("ymax", "inf", "a number from"),
    ("ymax", "0", "a number from"),
    ("h", "9", "a number from 0.5 to 3"),
    ("h", "-1", "a number from 0.5 to 3"),
    ("tx", "all", "one of auto, collapsed, transcripts"),
    ("flank", "2.5", "a number from 0 to 524288"),
    ("flank", "-1", "a number from 0 to 524288"),
    ("flank", "9999999999", "a number from 0 to 524288"),
]


@pytest.mark.parametrize(("key", "value", "words"), BAD)
def test_a_bad_part_gives_one_sentence_and_loses_nothing_else(
    key: str, value: str, words: str
) -> None:
    state, problems = ViewState.from_params(GOOD.to_params() | {key: [value]})
    [problem] = problems
    assert problem.startswith(f"The link's part {key}={value[:40]} was left out: ")
    assert words in problem
    assert ": expected " in problem and problem.endswith(".")
    assert len(problem) < 200
    name = KEYS[key]
    assert state == replace(GOOD, **{name: getattr(DEFAULT, name)})


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), st.lists(st.text(max_size=90), max_size=3)))
def test_whatever_a_link_holds_it_is_read(params: dict[str, list[str]]) -> None:
    state, problems = ViewState.from_params(params)
    assert len(problems) <= len(params)
    again, none = ViewState.from_params(state.to_params())
    assert (again, none) == (state, ())


def test_bad_parts_are_each_told() -> None:
    state, problems = ViewState.from_params({"q": ["HNF4A"], "y": ["log"], "h": ["tall"]})
    assert state == ViewState(q="HNF4A")
    assert [text.split("=")[0] for text in problems] == [
        "The link's part y",
        "The link's part h",
    ]


def test_unknown_and_empty_parts_are_passed_over() -> None:
    params = {"utm_source": ["mail"], "s": ["abcd2345"], "q": [""], "hide": ["", "genes"]}
    assert ViewState.from_params(params) == (ViewState(hidden=("genes",)), ())


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("43000001-43020000", (43_000_000, 43_020_000)),
        ("1-1", (0, 1)),
        ("0-10", None),
        ("20-10", None),
        ("10", None),
        ("", None),
        ("1-2-3", None),
        ("1,000-2,000", None),
    ],
)
def test_bounds_are_one_based_in_the_link_and_zero_based_inside(
    text: str, bounds: tuple[int, int] | None
) -> None:
    assert bounds_of(text) == bounds


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("hidden", ["a", "b"], ("a", "b")),
        ("scale", "auto", "auto"),
        ("height", 2.5, 2.5),
    ],
)
def test_a_widgets_value_becomes_the_views(name: str, value: object, kept: object) -> None:
    state = GOOD.with_choice(name, value)
    assert getattr(state, name) == kept
    assert replace(state, **{name: getattr(GOOD, name)}) == GOOD  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("splice+:43042301-43042500", ScanChoice("splice+", 43_042_300, 43_042_500)),
        ("activity.K562:1-1", ScanChoice("activity.K562", 0, 1)),
        ("motif.MA0095.2:1-12", ScanChoice("motif.MA0095.2", 0, 12)),
    ],
)
def test_a_part_for_mutagenesis_reads_as_people_would_write_it(text: str, scan: ScanChoice) -> None:
    assert read_scan(text) == scan
    assert scan.text == text


@pytest.mark.parametrize("text", ["splice+", "43042301-43042500", "x:1-2", "splice+:2-1", ""])
def test_what_is_no_part_for_mutagenesis_says_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as splice\+:43042301|splice-, inclusion, activity"):
        read_scan(text)
