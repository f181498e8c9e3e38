"""A server on loopback that has one file, and every fault that a server can have."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONTENT = bytes(i * 7 % 251 for i in range(300_000))


class Shop(ThreadingHTTPServer):
    """Answers `/<fault>/file`; a fault ends after `n_faults` requests, then all is well."""

    daemon_threads = True

    def __init__(self, n_faults: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.n_faults = n_faults
        self.ranges: list[str] = []  # of every request; empty where none was asked for
        self.paths: list[str] = []
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        shop, byte_range = self.server, self.headers.get("Range", "")
        shop.ranges.append(byte_range)
        shop.paths.append(self.path)
        fault = self.path.split("/")[1] if len(shop.ranges) <= shop.n_faults else "well"
        start = int(byte_range.removeprefix("bytes=").rstrip("-")) if byte_range else 0
        match fault:
            case "absent":
                self.send_error(404)
            case "overloaded":
                self.send_error(503)
            case "rangeless":
                self._send(200, CONTENT)
            case "truncated":
                self._send(
                    206 if byte_range else 200, CONTENT[start : start + 100_000], start, "whole"
                )
            case "corrupt":
                self._send(200, CONTENT[::-1])
            case "longer":
                self._send(200, CONTENT + b"more")
            case "unsatisfiable":
                self.send_error(416)
            case "other_part":
                self._send(206, CONTENT, 0)
            case "slow":
                self._send(
                    206 if byte_range else 200, CONTENT[start : start + 50_000], start, "whole"
                )
                shop.closing.wait(5)
            case _:
                self._send(206 if byte_range else 200, CONTENT[start:], start)

    def _send(self, status: int, body: bytes, start: int = 0, length: str = "") -> None:
        self.send_response(status)
        rest = len(CONTENT) - start if length == "whole" else len(body)
        self.send_header("Content-Length", str(rest))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr."""


@contextmanager
def serving(n_faults: int = 1) -> Iterator[Shop]:
    shop = Shop(n_faults)
    thread = threading.Thread(target=shop.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield shop
    finally:
        shop.closing.set()
        shop.shutdown()
        thread.join()
        shop.server_close()
