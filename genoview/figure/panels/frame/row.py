"""What every panel is given, `View`, and what it returns, `Row`."""

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.errors import TrackError
from genoview.figure.panels.frame.text import number

Trace = dict[str, Any]
"""A Plotly trace without its axes; `compose` adds them."""

NARROW = 640  # px: a figure below has its labels above the rows, not beside them
LABEL_WIDTH = 212  # px left of the rows: labels and the ticks of y
TICK_WIDTH = 46  # px of it for ticks
COMPACT_LEFT = 74  # px left of the rows of a narrow figure
RIGHT = 18  # px
EDGE = 12  # px left of everything
PAIR_PX = 2.0  # px of the screen for a minimum and a maximum


@dataclass(frozen=True, slots=True)
class View:
    """What is on the screen.

    Attributes:
        interval: bases in view.
        width_px: of the whole figure.
        max_points: of one track, at most.
        overscan: drawn beyond each edge, as a share of the view, so that a pan finds something.
    """

    interval: Interval
    width_px: int = 1200
    max_points: int = 4000
    overscan: float = 0.3

    def __post_init__(self) -> None:
        if self.width_px < 200 or self.max_points < 4 or self.overscan < 0:
            raise TrackError(
                f"A view of {self.width_px} px, {self.max_points} points and overscan "
                f"{self.overscan} cannot be drawn; expected at least 200 px, 4 points and 0."
            )

    @property
    def compact(self) -> bool:
        return self.width_px < NARROW

    @property
    def left_px(self) -> int:
        return COMPACT_LEFT if self.compact else LABEL_WIDTH

    @property
    def plot_px(self) -> int:
        """Pixels that `interval` takes."""
        return self.width_px - self.left_px - RIGHT

    @property
    def drawn(self) -> Interval:
        """`interval` with what lies ready beyond its edges."""
        return self.interval.expanded(round(self.interval.width * self.overscan))

    @property
    def px_per_bp(self) -> float:
        return self.plot_px / self.interval.width

    @property
    def n_points(self) -> int:
        """Points for what is drawn: a minimum and a maximum a PAIR_PX, or `max_points`."""
        wanted = 2 * self.plot_px / PAIR_PX * self.drawn.width / self.interval.width
        return min(self.max_points, round(wanted))

    def px(self, position: float) -> float:
        """Pixels of a 0-based position from the left edge of the view."""
        return (position - self.interval.start) * self.px_per_bp


@dataclass(frozen=True, slots=True)
class Legend:
    """What a colour means: `symbol` in `colour`, then words.

    Attributes:
        seen: it is in view; what is not keeps its room alone, so that rows stay in a pan.
    """

    label: str
    colour: str
    symbol: str = "■"
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Thing:
    """What a click finds: `kind` and `key` name it, a box in x of the figure and y of its row.

    The x of a band of the chromosome is a share of the figure's width, 0 to 1.
    """

    kind: str
    key: str
    label: str
    x: tuple[float, float]
    y: tuple[float, float]


def clickable(
    trace: Trace,
    kind: str,
    key: str,
    numbers: npt.ArrayLike | None = None,
    n_points: int = 3,
) -> Trace:
    """The trace with what a click on one of its segments asks for.

    Args:
        trace: `n_points` a segment: its ends, or a curve, and the gap behind it. Of a heatmap, a
            click asks for the two places that a cell stands for.
        kind: of the card; `key` and the segment's number, joined by "|", name it.
        numbers: one a segment; the x of its beginning by default.
    """
    more: Trace = {} if numbers is None else {"numbers": numbers}
    if n_points != 3:
        more["points"] = n_points
    return trace | {"meta": {"card": kind, "key": key} | more}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One panel, ready to be put above or below others.

    Attributes:
        title, unit: its label.
        y_range: bottom and top of the axis, in the unit.
        ticks: y values to be numbered; `signed` is False where the lower half shows another
            strand, whose numbers carry no minus.
        names: y values with words, for rows of several lanes; they stand left of the lanes.
        scale_group: rows of one group get one range; "" for a range of its own.
        colour_range: what colours span, in the unit, where y counts lanes; the label shows it.
        log: values go by their logarithm; the ranges stay in the unit.
        colour: of the bar beside the label, which ties rows of a family.
        predicted: the values come from a model, so a warning about it belongs here.
        covered: what was predicted; the rest of the view is shaded. None: all of it.
        legend: colours to be explained once below the title.
        message: words in place of values, such as why there are none.
        row_id: what the page calls it; rows of one id are moved, sized and hidden together.
        shapes: Plotly shapes in the row's own y, with `xref` "x" or "paper"; compose adds `yref`.
        words: Plotly annotations in the same coordinates.
        things: boxes that a click finds, such as genes; stems and marks, which are many, are found
            by their traces: see `clickable`.
        folds: the line of rows that are not drawn, or drawn below it, and how it is now.
        choices, choice: what the reader may choose of it, and how it is now, as plain JSON;
            what a panel says there itself, such as a colour other than the bar's, stays.
    """

    title: str
    unit: str = ""
    traces: tuple[Trace, ...] = ()
    height_px: int = 56
    y_range: tuple[float, float] = (0.0, 1.0)
    ticks: tuple[float, ...] = ()
    signed: bool = True
    names: tuple[tuple[float, str], ...] = ()
    scale_group: str = ""
    colour_range: tuple[float, float] | None = None
    log: bool = False
    colour: str = ""
    predicted: bool = False
    covered: Interval | None = None
    legend: tuple[Legend, ...] = field(default=())
    message: str = ""
    row_id: str = ""
    shapes: tuple[dict[str, Any], ...] = field(default=())
    words: tuple[dict[str, Any], ...] = field(default=())
    things: tuple[Thing, ...] = field(default=())
    folds: Literal["", "folded", "shown"] = ""
    choices: tuple[str, ...] = ()
    choice: dict[str, Any] = field(default_factory=dict)

    @property
    def full_unit(self) -> str:
        """The unit, after the range of colours where no axis shows it."""
        if self.colour_range is None:
            return self.unit
        low, high = self.colour_range
        return f"{number(low)} to {number(high)} {self.unit}"

    @property
    def log_axis(self) -> bool:
        """Lanes of colours are evenly spaced, whatever their colours go by."""
        return self.log and self.colour_range is None
