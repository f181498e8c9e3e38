"""REF and ALT over each other, and ALT - REF below, for tracks with a value everywhere."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from genoview.data.track_data import AlleleTracks, FloatArray, TrackData
from genoview.figure.panels.frame.downsampling import Points, sample
from genoview.figure.panels.frame.row import Legend, Row, Trace, View
from genoview.figure.panels.frame.row_style import USUAL, RowStyle, Style
from genoview.figure.panels.frame.scale import (
    Scale,
    end_ticks,
    natural_scale,
    range_of,
    symmetric,
    with_range,
)
from genoview.figure.panels.frame.text import escape
from genoview.figure.panels.frame.theme import Theme, faded
from genoview.figure.panels.signal.colour_strip import STRIPES_HEIGHT, stripes
from genoview.figure.panels.signal.signal import (
    NOT_PREDICTED,
    SIGNAL_HEIGHT,
    line_trace,
    shown_unit,
    single_unit,
    visible_values,
)

ALT_NOTE = (
    "ALT on REF coordinates: inserted bases collapse by maximum onto their anchor base, "
    "deleted bases are zero."
)
DIFFERENCE = "ALT − REF"  # title of every row of differences
DIFFERENCE_HEIGHT = 50  # px
LEAST_REACH = 0.1  # of the row above: smaller differences stay small on the axis
SILENT: Trace = {"hoverinfo": "skip", "hovertemplate": ""}
SEEN_THROUGH = 0.45  # opacity of REF's bars
FILLED_FROM = 0.005  # of the row's range: nearer REF and ALT are not filled between


def allele_rows(
    alleles: AlleleTracks,
    view: View,
    theme: Theme,
    style: RowStyle = USUAL,
) -> tuple[Row, Row]:
    """The first column's row of both alleles, and the row of their difference.

    Args:
        style: of REF; ALT is a line over it. As colours, REF is the stripe above ALT's. The colour
            is that of ALT, or of both stripes; REF stays grey, and what ALT adds and takes keeps
            its colours, which mean the same in every row.
    """
    ref, alt = alleles.ref.select([0]), alleles.alt.select([0])
    unit, heat = single_unit(ref), style.style is Style.HEAT
    scale = style.scale or natural_scale(unit)
    seen = [visible_values(data, view) for data in (ref, alt)]
    y_range = range_of(seen, scale)
    title, family = style.title or ref.tracks[0].label, theme.families[ref.tracks[0].assay.family]
    drawn_in = style.colour or (family if heat else theme.alt)
    drawn = replace(style, scale=scale, colour=drawn_in)
    both = Row(
        title=title,
        unit=shown_unit(f"REF above ALT, {unit}" if heat else unit, style.style),
        traces=_overlay(AlleleTracks(ref, alt), view, theme, y_range, drawn),
        height_px=STRIPES_HEIGHT if heat else style.height_px or SIGNAL_HEIGHT,
        y_range=y_range,
        ticks=end_ticks(y_range, scale.log),
        scale_group=scale.group,
        log=scale.log,
        colour=style.colour or family,
        predicted=True,
        covered=ref.interval,
        legend=() if heat else allele_legend(theme, seen, y_range, style.colour, title),
        message="" if ref.interval.overlaps(view.drawn) else NOT_PREDICTED,
        choice={"colour": drawn_in},
    )
    difference = AlleleTracks(ref, alt).difference()
    change = difference_row(difference, view, theme, y_range[1] - y_range[0])
    return both, replace(change_on(change, style.scale), colour=both.colour)


def change_on(row: Row, scale: Scale | None) -> Row:
    """A row of differences on the reader's scale: as far as two values on it can be apart."""
    if scale is None:
        return row
    if scale.group:
        return replace(row, scale_group=f"{scale.group}, {DIFFERENCE}")
    if scale.low is None or scale.high is None:
        return row
    reach = scale.high - scale.low
    return with_range(row, (-reach, reach))


def change_legend(theme: Theme, *, above: bool, below: bool) -> tuple[Legend, Legend]:
    """What ALT adds and what it takes, each where it is in view."""
    return (
        Legend("ALT above REF", theme.gain, "▲", above),
        Legend("ALT below REF", theme.loss, "▼", below),
    )


def allele_legend(
    theme: Theme,
    values: Sequence[FloatArray],
    y_range: tuple[float, float],
    colour: str = "",
    title: str = "",
) -> tuple[Legend, ...]:
    """REF, ALT, and what ALT adds and takes; an ALT in a colour of its own names its row.

    Args:
        values: of REF and ALT in view.
    """
    ref, usual = Legend("REF", theme.ref), Legend("ALT", theme.alt)
    least = FILLED_FROM * (y_range[1] - y_range[0])
    change = values[1] - values[0]
    changes = change_legend(
        theme, above=bool((change > least).any()), below=bool((change < -least).any())
    )
    if colour:
        return ref, *changes, Legend(f"ALT of {title}", colour)
    return ref, usual, *changes


def _overlay(
    pair: AlleleTracks,
    view: View,
    theme: Theme,
    y_range: tuple[float, float],
    style: RowStyle,
) -> tuple[Trace, ...]:
    below, above = sample(pair.ref, view), sample(pair.alt, view)
    if below is None or above is None:
        return ()
    name = escape(pair.ref.tracks[0].label)
    alt_line = _in_order(above, f"{name} ALT", style.colour, Style.LINE) | SILENT
    ref_line = _in_order(below, f"{name} REF", theme.ref, style.style)
    both = {
        "customdata": alt_line["y"],
        "name": name,
        "hovertemplate": f"REF %{{y:.3~g}}, ALT %{{customdata:.3~g}}{below.hover_note}",
    }
    if style.style is Style.HEAT:
        log = style.scale is not None and style.scale.log
        return stripes((pair.ref, pair.alt), view, style.colour, y_range, log), ref_line | both
    if style.style is Style.BARS:  # bars of REF seen through, and steps of ALT
        alt_line["line"] = alt_line["line"] | {"shape": "hvh"}
        ref_line["fillcolor"] = faded(theme.ref, SEEN_THROUGH)
    # Where the alleles agree REF lies above, so that only differences have ALT's colour.
    return *_fills(below, above.values[:, 0], theme, y_range), alt_line, ref_line | both


def _in_order(points: Points, name: str, colour: str, style: Style) -> Trace:
    """A line whose pairs stay minimum first, so that REF's and ALT's points correspond."""
    trace = line_trace(points, 0, name, colour, style)
    return trace | {"y": np.ascontiguousarray(points.values[:, 0])}


def _fills(
    points: Points, alt: FloatArray, theme: Theme, y_range: tuple[float, float]
) -> tuple[Trace, ...]:
    """Two areas between REF and ALT, cut to the stretch where they differ."""
    ref = points.values[:, 0]
    differs = np.abs(alt - ref) > FILLED_FROM * (y_range[1] - y_range[0])
    if not differs.any():
        return ()
    within = slice(max(int(differs.argmax()) - 1, 0), len(ref) - int(differs[::-1].argmax()) + 1)
    return (
        *_area(points, within, ref, np.maximum(ref, alt), theme.gain),
        *_area(points, within, np.minimum(ref, alt), ref, theme.loss),
    )


def _area(
    points: Points, within: slice, low: FloatArray, high: FloatArray, colour: str
) -> tuple[Trace, ...]:
    """A filled area between two curves; nothing where they are one."""
    if np.array_equal(low[within], high[within]):
        return ()
    shape = "hvh" if points.stepped else "linear"
    edge: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": points.x[within],
        "line": {"width": 0, "color": colour, "shape": shape},
        "hoverinfo": "skip",
    }
    filled = {"fill": "tonexty", "fillcolor": faded(colour, 0.5)}
    return edge | {"y": low[within]}, edge | {"y": high[within]} | filled


def difference_row(difference: TrackData, view: View, theme: Theme, ref_span: float) -> Row:
    """ALT - REF of the first column around a zero line.

    Args:
        ref_span: height of the axis of the row above, which small differences are compared with.
    """
    points = sample(difference, view)
    largest = float(np.abs(visible_values(difference, view)).max(initial=0))
    y_range = symmetric(max(largest, LEAST_REACH * ref_span))
    return Row(
        title=DIFFERENCE,
        unit=difference.tracks[0].unit,
        traces=() if points is None else _signed_traces(points, difference, theme),
        height_px=DIFFERENCE_HEIGHT,
        y_range=y_range,
        ticks=end_ticks(y_range),
        colour=theme.families[difference.tracks[0].assay.family],
        predicted=True,
        covered=difference.interval,
        message=_difference_message(points, largest),
    )


def _difference_message(points: Points | None, largest: float) -> str:
    if points is None:
        return NOT_PREDICTED
    return "" if largest else "no difference in view"


def _signed_traces(points: Points, data: TrackData, theme: Theme) -> tuple[Trace, ...]:
    """A line with every value for the hover; above and below zero filled in two colours."""
    name = f"{data.tracks[0].label} {DIFFERENCE}"
    line = line_trace(points, 0, name, theme.muted, Style.LINE)
    line["hovertemplate"] = f"%{{y:+.3~g}}{points.hover_note}"
    line["line"] = line["line"] | {"width": 0.8}
    sides: list[Trace] = []
    for side, colour in ((np.maximum, theme.gain), (np.minimum, theme.loss)):
        y = side(line["y"], np.float32(0))
        if not y.any():
            continue
        edge = line["line"] | {"width": 0, "color": colour}
        sides.append(
            line
            | {"y": y, "line": edge, "fill": "tozeroy", "fillcolor": faded(colour, 0.75)}
            | SILENT
        )
    return *sides, line
