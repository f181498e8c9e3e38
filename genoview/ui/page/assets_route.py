"""The page's own static files: plotly.js, 3Dmol.js and the modules of the track view and of
structures, served by the same server.

A file's path holds a digest of all files, so a browser may keep it for good and an upgrade is
never mixed with what an older version left in a browser's cache.
"""

import gzip
import hashlib
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from genoview.data.assets import ASSETS

PREFIX = "genoview-assets"
PLOTLY_JS = "plotly-cartesian.min.js"
MOLECULES_JS = "3Dmol-min.js"
SHARED = "wire/other_views.js"  # of the track view; structures import it by its path there
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}
ONE_YEAR = 31_536_000  # seconds, what `immutable` files are kept for by convention
HEADERS = {
    "Cache-Control": f"public, max-age={ONE_YEAR}, immutable",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}


@cache
def _files() -> dict[str, Path]:
    """Path below the address -> file; nothing else is served."""
    folder = Path(__file__).parents[1]
    own = {
        path.relative_to(folder).as_posix().removeprefix("trackview/"): path
        for room in ("structureview", "trackview")
        for path in sorted((folder / room).rglob("*"))
        if path.suffix in MEDIA_TYPES
    }
    return own | {
        f"trackview/{SHARED}": folder / "trackview" / SHARED,
        PLOTLY_JS: ASSETS / "js" / PLOTLY_JS,
        MOLECULES_JS: ASSETS / "js" / MOLECULES_JS,
    }


@cache
def assets_digest() -> str:
    """16 hex digits over the bytes of every file (2 MB, once a process)."""
    digest = hashlib.sha256()
    for name, path in _files().items():
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _content(name: str, zipped: bool) -> bytes:
    """The bytes of a file, compressed once: plotly.js goes from 1.5 MB to 0.5 MB."""
    raw = _files()[name].read_bytes()
    return gzip.compress(raw, compresslevel=9, mtime=0) if zipped else raw


def _serve(request: Request) -> Response:
    """One file. Not async, so that reading and compressing stay off the event loop."""
    name = request.path_params["name"]
    if request.path_params["digest"] != assets_digest() or name not in _files():
        text = "This file belongs to another version of genoview: reload the page."
        return PlainTextResponse(text, status_code=404, headers={"Cache-Control": "no-store"})
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    headers = HEADERS | ({"Content-Encoding": "gzip"} if zipped else {})
    media_type = MEDIA_TYPES[Path(name).suffix]
    return Response(_content(name, zipped), media_type=media_type, headers=headers)


def root_of(prefix: str) -> str:
    """Path of a route from the server's root, without a slash at the end."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{prefix}" if base else f"/{prefix}"


def assets_url() -> str:
    """Address of the files, from the server's root, with a slash at the end."""
    return f"{root_of(PREFIX)}/{assets_digest()}/"


def asset_routes() -> list[Route]:
    """For `st.App(..., routes=asset_routes())`. The files are public and the same for everyone."""
    return [
        Route(f"{root_of(PREFIX)}/{{digest}}/{{name:path}}", _serve, methods=["GET"], name=PREFIX)
    ]
