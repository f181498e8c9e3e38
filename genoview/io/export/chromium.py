"""A Chromium or Chrome on this machine, as a command: it prints a page, or runs its scripts.

A process of its own for each page, ended with all that it started when it is done or late. Flags:
https://developer.chrome.com/docs/chromium/headless.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

PATIENCE_S = 90.0
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge", "brave-browser"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# Pages are our own and ask for nothing; a sandbox can't be had as root or in most containers.
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--mute-audio"),
    *("--no-first-run", "--no-default-browser-check", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
# Of a clock that stands still while scripts and loads are at work: how long timers may take.
_TIMERS_MS = 60_000


class ChromiumError(Exception):
    """None is here, it did not start, or it did not answer in time."""


def find() -> str | None:
    """Path of the browser: `BROWSER_PATH` of the environment before the usual places."""
    named = os.environ.get("BROWSER_PATH")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def pdf_of(page: bytes) -> bytes:
    """The page as its print style has it.

    Raises:
        ChromiumError: see there.
    """
    with tempfile.TemporaryDirectory(prefix="genoview-", ignore_cleanup_errors=True) as folder:
        out = Path(folder) / "page.pdf"
        _run(Path(folder), page, f"--print-to-pdf={out}", "--no-pdf-header-footer")
        if not out.is_file():
            raise ChromiumError("it printed nothing")
        return out.read_bytes()


def document_of(page: bytes) -> str:
    """HTML of the document when its scripts have ended.

    Raises:
        ChromiumError: see there.
    """
    with tempfile.TemporaryDirectory(prefix="genoview-", ignore_cleanup_errors=True) as folder:
        budget = f"--virtual-time-budget={_TIMERS_MS}"
        return _run(Path(folder), page, "--dump-dom", budget).decode(errors="replace")


def _run(folder: Path, page: bytes, *options: str) -> bytes:
    """Standard output."""
    path = find()
    if path is None:
        named = os.environ.get("BROWSER_PATH")
        raise ChromiumError(f"BROWSER_PATH is {named}, which is no program" if named else "no path")
    file = folder / "page.html"
    file.write_bytes(page)
    command = [path, *_FLAGS, f"--user-data-dir={folder / 'profile'}", *options, file.as_uri()]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ChromiumError(error.strerror or "it did not start") from error
    try:
        out, _ = process.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise ChromiumError(f"no answer in {PATIENCE_S:.0f} s") from error
    finally:
        _end(process)
    if process.returncode:
        raise ChromiumError(f"it ended with status {process.returncode}")
    return out


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process and what it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):  # all of it has ended
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
