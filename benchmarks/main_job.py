"""How fast the main job is: first page, a cold and a remembered locus, a megabase, sizes.

    python benchmarks/main_job.py            # everything; about ten minutes on two cores
    python benchmarks/main_job.py --quick    # without the megabase

Every row names what was measured, the figure, and what it should reach. The server and the
browser run on this machine, with an empty cache.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from parts.browser import CHROMIUM, dashboard, launched
from parts.tables import Table, missing, options
from playwright.sync_api import BrowserContext, Locator, Page, sync_playwright

N_MODELS = 4
LONGEST_MS = 300_000


@dataclass(frozen=True)
class Size:
    """What is asked, how often what is remembered is, and the rest between two, ms.

    Attributes:
        warm: another place, to have the models loaded.
        whole: what a process of its own computes; empty: nothing.
    """

    locus: str = "chr20:43,240,001-43,260,000"
    warm: str = "chr20:42,600,001-42,602,000"
    whole: str = "chr20:42,484,001-43,484,000"
    n_visits: int = 5
    rest: int = 2_000


# Two views of one kilobase, which is predicted once.
SMALL = Size("chr20:43,240,001-43,240,500", "chr20:43,240,501-43,241,000", "", 1, 0)
Row = tuple[str, str, str, str]


def main() -> None:
    """Measure, then print one table."""
    parser = options(__doc__)
    parser.add_argument("--quick", action="store_true", help="leave the megabase out")
    asked = parser.parse_args()
    size = SMALL if asked.smoke else Size(whole="") if asked.quick else Size()
    if not CHROMIUM:
        missing("no Chromium on this machine", asked.smoke)
    with tempfile.TemporaryDirectory() as folder:
        rows = list(pages(Path(folder), size))
        if size.whole:
            rows += whole_region(Path(folder) / "whole", size.whole)
    Table(("what", "measured", "to reach", "reached"), tuple(rows)).report(asked.json)


def pages(folder: Path, size: Size) -> Iterator[Row]:
    """A reader's waiting times, in Chromium, with one profile: a second tab finds the code kept."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        reader = chromium.new_context()
        reader.set_default_timeout(LONGEST_MS)
        reader.add_init_script(NOTE_PICTURES)
        began = time.perf_counter()
        with dashboard(folder / "cache") as (url, _):
            page = reader.new_page()
            page.goto(url if size.rest else f"{url}/?q={size.warm}")
            box_of(page).wait_for()
            usable = time.perf_counter() - began
            yield row("`make run` (installed) to a usable first page", usable, 10)
            sent = finished_page(page)
            yield "first page: figure sent", f"{sent / 1e6:.2f} MB", "3 MB", met(sent, 3e6)
            yield from looks(reader, page, url, size)
        chromium.close()


def looks(reader: BrowserContext, page: Page, url: str, size: Size) -> Iterator[Row]:
    """A locus that nobody has seen, and the same again in a new tab and from the search box."""
    first, last = ask(page, url, size.locus)
    yield row("20 kb cold: first panel", first, 3)
    yield row("20 kb cold: last panel, four models on both strands", last, 15)
    again = [ask(reader.new_page(), url, size.locus)[1] for _ in range(size.n_visits)]
    ask(page, url, size.warm)
    within = [search(page, size) for _ in range(size.n_visits)]
    yield row("20 kb remembered, from the search box: painted", median(within), 1)
    yield row("20 kb remembered, in a new tab: painted", median(again), 1)


def ask(page: Page, url: str, query: str) -> tuple[float, float]:
    """Seconds to the first predicted row and to the last of all models."""
    began = time.perf_counter()
    page.goto(f"{url}/?q={query}")
    page.wait_for_function(SHOWS, arg=[*bounds(query), 1])
    first = time.perf_counter() - began
    page.wait_for_function(SHOWS, arg=[*bounds(query), N_MODELS])
    return first, time.perf_counter() - began


def search(page: Page, size: Size) -> float:
    """Seconds from Enter in the search box to the last row; both loci are remembered."""
    box = box_of(page)
    for text in (size.warm, size.locus):
        page.wait_for_timeout(size.rest)  # the page is at rest, as before a reader who looks at it
        box.fill(text)
        began = time.perf_counter()
        box.press("Enter")
        page.wait_for_function(SHOWS, arg=[*bounds(text), N_MODELS])
    return time.perf_counter() - began


def box_of(page: Page) -> Locator:
    """The search box: a text box, and once its suggestions are there a combobox."""
    return page.locator('input[aria-label="Locus, gene or variant"]')


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
    page.wait_for_function(SHOWS, arg=[0, 0, N_MODELS])
    sizes: list[int] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))),
    )
    page.reload()
    page.wait_for_function(SHOWS, arg=[0, 0, N_MODELS])
    return float(sum(sizes))


def whole_region(folder: Path, locus: str) -> list[Row]:
    """The whole demo region in a process of its own, for its peak memory."""
    script = (
        "import sys, time; from genoview.cli.main import main; t = time.perf_counter();"
        f"code = main(['view', '{locus}', '--html', sys.argv[1]]);"
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
        ("1 Mb cold", f"{seconds:.0f} s", "completes", "yes"),
        ("1 Mb remembered, read and drawn", f"{remembered:.1f} s", "", ""),
        ("1 Mb peak memory of the process", f"{peak / 1e9:.2f} GB", "6 GB", met(peak, 6e9)),
    ]


def row(name: str, seconds: float, limit: float) -> Row:
    """One line of the table for a waiting time."""
    return name, f"{seconds:.2f} s", f"{limit:g} s", met(seconds, limit)


def met(value: float, limit: float) -> str:
    """Whether the figure is reached, or by how much it is missed."""
    return "yes" if value <= limit else f"no, by {value / limit:.1f} times"


if __name__ == "__main__":
    main()
