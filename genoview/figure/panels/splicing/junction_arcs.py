"""Curves of junctions: an arc each, its label at the top and its words for the pointer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.figure.panels.frame.axis import x_range
from genoview.figure.panels.frame.lane_packing import Span, packed
from genoview.figure.panels.frame.row import Trace, View, clickable
from genoview.figure.panels.frame.text import escape, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme, faded

WIDTHS = ((0.5, 3.2), (0.2, 2.2), (0.05, 1.4), (0.0, 0.9))  # least share of the most used, px
CURVE_POINTS = 33
ARC_CARD = "junction"  # what a click on an arc asks for
MAX_LABELS = 12  # of a row
LABEL_GAP = 6.0  # px
EDGE_PX = 20.0  # from the edge of the view to a label's middle
Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Arc:
    """One junction as a curve.

    Attributes:
        left, right: x of the figure, of the edges of its intron.
        height: of its top on the row's axis; negative below the line.
        share: of the height of the axis, by which its line is wide.
        label: words at its top.
        words: for the pointer.
        key: of its card.
    """

    left: float
    right: float
    height: float
    share: float
    label: str
    words: str
    key: str


def curves(arcs: Iterable[Arc], view: View, colour: str) -> list[Trace]:
    """What is drawn of each arc, a trace a width, the widest last."""
    by_width: dict[float, list[Arc]] = {}
    for arc in arcs:
        width = next(px for least, px in WIDTHS if arc.share >= least)
        by_width.setdefault(width, []).append(arc)
    return [_curves(own, view, colour, width) for width, own in sorted(by_width.items())]


def _curves(arcs: Sequence[Arc], view: View, colour: str, width: float) -> Trace:
    drawn = [_curve(arc, view) for arc in arcs]
    lines: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([x for x, _ in drawn]),
        "y": np.concatenate([y for _, y in drawn]).astype(np.float32),
        "line": {"color": faded(colour, 0.85), "width": width, "dash": "solid"},
        "hoverinfo": "skip",
    }
    return clickable(lines, ARC_CARD, "arc", [arc.key for arc in arcs], CURVE_POINTS + 1)


def _curve(arc: Arc, view: View) -> tuple[Float64, Float64]:
    """The part of a parabola between the edges of what is drawn, and a gap."""
    shares = np.linspace(*_drawn_shares(arc, view), CURVE_POINTS)
    x = arc.left + (arc.right - arc.left) * shares
    return np.append(x, np.nan), np.append(_height(arc, shares), np.nan)


def _drawn_shares(arc: Arc, view: View) -> tuple[float, float]:
    """Start and end of the drawn part of an arc, 0 to 1."""
    edges = np.array(x_range(view.drawn))
    first, last = np.clip((edges - arc.left) / (arc.right - arc.left), 0, 1).tolist()
    return first, last


def _height(arc: Arc, shares: Float64) -> Float64:
    return 4 * arc.height * shares * (1 - shares)


def top_of(arc: Arc, view: View) -> tuple[float, float]:
    """x and y of its highest point in view; of what is drawn, where it has none in view."""
    margin = EDGE_PX / view.px_per_bp
    left, right = x_range(view.interval)
    left, right = left + margin, right - margin
    if arc.right <= left or right <= arc.left:
        left, right = x_range(view.drawn)
    middle = min(max((arc.left + arc.right) / 2, left), right)
    x = min(max(middle, arc.left), arc.right)
    share = np.array([(x - arc.left) / (arc.right - arc.left)])
    return x, float(_height(arc, share)[0])


def labels(arcs: Sequence[Arc], view: View, theme: Theme) -> list[Trace]:
    """Words at the tops that are in view, the first arcs' first; none covers another.

    Arcs of one height would have their words side by side, so that a strand is one lane each.
    """
    placed = [(arc, *top_of(arc, view)) for arc in arcs if arc.label]
    left, right = x_range(view.interval)
    inside = [label for label in placed if left <= label[1] <= right]
    traces = []
    for downward in (False, True):
        own = [label for label in inside if (label[2] < 0) == downward]
        lanes = packed([_span(arc.label, x, view) for arc, x, _ in own], 1, LABEL_GAP)
        kept = [label for label, lane in zip(own, lanes, strict=True) if lane is not None]
        if kept := kept[:MAX_LABELS]:
            traces.append(_written(kept, theme, "bottom center" if downward else "top center"))
    return traces


def _span(label: str, x: float, view: View) -> Span:
    px, half = view.px(x), text_width(label, SMALL) / 2
    return px - half, px + half


def _written(placed: Sequence[tuple[Arc, float, float]], theme: Theme, position: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([x for _, x, _ in placed]),
        "y": np.array([y for _, _, y in placed], dtype=np.float32),
        "text": [escape(arc.label) for arc, _, _ in placed],
        "textposition": position,
        "textfont": {"color": theme.text, "size": SMALL},
        "hoverinfo": "skip",
    }


def hover_traces(arcs: Sequence[Arc], view: View, name: str) -> list[Trace]:
    """An unseen point at each top, by which the pointer finds the arc's words."""
    if not arcs:
        return []
    tops = [top_of(arc, view) for arc in arcs]
    return [
        {
            "type": "scatter",
            "mode": "none",
            "x": np.array([x for x, _ in tops]),
            "y": np.array([y for _, y in tops], dtype=np.float32),
            "text": [escape(arc.words) for arc in arcs],
            "name": escape(name),
            "hovertemplate": "%{text}",
        }
    ]
