"""The track view beside igv.js: first paint, repaint, bytes, memory, in one run on one machine.

    python benchmarks/track_view.py                 # 6 and 20 rows; about ten minutes
    python benchmarks/track_view.py --rows 20 --visits 1 --profile

The same megabase of real predictions (`track_view_data.py`; some minutes the first time), the same
Chromium, 1440 x 1000 px, rows of 58 px below a row of genes, servers on loopback. Both servers
have answered once before anything is measured; every visit begins with an empty browser cache.
What counts as painted is described in `track_view_browser.py`. igv.js is the newest on npm, fetched
with `npm pack igv`.
"""

import math
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from parts.browser import CHROMIUM, ROOT, STREAMLIT, launched, served
from parts.tables import Table, missing, options
from parts.track_view_browser import N_STEPS, Seen, steps, visit, walk
from parts.track_view_data import FOLDER, FOLDER_VARIABLE, MEGABASE, prepared
from parts.track_view_profile import N_TIMES, breakdown
from parts.track_view_scripts import GENOVIEW, IGV, Program
from playwright.sync_api import Playwright, sync_playwright

HERE = Path(__file__).parent
LIBRARY = ROOT / "build" / "igv"
MOST = 20  # rows, for which these are to be reached:
REPAINT_MEDIAN, REPAINT_SLOW = 150, 300  # ms
FULL_VIEW = 300_000  # bytes
COMMANDS = {
    GENOVIEW: ("-m", "streamlit", "run", str(HERE / "parts" / "track_view_app.py"), *STREAMLIT),
    IGV: (str(HERE / "parts" / "igv_app.py"), "{port}"),
}


@dataclass(frozen=True)
class Size:
    """What is drawn, and how often."""

    query: str
    rows: Sequence[int]
    n_visits: int
    n_steps: int = N_STEPS
    n_parts: int = 0  # times that each part of a repaint is taken
    warm: bool = True  # visit once before: the servers' own first time is not the tab's


def main() -> None:
    """Measure, then print one table."""
    parser = options(__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[6, 20], help="of signal")
    parser.add_argument("--visits", type=int, default=3, help="to take first paints of")
    parser.add_argument("--profile", action="store_true", help="and what genoview's repaint is of")
    asked = parser.parse_args()
    if not CHROMIUM:
        missing("no Chromium on this machine", asked.smoke)
    if asked.smoke:
        size = Size("chr20:43,240,001-43,242,000", [4], 1, 2, 1, warm=False)
        with tempfile.TemporaryDirectory() as folder:
            table = compared(Path(folder), size, [GENOVIEW])
    else:
        size = Size(MEGABASE, asked.rows, asked.visits, n_parts=N_TIMES * asked.profile)
        table = compared(FOLDER, size, [GENOVIEW, IGV])
    table.report(asked.json)


def compared(folder: Path, size: Size, programs: Sequence[Program]) -> Table:
    """Each program on the same data."""
    whole = prepared(folder, size.query)
    theirs = f"igv.js {fetch_igv()}" if IGV in programs else "igv.js"
    walked = steps(whole.start, whole.end, size.n_steps)
    env = {FOLDER_VARIABLE: str(folder)}
    with ExitStack() as stack:
        addresses = {
            program: stack.enter_context(served(*COMMANDS[program], env=env))[0]
            for program in programs
        }
        playwright = stack.enter_context(sync_playwright())
        for program, url in addresses.items() if size.warm else ():
            measured(playwright, program, f"{url}/?rows={size.rows[0]}", [], 1)
        rows: list[tuple[str, ...]] = []
        for n in size.rows:
            found = {
                program: measured(playwright, program, f"{url}/?rows={n}", walked, size.n_visits)
                for program, url in addresses.items()
            }
            rows += lines(found[GENOVIEW], found.get(IGV), n)
        for n in size.rows if size.n_parts else ():
            ends = whole.start, whole.end
            breakdown(playwright, addresses[GENOVIEW], n, ends, size.n_parts)
    return Table(("what", "genoview", theirs, "ratio", "to reach", "reached"), tuple(rows))


def measured(
    playwright: Playwright,
    program: Program,
    url: str,
    walked: list[dict[str, object]],
    n_visits: int,
) -> Seen:
    """Each visit in a browser of its own, so that memory is one tab's; steps at the last."""
    seen, n_rows = Seen(), int(url.partition("rows=")[2])
    for number in range(n_visits):
        chromium = launched(playwright)
        page = visit(chromium, program, url, n_rows, seen)
        if walked and number == n_visits - 1:
            walk(page, program, walked, seen)
        chromium.close()
    return seen


def lines(ours: Seen, theirs: Seen | None, n: int) -> Iterator[tuple[str, ...]]:
    """Rows of the table for one number of rows: ours, theirs, the ratio, what is to be reached."""

    def line(
        what: str, value: Callable[[Seen], float], unit: str, target: float = 0, both: bool = True
    ) -> tuple[str, ...]:
        a, b = value(ours), value(theirs) if theirs and both else 0
        digits = 1 if unit == "MB" else 0
        shown = [f"{x:,.{digits}f} {unit}" if x else "" for x in (a, b, target)]
        reached = "" if not target else "yes" if a <= target else f"no, {a / target:.1f} times"
        ratio = f"{a / b:.2f}" if b else ""
        return f"{n} rows: {what}", *shown[:2], ratio, shown[2], reached

    def of_steps(part: str, share: float) -> Callable[[Seen], float]:
        return lambda seen: quantile([s[part] for s in seen.steps if s.get(part)], share)

    aims = (REPAINT_MEDIAN, REPAINT_SLOW) if n == MOST else (0, 0)
    yield line("first paint, complete", lambda seen: median(seen.first), "ms")
    coarse = "first paint of all rows, coarse"
    yield line(coarse, lambda seen: median(seen.coarse), "ms", both=False)
    yield line("repaint, median", of_steps("all", 0.5), "ms", aims[0])
    yield line("repaint, 95 %", of_steps("all", 0.95), "ms", aims[1])
    yield line("first move, median", of_steps("moved", 0.5), "ms")
    crosshair = "first crosshair after a pointer moves, median"
    yield line(crosshair, of_steps("plot", 0.5), "ms", both=False)
    yield line("sent for the full view", lambda seen: seen.data / 1e3, "kB", FULL_VIEW / 1e3)
    yield line("sent, code and styles", lambda seen: seen.code / 1e3, "kB")
    yield line("heap of the tab", lambda seen: seen.heap / 1e6, "MB")
    yield line("memory of its process", lambda seen: seen.resident / 1e6, "MB")


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of them do not exceed."""
    ordered = sorted(values) or [0.0]
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def fetch_igv() -> str:
    """Unpack the package from npm where it is absent; its version."""
    if not (LIBRARY / "package" / "dist" / "igv.min.js").exists():
        LIBRARY.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "igv"], cwd=LIBRARY, check=True, capture_output=True)
        with tarfile.open(next(LIBRARY.glob("igv-*.tgz"))) as packed:
            packed.extractall(LIBRARY, filter="data")
    text = (LIBRARY / "package" / "package.json").read_text(encoding="utf-8")
    return text.partition('"version": "')[2].partition('"')[0]


if __name__ == "__main__":
    main()
