"""A page's document, with the address of the server in it.

Streamlit's own looks for its server below the address of the page first, which costs two refused
requests and a message of an error for each direct visit of any page but the first.
"""

from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from genoview.ui.page.shell import PAGES

INDEX = Path(st.__file__).parent / "static" / "index.html"
HEADERS = {"Cache-Control": "no-cache"}  # it names the scripts of this version
# The address without the page's name: behind a proxy the server may be below any path.
SCRIPT = (
    "<script>window.__streamlit = {{ ...window.__streamlit, BACKEND_BASE_URL: "
    "location.origin + location.pathname.replace(/\\/(?:{names})\\/?$/, '/') }};</script>"
)


@cache
def document() -> str:
    """Streamlit's document with one script before its own."""
    script = SCRIPT.format(names="|".join(PAGES))
    return INDEX.read_text(encoding="utf-8").replace("<head>", f"<head>{script}", 1)


def _serve(_request: Request) -> HTMLResponse:
    return HTMLResponse(document(), headers=HEADERS)


def _first(request: Request) -> RedirectResponse:
    """`explore?q=HNF4A`, typed like the addresses of the other pages -> `./?q=HNF4A`."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


def page_routes() -> list[Route]:
    """For `st.App(..., routes=page_routes())`: every page; the first lies at the root."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    prefix = f"/{base}" if base else ""
    return [
        Route(f"{prefix}/{name}", _first if name == "explore" else _serve, methods=["GET"])
        for name in PAGES
    ]
