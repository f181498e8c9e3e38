"""The parts of a row that no model predicted."""

from collections.abc import Sequence
from typing import Any

from genoview.data.genome import Interval
from genoview.figure.panels.frame.axis import edge_x, x_range
from genoview.figure.panels.frame.layout import Layout
from genoview.figure.panels.frame.row import Row, View
from genoview.figure.panels.frame.text import text_width
from genoview.figure.panels.frame.theme import SMALL, Theme

WORDS = "not predicted"


def flanks(row: Row, view: View) -> list[Interval]:
    """Stretches of what is drawn that the row's values do not cover."""
    drawn, covered = view.drawn, row.covered
    if covered is None:
        return []
    if not covered.overlaps(drawn):
        return [drawn]
    ends = ((drawn.start, covered.start), (covered.end, drawn.end))
    return [Interval(drawn.chrom, left, right) for left, right in ends if left < right]


def shaded(
    rows: Sequence[Row], layout: Layout, view: View, theme: Theme
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Shapes, and the words on those wide enough for them."""
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for row, place in zip(rows, layout.places, strict=True):
        bottom, top = place.domain(layout.height)
        for flank in flanks(row, view):
            left, right = x_range(flank)
            shape: dict[str, Any] = {"type": "rect", "xref": "x", "yref": "paper", "layer": "below"}
            shape |= {"x0": left, "x1": right, "y0": bottom, "y1": top}
            shapes.append(shape | {"fillcolor": theme.shade, "line": {"width": 0}})
            seen = flank.intersection(view.interval)
            if seen and seen.width * view.px_per_bp > text_width(WORDS, SMALL) and not row.message:
                words.append(_words(edge_x((seen.start + seen.end) / 2), (bottom + top) / 2, theme))
    return shapes, words


def _words(x: float, y: float, theme: Theme) -> dict[str, Any]:
    place = {"xref": "x", "yref": "paper", "x": x, "y": y}
    return place | {
        "text": WORDS,
        "showarrow": False,
        "font": {"size": SMALL, "color": theme.muted},
    }
