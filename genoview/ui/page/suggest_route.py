"""A list beneath the search box: the browser asks for it by itself while somebody types.

The route is guarded as that of tiles: by a secret that only the page of one reader knows, since
saved loci and the history are in the list.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast
from weakref import WeakValueDictionary

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from genoview.runtime.suggestions import Suggestions
from genoview.ui.access.library import library
from genoview.ui.page.assets_route import root_of
from genoview.ui.page.tiles import HEADERS, is_own

PREFIX = "genoview-suggest"
NAME = "genoview_suggestions"
KEPT = "suggestions"  # of the session: genome, secret and source


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Source:
    """What one reader's box asks."""

    suggestions: Suggestions
    genome: str


_sources: WeakValueDictionary[str, Source] = WeakValueDictionary()


def beneath(label: str, genome: str) -> None:
    """The list of the text box of that label; without its script the box is as it was."""
    _component()(key=NAME, data={"label": label, "address": publish(genome)})


def publish(genome: str) -> str:
    """Address of this session's suggestions; the same while the genome is."""
    suggestions = library().suggestions
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != genome or kept[2].suggestions is not suggestions:
        kept = (genome, secrets.token_urlsafe(16), Source(suggestions, genome))
        _sources[kept[1]] = kept[2]
        st.session_state[KEPT] = kept
    return f"{root_of(PREFIX)}/{kept[1]}"


def suggest_routes() -> list[Route]:
    """For `st.App(..., routes=suggest_routes())`."""
    return [Route(f"{root_of(PREFIX)}/{{secret}}", _serve, methods=["GET"], name=PREFIX)]


def _serve(request: Request) -> Response:
    """One list. Not async: it is looked up on a thread beside the event loop."""
    source = _sources.get(request.path_params["secret"])
    if source is None or not is_own(request):
        return Response(b"[]", status_code=410, media_type="application/json", headers=HEADERS)
    status = 200 if source.suggestions.is_ready(source.genome) else 202  # ask again in a moment
    listed = source.suggestions.suggest(source.genome, request.query_params.get("q", ""))
    body = json.dumps([asdict(each) for each in listed]).encode()
    return Response(body, status_code=status, media_type="application/json", headers=HEADERS)


@cache
def _component() -> Any:
    """Registered at the first use, since that reads a file."""
    script = Path(__file__).with_name("suggestions.js").read_text(encoding="utf-8")
    return cast(Any, st.components.v2.component(NAME, js=script, isolate_styles=False))
