"""Numbers of genes in words, placed beside their marks where none covers another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from genoview.data.genome import Interval
from genoview.figure.panels.frame.axis import base_x
from genoview.figure.panels.frame.row import Trace, View
from genoview.figure.panels.frame.text import escape, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme

MARK_PX = 9
GAP_PX = 1.0  # that Plotly leaves above and below words
PAD = "\u00a0"  # between a mark and its words
LINE_PX = 13.0  # height of a line of words
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LevelMark:
    """One gene's number.

    Attributes:
        key: of the gene, for its card.
        extent: of the gene, with its strand.
        tss: first transcribed base, 0-based.
        alt: None where no variant changes it.
    """

    label: str
    key: str
    extent: Interval
    tss: int
    ref: float
    alt: float | None = None

    @property
    def value(self) -> float:
        """What is drawn last: of ALT where there is one."""
        return self.ref if self.alt is None else self.alt

    @property
    def words(self) -> str:
        """`ADA +0.82`, `ADA +0.820 → +0.817 (−0.003)`."""
        if self.alt is None:
            return f"{self.label} {signed(self.ref, 2)}"
        change = signed(self.alt - self.ref, 3)
        return f"{self.label} {signed(self.ref, 3)} → {signed(self.alt, 3)} ({change})"


@dataclass(frozen=True, slots=True)
class Words:
    """Words beside a mark.

    Attributes:
        x: of the figure.
        box: what they take: left, right, top and bottom, in px of the row.
    """

    mark: LevelMark
    x: float
    to_left: bool
    below: bool
    box: Box

    @property
    def position(self) -> str:
        """Plotly's name of the position."""
        return f"{'bottom' if self.below else 'top'} {'left' if self.to_left else 'right'}"


def signed(value: float, digits: int) -> str:
    """`+0.82`, `−0.05`; with a real minus."""
    return f"{value:+.{digits}f}".replace("-", "−")


def is_seen(mark: LevelMark, where: Interval) -> bool:
    """Whether the gene or its start lies there."""
    return mark.extent.overlaps(where) or where.start <= mark.tss < where.end


def placed_words(
    marks: Sequence[LevelMark], view: View, ends: tuple[float, float], height_px: int
) -> list[Words]:
    """Words where there is room: changed genes first, then those in view, the farthest from 0."""
    ranked = sorted(
        marks,
        key=lambda mark: (mark.alt is not None, is_seen(mark, view.interval), abs(mark.ref)),
        reverse=True,
    )
    taken: list[Words] = []
    marked = [_mark_box(mark, view, ends, height_px) for mark in marks]
    for mark in ranked:
        own = _mark_box(mark, view, ends, height_px)  # what covers it cannot be kept free
        others = [box for box in marked if _apart(box, own)]
        others += [other.box for other in taken]
        ways = (way for way in _ways(mark, view, ends, height_px) if _fits(way, view, others))
        taken += islice(ways, 1)
    return taken


def _ways(
    mark: LevelMark, view: View, ends: tuple[float, float], height_px: int
) -> Iterator[Words]:
    """Away from zero first, and to the right."""
    away = mark.value < 0
    for below in (away, not away):
        for to_left in (False, True):
            yield _words(mark, view, ends, height_px, to_left, below)


def _fits(words: Words, view: View, others: Sequence[Box]) -> bool:
    """Whether the label covers no other, and is inside the view where its gene is."""
    is_inside = words.box[0] >= -1 and words.box[1] <= view.plot_px + 1
    if words.mark.extent.overlaps(view.interval) and not is_inside:
        return False
    return all(_apart(words.box, other) for other in others)


def _y_px(value: float, ends: tuple[float, float], height_px: int) -> float:
    return (ends[1] - value) / (ends[1] - ends[0]) * height_px


def _mark_box(mark: LevelMark, view: View, ends: tuple[float, float], height_px: int) -> Box:
    px, y, half = view.px(mark.tss + 0.5), _y_px(mark.value, ends, height_px), MARK_PX / 2 - 1
    return px - half, px + half, y - half, y + half


def _words(
    mark: LevelMark,
    view: View,
    ends: tuple[float, float],
    height_px: int,
    to_left: bool,
    below: bool,
) -> Words:
    """A label inside the view, of a gene that starts out of view."""
    width, px = text_width(PAD + mark.words, SMALL), view.px(mark.tss + 0.5)
    if mark.extent.overlaps(view.interval):
        px = min(max(px, 0.0), float(view.plot_px))
    left, right = (px - width, px) if to_left else (px, px + width)
    y = _y_px(mark.value, ends, height_px)
    top = y + GAP_PX if below else y - GAP_PX - LINE_PX
    x = base_x(view.interval.start + px / view.px_per_bp - 0.5)
    return Words(mark, x, to_left, below, (left, right, top, top + LINE_PX))


def _apart(box: Box, other: Box) -> bool:
    beside = box[1] <= other[0] or other[1] <= box[0]
    return beside or box[3] <= other[2] or other[3] <= box[2]


def label_trace(placed: Sequence[Words], theme: Theme) -> Trace:
    """The words of all marks that have some."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([words.x for words in placed]),
        "y": np.array([words.mark.value for words in placed], dtype=np.float32),
        "text": [
            escape(words.mark.words + PAD if words.to_left else PAD + words.mark.words)
            for words in placed
        ],
        "textposition": [words.position for words in placed],
        "textfont": {"size": SMALL, "color": theme.text},
        "hoverinfo": "skip",
    }
