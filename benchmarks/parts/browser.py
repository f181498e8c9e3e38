"""Chromium and the servers that it visits, on loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STREAMLIT = (
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.port={port}",
    "--server.fileWatcherType=none",
    "--client.toolbarMode=minimal",
    "--browser.gatherUsageStats=false",
)
START_S, STOP_S = 300, 30  # with what else shares the cores


def launched(playwright: Playwright) -> Browser:
    """A browser of its own, with nothing in its cache."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@contextmanager
def dashboard(cache: Path, app: Path = ROOT / "app.py") -> Iterator[tuple[str, int]]:
    """The dashboard by a script of it, until the block ends: its address and its process."""
    env = {"GENOVIEW_CACHE": str(cache), "GENOVIEW_CONFIG": str(cache / "none.toml")}
    with served("-m", "streamlit", "run", str(app), *STREAMLIT, env=env) as found:
        yield found


@contextmanager
def served(*command: str, env: Mapping[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """A Python program on a free port, which stands in the command as {port}."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = _start([word.replace("{port}", str(port)) for word in command], env or {})
    try:
        _wait_for(lambda: urllib.request.urlopen(url, timeout=1).status == 200, process)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(STOP_S)


def _start(command: Sequence[str], env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    paths = os.pathsep.join([str(HERE), str(ROOT)])
    variables = {**os.environ, "PYTHONPATH": paths, **env}
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL
    )


def _wait_for(ready: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if ready():
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"The server did not start within {START_S} s.")
