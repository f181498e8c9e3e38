"""Marks across all rows: variants and highlights."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from genoview.data.genome import Interval, Variant
from genoview.figure.panels.frame.axis import edge_x, x_range
from genoview.figure.panels.frame.lane_packing import Span, packed
from genoview.figure.panels.frame.row import View
from genoview.figure.panels.frame.text import elided, escape, span_text, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme, faded

LONGEST_ALLELE = 8  # bases written out in a label
FLAG_HEIGHT = 20  # px above the rows for each lane of labels
FLAG_GAP = 4.0  # px between labels
MAX_LANES = 4  # of labels; the bands of those left out are still there
LONGEST_FLAG = 0.6  # of the plot's width
BAND_FROM_PX = 3.0  # a variant whose bases are wider is a band, not a line


class MarkKind(Enum):
    """What a mark says."""

    VARIANT = "variant"
    HIGHLIGHT = "highlight"


@dataclass(frozen=True, slots=True)
class Mark:
    """An interval that is marked in every row; `colour` is the theme's where it is empty."""

    interval: Interval
    label: str = ""
    kind: MarkKind = MarkKind.HIGHLIGHT
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark's label: the words that fit, which end of them is at the mark, and their lane."""

    mark: Mark
    words: str
    anchor: str
    lane: int


def mark_colour(mark: Mark, theme: Theme) -> str:
    """Its own, or that of its kind."""
    return mark.colour or (theme.alt if mark.kind is MarkKind.VARIANT else theme.highlight)


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
        colour = mark_colour(mark, theme)
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


def flags_of(marks: Sequence[Mark], view: View) -> list[Flag]:
    """The labels of what is in view, packed so that none covers another; variants first."""
    seen = [mark for mark in marks if mark.label and mark.interval.overlaps(view.interval)]
    seen.sort(key=lambda mark: mark.kind is not MarkKind.VARIANT)
    placed = [_placed(mark, view) for mark in seen]
    lanes = packed([span for *_, span in placed], MAX_LANES, FLAG_GAP)
    return [
        Flag(mark, words, anchor, lane)
        for (mark, words, anchor, _), lane in zip(placed, lanes, strict=True)
        if lane is not None
    ]


def _placed(mark: Mark, view: View) -> tuple[Mark, str, str, Span]:
    """The words that fit, on which side of the mark they stand, and the pixels they take."""
    room = view.plot_px * LONGEST_FLAG
    fits = text_width(mark.label, SMALL) <= room
    words = mark.label if fits else elided(mark.label, SMALL, room)
    px, width = view.px(_middle(mark, view)), text_width(words, SMALL) + 6
    share = px / view.plot_px
    if share < 0.2:
        return mark, words, "left", (px, px + width)
    if share > 0.8:
        return mark, words, "right", (px - width, px)
    return mark, words, "center", (px - width / 2, px + width / 2)


def _middle(mark: Mark, view: View) -> float:
    """x of the mark, or of the edge of the view nearer to it."""
    middle = (mark.interval.start + mark.interval.end) / 2
    return min(max(middle, view.interval.start), view.interval.end)


def n_flag_lanes(marks: Sequence[Mark], view: View) -> int:
    """Lanes above the rows; one is kept while a label is only out of view, so that rows stay."""
    flags = flags_of(marks, view)
    return max([flag.lane + 1 for flag in flags], default=int(any(mark.label for mark in marks)))


def mark_labels(marks: Sequence[Mark], view: View, theme: Theme) -> list[dict[str, Any]]:
    """Flags at the top of the marks, pointing into the view from its edges."""
    words: list[dict[str, Any]] = []
    for flag in flags_of(marks, view):
        variant = flag.mark.kind is MarkKind.VARIANT
        colour = mark_colour(flag.mark, theme)
        words.append(
            {
                "xref": "x",
                "yref": "paper",
                "x": edge_x(_middle(flag.mark, view)),
                "y": 1,
                "yshift": -FLAG_HEIGHT * flag.lane,
                "xanchor": flag.anchor,
                "yanchor": "top",
                "text": escape(flag.words),
                "hovertext": escape(flag.mark.label),
                "showarrow": False,
                "font": {"size": SMALL, "color": theme.on_mark if variant else theme.text},
                "bgcolor": colour if variant else theme.hover,
                "bordercolor": colour,
                "borderwidth": 1,
                "borderpad": 2,
            }
        )
    return words
