"""Seconds from an address to the consequence, the first and the final prediction of a variant.

    python benchmarks/first_answer.py [--smoke] [--json FILE] [--pictures FOLDER]

The seven variants of tests/support/pages/film_strip.py in Chromium, each in a page of its own, with
an empty cache; models are loaded by the first that needs them. Pictures are taken of each when its
prediction is final, light and dark, 1440 x 900 and 390 x 844, and put together in `strip-390.webp`
and `strip-1440.webp`.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from parts.browser import CHROMIUM, dashboard, launched
from parts.tables import Table, missing, options
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.pages.film_strip import QUESTIONS, Question

LONGEST_MS = 300_000
SIZES = ((1440, 900), (390, 844))
THEMES = ("light", "dark")
STRIPS = {390: 0.6, 1440: 0.45}  # width of a page -> scale in its strip
GAP = 8  # px between pages
QUALITY = 70  # of a strip, 0 to 100: half a megabyte at most
TELEPHONE = 640  # px of a page's width, below which pages stand side by side
SETTLED = """() => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState ===
    "notRunning" && document.querySelector(".tv-figure")?.layout !== undefined"""
SAYS = """words => {
    const main = document.querySelector("[data-testid=stMain]");
    return words.every(each => main?.textContent.includes(each));
}"""
PREDICTS = """() => document.querySelector(".st-key-answer_words")?.textContent
    .includes("Prediction.")"""
IS_FINAL = """() => {
    const text = document.querySelector(".st-key-answer_words")?.textContent ?? "";
    return text.includes("Prediction.") && !text.includes("So far");
}"""
COLUMNS = ("variant", "consequence, s", "first prediction, s", "final prediction, s")


def main() -> None:
    """Measure, then print one table."""
    parser = options(__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of each")
    asked = parser.parse_args()
    if not CHROMIUM:
        missing("no Chromium on this machine", asked.smoke)
    questions = QUESTIONS[-2:-1] if asked.smoke else QUESTIONS
    with (
        tempfile.TemporaryDirectory() as folder,
        dashboard(Path(folder)) as (url, _),
        sync_playwright() as playwright,
    ):
        chromium = launched(playwright)
        rows = tuple(row(chromium, url, question) for question in questions)
        Table(COLUMNS, rows).report(asked.json)
        if asked.pictures:
            take_pictures(chromium, url, questions, asked.pictures)
            for width, scale in STRIPS.items():
                strip(asked.pictures, len(questions), width, scale)


def row(chromium: Browser, url: str, question: Question) -> tuple[str, ...]:
    """Seconds of one page."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    began = time.perf_counter()
    page.goto(question.address(url))
    seconds = [question.name]
    for script, argument in ((SAYS, question.consequence), (PREDICTS, None), (IS_FINAL, None)):
        page.wait_for_function(script, arg=argument, timeout=LONGEST_MS)
        seconds.append(f"{time.perf_counter() - began:.1f}")
    page.close()
    return tuple(seconds)


def take_pictures(chromium: Browser, url: str, questions: Sequence[Question], folder: Path) -> None:
    """`1-light-1440.png` ... of pages whose predictions are kept by now."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        for theme in THEMES:
            reader = chromium.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme
            )
            page = reader.new_page()
            for number, question in enumerate(questions, 1):
                page.goto(question.address(url))
                picture(page, folder / f"{number}-{theme}-{width}.png")
            reader.close()


def strip(folder: Path, n: int, width: int, scale: float) -> None:
    """All pages of a width: telephones side by side, screens one under the other."""
    names = [[f"{i}-{theme}-{width}.png" for i in range(1, n + 1)] for theme in THEMES]
    rows = names if width < TELEPHONE else list(zip(*names, strict=True))
    pages = [[Image.open(folder / name).convert("RGB") for name in row] for row in rows]
    across, down = (round(side * scale) for side in pages[0][0].size)
    size = (across + GAP) * len(pages[0]), (down + GAP) * len(pages)
    whole = Image.new("RGB", size, "white")
    for y, row in enumerate(pages):
        for x, page in enumerate(row):
            small = page.resize((across, down), Image.Resampling.LANCZOS)
            whole.paste(small, (x * (across + GAP), y * (down + GAP)))
    whole.save(folder / f"strip-{width}.webp", quality=QUALITY, method=6)


def picture(page: Page, path: Path) -> None:
    """When the prediction is final and nothing moves any more."""
    for script in (IS_FINAL, SETTLED):
        page.wait_for_function(script, timeout=LONGEST_MS)
    page.wait_for_timeout(500)  # until Plotly has drawn what the canvas shows
    page.screenshot(path=path)


if __name__ == "__main__":
    main()
