"""What genoview's repaint is made of: composing, transfer, decoding, canvas, Plotly, frames.

Each part is timed by itself in the page, with the component's own modules, on tiles of slightly
different ranges so that none is remembered; then Chromium's profiler says which functions of
plotly.js the time goes to.
"""

import re
from collections import Counter
from statistics import median
from typing import Any

from parts.browser import launched
from parts.track_view_browser import Seen, visit
from parts.track_view_scripts import FRAMES, GENOVIEW
from playwright.sync_api import Playwright

NEAR = 10_000  # bp in view, beside all of them
N_TIMES, N_FUNCTIONS = 12, 25

PARTS = f"""async ([left, right, times]) => {{
  {FRAMES}
  const names = performance.getEntriesByType("resource").map((entry) => entry.name);
  const assets = names.find((name) => name.endsWith("/main.js")).replace("view/main.js", "");
  const tiles = names.find((name) => name.includes("/tile?")).replace(/tile\\?.*/, "");
  const {{ unpack }} = await import(assets + "wire/packing.js");
  const {{ Picture }} = await import(assets + "canvas/picture.js");
  const {{ react }} = await import(assets + "canvas/plotly.js");
  const box = document.querySelector(".js-plotly-plot");
  const width = box.closest(".tv").clientWidth;
  const picture = new Picture();
  document.querySelector(".tv-picture").after(picture.node);
  const took = [];
  for (let i = 0; i < times; i += 1) {{
    const range = [left + i * 3, right - i * 2];
    const t0 = performance.now();
    const query = new URLSearchParams({{ left: range[0], right: range[1], width }});
    const answer = await fetch(`${{tiles}}tile?${{query}}`, {{ cache: "no-store" }});
    const t1 = performance.now();
    const buffer = await answer.arrayBuffer();
    const t2 = performance.now();
    const figure = unpack(buffer);
    const t3 = performance.now();
    picture.show(figure, {{ range, width }}, "#ffffff");
    const t4 = performance.now();
    const t5 = await frames(2);
    picture.hide();
    await react(window.Plotly, box, figure, {{ range, width, subject: "profile" }});
    const t6 = performance.now();
    const t7 = await frames(2);
    const points = figure.data.reduce((sum, trace) => sum + (trace.x?.length ?? 0), 0);
    took.push({{ server: t1 - t0, transfer: t2 - t1, decode: t3 - t2, canvas: t4 - t3,
                canvasFrames: t5 - t4, plotly: t6 - t5, plotlyFrames: t7 - t6,
                bytes: buffer.byteLength, points,
                traces: figure.data.length, shapes: figure.layout.shapes?.length ?? 0,
                annotations: figure.layout.annotations?.length ?? 0 }});
  }}
  return took;
}}"""


def breakdown(
    playwright: Playwright, url: str, n_rows: int, whole: tuple[int, int], n_times: int = N_TIMES
) -> None:
    """Print the parts at a wide and a near view: least and median of several."""
    chromium = launched(playwright)
    page = visit(chromium, GENOVIEW, f"{url}/?rows={n_rows}", n_rows, Seen())
    page.wait_for_selector(".js-plotly-plot .scatterlayer")
    with page.expect_response(re.compile("/tile[?]")):  # it has the address of the tiles
        page.locator(".tv-figure").press("+")
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": 200})
    middle = sum(whole) / 2
    for width in (whole[1] - whole[0], min(NEAR, (whole[1] - whole[0]) // 2)):
        ends = [middle - width / 2, middle + width / 2, n_times]
        took = page.evaluate(PARTS, ends)
        print(f"\n{n_rows} rows, {width:,} bp: least / median of {n_times}, ms")
        for part in took[0]:
            values = [one[part] for one in took]
            print(f"  {part:12} {min(values):10,.1f} {median(values):10,.1f}")
        session.send("Profiler.start")
        page.evaluate(PARTS, ends)
        for words, share in busiest(session.send("Profiler.stop")["profile"]):
            print(f"  {share:5.1%}  {words}")
    chromium.close()


def busiest(profile: dict[str, Any]) -> list[tuple[str, float]]:
    """Functions by their own time, without the waiting."""
    nodes = {node["id"]: node["callFrame"] for node in profile["nodes"]}
    times: Counter[str] = Counter()
    for node, delta in zip(profile["samples"], profile["timeDeltas"], strict=True):
        frame = nodes[node]
        if frame["functionName"] not in ("(idle)", "(root)"):
            file = re.sub(r".*/", "", frame["url"])
            place = f"{file}:{frame['lineNumber'] + 1}:{frame['columnNumber'] + 1}"
            times[f"{frame['functionName'] or '(anonymous)'} {place if file else ''}"] += delta
    total = sum(times.values())
    return [(words, time / total) for words, time in times.most_common(N_FUNCTIONS)]
