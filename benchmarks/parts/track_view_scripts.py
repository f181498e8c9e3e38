"""How genoview and igv.js are watched and driven, by scripts inside the page."""

import re
from dataclasses import dataclass

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
