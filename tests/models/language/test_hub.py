"""A language model by its hub name: fetched at its revision from a hub on the loopback, once."""

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.tiny_language import save_tiny

pytest.importorskip("transformers", reason="the extra 'language' is not installed")

COMMITS = {"main": "a" * 40, "v2": "b" * 40}
KINDS = {"main": "single", "v2": "overlapping"}
CODE = """
import sys
from genoview.models.language.loading import Source
from genoview.models.language.masked_lm import MaskedNetwork
for revision in sys.stdin:
    scheme = MaskedNetwork(Source("somebody/dna", revision.strip())).scheme
    print(scheme.value, flush=True)
"""


class Hub(BaseHTTPRequestHandler):
    """Files of `somebody/dna` at two revisions; 404 for others, as the hub says it."""

    folder: Path
    asked: list[str]

    def log_message(self, *words: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def answer(self, with_body: bool) -> None:
        self.asked.append(self.path)
        head, _, rest = self.path.partition("/resolve/")
        revision, _, name = rest.partition("/")
        named = {commit: name for name, commit in COMMITS.items()}
        revision = named.get(revision, revision)
        path = self.folder / revision / name
        if head != "/somebody/dna" or revision not in COMMITS or not path.is_file():
            self.refuse()
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMITS[revision])
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def refuse(self) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", "EntryNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for revision, kind in KINDS.items():
        save_tiny(tmp_path / "hub" / revision, kind)
    monkeypatch.setattr(Hub, "folder", tmp_path / "hub", raising=False)
    monkeypatch.setattr(Hub, "asked", [], raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def reader(hub: str, cache: Path) -> Iterator[Callable[[str], str]]:
    """Revision to scheme, in a process of its own: the client reads its environment once."""
    environment = os.environ | {"HF_ENDPOINT": hub, "HF_HUB_CACHE": str(cache)}
    environment |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1"}
    environment.pop("HF_HUB_OFFLINE", None)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", CODE], env=environment, stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def read(revision: str) -> str:
            print(revision, file=asked, flush=True)
            return answers.readline().strip()

        yield read
        asked.close()
        assert process.wait() == 0


def test_a_name_is_fetched_at_its_revision_and_then_read_without_asking(
    hub: str, tmp_path: Path
) -> None:
    with reader(hub, tmp_path / "cache") as read:
        assert [read(""), read("v2")] == ["single bases", "overlapping k-mers"]
        assert any(path.endswith("/resolve/v2/config.json") for path in Hub.asked)
        Hub.asked.clear()
        assert read("v2") == "overlapping k-mers"
        assert Hub.asked == []
