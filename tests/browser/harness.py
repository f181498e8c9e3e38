"""What the browser tests start and watch: `streamlit run` on loopback, and a reader's pages."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.support.paths import ROOT

APP = ROOT / "app.py"
# The same engine without a browser's own windows costs a quarter less of the processors.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers may have little of it: then a page stands still
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Nothing on a page moves by itself: a busy machine would draw each of its frames. What a run may
# replace fades only where the run takes long, by a transition: without one it does not fade.
STILL = """addEventListener('DOMContentLoaded', () => {
    const still = "animation: none !important; transition: none !important";
    const textContent = `*, ::before, ::after { ${still} } [data-stale] { opacity: 1 !important }`;
    document.head.append(Object.assign(document.createElement("style"), { textContent }));
})"""
PATIENCE = 60_000  # ms for what a page shows on a busy machine; models that compute have more
START_TIMEOUT = 180  # seconds until a server must answer, on a machine full of other work
CACHE_VARIABLE = "GENOVIEW_CACHE"
CONFIG_VARIABLE = "GENOVIEW_CONFIG"
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "blob:", "data:", "about:")


@dataclass(frozen=True)
class Server:
    """A dashboard of its own: address, cache folder, and what it printed."""

    url: str
    cache: Path
    log: Path
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


Serve = Callable[..., Server]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{server.log.read_text()}")


def start_server(
    script: Path, folder: Path, env: dict[str, str] | None = None, port: int = 0
) -> Server:
    """`streamlit run script` on a free port of loopback, with an empty cache in `folder`."""
    port, cache, log = port or free_port(), folder / "cache", folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    command += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    command += ["--client.toolbarMode=minimal", "--server.showEmailPrompt=false"]
    paths = f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep)
    variables = {**os.environ, "PYTHONPATH": paths, "OMP_WAIT_POLICY": "PASSIVE"}
    variables |= {CACHE_VARIABLE: str(cache), CONFIG_VARIABLE: str(folder / "genoview.toml")}
    variables |= env or {}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT
        )
    server = Server(f"http://127.0.0.1:{port}", cache, log, process)
    _wait_until_healthy(server)
    return server


@dataclass
class Watched:
    """What a test's pages did beside their job; a test may take an error that it caused away."""

    errors: list[str]
    strangers: list[str]

    def watch(self, page: Page) -> Callable[[], None]:
        """Listen until what is returned is called."""
        listeners: dict[Any, Callable[[Any], None]] = {
            "pageerror": lambda error: self.errors.append(str(error)),
            "console": self._hear,
            "request": lambda request: self._note(request.url),
            "websocket": lambda socket: self._note(socket.url),
        }
        for event, listener in listeners.items():
            page.on(event, listener)

        def stop() -> None:
            for event, listener in listeners.items():
                page.remove_listener(event, listener)

        return stop

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note(self, url: str) -> None:
        if not url.startswith(LOCAL):
            self.strangers.append(url)
