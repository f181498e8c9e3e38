"""Where the rows of a figure lie: pixels from the top, and shares of the axes' height."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.figure.panels.frame.marks import FLAG_HEIGHT
from genoview.figure.panels.frame.row import Row, View

GAP = 14  # px between rows
STRIP_HEIGHT = 26  # px for a label above its row
RULER_HEIGHT = 26  # px for the numbers of x


@dataclass(frozen=True, slots=True)
class Place:
    """One row: px from the top of the rows to its own top, with its height and its strip."""

    top: float
    height: float
    strip: float

    def domain(self, total: float) -> tuple[float, float]:
        """Bottom and top as shares of `total`, as Plotly wants them."""
        return 1 - (self.top + self.height) / total, 1 - self.top / total

    def middle(self, total: float) -> float:
        return 1 - (self.top + self.height / 2) / total


@dataclass(frozen=True, slots=True)
class Layout:
    """All rows: their places and their height together."""

    places: tuple[Place, ...]
    height: float


def has_strip(row: Row, view: View) -> bool:
    """Its label stands above: in narrow figures, and where lanes have names on the left."""
    return view.compact or bool(row.names)


def stacked(rows: Sequence[Row], view: View, flag_lanes: int) -> Layout:
    """Rows below each other, with room above the first for the flags of marks."""
    top = FLAG_HEIGHT * flag_lanes + 4
    places = []
    for row in rows:
        strip = STRIP_HEIGHT if has_strip(row, view) else 0
        places.append(Place(top + strip, row.height_px, strip))
        top += strip + row.height_px + GAP
    return Layout(tuple(places), float(top))
