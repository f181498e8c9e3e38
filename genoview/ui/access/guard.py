"""Stands before every request: strangers are refused, and pages may fetch nothing from elsewhere.

request or WebSocket --Host, Origin--> 403, or the app --> answer with its Content-Security-Policy
"""

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from genoview.ui.access.hosts import refusal

FORBIDDEN = 403
POLICY_VIOLATION = 1008  # close code of a WebSocket, RFC 6455
# Streamlit and Plotly make scripts and styles of their own; nothing comes from another host.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob: data:",
        "frame-src 'self' blob: data:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "same-origin",  # what is looked at stands in the address
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """An ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        why = refusal(_values(scope, b"host"), _values(scope, b"origin"))
        if why:
            is_socket = scope["type"] == "websocket"
            refused: ASGIApp = (
                WebSocketClose(POLICY_VIOLATION)
                if is_socket
                else PlainTextResponse(why, FORBIDDEN, {"Cache-Control": "no-store"})
            )
            await refused(scope, receive, send)
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_policy)


def middleware() -> list[Middleware]:
    """For `st.App(..., middleware=middleware())`."""
    return [Middleware(Guard)]


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]
