"""How a row of values is drawn, as the reader chose or as is usual."""

from dataclasses import dataclass
from enum import Enum

from genoview.figure.panels.frame.scale import Scale


class Style(Enum):
    """How values are drawn."""

    LINE = "line"
    FILLED = "filled"
    BARS = "bars"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How one row of values is drawn; what is left out is as usual for the row.

    Attributes:
        title: the first track's name or assay by default.
        style: of a signal.
        scale: the natural one of the unit by default.
        colour: `#rrggbb`; the theme's by default.
        height_px: of the row.
    """

    title: str = ""
    style: Style = Style.FILLED
    scale: Scale | None = None
    colour: str = ""
    height_px: int | None = None


USUAL = RowStyle()
