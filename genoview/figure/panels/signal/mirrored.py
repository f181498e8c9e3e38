"""Both strands of one track around one line: + above it, - below."""

from dataclasses import replace

from genoview.data.track_data import TrackData
from genoview.figure.panels.frame.row import Row, Trace, View
from genoview.figure.panels.frame.row_style import USUAL, RowStyle, Style
from genoview.figure.panels.frame.theme import Theme
from genoview.figure.panels.signal.signal import SIGNAL_HEIGHT, signal_row

MIRRORED_HEIGHT = round(1.5 * SIGNAL_HEIGHT)  # px
ROOM = 1.08  # of the axis: its numbers keep clear of those of the next row


def mirrored_row(data: TrackData, view: View, theme: Theme, style: RowStyle = USUAL) -> Row:
    """Two columns of one unit, of + and of - in this order; numbers of - carry no minus.

    As colours, or on a logarithmic axis, nothing can hang below zero: both stand on it.

    Raises:
        TrackError: the columns have several units.
    """
    row = signal_row(data, view, theme, style)
    if style.style is Style.HEAT or row.log:
        return row
    reach = max(map(abs, row.y_range))
    return replace(
        row,
        unit=f"{row.unit}, +↑ −↓",
        height_px=MIRRORED_HEIGHT,
        traces=tuple(_hanging(trace) if i == 1 else trace for i, trace in enumerate(row.traces)),
        y_range=(-ROOM * reach, ROOM * reach),
        ticks=(-reach, 0.0, reach),
        signed=False,
    )


def _hanging(trace: Trace) -> Trace:
    words = trace["hovertemplate"].replace("%{y:", "%{customdata:")
    return trace | {"y": -trace["y"], "customdata": trace["y"], "hovertemplate": words}
