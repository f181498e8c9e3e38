"""A page of HTML -> PDF, printed by a Chromium on this machine: the one that draws PNG and SVG."""

import asyncio
import base64
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from genoview.errors import ExportError

PATIENCE_S = 90.0
SCALES = (1.0, 0.92, 0.85)  # tried in turn, until it is one page
PRINT = {"preferCSSPageSize": True, "printBackground": True, "displayHeaderFooter": False}

_PAGE = re.compile(rb"/Type\s*/Page\b")


def pdf(page: bytes) -> bytes:
    """The page as its print style has it, on one sheet where it can be read there.

    Args:
        page: HTML that needs nothing from anywhere.

    Raises:
        ExportError: no Chromium that starts, or it does not print.
    """
    try:
        with ThreadPoolExecutor(1, "pdf") as thread:  # a page has an event loop of its own
            return thread.submit(asyncio.run, _in_time(page)).result()
    except (RuntimeError, OSError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0].split(". ")[0]
        raise ExportError(
            f"A PDF is printed by a Chromium or Chrome, and none could be started here ({first}). "
            "Install one, or name it in the environment variable BROWSER_PATH; or write the report "
            "as .html, open it in any browser and print it into a file: it fits one page."
        ) from error


def can_print() -> bool:
    """Whether a Chromium is here; whether it starts is seen when it is started."""
    from choreographer.browsers.chromium import Chromium

    path = Chromium.find_browser(skip_local=False)
    return path is not None and Path(path).is_file()


async def _in_time(page: bytes) -> bytes:
    return await asyncio.wait_for(_printed(page), PATIENCE_S)


async def _printed(page: bytes) -> bytes:
    from choreographer import Browser
    from choreographer.utils import TmpDirectory

    browser = Browser(headless=True)
    async with browser:
        folder = TmpDirectory(sneak=browser.is_isolated())
        try:
            file = Path(folder.path) / "report.html"
            file.write_bytes(page)
            tab = await browser.create_tab()
            await _sent(tab, "Page.enable")
            loaded = tab.subscribe_once("Page.loadEventFired")
            await _sent(tab, "Page.navigate", {"url": file.as_uri()})
            await loaded
            return await _on_one_page(tab)
        finally:
            folder.clean()


async def _on_one_page(tab: Any) -> bytes:
    """At the largest scale at which it is; at the smallest, where it is at none."""
    content = b""
    for scale in SCALES:
        printed = await _sent(tab, "Page.printToPDF", {**PRINT, "scale": scale})
        content = base64.b64decode(printed["data"])
        if len(_PAGE.findall(content)) == 1:
            break
    return content


async def _sent(tab: Any, command: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the browser answers.

    Raises:
        RuntimeError: it refuses.
    """
    answer = await tab.send_command(command, params=params)
    if "error" in answer:
        raise RuntimeError(f"{command}: {answer['error'].get('message', 'refused')}")
    result: dict[str, Any] = answer["result"]
    return result
