"""The track view beside igv.js: first paint, repaint, bytes, memory, in one run on one machine.

    python benchmarks/track_view.py                 # 6 and 20 rows; about ten minutes
    python benchmarks/track_view.py --rows 20 --visits 1 --profile

The same megabase of real predictions (`track_view_data.py`; some minutes the first time), the same
Chromium, 1440 x 1000 px, rows of 58 px below a row of genes, servers on loopback. Both servers
have answered once before anything is measured; every visit begins with an empty browser cache.
What counts as painted is told in `track_view_browser.py`. igv.js is the newest on npm, fetched
with `npm pack igv`.
"""

import argparse
import math
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from main_job import BROWSER, until
from playwright.sync_api import Playwright, sync_playwright
from track_view_browser import GENOVIEW, IGV, Program, Seen, steps, visit, walk
from track_view_data import FOLDER, prepared, read_tracks
from track_view_profile import breakdown

HERE = Path(__file__).parent
LIBRARY = HERE.parent / "build" / "igv"
MOST = 20  # rows, for which these are to be reached:
REPAINT_MEDIAN, REPAINT_SLOW = 150, 300  # ms
FULL_VIEW = 300_000  # bytes
Table = list[tuple[str, ...]]


def main() -> None:
    """Measure, then print one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[6, 20], help="of signal")
    parser.add_argument("--visits", type=int, default=3, help="to take first paints of")
    parser.add_argument("--profile", action="store_true", help="and what genoview's repaint is of")
    asked = parser.parse_args()
    prepared()
    version = fetch_igv()
    whole = read_tracks(FOLDER / "tracks.npz")[0].interval
    walked = steps(whole.start, whole.end)
    with ExitStack() as stack:
        addresses = {
            GENOVIEW: stack.enter_context(served("-m", "streamlit", "run", *STREAMLIT)),
            IGV: stack.enter_context(served("igv_app.py", "{port}")),
        }
        playwright = stack.enter_context(sync_playwright())
        for program, url in addresses.items():  # the servers' own first time is not the tab's
            measured(playwright, program, url, asked.rows[0], [], 1)
        found = {
            (program.name, n): measured(playwright, program, url, n, walked, asked.visits)
            for n in asked.rows
            for program, url in addresses.items()
        }
        print_table(version, [line for n in asked.rows for line in lines(found, n)])
        if asked.profile:
            for n in asked.rows:
                breakdown(playwright, addresses[GENOVIEW], n, (whole.start, whole.end))


def measured(
    playwright: Playwright,
    program: Program,
    url: str,
    n_rows: int,
    walked: list[dict[str, object]],
    n_visits: int,
) -> Seen:
    """Each visit in a browser of its own, so that memory is one tab's; steps at the last."""
    seen = Seen()
    for number in range(n_visits):
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=BROWSER
        )
        page = visit(chromium, program, f"{url}/?rows={n_rows}", n_rows, seen)
        if walked and number == n_visits - 1:
            walk(page, program, walked, seen)
        chromium.close()
    return seen


def lines(found: Mapping[tuple[str, int], Seen], n: int) -> Iterator[tuple[str, ...]]:
    """Rows of the table for one number of rows: ours, theirs, the ratio, what is to be reached."""
    ours, theirs = found[GENOVIEW.name, n], found[IGV.name, n]

    def line(what: str, a: float, b: float, unit: str, target: float = 0) -> tuple[str, ...]:
        digits = 1 if unit == "MB" else 0
        shown = [f"{value:,.{digits}f} {unit}" if value else "" for value in (a, b, target)]
        reached = "" if not target else "yes" if a <= target else f"no, {a / target:.1f} times"
        ratio = f"{a / b:.2f}" if b else ""
        return f"{n} rows: {what}", *shown[:2], ratio, shown[2], reached

    def repaint(what: str, part: str, share: float, target: float = 0) -> tuple[str, ...]:
        a, b = (quantile([step[part] for step in seen.steps], share) for seen in (ours, theirs))
        return line(what, a, b, "ms", target)

    yield line("first paint, complete", median(ours.first), median(theirs.first), "ms")
    yield line("first paint of all rows, coarse", median(ours.coarse), 0, "ms")
    yield repaint("repaint, median", "all", 0.5, REPAINT_MEDIAN if n == MOST else 0)
    yield repaint("repaint, 95 %", "all", 0.95, REPAINT_SLOW if n == MOST else 0)
    yield repaint("first move, median", "moved", 0.5)
    crosshair = quantile([step["plot"] for step in ours.steps if step["plot"]], 0.5)
    yield line("first crosshair after a pointer moves, median", crosshair, 0, "ms")
    yield line("sent for the full view", ours.data / 1e3, theirs.data / 1e3, "kB", FULL_VIEW / 1e3)
    yield line("sent, code and styles", ours.code / 1e3, theirs.code / 1e3, "kB")
    yield line("heap of the tab", ours.heap / 1e6, theirs.heap / 1e6, "MB")
    yield line("memory of its process", ours.resident / 1e6, theirs.resident / 1e6, "MB")


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def print_table(version: str, rows: Table) -> None:
    """As Markdown, with aligned columns."""
    header = ("what", "genoview", f"igv.js {version}", "ratio", "to reach", "reached")
    widths = [max(len(line[i]) for line in [header, *rows]) for i in range(len(header))]
    for line in [header, tuple("-" * width for width in widths), *rows]:
        cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        print(f"| {' | '.join(cells)} |")


def fetch_igv() -> str:
    """Unpack the package from npm where it is absent; its version."""
    if not (LIBRARY / "package" / "dist" / "igv.min.js").exists():
        LIBRARY.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "igv"], cwd=LIBRARY, check=True, capture_output=True)
        with tarfile.open(next(LIBRARY.glob("igv-*.tgz"))) as packed:
            packed.extractall(LIBRARY, filter="data")
    text = (LIBRARY / "package" / "package.json").read_text(encoding="utf-8")
    return text.partition('"version": "')[2].partition('"')[0]


STREAMLIT = (
    "track_view_app.py",
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.port={port}",
    "--server.fileWatcherType=none",
    "--client.toolbarMode=minimal",
    "--browser.gatherUsageStats=false",
)


@contextmanager
def served(*command: str) -> Iterator[str]:
    """One of the two servers on a free port of loopback, until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    paths = os.pathsep.join([str(HERE), str(HERE.parent)])
    arguments = [word.replace("{port}", str(port)) for word in command]
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=HERE, env={**os.environ, "PYTHONPATH": paths}
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: urllib.request.urlopen(url, timeout=1).status == 200)
        yield url
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
