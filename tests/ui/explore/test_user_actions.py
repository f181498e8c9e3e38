"""What a browser says that the reader did: taken over where it is sound, passed over where not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Interval, Locus, Variant
from genoview.data.request import Request
from genoview.figure.options import RowChoice
from genoview.query import parse
from genoview.ui.explore.user_actions import PageState, apply
from genoview.ui.page.url import FLANKS, ViewState
from genoview.ui.page.url_parts import MAX_PARTS, Band

WHOLE = Interval("chr20", 43_000_000, 43_020_000)
VIEW = Interval("chr20", 43_004_000, 43_012_000)
COVERED = (Interval("chr20", 42_000_000, 42_500_000), Interval("chr20", 42_999_000, 43_022_000))
ROWS = ("genes", "sequence", "promid:+", "promid:-", "cispliceai")
LOCUS = Request("chr20:43,000,001-43,020,000", "hg19", Locus(WHOLE, "here"), WHOLE)
SNV = replace(LOCUS, variant=Variant("chr20", 43_010_001, "A", "C"))
LENGTH = 63_025_520
SCENE = PageState(LOCUS, VIEW, ROWS, COVERED, LENGTH)
STATE = ViewState(q="HNF4A", hidden=("promid:-", "Splice donor (-)"))
BLUE = "#0072b2"


def test_rows_stand_as_they_were_dropped() -> None:
    ids = ("cispliceai", "promid:-", "genes", "promid:+", "sequence")
    moved = apply({"kind": "order", "ids": list(ids)}, STATE, SCENE)
    assert moved == replace(STATE, order=ids)


@pytest.mark.parametrize(
    ("in_view", "order"),
    [
        # two rows not in view stand behind their usual neighbour, in their usual order
        (
            ("cispliceai", "promid:+", "genes"),
            ("cispliceai", "promid:+", "promid:-", "genes", "sequence"),
        ),
        (("promid:-", "genes"), ("promid:-", "cispliceai", "genes", "sequence", "promid:+")),
        # the usual first has no neighbour before it
        (("cispliceai", "promid:-"), ("genes", "sequence", "promid:+", "cispliceai", "promid:-")),
        (("sequence",), ()),
        ((), ()),
    ],
)
def test_a_row_not_in_view_stays_behind_its_usual_neighbour(
    in_view: tuple[str, ...], order: tuple[str, ...]
) -> None:
    moved = apply({"kind": "order", "ids": list(in_view)}, replace(STATE, order=("x",)), SCENE)
    assert moved == replace(STATE, order=order)


def test_the_usual_order_leaves_the_link() -> None:
    act = {"kind": "order", "ids": ["genes", "promid:+", "cispliceai"]}
    assert apply(act, replace(STATE, order=("cispliceai",)), SCENE) == STATE


@pytest.mark.parametrize(
    ("act", "hidden"),
    [
        ({"kind": "hide", "id": "genes"}, ("promid:-", "Splice donor (-)", "genes")),
        ({"kind": "show", "id": "promid:-"}, ("Splice donor (-)",)),
    ],
)
def test_a_row_is_hidden_and_shown_again(act: dict[str, Any], hidden: tuple[str, ...]) -> None:
    assert apply(act, STATE, SCENE) == replace(STATE, hidden=hidden)


@pytest.mark.parametrize(
    ("before", "choice", "after"),
    [
        (RowChoice(), {"height": 80}, RowChoice(80)),
        (RowChoice(), {"height": 80.4}, RowChoice(80)),
        (RowChoice(80), {"style": "line"}, RowChoice(80, "line")),
        (RowChoice(80, "line"), {"height": None}, RowChoice(None, "line")),
        (RowChoice(log=True), {"scale": "auto", "log": False}, RowChoice(scale="auto")),
        (RowChoice(log=True, scale="auto"), {"log": None}, RowChoice(scale="auto")),
        (RowChoice(), {"colour": "#0072B2"}, RowChoice(colour=BLUE)),
        (
            RowChoice(y_max=5.0),
            {"scale": "fixed", "low": -1, "high": 0.5},
            RowChoice(scale="fixed", y_min=-1.0, y_max=0.5),
        ),
        (RowChoice(80), {"height": None}, None),
        (RowChoice(80, "line", log=True), None, None),
    ],
)
def test_what_is_chosen_of_a_row_is_added_to_what_was(
    before: RowChoice, choice: Any, after: RowChoice | None
) -> None:
    other = ("genes", RowChoice(90))
    rows = (other,) if before == RowChoice() else (("promid:+", before), other)
    act = {"kind": "row", "id": "promid:+", "choice": choice}
    expected = (other,) if after is None else (other, ("promid:+", after))
    assert apply(act, replace(STATE, rows=rows), SCENE) == replace(STATE, rows=expected)


@pytest.mark.parametrize(
    ("extra", "band"),
    [
        ({}, Band(43_000_009, 43_000_020)),
        ({"colour": None, "label": None}, Band(43_000_009, 43_000_020)),
        (
            {"colour": "#0072B2", "label": " P2\n start "},
            Band(43_000_009, 43_000_020, BLUE, "P2 start"),
        ),
    ],
)
def test_a_selection_becomes_a_highlight(extra: dict[str, Any], band: Band) -> None:
    act = {"kind": "highlight", "start": 43_000_010, "end": 43_000_020} | extra
    assert apply(act, STATE, SCENE) == replace(STATE, highlights=(band,))


def test_a_highlight_is_recoloured_and_removed() -> None:
    first, second = Band(43_000_009, 43_000_020), Band(43_000_100, 43_000_200, BLUE)
    marked = replace(STATE, highlights=(first, second))
    place = {"start": 43_000_010, "end": 43_000_020}
    coloured = apply({"kind": "highlight", "colour": BLUE} | place, marked, SCENE)
    assert coloured == replace(STATE, highlights=(second, replace(first, colour=BLUE)))
    assert apply({"kind": "unhighlight"} | place, marked, SCENE) == replace(
        STATE, highlights=(second,)
    )


@pytest.mark.parametrize(
    ("scene", "bases", "q"),
    [
        (SCENE, "tt a", "chr20:43000010-43000020>TTA"),
        (SCENE, "", "chr20:43000010-43000020>-"),
        (
            replace(SCENE, request=SNV),
            "T",
            "chr20:43010001:A>C + chr20:43000010-43000020>T",
        ),
    ],
)
def test_other_bases_in_place_of_some_are_a_variant_that_joins_the_one_shown(
    scene: PageState, bases: str, q: str
) -> None:
    act = {"kind": "edit", "start": 43_000_010, "end": 43_000_020, "bases": bases}
    made = apply(act, STATE, scene)
    assert made == replace(STATE, q=q, at="43004001-43012000")
    parse(q)


def test_there_are_only_so_many_highlights() -> None:
    full = replace(STATE, highlights=tuple(Band(i, i + 1) for i in range(MAX_PARTS)))
    act = {"kind": "highlight", "start": 43_000_010, "end": 43_000_020}
    assert apply(act, full, SCENE) is None


@pytest.mark.parametrize(
    ("side", "view", "q", "at"),
    [
        # to the left only as far as there is sequence: 1 kb
        ("left", VIEW, "chr20:42,999,001-43,019,000", "43004001-43012000"),
        ("right", VIEW, "chr20:43,002,001-43,022,000", "43004001-43012000"),
        ("right", WHOLE, "chr20:43,002,001-43,022,000", "43002001-43020000"),
        (
            "right",
            replace(VIEW, start=43_000_000, end=43_001_000),
            "chr20:43,002,001-43,022,000",
            "",
        ),
    ],
)
def test_the_window_moves_on_and_the_view_stays(side: str, view: Interval, q: str, at: str) -> None:
    made = apply({"kind": "extend", "side": side}, STATE, replace(SCENE, view=view))
    assert made == replace(STATE, q=q, at=at)


def test_a_window_with_room_moves_by_half_its_width() -> None:
    wide = replace(SCENE, covered=(Interval("chr20", 0, 63_025_520),))
    made = apply({"kind": "extend", "side": "left"}, STATE, wide)
    assert made is not None and made.q == "chr20:42,990,001-43,010,000"
    assert made.at == "43004001-43010000"


@pytest.mark.parametrize("covered", [(), (WHOLE,), (Interval("chr1", 0, 63_025_520),)])
def test_without_sequence_beyond_there_is_no_way_on(covered: tuple[Interval, ...]) -> None:
    for side in ("left", "right"):
        act = {"kind": "extend", "side": side}
        assert apply(act, STATE, replace(SCENE, covered=covered)) is None


@pytest.mark.parametrize(
    ("flank", "wider"), [(0, 25_000), (500, 2_500), (5_000, 25_000), (FLANKS[-1], None)]
)
def test_around_a_variant_the_window_grows(flank: int, wider: int | None) -> None:
    state = replace(STATE, flank=flank)
    made = apply({"kind": "extend", "side": "left"}, state, replace(SCENE, request=SNV))
    expected = wider and replace(state, flank=wider, at="43004001-43012000")
    assert made == expected


@pytest.mark.parametrize(
    ("position", "q", "at"),
    [
        (42_200_001, "chr20:42,190,001-42,210,000", "42196001-42204000"),
        # inside what has sequence, as wide as before
        (42_000_001, "chr20:42,000,001-42,020,000", "42000001-42008000"),
        (42_500_000, "chr20:42,480,001-42,500,000", "42492001-42500000"),
        (42_998_000, "chr20:42,999,001-43,019,000", "42999001-43007000"),
        # where there is none, the query is of the view alone, inside the chromosome
        (10_000_001, "chr20:9,996,001-10,004,000", ""),
        (1, "chr20:1-8,000", ""),
        (LENGTH, "chr20:63,017,521-63,025,520", ""),
    ],
)
def test_a_place_of_the_chromosome_gets_a_window_as_wide_as_this_one(
    position: int, q: str, at: str
) -> None:
    for scene in (SCENE, replace(SCENE, request=SNV)):
        made = apply({"kind": "go", "position": position}, STATE, scene)
        assert made == replace(STATE, q=q, at=at)


def test_a_view_of_the_whole_window_stays_one_elsewhere() -> None:
    made = apply({"kind": "go", "position": 42_200_001}, STATE, replace(SCENE, view=WHOLE))
    assert made == replace(STATE, q="chr20:42,190,001-42,210,000", at="")


def test_a_part_with_less_sequence_than_the_window_is_shown_whole() -> None:
    part = Interval("chr20", 42_000_000, 42_010_000)
    made = apply({"kind": "go", "position": 42_009_000}, STATE, replace(SCENE, covered=(part,)))
    assert made == replace(STATE, q="chr20:42,000,001-42,010,000", at="42002001-42010000")


def row(choice: Any, row_id: Any = "promid:+", **more: Any) -> dict[str, Any]:
    return {"kind": "row", "id": row_id, "choice": choice} | more


def mark(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "highlight", "start": start, "end": end} | more


HOSTILE: list[Any] = [
    None,
    "hide",
    42,
    [],
    {},
    {"kind": None},
    {"kind": ["hide"], "id": "genes"},
    {"kind": "__class__"},
    {"kind": "hide"},
    {"kind": "hide", "id": "unknown"},
    {"kind": "hide", "id": ["genes"]},
    {"kind": "hide", "id": {"genes": 1}},
    {"kind": "hide", "id": "genes", "more": 1},
    {"kind": "hide", "id": "promid:-"},  # it is
    {"kind": "show", "id": "genes"},  # it is
    {"kind": "show", "id": "Splice donor (-)"},  # no row
    {"kind": "order", "ids": "genes"},
    {"kind": "order", "ids": {"genes": 1}},
    {"kind": "order", "ids": ["genes", "genes"]},
    {"kind": "order", "ids": ["genes", "<b>"]},
    {"kind": "order", "ids": ["genes", None]},
    {"kind": "order", "ids": [["genes"]]},
    row({}),
    row([]),
    row("line"),
    row({"height": 80}, "unknown"),
    row({"height": 80}, 7),
    row({"height": 80}, more=1),
    row({"heigth": 80}),
    row({"height_px": 80}),
    row({"__class__": "x"}),
    row({"height": 15}),
    row({"height": 1e300}),
    row({"height": True}),
    row({"height": "80"}),
    row({"height": float("nan")}),
    row({"height": 10**400}),
    row({"style": "wiggly"}),
    row({"style": ""}),
    row({"style": ["line"]}),
    row({"scale": "log"}),
    row({"low": 1, "high": 1}),
    row({"low": 2, "high": 1}),
    row({"low": float("inf")}),
    row({"high": True}),
    row({"log": 1}),
    row({"log": "true"}),
    row({"colour": "red"}),
    row({"colour": "#0072b"}),
    row({"colour": "#0072b2;background:url(//x)"}),
    row({"colour": 0}),
    row({"height": 80, "style": "wiggly"}),
    row(None),  # there is nothing to reset
    mark(0, 5),
    mark(43_000_020, 43_000_010),
    mark("43000010", "43000020"),
    mark(43_000_010.5, 43_000_020),
    mark(43_000_010, float("inf")),
    mark(43_000_010, 10**400),
    mark(True, 43_000_020),
    mark(None, None),
    mark(1, 10),  # elsewhere
    mark(43_000_010, 43_000_020, label="x" * 61),
    mark(43_000_010, 43_000_020, label="a\u202eb"),
    mark(43_000_010, 43_000_020, label=["x"]),
    mark(43_000_010, 43_000_020, colour="red"),
    mark(43_000_010, 43_000_020, colour=7),
    mark(43_000_010, 43_000_020, more=1),
    {"kind": "unhighlight", "start": 43_000_010, "end": 43_000_020},  # there is none
    {"kind": "unhighlight", "start": 43_000_010},
    {"kind": "unhighlight", "start": [1], "end": {}},
    {"kind": "edit", "start": 43_000_010, "end": 43_000_020},
    {"kind": "edit", "start": 43_000_010, "end": 43_000_020, "bases": "ACGN"},
    {"kind": "edit", "start": 43_000_010, "end": 43_000_020, "bases": 7},
    {"kind": "edit", "start": 43_000_010, "end": 43_000_020, "bases": "A" * 10_001},
    {"kind": "edit", "start": 43_000_010, "end": 43_000_020, "bases": "A", "more": 1},
    {"kind": "edit", "start": 42_000_010, "end": 42_000_020, "bases": "A"},  # out of the window
    {"kind": "extend"},
    {"kind": "extend", "side": "up"},
    {"kind": "extend", "side": ["left"]},
    {"kind": "extend", "side": "left", "by": 10**9},
    {"kind": "go"},
    {"kind": "go", "position": 0},
    {"kind": "go", "position": LENGTH + 1},
    {"kind": "go", "position": "43000001"},
    {"kind": "go", "position": True},
    {"kind": "go", "position": float("nan")},
    {"kind": "go", "position": 10**400},
    {"kind": "go", "position": 43_010_000, "width": 5},
]


@pytest.mark.parametrize("act", HOSTILE, ids=str)
def test_what_is_malformed_or_without_effect_does_nothing(act: Any) -> None:
    assert apply(act, STATE, SCENE) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
field_names = st.sampled_from(
    ["id", "ids", "choice", "start", "end", "colour", "label", "side", "position", "bases", "more"]
)
kinds = st.sampled_from(
    ["order", "hide", "show", "row", "highlight", "unhighlight", "edit", "extend", "go"]
)


@given(kinds, st.dictionaries(field_names, json_values | st.sampled_from(ROWS)))
def test_whatever_a_browser_sends_the_state_that_follows_fits_into_a_link(
    kind: str, fields: dict[str, Any]
) -> None:
    made = apply({"kind": kind} | fields, STATE, SCENE)
    if made is not None:
        assert ViewState.from_params(made.to_params()) == (made, ())


MANY = replace(
    SCENE,
    rows=("genes", "cells:A", "cells:B", "cells:C", "cispliceai"),
    optional=("cells:B", "cells:C"),
)
USUAL_ROWS = ("genes", "cells:A", "cispliceai")


def acted(act: dict[str, Any], **state: Any) -> ViewState | None:
    return apply(act, ViewState(q="HNF4A", **state), MANY)


def test_an_optional_row_is_shown_behind_its_usual_neighbour() -> None:
    made = acted({"kind": "show", "id": "cells:C"})
    assert made is not None and made.order == ("genes", "cells:A", "cells:C", "cispliceai")
    again = acted({"kind": "show", "id": "cells:B"}, order=made.order)
    assert again is not None
    assert again.order == ("genes", "cells:A", "cells:B", "cells:C", "cispliceai")


def test_an_optional_row_that_is_shown_behind_moved_rows_leaves_them_where_they_are() -> None:
    made = acted({"kind": "show", "id": "cells:B"}, order=("cispliceai", "cells:A", "genes"))
    assert made is not None and made.order == ("cispliceai", "cells:A", "cells:B", "genes")


def test_hiding_an_optional_row_takes_it_out_of_the_order() -> None:
    order = ("genes", "cells:A", "cells:B", "cispliceai")
    made = acted({"kind": "hide", "id": "cells:B"}, order=order)
    assert made is not None and (made.order, made.hidden) == ((), ())


def test_an_order_names_no_optional_row_that_is_not_in_view() -> None:
    made = acted({"kind": "order", "ids": ["cispliceai", "genes"]})
    assert made is not None and made.order == ("cispliceai", "genes", "cells:A")
    back = acted({"kind": "order", "ids": list(USUAL_ROWS)}, order=("cispliceai", "genes"))
    assert back is not None and back.order == ()
    kept = acted({"kind": "order", "ids": ["cells:C", *USUAL_ROWS]})
    assert kept is not None and kept.order == ("cells:C", *USUAL_ROWS)


@pytest.mark.parametrize("shown", [True, False])
def test_unchanged_rows_are_shown_and_folded(shown: bool) -> None:
    before, after = ("", "shown") if shown else ("shown", "")
    act = {"kind": "fold", "shown": shown}
    assert apply(act, replace(STATE, unchanged=before), SCENE) == replace(STATE, unchanged=after)
    assert apply(act, replace(STATE, unchanged=after), SCENE) is None


@pytest.mark.parametrize("act", [{"kind": "fold"}, {"kind": "fold", "shown": 1, "id": "genes"}])
def test_half_an_act_folds_nothing(act: dict[str, Any]) -> None:
    assert apply(act, STATE, SCENE) is None


def test_rows_that_are_folded_stay_so_when_others_are_moved() -> None:
    page = replace(SCENE, optional=("promid:+", "promid:-"))
    moved = apply({"kind": "order", "ids": ["sequence", "genes", "cispliceai"]}, STATE, page)
    assert moved == replace(STATE, order=("sequence", "genes", "cispliceai"))
