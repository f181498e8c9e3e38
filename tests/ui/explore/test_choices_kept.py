"""What is chosen of a row by hand stays: in the address, after a reload, in a link, when saved."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from genoview.data.genome import Interval, Locus, Variant
from genoview.data.request import Request
from genoview.figure.options import RowChoice
from genoview.figure.tracks.user_files import local_ids
from genoview.io.formats import open_local
from genoview.ui.explore.user_actions import PageState, apply
from genoview.ui.page.links import link
from genoview.ui.page.url import ViewState

WHOLE = Interval("chr20", 43_000_000, 43_020_000)
LOCUS = Request("chr20:43,000,001-43,020,000", "hg19", Locus(WHOLE, "here"), WHOLE)
SNV = Request(
    "chr20:43010001:A>C",
    "hg19",
    Locus(WHOLE, "here"),
    WHOLE,
    Variant("chr20", 43_010_001, "A", "C"),
)
CHOSEN: list[tuple[dict[str, Any], RowChoice]] = [
    ({"height": 90}, RowChoice(90)),
    ({"style": "heat"}, RowChoice(style="heat")),
    ({"scale": "group"}, RowChoice(scale="group")),
    ({"scale": "auto"}, RowChoice(scale="auto")),
    (
        {"scale": "fixed", "low": 0, "high": 0.004},
        RowChoice(scale="fixed", y_min=0.0, y_max=0.004),
    ),
    ({"scale": "fixed", "high": 123_456.5}, RowChoice(scale="fixed", y_max=123_456.5)),
    ({"log": True}, RowChoice(log=True)),
    ({"colour": "#C65102"}, RowChoice(colour="#c65102")),
    (
        {"style": "bars", "scale": "group", "log": True, "colour": "#5b4bb5", "height": 44},
        RowChoice(44, "bars", "group", None, None, True, "#5b4bb5"),
    ),
]
PREDICTED = ("promid:+", "jaspar:occupancy", "jaspar:sites", "cispliceai")


@pytest.fixture(scope="module")
def local_id(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("files") / "a.bdg"
    path.write_text("chr20\t43000000\t43000100\t1\n")
    title = "Coverage (pooled, of all donors), " * 5
    return next(iter(local_ids([open_local(path, title=title)])))


@pytest.mark.parametrize(("choice", "expected"), CHOSEN)
@pytest.mark.parametrize("request_", [LOCUS, SNV], ids=["locus", "variant"])
def test_a_choice_by_hand_survives_the_address(
    choice: dict[str, Any], expected: RowChoice, request_: Request, local_id: str
) -> None:
    state, rows = ViewState(q=request_.text), (*PREDICTED, local_id)
    scene = PageState(request_, WHOLE, rows)
    for row_id in rows:
        made = apply({"kind": "row", "id": row_id, "choice": choice}, state, scene)
        assert made is not None
        state = made
    assert state.rows == tuple((row_id, expected) for row_id in rows)
    assert ViewState.from_params(state.to_params()) == (state, ())


@pytest.mark.parametrize("choice", [expected for _, expected in CHOSEN])
def test_a_link_has_the_choices_of_all_rows_but_those_of_files(
    choice: RowChoice, local_id: str
) -> None:
    """Another reader has not the files; saved views are kept as such a link."""
    kept = tuple((row_id, choice) for row_id in PREDICTED)
    state = ViewState(q=SNV.text, rows=(*kept, (local_id, choice)))
    address = link(SNV, state, (), WHOLE)
    read, problems = ViewState.from_params(parse_qs(urlsplit(address).query))
    assert (read.rows, problems) == (kept, ())
    assert "local" not in address
