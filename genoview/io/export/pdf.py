"""A page of HTML -> PDF, printed by a Chromium on this machine: the one that draws PNG and SVG."""

import re

from genoview.errors import ExportError
from genoview.io.export import chromium

SCALES = (1.0, 0.92, 0.85)  # tried in turn, until it is one page

_PAGE = re.compile(rb"/Type\s*/Page\b")


def pdf(page: bytes) -> bytes:
    """The page as its print style has it, on one sheet where it can be read there.

    Args:
        page: HTML that needs nothing from anywhere.

    Raises:
        ExportError: no Chromium that starts, or it does not print.
    """
    content = b""
    try:
        for scale in SCALES:
            zoomed = b"<style>@media print { html { zoom: %.2f } }</style>" % scale
            content = chromium.pdf_of(page + zoomed)
            if len(_PAGE.findall(content)) == 1:
                break
    except chromium.ChromiumError as error:
        raise ExportError(
            f"A PDF is printed by a Chromium or Chrome, and none could be started here ({error}). "
            "Install one, or name it in the environment variable BROWSER_PATH; or write the report "
            "as .html, open it in any browser and print it into a file: it fits one page."
        ) from error
    return content


def can_print() -> bool:
    """Whether a Chromium is here; whether it starts is seen when it is started."""
    return chromium.find() is not None
