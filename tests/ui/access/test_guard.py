"""A real server on the loopback: raw handshakes of strangers, and what its pages may fetch."""

import socket
from collections.abc import Iterator

import pytest

from tests.browser.harness import Server, start_server
from tests.support.paths import ROOT

SWITCHING, FORBIDDEN, OK = 101, 403, 200
WANT_SOCKET = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard as `make run` starts it, on a free port."""
    started = start_server(ROOT / "app.py", tmp_path_factory.mktemp("guard"))
    yield started
    started.stop()


def ask(server: Server, path: str, *headers: str) -> str:
    """What comes back first, with its headers."""
    port = int(server.url.rpartition(":")[2])
    lines = "".join(f"{header.replace('PORT', str(port))}\r\n" for header in headers)
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer and (part := connection.recv(4096)):
            answer += part
    return answer.decode("latin-1")


def status(answer: str) -> int:
    return int(answer.split()[1])


def handshake(server: Server, *headers: str) -> int:
    return status(ask(server, "/_stcore/stream", *headers, *WANT_SOCKET.split("\r\n")[:-1]))


def test_the_page_of_the_server_is_let_in(server):
    assert handshake(server, "Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT") == SWITCHING
    assert handshake(server, "Host: localhost:PORT", "Origin: http://localhost:PORT") == SWITCHING


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: evil.example:PORT", "Origin: http://evil.example:PORT"),  # DNS rebinding
        ("Host: evil.example:PORT",),
        ("Host: 127.0.0.1:PORT", "Origin: http://evil.example"),
        ("Host: 127.0.0.1:PORT", "Origin: http://localhost:3000"),
        ("Host: 127.0.0.1:PORT", "Origin: null"),
        ("Host: 127.0.0.1:PORT", "Origin: https://127.0.0.1.evil.example"),
    ],
)
def test_strangers_get_no_websocket_and_no_file(server, headers):
    assert handshake(server, *headers) == FORBIDDEN
    for path in ("/", "/variant", "/_stcore/health", "/_stcore/host-config"):
        assert status(ask(server, path, *headers)) == FORBIDDEN


@pytest.mark.parametrize("path", ["/", "/variant"])
def test_pages_fetch_nothing_from_elsewhere(server, path):
    answer = ask(server, path, "Host: 127.0.0.1:PORT").lower()
    assert status(answer) == OK
    assert "content-security-policy: default-src 'self'" in answer
    assert "img-src 'self' data: blob:" in answer
