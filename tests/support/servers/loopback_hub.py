"""A hub of weights on the loopback: files of repositories at revisions, and what was requested."""

import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMITS = {"main": "a" * 40, "v2": "b" * 40}


class Hub:
    """Folders by repository and revision, as `somebody/dna/main`."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.folders = folders
        self.requests: list[str] = []
        self.url = ""

    def environment(self, cache: Path) -> dict[str, str]:
        """Of a process that reads from here; the client reads its environment once."""
        environment = os.environ | {"HF_ENDPOINT": self.url, "HF_HUB_CACHE": str(cache)}
        environment |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1"}
        environment.pop("HF_HUB_OFFLINE", None)
        return environment


@contextmanager
def serving_hub(folders: Mapping[str, Path]) -> Iterator[Hub]:
    hub = Hub(folders)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, hub))
    hub.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield hub
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """404 for other files, as the hub says it."""

    def __init__(self, hub: Hub, *connection: object) -> None:
        self.hub = hub
        super().__init__(*connection)  # type: ignore[arg-type]

    def log_message(self, *words: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, with_body: bool) -> None:
        self.hub.requests.append(self.path)
        repository, _, rest = self.path.strip("/").partition("/resolve/")
        revision, _, name = rest.partition("/")
        revision = {commit: name for name, commit in COMMITS.items()}.get(revision, revision)
        path = self.hub.folders.get(f"{repository}/{revision}", Path("/nowhere")) / name
        content = path.read_bytes() if path.is_file() else b""
        self.send_response(200 if content else 404)
        self.send_header("Content-Length", str(len(content)))
        if content:
            self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMITS[revision])
        else:
            self.send_header("X-Error-Code", "EntryNotFound")
        self.end_headers()
        if with_body:
            self.wfile.write(content)
