"""Many tracks of one assay, a lane of colour each: alike ones together, or most changed first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from genoview.data.derived_arrays import difference, remembered, selected
from genoview.data.site_data import FloatArray
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.figure.panels.frame.axis import base_x
from genoview.figure.panels.frame.row import EDGE, Row, Trace, View
from genoview.figure.panels.frame.row_style import USUAL, RowStyle
from genoview.figure.panels.frame.scale import Scale, natural_scale, range_of, symmetric
from genoview.figure.panels.frame.text import elided, escape, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme, faded
from genoview.figure.panels.signal.alleles import DIFFERENCE, change_legend
from genoview.figure.panels.signal.colour_strip import coloured, colours_of, diverging, heatmap
from genoview.figure.panels.signal.heat import HOVER_FROM, strongest
from genoview.figure.panels.signal.signal import NOT_PREDICTED, single_unit, visible_values
from genoview.figure.panels.tissues.lane_order import changed_columns, clustered_columns, lane_names

LANE_HEIGHT = 16  # px
MAX_LANES = 24
MAX_CELLS = 20_000  # of one row
LEAST_CHANGE = 0.02  # of what the row above spans: the colours of less stay faint
LONGEST_NAME = 0.4  # of a narrow figure's width, over its lanes
Span = tuple[float, float]


def tissue_row(
    data: TrackData,
    view: View,
    theme: Theme,
    style: RowStyle = USUAL,
    max_lanes: int = MAX_LANES,
) -> Row:
    """The tracks with the highest values, those of one shape beside each other.

    Raises:
        TrackError: the tracks have several units, or there is none.
    """
    unit = single_unit(data)
    order = ("clustered", max_lanes)
    ordered = remembered([data.values], order, lambda: clustered_columns(data, max_lanes))
    words = f"{unit}{_top_words(ordered, data)}, clustered"
    row = replace(_row(data, ordered, view, theme, style), unit=words)
    return row if row.message else _filled(row, data, ordered, view, theme, style.scale)


def tissue_allele_rows(
    alleles: AlleleTracks,
    view: View,
    theme: Theme,
    style: RowStyle = USUAL,
    max_lanes: int = MAX_LANES,
) -> tuple[Row, Row]:
    """REF of the tracks that change most, the most changed on top, and ALT - REF of the same.

    Raises:
        TrackError: the tracks have several units, or there is none.
    """
    ref, unit = alleles.ref, single_unit(alleles.ref)
    ordered = changed_columns(alleles, max_lanes)
    words = f"{unit}{_top_words(ordered, ref)}, most changed first"
    both = AlleleTracks(*(selected(allele, ordered) for allele in (ref, alleles.alt)))
    return lanes_in_order(both, words, view, theme, style)


def lanes_in_order(
    alleles: AlleleTracks, words: str, view: View, theme: Theme, style: RowStyle = USUAL
) -> tuple[Row, Row]:
    """REF of all tracks in their order, and ALT - REF of the same.

    Args:
        words: what the values are, and why the lanes have this order.
    """
    ref, ordered = alleles.ref, range(len(alleles.ref.tracks))
    row = replace(_row(ref, ordered, view, theme, style), unit=f"REF, {words}")
    change = replace(row, title=DIFFERENCE, unit=words)
    if row.message:
        return row, change
    row = _filled(row, ref, ordered, view, theme, style.scale)
    assert row.colour_range is not None
    return row, _changed(change, alleles, ordered, view, theme, row.colour_range)


def _top_words(columns: Sequence[int], data: TrackData) -> str:
    n = len(data.tracks)
    return f", top {len(columns)} of {n:,}" if len(columns) < n else ""


def _row(data: TrackData, columns: Sequence[int], view: View, theme: Theme, style: RowStyle) -> Row:
    """Lanes with their names, and nothing in them."""
    drawn, n = data.interval.overlaps(view.drawn), len(columns)
    names = lane_names([data.tracks[i] for i in columns]) if drawn else []
    return Row(
        title=style.title or data.tracks[0].assay.label,
        height_px=LANE_HEIGHT * n if drawn else 24,
        y_range=(n - 0.5, -0.5) if drawn else (0.0, 1.0),
        names=() if view.compact else tuple((float(i), name) for i, name in enumerate(names)),
        words=_over_lanes(names, view, theme) if view.compact else (),
        colour=style.colour or theme.families[data.tracks[0].assay.family],
        predicted=True,
        covered=data.interval,
        message="" if drawn else NOT_PREDICTED,
    )


def _over_lanes(names: Sequence[str], view: View, theme: Theme) -> tuple[dict[str, Any], ...]:
    """Names at the left of a narrow figure, over the lanes: beside them there is no room."""
    room = LONGEST_NAME * view.width_px
    short = [n if text_width(n, SMALL) <= room else elided(n, SMALL, room) for n in names]
    return tuple(
        {
            "xref": "paper",
            "x": 0,
            "xshift": EDGE + 6 - view.left_px,
            "xanchor": "left",
            "y": i,
            "yanchor": "middle",
            "text": escape(name),
            "showarrow": False,
            "font": {"size": SMALL, "color": theme.text},
            "bgcolor": faded(theme.paper, 0.75),
            "borderpad": 0,
        }
        for i, name in enumerate(short)
    )


def _filled(
    row: Row,
    data: TrackData,
    columns: Sequence[int],
    view: View,
    theme: Theme,
    scale: Scale | None,
) -> Row:
    """The lanes with the values of their tracks; grey below zero, where there are such."""
    scale = scale or natural_scale(data.tracks[0].unit)
    shown = selected(data, columns)
    span = range_of(visible_values(shown, view), scale)
    span = symmetric(max(-span[0], span[1])) if span[0] < 0 else span
    z, x0, dx = _cells(shown, view)
    lanes = heatmap(z, x0, dx, row.colour, scale.log) | {"y0": 0, "dy": 1, "ygap": 1}
    if span[0] < 0:
        lanes |= {"colorscale": colours_of(span, theme, row.colour)}
    least = span[0] if scale.log else HOVER_FROM * span[1]
    names = lane_names(shown.tracks)
    traces = (coloured(lanes, span, scale.log), strongest(z, lanes, names, view, least))
    return replace(row, traces=traces, colour_range=span, scale_group=scale.group, log=scale.log)


def _changed(
    row: Row,
    alleles: AlleleTracks,
    columns: Sequence[int],
    view: View,
    theme: Theme,
    ref_span: Span,
) -> Row:
    """The lanes with ALT - REF in the colours of gain and loss."""
    ref, alt = (selected(allele, columns) for allele in (alleles.ref, alleles.alt))
    z, x0, dx = _cells(difference(ref, alt), view)
    largest = float(np.nanmax(np.abs(z), initial=0.0))
    span = symmetric(max(largest, LEAST_CHANGE * (ref_span[1] - ref_span[0])))
    lanes: Trace = heatmap(z, x0, dx, theme.gain, log=False)
    lanes |= {"y0": 0, "dy": 1, "ygap": 1, "colorscale": diverging(theme)}
    least, names = HOVER_FROM * span[1], lane_names(ref.tracks)
    hover = strongest(z, lanes, names, view, least, "most changed")
    return replace(
        row,
        traces=(coloured(lanes, span, log=False), hover),
        colour_range=span,
        legend=change_legend(theme, above=bool((z > 0).any()), below=bool((z < 0).any())),
        message="" if largest else "no difference in view",
    )


def _cells(data: TrackData, view: View) -> tuple[FloatArray, float, float]:
    """float32[tracks, cells] of what is farthest from zero, with the x and width of the first."""
    n_cells = max(min(view.n_points // 2, MAX_CELLS // max(len(data.tracks), 1)), 2)
    places, values = data.extremes(2 * n_cells, view.drawn)
    width = float(data.resolution)
    if len(places) > 1 and places[0] == places[1]:  # minimum and maximum of stretches
        low, high = values[0::2], values[1::2]
        values = np.where(-low > high, low, high)
        if len(places) > 2:
            width = float(places[2] - places[0])
    return np.ascontiguousarray(values.T), base_x(float(places[0])), width
