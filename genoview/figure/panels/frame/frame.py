"""What stands above and below the rows: banner, title, legend; notes and provenance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genoview.figure.panels.frame.labels import note, paragraph, title_lines
from genoview.figure.panels.frame.layout import RULER_HEIGHT, Layout
from genoview.figure.panels.frame.row import EDGE, View
from genoview.figure.panels.frame.text import escape
from genoview.figure.panels.frame.theme import BODY, SMALL, TITLE, Theme

MARGIN = 10  # px above the first line and below the last
BANNER_HEIGHT = 30


@dataclass(frozen=True, slots=True)
class FigureTexts:
    """Words around the rows.

    Attributes:
        note: what must be known to read the rows, below them.
        provenance: genome, models, versions, licences, date; part of every export.
        banner: a warning at the top and in each predicted row, such as RANDOM_WEIGHTS.
    """

    title: str = ""
    subtitle: str = ""
    note: str = ""
    provenance: str = ""
    banner: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Height of the figure and its margins, px, with the words in them."""

    height: float
    top: float
    bottom: float
    annotations: tuple[dict[str, Any], ...]
    banner: str | None = None


def framed(
    texts: FigureTexts, legend: Sequence[str], layout: Layout, view: View, theme: Theme
) -> Frame:
    """Lines stacked away from the rows: legend and title upward, notes and provenance downward."""
    above, top = _above(texts, legend, view, theme)
    below, bottom = _below(texts, view, theme)
    height = layout.height + top + bottom
    return Frame(height, top, bottom, (*above, *below), texts.banner)


def _above(
    texts: FigureTexts, legend: Sequence[str], view: View, theme: Theme
) -> tuple[list[dict[str, Any]], float]:
    words: list[dict[str, Any]] = []
    y = float(RULER_HEIGHT)
    for line in reversed(legend):
        words.append(note(line, 1, SMALL, theme.muted, view, yshift=y + 9))
        y += 18
    for i, line in enumerate(reversed(title_lines(texts.title, texts.subtitle, view))):
        big = line.startswith("<b>")
        size, height = (TITLE, 24) if big else (BODY, 20)
        words.append(note(line, 1, size, theme.text, view, yshift=y + height / 2 + 2 * (i == 0)))
        y += height
    if texts.banner:
        words.append(_banner(texts.banner, y + BANNER_HEIGHT / 2 + 4, view, theme))
        y += BANNER_HEIGHT + 4
    return words, y + MARGIN


def _banner(text: str, yshift: float, view: View, theme: Theme) -> dict[str, Any]:
    words = note(f"<b>{escape(text)}</b>", 1, BODY, theme.on_mark, view, yshift=yshift)
    width = view.width_px - 2 * EDGE - 12
    return words | {"bgcolor": theme.banner, "borderpad": 5, "width": width, "xanchor": "left"}


def _below(texts: FigureTexts, view: View, theme: Theme) -> tuple[list[dict[str, Any]], float]:
    words: list[dict[str, Any]] = []
    y = float(RULER_HEIGHT) + 4
    for text, colour in ((texts.note, theme.text), (texts.provenance, theme.muted)):
        for line in paragraph(text, SMALL, view):
            words.append(note(line, 0, SMALL, colour, view, yshift=-y - 8))
            y += 16
        y += 4 if text else 0
    return words, y + MARGIN
