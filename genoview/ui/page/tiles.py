"""What the track view asks of this server by itself, past Streamlit: tiles, values, cards.

A page publishes what it shows as a `Source`; the browser asks with the source's secret. A pan
then costs one small answer, and no run of the page's script.

The routes are guarded by that secret: 128 random bits that only the page of one reader knows,
so that whoever may not open the page, or open that reader's, cannot ask. It lives as long as the
reader's session.
"""

import gzip
import json
import math
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from genoview.errors import GenoviewError, QueryError
from genoview.ui.page.assets_route import root_of
from genoview.ui.trackview.packing import Spec, pack

PREFIX = "genoview-tiles"
GZIP_FROM, GZIP_LEVEL = 4_096, 1  # bytes from which an answer is compressed, and how hard (1..9)
MIN_WIDTH, MAX_WIDTH = 200, 8_000  # px of a figure
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Source:
    """What one place on one reader's page shows.

    Attributes:
        draw: left and right x of the figure, width in px -> figure.
        values: x of the figure -> what every row says there.
        stretch: left and right x -> sequence and statistics of every row.
        card: kind and key of a thing in the figure -> what is known of it.
    """

    draw: Callable[[float, float, int], Spec]
    values: Callable[[float], Json]
    stretch: Callable[[float, float], Json]
    card: Callable[[str, str], Json]


_sources: WeakValueDictionary[str, Source] = WeakValueDictionary()


def publish(place: str, fingerprint: object, make: Callable[[], Source]) -> str:
    """Address of this session's source for a place on the page; the same while nothing changes.

    The session alone keeps the source: when it ends, the address is void. So is that of what was
    shown before, at the latest with the next run: until then Streamlit keeps the session's last
    state, and a request that is under way is answered.
    """
    cached = st.session_state.get(f"{place}-source")
    if cached is None or cached[0] != fingerprint:
        source, secret = make(), secrets.token_urlsafe(16)
        _sources[secret] = source
        cached = st.session_state[f"{place}-source"] = (fingerprint, secret, source)
    return f"{root_of(PREFIX)}/{cached[1]}/"


def tile_routes() -> list[Route]:
    """For `st.App(..., routes=tile_routes())`."""
    address = f"{root_of(PREFIX)}/{{secret}}/{{what}}"
    return [Route(address, _serve, methods=["GET"], name=PREFIX)]


def _serve(request: Request) -> Response:
    """One answer. Not async: composing runs on a thread beside the event loop."""
    answer = ANSWERS.get(request.path_params["what"])
    if answer is None or not is_own(request):
        return _refusal(410, "There is no such answer for this page.")
    source = _sources.get(request.path_params["secret"])
    if source is None:  # it has expired, and is requested again; a browser logs no error of it
        return Response(status_code=204, headers=HEADERS)
    try:
        return _sent(request, *answer(source, request))
    except GenoviewError as error:
        return _refusal(400, str(error))


def is_own(request: Request) -> bool:
    """Asked by a page of this server; browsers that do not say are taken at the secret's word."""
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _refusal(status: int, text: str) -> Response:
    body = json.dumps({"error": text}).encode()
    return Response(body, status_code=status, media_type="application/json", headers=HEADERS)


def _sent(request: Request, body: bytes, media_type: str) -> Response:
    headers = dict(HEADERS)
    if len(body) >= GZIP_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=media_type, headers=headers)


def _tile(source: Source, request: Request) -> tuple[bytes, str]:
    left, right = _ends(request)
    width = min(max(round(_number(request, "width")), MIN_WIDTH), MAX_WIDTH)
    return pack(source.draw(left, right, width)), "application/octet-stream"


def _values(source: Source, request: Request) -> tuple[bytes, str]:
    return _json(source.values(_number(request, "x")))


def _stretch(source: Source, request: Request) -> tuple[bytes, str]:
    return _json(source.stretch(*_ends(request)))


def _card(source: Source, request: Request) -> tuple[bytes, str]:
    params = request.query_params
    return _json(source.card(params.get("kind", "")[:40], params.get("key", "")[:200]))


def _json(value: Json) -> tuple[bytes, str]:
    return json.dumps(value, allow_nan=False).encode(), "application/json"


def _ends(request: Request) -> tuple[float, float]:
    left, right = _number(request, "left"), _number(request, "right")
    if not left < right:
        raise QueryError(f"A view from {left:g} to {right:g} has no width.")
    return left, right


def _number(request: Request, name: str) -> float:
    text = request.query_params.get(name, "")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise QueryError(f"{name}={text[:20]} is not a number; expected a position.")
    return value


ANSWERS: dict[str, Callable[[Source, Request], tuple[bytes, str]]] = {
    "tile": _tile,
    "values": _values,
    "stretch": _stretch,
    "card": _card,
}
