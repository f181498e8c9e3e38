"""How fast the main job is: first page, a cold and a remembered locus, a megabase, sizes.

    python benchmarks/main_job.py            # everything; about ten minutes on two cores
    python benchmarks/main_job.py --quick    # without the megabase

Every row names what was measured, the figure, and what it should reach. The server and the
browser run on this machine, with an empty cache.
"""

import argparse
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCUS = "chr20:43,240,001-43,260,000"
WARM = "chr20:42,600,001-42,602,000"  # another place, to have the models loaded
MEGABASE = "chr20:42,484,001-43,484,000"
N_MODELS = 4

Rows = list[tuple[str, str, str, str]]


def main() -> None:
    """Measure, then print one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="leave the megabase out")
    asked = parser.parse_args()
    rows: Rows = []
    with tempfile.TemporaryDirectory() as folder:
        rows += pages(Path(folder))
        if not asked.quick:
            rows += megabase(Path(folder) / "megabase")
    print_table(rows)


def pages(folder: Path) -> Rows:
    """A reader's waiting times, in Chromium, with one profile: a second tab finds the code kept."""
    rows: Rows = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=BROWSER
        )
        reader = chromium.new_context()
        reader.add_init_script(NOTE_PICTURES)
        began = time.perf_counter()
        with served(folder / "cache") as url:
            page = reader.new_page()
            page.goto(url)
            page.get_by_role("textbox", name="Locus, gene or variant").wait_for()
            usable = time.perf_counter() - began
            rows.append(row("make run (installed) to a usable first page", usable, 10))
            sent = finished_page(page)
            rows.append(("first page: figure sent", f"{sent / 1e6:.2f} MB", "3 MB", met(sent, 3e6)))
            first, last = ask(page, url, LOCUS)
            rows.append(row("20 kb cold: first panel", first, 3))
            rows.append(row("20 kb cold: last panel", last, 15))
            repeats = [ask(reader.new_page(), url, LOCUS)[1] for _ in range(5)]
            rows.append(row("20 kb remembered: painted (new tab, median of 5)", median(repeats), 1))
            ask(page, url, WARM)
            within = [search(page, WARM, LOCUS) for _ in range(5)]
            rows.append(
                row("20 kb remembered: painted (search box, median of 5)", median(within), 1)
            )
        chromium.close()
    return rows


def ask(page: Page, url: str, query: str) -> tuple[float, float]:
    """Seconds to the first predicted row and to the last of all models."""
    began = time.perf_counter()
    page.goto(f"{url}/?q={query}")
    page.wait_for_function(SHOWS, arg=[*bounds(query), 1], timeout=300_000)
    first = time.perf_counter() - began
    page.wait_for_function(SHOWS, arg=[*bounds(query), N_MODELS], timeout=300_000)
    return first, time.perf_counter() - began


def search(page: Page, elsewhere: str, query: str) -> float:
    """Seconds from Enter in the search box to the last row; both loci are remembered."""
    box = page.get_by_role("textbox", name="Locus, gene or variant")
    for text in (elsewhere, query):
        page.wait_for_timeout(2_000)  # the page is at rest, as before a reader who looks at it
        box.fill(text)
        began = time.perf_counter()
        box.press("Enter")
        page.wait_for_function(SHOWS, arg=[*bounds(text), N_MODELS], timeout=300_000)
    return time.perf_counter() - began


def bounds(locus: str) -> tuple[int, int]:
    """First and last base, from 1."""
    first, last = locus.partition(":")[2].replace(",", "").split("-")
    return int(first), int(last)


# What is on the canvas, or drawn by Plotly: rows of which models, and of which range.
NOTE_PICTURES = """
for (const kind of ["tv:picture", "tv:plot"])
  document.addEventListener(kind, (event) => { window.__seen = event.detail; }, true);
"""
SHOWS = """([first, last, nModels]) => {
  const { meta } = window.__seen ?? {};
  if (!meta?.rows) return false;
  if (first && (meta.start > first || meta.end < last - 1)) return false;
  const models = meta.rows.filter((row) => row.predicted).map((row) => row.id.split(":")[0]);
  return new Set(models).size >= nModels;
}"""


def finished_page(page: Page) -> float:
    """Bytes of the figure on the websocket when the first page is complete."""
    page.wait_for_function(SHOWS, arg=[0, 0, N_MODELS], timeout=300_000)
    sizes: list[int] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))),
    )
    page.reload()
    page.wait_for_function(SHOWS, arg=[0, 0, N_MODELS], timeout=300_000)
    return float(sum(sizes))


def megabase(folder: Path) -> Rows:
    """The whole demo region in a process of its own, for its peak memory."""
    script = (
        "import sys, time; from genoview.cli.main import main; t = time.perf_counter();"
        f"code = main(['view', '{MEGABASE}', '--html', sys.argv[1]]);"
        "print(time.perf_counter() - t); sys.exit(code)"
    )
    folder.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "GENOVIEW_CACHE": str(folder / "cache")}
    command = [sys.executable, "-c", script, str(folder / "view.html")]
    cold = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    again = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    seconds, remembered = (float(run.stdout.split()[-1]) for run in (cold, again))
    return [
        ("1 Mb cold, three models", f"{seconds:.0f} s", "completes", "yes"),
        ("1 Mb remembered, read and drawn", f"{remembered:.1f} s", "", ""),
        ("1 Mb peak memory of the process", f"{peak / 1e9:.2f} GB", "6 GB", met(peak, 6e9)),
    ]


@contextmanager
def served(cache: Path) -> Iterator[str]:
    """The dashboard as `make run` starts it, on a free port, until the block ends."""
    with dashboard(cache) as (url, _):
        yield url


@contextmanager
def dashboard(cache: Path, app: Path = ROOT / "app.py") -> Iterator[tuple[str, int]]:
    """The same by any script of it: its address and its process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    env = {
        **os.environ,
        "GENOVIEW_CACHE": str(cache),
        "GENOVIEW_CONFIG": str(cache / "none.toml"),
    }
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.headless=true"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).status == 200)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(30)


def until(ready: Callable[[], bool]) -> None:
    """Wait, at most a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("The dashboard did not start within a minute.")


def row(name: str, seconds: float, limit: float) -> tuple[str, str, str, str]:
    """One line of the table for a waiting time."""
    return name, f"{seconds:.2f} s", f"{limit:g} s", met(seconds, limit)


def met(value: float, limit: float) -> str:
    """Whether the figure is reached, or by how much it is missed."""
    return "yes" if value <= limit else f"no, by {value / limit:.1f} times"


def print_table(rows: Rows) -> None:
    """As Markdown, with aligned columns."""
    header = ("what", "measured", "to reach", "reached")
    widths = [max(len(line[i]) for line in [header, *rows]) for i in range(4)]
    for line in [header, tuple("-" * width for width in widths), *rows]:
        print(
            "| "
            + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True))
            + " |"
        )


if __name__ == "__main__":
    main()
