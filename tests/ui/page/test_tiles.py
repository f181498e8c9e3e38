"""What the track view asks of the server: who may ask, what is answered, what is refused."""

import asyncio
import gc
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from genoview.errors import GenomeError
from genoview.ui.page import tiles
from genoview.ui.page.tiles import GZIP_FROM, MAX_WIDTH, MIN_WIDTH, Source, tile_routes
from genoview.ui.trackview.packing import pack

SECRET = "the-readers-own"
VIEW = {"left": 10, "right": 20, "width": 900}
FIGURE = {"data": [{"x": np.arange(4.0)}], "layout": {}}
# Everything that can be asked, with what it needs.
ASKED = [
    ("tile", VIEW),
    ("values", {"x": 12}),
    ("stretch", {"left": 10, "right": 20}),
    ("card", {"kind": "gene", "key": "HNF4A"}),
]
asked = pytest.mark.parametrize(("what", "params"), ASKED, ids=[what for what, _ in ASKED])


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        said = json.loads(self.body)
        assert list(said) == ["error"]
        return str(said["error"])


def get(
    what: str,
    params: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    secret: str = SECRET,
    method: str = "GET",
    address: str = "",
) -> Reply:
    """One request to the routes, as a server passes it on."""
    path = (address or f"/{tiles.PREFIX}/{secret}/") + what
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": urlencode(params or {}).encode(),
        "headers": [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()],
        "server": ("localhost", 80),
        "client": ("localhost", 1),
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Starlette(routes=tile_routes())(scope, receive, send))
    told = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], told, b"".join(one.get("body", b"") for one in sent[1:]))


@dataclass
class Page:
    """What was asked of a source."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    figure: dict[str, Any] = field(default_factory=lambda: FIGURE)

    def source(self) -> Source:
        return Source(self._draw, self._values, self._stretch, self._card)

    def _draw(self, left: float, right: float, width: int) -> dict[str, Any]:
        self.calls.append(("draw", left, right, width))
        return self.figure

    def _values(self, x: float) -> dict[str, Any]:
        self.calls.append(("values", x))
        return {"position": x}

    def _stretch(self, left: float, right: float) -> dict[str, Any]:
        self.calls.append(("stretch", left, right))
        return {"sequence": "ACGT" * int(right - left)}

    def _card(self, kind: str, key: str) -> dict[str, Any]:
        self.calls.append(("card", kind, key))
        return {"symbol": key}


@pytest.fixture
def page() -> Iterator[Page]:
    """A page that shows something, told to the one who knows SECRET."""
    made = Page()
    source = made.source()
    tiles._sources[SECRET] = source
    yield made
    tiles._sources.pop(SECRET, None)
    assert source  # kept until here


def test_a_tile_is_the_packed_figure_of_what_was_asked(page: Page) -> None:
    reply = get("tile", {"left": "10.5", "right": "2e1", "width": "900.4"})
    assert (reply.status, reply.body) == (200, pack(FIGURE))
    assert reply.headers["content-type"] == "application/octet-stream"
    assert page.calls == [("draw", 10.5, 20.0, 900)]


@pytest.mark.parametrize(
    ("width", "drawn"),
    [(1, MIN_WIDTH), (-5, MIN_WIDTH), (1e9, MAX_WIDTH), (MIN_WIDTH, MIN_WIDTH)],
)
def test_the_width_is_kept_to_what_can_be_drawn(page: Page, width: float, drawn: int) -> None:
    assert get("tile", VIEW | {"width": width}).status == 200
    assert page.calls == [("draw", 10.0, 20.0, drawn)]


@pytest.mark.parametrize(
    ("what", "params", "said", "call"),
    [
        ("values", {"x": "12.5"}, {"position": 12.5}, ("values", 12.5)),
        ("stretch", {"left": 1, "right": 2}, {"sequence": "ACGT"}, ("stretch", 1.0, 2.0)),
        ("card", {"kind": "gene", "key": "é&<"}, {"symbol": "é&<"}, ("card", "gene", "é&<")),
        ("card", {}, {"symbol": ""}, ("card", "", "")),
    ],
)
def test_the_other_answers_are_json(
    page: Page, what: str, params: dict[str, Any], said: dict[str, Any], call: tuple[Any, ...]
) -> None:
    reply = get(what, params)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert json.loads(reply.body) == said
    assert page.calls == [call]


def test_the_name_of_a_thing_is_cut_to_a_sane_length(page: Page) -> None:
    get("card", {"kind": "k" * 10_000, "key": "x" * 10_000})
    assert page.calls == [("card", "k" * 40, "x" * 200)]


@asked
def test_nobody_without_the_secret_is_answered(
    page: Page, what: str, params: dict[str, Any]
) -> None:
    for secret in ("another", SECRET + "x", SECRET.upper()):
        reply = get(what, params, secret=secret)
        assert (reply.status, page.calls) == (204, [])


@pytest.mark.parametrize("what", ["nothing", "TILE", "draw", "__class__"])
def test_only_what_there_is_can_be_asked(page: Page, what: str) -> None:
    assert get(what, VIEW).status == 410
    assert page.calls == []


@pytest.mark.parametrize("what", ["", "tile/more"])
def test_other_paths_are_not_there(page: Page, what: str) -> None:
    assert get(what, VIEW).status == 404


def test_nothing_can_be_posted(page: Page) -> None:
    assert get("tile", VIEW, method="POST").status == 405
    assert page.calls == []


@asked
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_sites_are_refused(
    page: Page, what: str, params: dict[str, Any], site: str
) -> None:
    reply = get(what, params, {"Sec-Fetch-Site": site})
    assert (reply.status, page.calls) == (410, [])


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_the_page_itself_and_old_browsers_are_answered(page: Page, headers: dict[str, str]) -> None:
    assert get("tile", VIEW, headers).status == 200


NO_NUMBERS = ["", "x", "nan", "inf", "-inf", "1e999", "0x10", "1 000", "10;20"]


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize(
    ("what", "params", "name"),
    [
        ("tile", VIEW, "left"),
        ("tile", VIEW, "right"),
        ("tile", VIEW, "width"),
        ("values", {}, "x"),
        ("stretch", VIEW, "left"),
        ("stretch", VIEW, "right"),
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(
    page: Page, what: str, params: dict[str, Any], name: str, text: str
) -> None:
    reply = get(what, params | {name: text})
    assert (reply.status, page.calls) == (400, [])
    assert reply.error == f"{name}={text} is not a number; expected a position."


def test_a_missing_number_is_refused_too(page: Page) -> None:
    assert get("values").error == "x= is not a number; expected a position."


def test_a_refusal_repeats_little_of_what_came(page: Page) -> None:
    assert len(get("values", {"x": "<script>" * 1000}).error) < 100


@pytest.mark.parametrize("what", ["tile", "stretch"])
@pytest.mark.parametrize(("left", "right"), [(20, 10), (10, 10), (-1, -2)])
def test_a_view_needs_a_width(page: Page, what: str, left: int, right: int) -> None:
    reply = get(what, VIEW | {"left": left, "right": right})
    assert (reply.status, page.calls) == (400, [])
    assert reply.error == f"A view from {left} to {right} has no width."


def test_what_cannot_be_drawn_is_told_in_its_own_words(page: Page) -> None:
    def refuse(*given: Any) -> Any:
        raise GenomeError("chr99 is not in this genome: choose another.")

    source = Source(refuse, refuse, refuse, refuse)
    tiles._sources[SECRET] = source
    for what, params in ASKED:
        reply = get(what, params)
        assert (reply.status, reply.error) == (400, "chr99 is not in this genome: choose another.")


def test_long_answers_are_compressed_for_those_who_can_read_it(page: Page) -> None:
    page.figure = {"data": [{"x": np.arange(GZIP_FROM, dtype=np.float64)}], "layout": {}}
    raw, zipped = get("tile", VIEW), get("tile", VIEW, {"Accept-Encoding": "gzip, deflate, br"})
    assert "content-encoding" not in raw.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == raw.body == pack(page.figure)
    assert int(zipped.headers["content-length"]) == len(zipped.body) < len(raw.body)


@pytest.mark.parametrize(("less", "zipped"), [(0, True), (1, False)])
def test_short_answers_are_sent_as_they_are(page: Page, less: int, zipped: bool) -> None:
    page.figure = {"data": [], "layout": ""}
    room = GZIP_FROM - len(pack(page.figure)) - 8 * less
    page.figure = {"data": [], "layout": "x" * room}
    reply = get("tile", VIEW, {"Accept-Encoding": "gzip"})
    assert ("content-encoding" in reply.headers) == zipped


@asked
def test_no_answer_may_be_kept_or_guessed_at(page: Page, what: str, params: dict[str, Any]) -> None:
    given = [get(what, params), get(what, params, secret="another"), get("values", {"x": "?"})]
    assert [reply.status for reply in given] == [200, 204, 400]
    for reply in given:
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_source_that_nobody_keeps_is_gone() -> None:
    source = Page().source()
    tiles._sources[SECRET] = source
    assert get("tile", VIEW).status == 200
    del source
    gc.collect()
    assert get("tile", VIEW).status == 204
    assert SECRET not in tiles._sources


SCRIPT = """
import streamlit as st
from genoview.ui.page import tiles

def made():
    st.session_state["times"] = st.session_state.get("times", 0) + 1
    shown = st.session_state.get("shown", "a")
    say = lambda *asked: {"shown": shown}
    return tiles.Source(say, say, say, say)

for place in ("here", "there"):
    address = tiles.publish(place, st.session_state.get("shown", "a"), made)
    st.session_state[f"{place}-address"] = address
"""


def visit() -> AppTest:
    app = AppTest.from_string(SCRIPT).run()
    assert not app.exception
    return app


def address_of(app: AppTest, place: str = "here") -> str:
    return str(app.session_state[f"{place}-address"])


def answer_at(address: str) -> Any:
    reply = get("values", {"x": 1}, address=address)
    return json.loads(reply.body)["shown"] if reply.status == 200 else reply.status


def test_a_page_tells_where_it_can_be_asked() -> None:
    app = visit()
    assert address_of(app).startswith(f"/{tiles.PREFIX}/")
    assert answer_at(address_of(app)) == "a"


def test_an_address_stays_while_nothing_changes() -> None:
    app = visit()
    first = address_of(app)
    app.run()
    assert (address_of(app), app.session_state["times"]) == (first, 2)  # one for each place


def test_what_is_no_longer_shown_cannot_be_asked_after_the_next_run() -> None:
    app = visit()
    first = address_of(app)
    app.session_state["shown"] = "b"
    app.run()
    assert address_of(app) != first
    assert answer_at(address_of(app)) == "b"
    app.run()
    gc.collect()
    assert (answer_at(first), answer_at(address_of(app))) == (204, "b")


def test_no_two_places_or_readers_share_an_address() -> None:
    apps = [visit(), visit()]
    addresses = {address_of(app, place) for app in apps for place in ("here", "there")}
    assert len(addresses) == 4
    assert min(len(address.split("/")[2]) for address in addresses) >= 22  # 128 bits in base64


def test_the_address_dies_with_its_session() -> None:
    app = visit()
    address = address_of(app)
    assert answer_at(address) == "a"
    del app
    gc.collect()
    assert answer_at(address) == 204
