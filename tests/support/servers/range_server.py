"""An HTTP server on the loopback with ranges, counts of requests and bytes, and faults on order."""

import re
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = ("404", "503", "truncated", "whole", "stall", "stall in body", "elsewhere", "unsaid")
STALL_S = 30.0  # at most; ends with the server


class RangeServer(ThreadingHTTPServer):
    """Serves the same content at every path, or files by their paths or names.

    Attributes:
        files: by path, from the slash on; where there are any, all else is a 404.
        by_name: other content, by the last part of the path; before the others.
        modified: Last-Modified of each answer, where it is set.
        faults: of the next requests, in their order.
        always: a fault of every request.
        requests: the Range of each request, in their order.
        n_bytes: of bodies, as they were sent.
        gate: requests wait until it is set, as it is at first.
    """

    daemon_threads = True

    def __init__(self, content: bytes, etag: str = '"one"') -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = content
        self.by_name: dict[str, bytes] = {}
        self.names: list[str] = []  # of the files that were requested
        self.etag = etag
        self.files: dict[str, bytes] = {}
        self.modified = ""
        self.faults: deque[str] = deque()
        self.always = ""
        self.target = ""  # of redirections
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.n_bytes = 0
        self.latency_s = 0.0
        self.gate = threading.Event()
        self.gate.set()
        self.ended = threading.Event()
        self.lock = threading.Lock()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def url(self, name: str = "file") -> str:
        return f"http://{self.host}/{name}"

    def content_of(self, path: str) -> bytes | None:
        plain = path.partition("?")[0]
        if (named := self.by_name.get(plain.rpartition("/")[2])) is not None:
            return named
        return self.files.get(plain) if self.files else self.content

    def handle_error(self, request, client_address) -> None:
        """Who hangs up has its reasons."""

    def counted(self) -> tuple[int, int]:
        """Requests and bytes since the last count."""
        with self.lock:
            counts = len(self.requests), self.n_bytes
            self.requests, self.n_bytes = [], 0
        return counts


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RangeServer

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self._head(200, len(self.server.content_of(self.path) or b""))

    def _name(self) -> str:
        return self.path.partition("?")[0].rpartition("/")[2]

    def do_GET(self) -> None:
        server = self.server
        wanted = self.headers.get("Range", "")
        time.sleep(server.latency_s)
        server.gate.wait(STALL_S)
        with server.lock:
            server.requests.append(wanted)
            server.headers.append(dict(self.headers))
            server.names.append(self._name())
            fault = server.faults.popleft() if server.faults else server.always
            content = server.content_of(self.path)
        if fault == "stall":
            server.ended.wait(STALL_S)
            return
        if content is None:
            self._head(404, 0)
            return
        if fault.isdigit():
            self._head(int(fault), 0)
            return
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", wanted)
        if fault == "elsewhere":
            self._head(302, 0, Location=server.target)
        elif match is None or fault == "whole":
            self._head(200, len(content))
            self._body(content)
        elif int(match[1]) >= len(content):
            self._head(416, 0)
        else:
            start, end = int(match[1]), min(int(match[2]) + 1, len(content))
            place = {"Content-Range": f"bytes {start}-{end - 1}/{len(content)}"}
            self._head(206, end - start, **({} if fault == "unsaid" else place))
            cut = (end - start) // 2 if fault in ("truncated", "stall in body") else 0
            self._body(content[start : end - cut])
            if fault == "stall in body":
                server.ended.wait(STALL_S)
            self.close_connection = bool(cut)

    def _head(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        facts = {"Content-Length": str(length), "ETag": self.server.etag, "Accept-Ranges": "bytes"}
        facts |= {"Last-Modified": self.server.modified} if self.server.modified else {}
        for name, value in (facts | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def _body(self, content: bytes) -> None:
        for start in range(0, len(content), 1 << 16):
            piece = content[start : start + (1 << 16)]
            self.wfile.write(piece)
            with self.server.lock:
                self.server.n_bytes += len(piece)


@contextmanager
def serving(content: bytes, etag: str = '"one"') -> Iterator[RangeServer]:
    """A server that ends with the block, and so do its stalled answers."""
    server = RangeServer(content, etag)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
