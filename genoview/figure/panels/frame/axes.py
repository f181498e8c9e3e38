"""The page of a figure: x axes above and below, a y axis a row, fonts and hover."""

import math
from typing import Any

import numpy as np

from genoview.figure.panels.frame.axis import base_x, x_range
from genoview.figure.panels.frame.row import EDGE, Row, Trace, View
from genoview.figure.panels.frame.text import elided, escape, number, text_width
from genoview.figure.panels.frame.theme import BODY, FONT, SMALL, Theme

TICK_PX, COMPACT_TICK_PX = 110, 88  # of x, for one number with its commas
MOST_POSITIONS = 800  # of a row, for the pointer
FEWEST_BP = 20  # views narrower have a tick a base


def page_layout(view: View, theme: Theme) -> dict[str, Any]:
    """Everything but axes and words; a template of its own, so that no host's default shows."""
    font = {"family": FONT, "size": BODY, "color": theme.text}
    return {
        "template": {"layout": {"font": font}},
        "font": font,
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": "rgba(0,0,0,0)",
        # The hover's lines follow the legend's order; no trace has an entry, so none is drawn.
        "showlegend": True,
        "legend": {"traceorder": "normal"},
        "autosize": True,
        "dragmode": "pan",
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverdistance": math.ceil(max(8.0, view.px_per_bp / 2 + 2)),
        "hoverlabel": {
            "bgcolor": theme.hover,
            "bordercolor": theme.rule,
            "font": {"family": FONT, "size": BODY, "color": theme.text},
            "align": "left",
            "namelength": -1,
        },
        "barmode": "overlay",
        "bargap": 0,
    }


def plain_layout(theme: Theme, height: int) -> dict[str, Any]:
    """Of a figure without rows; its axes begin with `plain_axis`."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": {"family": FONT, "size": BODY, "color": theme.text},
        "hoverlabel": {"bgcolor": theme.hover, "font": {"color": theme.text}},
        "showlegend": False,
        "dragmode": "pan",
    }


def plain_axis(theme: Theme) -> dict[str, Any]:
    """Of either axis of such a figure."""
    return {
        "linecolor": theme.rule,
        "tickfont": {"size": SMALL, "color": theme.muted},
        "title": {"font": {"size": BODY, "color": theme.text}},
        "automargin": True,
    }


def x_axes(view: View, theme: Theme) -> dict[str, Any]:
    """The axis that every row shares, numbered above, and its copy below."""
    shared = _numbered(view, theme)
    top = {
        "side": "top",
        "position": 1,
        "range": list(x_range(view.interval)),
        # Empty, so no title: the first line of the hover is the position, from `position_trace`.
        "unifiedhovertitle": {"text": "%{xa.ticksuffix}"},
        "showspikes": True,
        "spikemode": "across",
        "spikesnap": "cursor",
        "spikethickness": 1,
        "spikedash": "solid",
        "spikecolor": theme.muted,
    }
    bottom = {"side": "bottom", "position": 0, "matches": "x", "overlaying": "x", "showgrid": False}
    return {"xaxis": shared | top, "xaxis2": shared | bottom}


def _numbered(view: View, theme: Theme) -> dict[str, Any]:
    """What the axes above and below have in common."""
    tick_px = COMPACT_TICK_PX if view.compact else TICK_PX
    shared: dict[str, Any] = {
        "domain": [0, 1],
        "anchor": "free",
        "tickmode": "auto",
        "tickformat": ",d",
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": theme.rule,
        "tickfont": {"size": SMALL, "color": theme.muted},
        "showgrid": True,
        "gridcolor": theme.grid,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.rule,
        "nticks": max(view.plot_px // tick_px, 2),
        "tickangle": 0,
        "ticklabeloverflow": "hide past div",
    }
    if view.interval.width <= FEWEST_BP:
        shared |= {"dtick": max(math.ceil(tick_px / view.px_per_bp), 1), "tick0": 0}
    return shared


def y_axis(row: Row, domain: tuple[float, float], view: View, theme: Theme) -> dict[str, Any]:
    """One row's axis: its range, the numbers at its ends or the names of its lanes."""
    low, high = row.y_range
    limits = [math.log10(low), math.log10(high)] if row.log_axis else [low, high]
    values = [value for value, _ in row.names] or list(row.ticks)
    texts = [_name(name, view) for _, name in row.names] or [
        number(value if row.signed else abs(value)) for value in row.ticks
    ]
    return {
        "domain": list(domain),
        "anchor": "x",
        "type": "log" if row.log_axis else "linear",
        "range": limits,
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": values,
        "ticktext": texts,
        "ticks": "",
        "ticklabelstandoff": 4,
        "tickfont": {"size": SMALL, "color": theme.text if row.names else theme.muted},
        "showgrid": False,
        "zeroline": bool(row.ticks) and low <= 0 <= high and not row.log_axis,
        "zerolinecolor": theme.rule,
        "zerolinewidth": 1,
        "zerolinelayer": "below traces",
    }


def _name(name: str, view: View) -> str:
    room = view.left_px - EDGE - 16
    short = name if text_width(name, SMALL) <= room else elided(name, SMALL, room)
    return escape(short)


def position_trace(row: Row, view: View, names_position: bool) -> Trace:
    """A point a base, or every two pixels of a row, not seen: what the pointer finds first.

    Without it Plotly would look up the other rows at the end of the gene, or at the site, that
    lies nearest. Where `names_position`, it is also the first line of the hover: the position.
    """
    drawn = view.drawn
    n = min(drawn.width, MOST_POSITIONS)
    return {
        "type": "scatter",
        "mode": "none",
        "x0": base_x(drawn.start + (drawn.width / n - 1) / 2),
        "dx": drawn.width / n,
        "y": np.full(n, row.log_axis, dtype=np.int8),
        "name": "",
        **({} if names_position else {"hoverinfo": "none"}),
        "hovertemplate": f"<b>{view.interval.chrom}:%{{x:,d}}</b>" if names_position else "",
    }
