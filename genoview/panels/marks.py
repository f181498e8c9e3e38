"""Marks across all rows: variants and highlights."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from genoview.genome import Interval, Variant
from genoview.panels.axis import edge_x, x_range
from genoview.panels.row import View
from genoview.panels.text import escape, span_text
from genoview.panels.theme import SMALL, Theme, faded

LONGEST_ALLELE = 8  # bases written out in a label
FLAG_HEIGHT = 20  # px above the rows, where marks have labels
BAND_FROM_PX = 3.0  # a variant whose bases are wider is a band, not a line


class MarkKind(Enum):
    """What a mark says."""

    VARIANT = "variant"
    HIGHLIGHT = "highlight"


@dataclass(frozen=True, slots=True)
class Mark:
    """An interval that is marked in every row."""

    interval: Interval
    label: str = ""
    kind: MarkKind = MarkKind.HIGHLIGHT


def variant_mark(variant: Variant) -> Mark:
    """The REF bases of a variant, labelled as `43,042,364 T>C`."""
    change = f"{_allele(variant.ref)}>{_allele(variant.alt)}"
    return Mark(variant.interval, f"{variant.pos:,} {change}", MarkKind.VARIANT)


def _allele(bases: str) -> str:
    return bases if len(bases) <= LONGEST_ALLELE else f"{bases[:4]}…({span_text(len(bases))})"


def mark_shapes(marks: Sequence[Mark], view: View, theme: Theme) -> list[dict[str, Any]]:
    """A band or a line a mark, from the top of the figure's rows to their bottom."""
    shapes: list[dict[str, Any]] = []
    for mark in marks:
        left, right = x_range(mark.interval)
        wide = mark.interval.width * view.px_per_bp >= BAND_FROM_PX
        variant = mark.kind is MarkKind.VARIANT
        colour = theme.alt if variant else theme.highlight
        shape = {"xref": "x", "yref": "paper", "y0": 0, "y1": 1, "name": escape(mark.label)}
        if variant and not wide:
            middle = (left + right) / 2
            line = {"color": colour, "width": 1.6}
            shapes.append(
                shape
                | {"type": "line", "layer": "below", "x0": middle, "x1": middle}
                | {"line": line}
            )
            continue
        # The edge keeps a narrow highlight visible at any zoom.
        band = {
            "type": "rect",
            "x0": left,
            "x1": right,
            "layer": "below",
            "fillcolor": faded(colour, 0.2),
            "line": {"color": faded(colour, 0.8), "width": 1},
        }
        shapes.append(shape | band)
    return shapes


def mark_labels(marks: Sequence[Mark], view: View, theme: Theme) -> list[dict[str, Any]]:
    """Flags at the top of the marks, pointing into the view from its edges."""
    flags: list[dict[str, Any]] = []
    for mark in marks:
        if not mark.label or not mark.interval.overlaps(view.interval):
            continue
        variant = mark.kind is MarkKind.VARIANT
        middle = (mark.interval.start + mark.interval.end) / 2
        share = view.px(middle) / view.plot_px
        flags.append(
            {
                "xref": "x",
                "yref": "paper",
                "x": edge_x(min(max(middle, view.interval.start), view.interval.end)),
                "y": 1,
                "xanchor": "left" if share < 0.2 else "right" if share > 0.8 else "center",
                "yanchor": "top",
                "text": escape(mark.label),
                "showarrow": False,
                "font": {"size": SMALL, "color": theme.on_mark if variant else theme.text},
                "bgcolor": theme.alt if variant else theme.hover,
                "bordercolor": theme.alt if variant else theme.highlight,
                "borderwidth": 1,
                "borderpad": 2,
            }
        )
    return flags
