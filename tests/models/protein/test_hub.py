"""A VESM by its file on the hub: its weights and the facts of its ESM-2, fetched once."""

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

from genoview.models.language.loading import Source
from genoview.models.protein.cards import PROTEIN_SETUPS
from genoview.models.protein.esm import EsmModel
from tests.support.tiny_protein import save_tiny_protein

pytest.importorskip("transformers", reason="the extra 'language' is not installed")

COMMIT = "a" * 40
PLACE = "ntranoslab/vesm/VESM_35M.pth"
BASE = "facebook/esm2_t12_35M_UR50D"
CODE = f"""
import sys
from genoview.models.language.loading import Source
from genoview.models.protein.cards import PROTEIN_SETUPS
from genoview.models.protein.esm import EsmModel
for _ in sys.stdin:
    print(EsmModel(PROTEIN_SETUPS[1].card, Source({PLACE!r})).version, flush=True)
"""


class Hub(BaseHTTPRequestHandler):
    """Files of two repositories; 404 for others, as the hub says it."""

    folders: dict[str, Path]
    requests: list[str]

    def log_message(self, *words: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def answer(self, with_body: bool) -> None:
        self.requests.append(self.path)
        repository, _, rest = self.path.strip("/").partition("/resolve/")
        path = self.folders.get(repository, Path("/nowhere")) / rest.partition("/")[2]
        if not rest or not path.is_file():
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if with_body:
            self.wfile.write(content)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return save_tiny_protein(tmp_path / "tiny", safetensors=False, says_random=False)


@pytest.fixture
def hub(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "vesm").mkdir()
    (tiny / "VESM_tiny.pth").rename(tmp_path / "vesm" / "VESM_35M.pth")
    folders = {"ntranoslab/vesm": tmp_path / "vesm", BASE: tiny}
    monkeypatch.setattr(Hub, "folders", folders, raising=False)
    monkeypatch.setattr(Hub, "requests", [], raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def reader(hub: str, cache: Path) -> Iterator[Callable[[], str]]:
    """The version, in a process of its own: the client reads its environment once."""
    environment = os.environ | {"HF_ENDPOINT": hub, "HF_HUB_CACHE": str(cache)}
    environment |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1"}
    environment.pop("HF_HUB_OFFLINE", None)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", CODE], env=environment, stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        requests, answers = process.stdin, process.stdout

        def read() -> str:
            print("version", file=requests, flush=True)
            return answers.readline().strip()

        yield read
        requests.close()
        assert process.wait() == 0


def test_weights_by_name_are_fetched_once_with_the_facts_of_their_base(
    hub: str, tiny: Path, tmp_path: Path
) -> None:
    beside = tiny / "VESM_35M.pth"
    beside.write_bytes((tmp_path / "vesm" / "VESM_35M.pth").read_bytes())
    expected = EsmModel(PROTEIN_SETUPS[1].card, Source(str(beside))).version
    beside.unlink()
    with reader(hub, tmp_path / "cache") as read:
        assert read() == expected
        assert f"/{BASE}/resolve/main/config.json" in Hub.requests
        assert not any(path.endswith(".safetensors") for path in Hub.requests)
        Hub.requests.clear()
        assert read() == expected
        assert Hub.requests == []
