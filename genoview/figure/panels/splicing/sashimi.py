"""Sashimi arcs: predicted donors and acceptors that would be joined; `pairing` has the rule."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.track_data import TrackData
from genoview.figure.panels.frame.axis import base_x
from genoview.figure.panels.frame.row import Legend, Trace, View
from genoview.figure.panels.frame.text import number
from genoview.figure.panels.frame.theme import faded
from genoview.figure.panels.splicing.pairing import FLOOR, Ends, chosen, heights, scored_pairs

MAX_ARCS = 40  # of a strand; the strongest of those in view are kept
CHANGED = 0.1  # of score between alleles: pairs that differ less are drawn once
HEADROOM = 0.6  # of the axis above the stems, for arcs
ARC_PX = 28  # that a strand takes more for them
CURVE_POINTS = 41
NEAR_PX = 12.0  # a pair this close has the lowest arc, one as wide as the view the highest
WIDTHS = ((0.8, 2.6), (0.5, 1.8), (0.0, 1.1))  # least score, px
NOTE = "donor–acceptor pair by probability, not a junction count"
Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Arc:
    """One pair; `feet` are the heights of its stems, on whose tips it stands."""

    ends: Ends
    feet: tuple[float, float]
    score: float
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis that arcs are drawn on.

    Attributes:
        high: what the stems are drawn up to.
        roomy: there is `HEADROOM` above it; otherwise arcs stand on zero, among the stems.
        downward: positive values are drawn below zero.
    """

    high: float
    roomy: bool = True
    downward: bool = False

    @property
    def top(self) -> float:
        return self.high * (1 + HEADROOM) if self.roomy else self.high


def arcs_of(data: TrackData, strand: str) -> list[Arc]:
    """All pairs to be drawn of one sequence, the best first."""
    pairs = scored_pairs(data, strand)
    return [
        Arc(ends, heights(data, strand, ends), pairs[ends], f"score {number(pairs[ends])}")
        for ends in chosen(pairs)
    ]


@dataclass(frozen=True, slots=True)
class AlleleArcs:
    """Pairs alike in both alleles, those of REF that ALT weakens, those of ALT that it adds."""

    alike: list[Arc]
    lost: list[Arc]
    gained: list[Arc]

    def __bool__(self) -> bool:
        return bool(self.alike or self.lost or self.gained)


def allele_arcs(ref: TrackData, alt: TrackData, strand: str) -> AlleleArcs:
    """Pairs of either allele by what ALT makes of them, the best first."""
    before, after = scored_pairs(ref, strand), scored_pairs(alt, strand)
    in_ref, in_alt = chosen(before), chosen(after)
    best = {ends: max(before.get(ends, 0), after.get(ends, 0)) for ends in (*in_ref, *in_alt)}
    arcs = AlleleArcs([], [], [])
    for ends in sorted(best, key=lambda ends: (-best[ends], ends)):
        words = f"REF {_score_words(before, ends)}, ALT {_score_words(after, ends)}"
        old = Arc(ends, heights(ref, strand, ends), before.get(ends, 0.0), words)
        new = Arc(ends, heights(alt, strand, ends), after.get(ends, 0.0), words)
        if abs(new.score - old.score) < CHANGED:
            arcs.alike.append(new)
            continue
        if ends in in_ref:
            arcs.lost.append(old)
        if ends in in_alt:
            arcs.gained.append(new)
    return arcs


def _score_words(pairs: dict[Ends, float], ends: Ends) -> str:
    return number(pairs[ends]) if ends in pairs else f"below {FLOOR}"


def in_view(arcs: Sequence[Arc], view: View) -> list[Arc]:
    """Those with an end in what is drawn; an arc that only spans it would be a line."""
    drawn = view.drawn
    seen = [arc for arc in arcs if any(drawn.start <= end < drawn.end for end in arc.ends)]
    return seen[:MAX_ARCS]


def arc_traces(
    arcs: Sequence[Arc],
    view: View,
    axis: Axis,
    *,
    name: str,
    colour: str,
    dash: str = "solid",
) -> list[Trace]:
    """Curves of what is in view, a trace a width, and an invisible point at each top."""
    sign = -1.0 if axis.downward else 1.0
    by_width: dict[float, list[tuple[Float64, Float64]]] = {}
    tops: list[tuple[float, float]] = []
    seen = in_view(arcs, view)
    for arc in seen:
        width = next(px for least, px in WIDTHS if arc.score >= least)
        x, y = _curve(arc, axis, view)
        by_width.setdefault(width, []).append((x, y))
        middle = base_x((arc.ends[0] + arc.ends[1]) / 2)
        tops.append((middle, sign * _top(arc.ends, axis, view)))
    traces: list[Trace] = []
    for width, curves in sorted(by_width.items()):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.concatenate([x for x, _ in curves]),
                "y": (sign * np.concatenate([y for _, y in curves])).astype(np.float32),
                "line": {"color": faded(colour, 0.85), "width": width, "dash": dash},
                "hoverinfo": "skip",
            }
        )
    return [*traces, _hover_at(tops, seen, name)] if seen else []


def _curve(arc: Arc, axis: Axis, view: View) -> tuple[Float64, Float64]:
    """The drawn part of a cubic Bezier curve whose handles stand above its feet, and a gap."""
    left, right = (base_x(end) for end in arc.ends)
    feet = [min(foot, axis.high) if axis.roomy else 0.0 for foot in arc.feet]
    handle = (_top(arc.ends, axis, view) - (feet[0] + feet[1]) / 8) / 0.75
    edges = np.array([base_x(view.drawn.start), base_x(view.drawn.end)])
    shares = np.clip((edges - left) / (right - left), 0, 1)
    # The curve's x is 3t^2 - 2t^3 of the way; this is the inverse.
    first, last = (0.5 - np.sin(np.arcsin(1 - 2 * shares) / 3)).tolist()
    t = np.linspace(first, last, CURVE_POINTS)
    x = left + (right - left) * (3 - 2 * t) * t**2
    y = (1 - t) ** 3 * feet[0] + t**3 * feet[1] + 3 * t * (1 - t) * handle
    return np.append(x, np.nan), np.append(y, np.nan)


def _top(ends: Ends, axis: Axis, view: View) -> float:
    """The farther the ends on the screen, the higher, so that nested arcs stay apart."""
    px = max(abs(ends[1] - ends[0]) * view.px_per_bp, NEAR_PX)
    share = min(float(np.log(px / NEAR_PX) / np.log(view.plot_px / NEAR_PX)), 1.0)
    if axis.roomy:
        return axis.high * (1 + HEADROOM * (0.25 + 0.65 * share))
    return axis.high * (0.45 + 0.5 * share)


def _hover_at(tops: Sequence[tuple[float, float]], arcs: Sequence[Arc], name: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "none",
        "x": np.array([x for x, _ in tops], dtype=np.float64),
        "y": np.array([y for _, y in tops], dtype=np.float32),
        "text": [f"{intron_words(arc.ends)} · {arc.words}" for arc in arcs],
        "name": name,
        "hovertemplate": "%{text}",
    }


def intron_words(ends: Ends) -> str:
    """`43,042,366-43,044,000 (1,635 bp)`: the intron that the pair would cut out."""
    left, right = sorted(int(end) for end in ends)
    intron = Interval("", left + 1, right)
    return f"{intron.to_ucsc().removeprefix(':')} ({intron.width:,} bp)"


def arc_legend(colour: str, seen: bool = True) -> Legend:
    """What an arc is, and what it is not."""
    return Legend(NOTE, colour, "◠", seen)
