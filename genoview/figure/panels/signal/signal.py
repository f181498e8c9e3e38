"""One track, or several in one row, as a line, a filled area, bars or stripes of colour."""

from collections.abc import Sequence

import numpy as np

from genoview.data.track_data import FloatArray, TrackData
from genoview.errors import TrackError
from genoview.figure.panels.frame.downsampling import Points, sample, strongest_last
from genoview.figure.panels.frame.row import Legend, Row, Trace, View
from genoview.figure.panels.frame.row_style import USUAL, RowStyle, Style
from genoview.figure.panels.frame.scale import end_ticks, natural_scale, range_of
from genoview.figure.panels.frame.text import escape
from genoview.figure.panels.frame.theme import Theme, faded
from genoview.figure.panels.signal.colour_strip import STRIPES_HEIGHT, stripes

SIGNAL_HEIGHT = 58  # px
VISIBLE = 4_096  # values of a track that its axis is fitted to
LINE_PX = 1.3
DENSE_PX = 1.0  # where a point stands every other pixel: browsers take far longer for wider lines
NOT_PREDICTED = "not predicted here"
STRAND_WORDS = {"+": "+ strand", "-": "− strand"}  # in the legend of rows that draw both


def signal_row(data: TrackData, view: View, theme: Theme, style: RowStyle = USUAL) -> Row:
    """Every column of `data` over one axis; one column is the usual.

    Args:
        style: its colour is for every column.

    Raises:
        TrackError: `data` has no column, or columns of several units.
    """
    unit, heat = single_unit(data), style.style is Style.HEAT
    scale = style.scale or natural_scale(unit)
    points = sample(data, view)
    colours = series_colours(data, theme)
    if style.colour:
        colours = (style.colour,) * len(data.tracks)
    y_range = range_of(visible_values(data, view), scale)
    traces: list[Trace] = []
    if points is not None:
        traces += [
            line_trace(points, column, track.label, colours[column], style.style)
            for column, track in enumerate(data.tracks)
        ]
        if heat:
            columns = [data.select([column]) for column in range(len(data.tracks))]
            traces.insert(0, stripes(columns, view, colours[0], y_range, scale.log))
    return Row(
        title=style.title or data.tracks[0].label,
        unit=shown_unit(unit, style.style),
        traces=tuple(traces),
        height_px=STRIPES_HEIGHT if heat else style.height_px or SIGNAL_HEIGHT,
        y_range=y_range,
        ticks=end_ticks(y_range, scale.log),
        scale_group=scale.group,
        log=scale.log,
        colour=style.colour or theme.families[data.tracks[0].assay.family],
        predicted=True,
        covered=data.interval,
        legend=_legend(data, colours),
        message="" if points is not None else NOT_PREDICTED,
    )


def shown_unit(unit: str, style: Style) -> str:
    """The words for the numbers beside a row."""
    return f"{unit}, as colour" if style is Style.HEAT else unit


def single_unit(data: TrackData) -> str:
    """The unit of all columns."""
    units = {track.unit for track in data.tracks}
    if len(units) != 1:
        raise TrackError(
            f"One row was given tracks in {len(units)} units ({', '.join(sorted(units)) or 'none'})"
            "; draw tracks of each unit in a row of their own."
        )
    return units.pop()


def series_colours(data: TrackData, theme: Theme) -> tuple[str, ...]:
    """A colour a column: by strand where that is all that tells them apart, else by kind."""
    kinds = [theme.series_colour(track) for track in data.tracks]
    strands = {track.strand for track in data.tracks}
    if len(data.tracks) > 1 and len(strands) > 1 and len(set(kinds)) == 1:
        return tuple(theme.strands[track.strand] for track in data.tracks)
    return tuple(kinds)


def _legend(data: TrackData, colours: Sequence[str]) -> tuple[Legend, ...]:
    if len(data.tracks) == 1:
        return ()
    one_name = len({track.name for track in data.tracks}) == 1  # its row's title says it
    pairs = zip(data.tracks, colours, strict=True)
    return tuple(
        Legend(STRAND_WORDS.get(track.strand, track.label) if one_name else track.label, colour)
        for track, colour in pairs
    )


def visible_values(data: TrackData, view: View) -> FloatArray:
    """float32[points, tracks] of the view alone, without what is ready beyond its edges.

    Every bin, or extremes of stretches where there are more than VISIBLE; the outermost of those
    may reach a two-thousandth of the view past its edges.
    """
    if not data.interval.overlaps(view.interval):
        return np.empty((0, len(data.tracks)), dtype=np.float32)
    return data.extremes(VISIBLE, view.interval)[1]


def line_trace(points: Points, column: int, name: str, colour: str, style: Style) -> Trace:
    """One column as a Plotly line; of a heat an invisible line, for the hover."""
    values = points.values[:, column]
    if points.paired:
        values = strongest_last(values)
    bars = style is Style.BARS
    stepped = points.stepped or bars
    trace: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": points.x,
        "y": np.ascontiguousarray(values, dtype=np.float32),
        "name": escape(name),
        "line": {
            "color": colour,
            "width": 0 if bars else DENSE_PX if points.paired else LINE_PX,
            "shape": "hvh" if stepped else "linear",
        },
        "hovertemplate": f"%{{y:.3~g}}{points.hover_note}",
    }
    if style is Style.HEAT:
        trace |= {"line": trace["line"] | {"width": 0}}
    elif style is not Style.LINE:
        trace |= {"fill": "tozeroy", "fillcolor": faded(colour, 0.9 if bars else 0.28)}
    return trace
