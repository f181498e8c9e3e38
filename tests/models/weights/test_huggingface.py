"""AlphaGenome's weights from a hub: the hub's own client against a small hub on the loopback."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("huggingface_hub")

from genoview.errors import BackendError
from genoview.models.weights.huggingface import FILES, REPOSITORY, VERSION, fetch

# The client tries again a few times where nobody answers; its rests between take no time here.
PROGRAM = """
import runpy, time
time.sleep = lambda seconds: None
runpy.run_module("genoview.models.weights.huggingface", run_name="__main__", alter_sys=True)
"""
CONTENT = {name: f"what {name} holds".encode() * 1_000 for name in FILES}


class Hub(BaseHTTPRequestHandler):
    """The two addresses that the client asks: what there is, and the files."""

    damaged = False

    def log_message(self, *words: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        if self.path.startswith("/api/models/"):
            self.listing()
        else:
            self.answer(with_body=True)

    def listing(self) -> None:
        entries = []
        for name, content in CONTENT.items():
            sha = hashlib.sha256(content).hexdigest()
            entry = {"type": "file", "path": f"{VERSION}/{name}", "size": len(content), "oid": sha}
            lfs = {"oid": sha, "size": len(content), "pointerSize": 100}
            entries.append(entry | {"lfs": lfs})
        self.send(json.dumps(entries).encode(), {"Content-Type": "application/json"}, True)

    def answer(self, with_body: bool) -> None:
        name = self.path.rpartition("/")[2]
        if name not in CONTENT:
            self.send_error(404)
            return
        content = CONTENT[name]
        sha = hashlib.sha256(content).hexdigest()
        sent = content.replace(b"what", b"WHAT") if self.damaged else content
        self.send(sent, {"ETag": f'"{sha}"', "X-Repo-Commit": "a" * 40}, with_body)

    def send(self, content: bytes, headers: dict[str, str], with_body: bool) -> None:
        self.send_response(200)
        for key, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(key, value)
        self.end_headers()
        if with_body:
            self.wfile.write(content)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Hub, "damaged", False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def run(hub: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: the client reads its address when it is imported."""
    environment = os.environ | {
        "HF_ENDPOINT": hub,
        "HF_HOME": str(folder.parent / "hub"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    }
    command = [sys.executable, "-c", PROGRAM, str(folder), *more]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_files_come_whole_and_only_once(hub: str, tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    done = run(hub, folder, "--accept-terms")
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENT
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert run(hub, folder, "--accept-terms").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_nothing_is_requested_before_the_terms_are_accepted(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"non-commercial.*--accept-terms"):
        fetch(tmp_path / "weights", accepted=False)
    assert not (tmp_path / "weights").exists()


def test_a_changed_file_is_refused(
    hub: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hub, "damaged", True)
    done = run(hub, tmp_path / "weights", "--accept-terms")
    assert done.returncode == 2
    assert "checksum" in done.stderr


def test_without_the_network_it_says_which_files_to_copy(tmp_path: Path) -> None:
    done = run("http://127.0.0.1:9", tmp_path / "weights", "--accept-terms")
    assert done.returncode == 2, done.stderr
    assert REPOSITORY in done.stderr and FILES[0] in done.stderr
    assert "Traceback" not in done.stderr
