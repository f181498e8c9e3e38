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

from playwright.sync_api import Browser, CDPSession, Page

N_STEPS, SEED = 50, 20
CLOSEST = 9  # halvings of the megabase: 1,953 bp
PANS = (0.1, 0.5)  # shares of the width, what the arrow keys move without and with Shift
PAUSES = (200, 1_200)  # ms between two steps: a look at the picture, short or long
VIEWPORT = {"width": 1440, "height": 1000}

FRAMES = """
const frames = (n) => new Promise((done) => {
  const next = () => (n-- > 0 ? requestAnimationFrame(next) : done(performance.now()));
  next();
});
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
"""

# Runs before the page's own scripts: notes when `ready` first holds, two frames later.
WATCH = """
(() => {
  const { promise, resolve, reject } = Promise.withResolvers();
  window.__painted = promise;
  setTimeout(() => reject(new Error("no complete picture within a minute")), 60_000);
  %s
  const look = () => {
    let found = false;
    try { found = ready(); } catch { found = false; }
    if (found) frames(2).then(resolve); else requestAnimationFrame(look);
  };
  %s
  requestAnimationFrame(look);
})();
"""

GENOVIEW_READY = """
let last = null;
const note = (event) => { last = event.detail; };
for (const kind of ["tv:picture", "tv:plot"]) document.addEventListener(kind, note, true);
const ready = () => {
  if (last?.meta.rows?.length !== N_ROWS + 1) return false;
  window.__coarse ??= performance.now();
  return Math.abs(last.meta.width_px / document.querySelector(".tv").clientWidth - 1) <= 0.08;
};
"""

IGV_READY = """
const ready = () => {
  const drawn = window.browser.trackViews.filter((view) => view.viewports[0]?.canvas);
  const rows = drawn.filter((view) => ["annotation", "wig"].includes(view.track.type));
  return rows.length === N_ROWS + 1;
};
"""

GENOVIEW_STEPS = f"""async (steps) => {{
  const POINTED = 5; // steps after which a pointer asks for the crosshair
  {FRAMES}
  const box = document.querySelector(".tv-figure");
  const near = (range, want) => want.every((end, i) => Math.abs(range[i] - end) < 0.01);
  const took = [];
  for (const {{ key, shift, start, end, wait }} of steps) {{
    const want = [start + 0.5, end + 0.5];
    const first = Math.floor(start + 1e-6), last = Math.ceil(end - 1e-6);
    const {{ promise, resolve, reject }} = Promise.withResolvers();
    let moved = null, plot = null;
    const onPicture = ({{ detail: {{ meta, range }} }}) => {{
      if (!near(range, want)) return;
      moved ??= performance.now();
      if (meta.start === first && meta.end === last) resolve();
    }};
    box.addEventListener("tv:picture", onPicture);
    const late = setTimeout(() => reject(new Error(`no picture of ${{want}}`)), 20000);
    const began = performance.now();
    const stroke = {{ key, shiftKey: shift, bubbles: true, cancelable: true }};
    box.dispatchEvent(new KeyboardEvent("keydown", stroke));
    await promise;
    clearTimeout(late);
    const drawn = performance.now();
    const all = (await frames(2)) - began;
    box.removeEventListener("tv:picture", onPicture);
    await pause(wait);
    if (took.length % POINTED === POINTED - 1) {{
      const plotted = new Promise((done) => {{
        box.addEventListener("tv:plot", () => done(performance.now()), {{ once: true }});
      }});
      const pointed = performance.now();
      box.dispatchEvent(new PointerEvent("pointermove"));
      plot = (await plotted) - pointed;
    }}
    took.push({{ all, drawn: drawn - began, moved: moved - began, plot }});
  }}
  return took;
}}"""

IGV_STEPS = f"""async (steps) => {{
  {FRAMES}
  const {{ browser }} = window;
  const frame = browser.referenceFrameList[0];
  const width = browser.calculateViewportWidth(1);
  const took = [];
  for (const {{ start, end, wait }} of steps) {{
    const began = performance.now();
    frame.start = start;
    frame.end = end;
    frame.bpPerPixel = (end - start) / width;
    await browser.updateViews();
    const drawn = performance.now();
    for (const {{ track, viewports }} of browser.trackViews) {{
      const {{ _data: data }} = viewports[0]?.canvas ?? {{}};
      if (!data) continue;
      const at = data.bpStart - data.pixelShift * data.bpPerPixel;
      if (data.bpPerPixel !== frame.bpPerPixel || Math.abs(at - start) > data.bpPerPixel) {{
        throw new Error(`${{track.name}} shows ${{at}} at ${{data.bpPerPixel}}, not ${{start}}`);
      }}
    }}
    took.push({{ all: (await frames(2)) - began, drawn: drawn - began, moved: drawn - began }});
    await pause(wait);
  }}
  return took;
}}"""


@dataclass(frozen=True, slots=True)
class Program:
    """How one of the two is opened, watched and driven.

    Attributes:
        ready: JavaScript that defines `ready()`; N_ROWS is put in.
        data: of the addresses that data come from; everything else is code and styles.
    """

    name: str
    ready: str
    steps: str
    data: re.Pattern[str]


GENOVIEW = Program("genoview", GENOVIEW_READY, GENOVIEW_STEPS, re.compile("/genoview-tiles/|^ws:"))
IGV = Program("igv.js", IGV_READY, IGV_STEPS, re.compile("/data/"))


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
