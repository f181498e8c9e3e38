"""One program in one Chromium: first paint, scripted pans and zooms, bytes and memory.

Both programs are asked for the same ranges by a script inside the page, so that no test driver's
delay is counted; each step ends when its final picture is there, and two animation frames later.

- genoview gets the key strokes of a reader. A step ends with the `tv:picture` of the figure that
  was composed for the wanted range (its meta names it), drawn at that range. Plotly draws the same
  figure when the reader rests or points at it, and brings its crosshair: `tv:plot`. After each
  fifth step a pointer moves over the figure, and the time to that is taken.
- igv.js gets its reference frame moved, as its own buttons and drags do it, and `updateViews()`.
  The step ends when that is done and every row's canvas has the wanted start and scale.
"""

import base64
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parts.track_view_scripts import FRAMES, WATCH, Program
from playwright.sync_api import Browser, CDPSession, Page

N_STEPS, SEED = 50, 20
CLOSEST = 9  # halvings of the megabase: 1,953 bp
PANS = (0.1, 0.5)  # shares of the width, what the arrow keys move without and with Shift
PAUSES = (200, 1_200)  # ms between two steps: a look at the picture, short or long
VIEWPORT = {"width": 1440, "height": 1000}


@dataclass(slots=True)
class Seen:
    """What was measured of one program with a number of rows; ms, bytes.

    Attributes:
        first: from the start of the navigation to the complete picture, of each visit.
        coarse: the same to a first picture of all rows, where that is another.
        steps: of each step, {"all", "drawn", "moved"}.
        code, data: bytes over the network up to the first full picture.
        heap, resident: of the tab after the steps.
    """

    first: list[float] = field(default_factory=list)
    coarse: list[float] = field(default_factory=list)
    steps: list[dict[str, float]] = field(default_factory=list)
    code: int = 0
    data: int = 0
    heap: int = 0
    resident: int = 0


def steps(start: int, end: int, n_steps: int = N_STEPS) -> list[dict[str, Any]]:
    """A fixed walk: in to 2 kb and out again, with pans between; none leaves the window."""
    chance, level, inwards = random.Random(SEED), 0, True
    left, right = float(start), float(end)
    made: list[dict[str, Any]] = []
    while len(made) < n_steps:
        width, key, shift = right - left, "", False
        if level == 0 or chance.random() < 0.5:
            inwards = True if level == 0 else False if level == CLOSEST else inwards
            key, level = ("+", level + 1) if inwards else ("-", level - 1)
            width, centre = (end - start) / 2**level, (left + right) / 2
            left = min(max(centre - width / 2, start), end - width)
        else:
            shift, ahead = chance.random() < 0.5, chance.random() < 0.5
            by = PANS[shift] * width * (1 if ahead else -1)
            if not start <= left + by <= end - width:
                continue
            key, left = ("ArrowRight" if ahead else "ArrowLeft"), left + by
        right, wait = left + width, chance.randint(*PAUSES)
        made.append({"key": key, "shift": shift, "start": left, "end": right, "wait": wait})
    return made


class Traffic:
    """Bytes that came over the network, by address."""

    def __init__(self, session: CDPSession) -> None:
        self.urls: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._request)
        session.on(
            "Network.webSocketCreated", lambda e: self.urls.update({e["requestId"]: e["url"]})
        )
        session.on("Network.loadingFinished", lambda e: self._add(e, int(e["encodedDataLength"])))
        session.on("Network.webSocketFrameReceived", self._frame)

    def total(self, of: Callable[[str], bool]) -> int:
        return sum(size for key, size in self.sizes.items() if of(self.urls.get(key, "")))

    def _request(self, event: dict[str, Any]) -> None:
        self.urls[event["requestId"]] = event["request"]["url"]

    def _add(self, event: dict[str, Any], size: int) -> None:
        self.sizes[event["requestId"]] = self.sizes.get(event["requestId"], 0) + size

    def _frame(self, event: dict[str, Any]) -> None:
        told = event["response"]
        binary = told["opcode"] == 2
        content = base64.b64decode(told["payloadData"]) if binary else told["payloadData"].encode()
        self._add(event, len(content))


def visit(browser: Browser, program: Program, url: str, n_rows: int, seen: Seen) -> Page:
    """Open the page as a new reader, with nothing in the browser's cache."""
    page = browser.new_context(viewport=VIEWPORT).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(120_000)
    traffic = Traffic(page.context.new_cdp_session(page))
    page.add_init_script(WATCH % (FRAMES, program.ready.replace("N_ROWS", str(n_rows))))
    page.goto(url, wait_until="commit")
    seen.first.append(page.evaluate("window.__painted"))
    seen.coarse.append(page.evaluate("window.__coarse ?? 0"))
    page.wait_for_timeout(1_000)  # what is still on its way when the picture is complete
    is_data = program.data.search
    seen.data = traffic.total(lambda url: bool(is_data(url)))
    seen.code = traffic.total(lambda url: not is_data(url))
    return page


def walk(page: Page, program: Program, walked: list[dict[str, Any]], seen: Seen) -> None:
    """All steps, then the memory that they left taken."""
    seen.steps += page.evaluate(program.steps, walked)
    session = page.context.new_cdp_session(page)
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    seen.heap = int(next(m["value"] for m in metrics if m["name"] == "JSHeapUsedSize"))
    seen.resident = resident(page)


def resident(page: Page) -> int:
    """Bytes in memory of the tab's process: the largest renderer of this browser."""
    assert page.context.browser is not None
    listed = page.context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    sizes = []
    for process in listed["processInfo"]:
        if process["type"] == "renderer":
            status = Path(f"/proc/{process['id']}/status").read_text()
            sizes.append(int(re.search(r"VmRSS:\s*(\d+)", status).group(1)) * 1024)  # type: ignore[union-attr]
    return max(sizes)
