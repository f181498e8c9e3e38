"""Measured inclusion of exons -> a heat map: exons from 5' to 3', a lane a tissue."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from genoview.data.site_data import FloatArray
from genoview.data.track_data import Family
from genoview.figure.panels.frame.axes import plain_axis, plain_layout
from genoview.figure.panels.frame.text import elided, escape, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme
from genoview.figure.panels.signal.colour_strip import colours_of
from genoview.figure.panels.tissues.clusters import clustered
from genoview.scoring.splicing.inclusion.gene import GeneExon, GeneInclusion

LANE, STRIP, ABOVE, BELOW = 16, 30, 26, 44  # px: a tissue, the exons, their numbers, the key
NAMES_SHARE = 0.36  # of the width, at most, for the names of tissues
FEWEST = 6  # exons that the width is divided among, so that two do not fill a page
WRITTEN = 0.95  # inclusion below which a cell has its number, where there is room
WIDE = 30  # px of a cell with room for it
FINE = 6  # px of a cell below which cells touch
BOX = 18  # px of an exon, at most
KEY = "RNA with the exon"
Mark = tuple[float, str]


def lanes_of(inclusion: GeneInclusion) -> tuple[str, ...]:
    """Tissues with RNA of the transcript's exons, alike ones beside each other."""
    tissues = inclusion.expressing
    return tuple(tissues[i] for i in clustered(inclusion.matrix(tissues)))


def exon_map(
    inclusion: GeneInclusion, theme: Theme, width_px: int, mark: Mark | None = None
) -> go.Figure:
    """A column an exon, a lane a tissue; an exon's box carries its number as `customdata`.

    Args:
        mark: number of an exon, or between two, and what lies there.
    """
    lanes, n = lanes_of(inclusion), len(inclusion.exons)
    left = min(max(text_width(lane, SMALL) for lane in lanes) + 12, NAMES_SHARE * width_px)
    cell_px = (width_px - left - 16) / max(n, FEWEST)
    height = ABOVE + STRIP + LANE * len(lanes) + BELOW
    map_end = 1 - STRIP / (height - ABOVE - BELOW)
    figure = go.Figure(
        [_cells(inclusion, lanes, cell_px, theme), _boxes(inclusion, cell_px, theme)]
    )
    figure.update_layout(**plain_layout(theme, height))
    figure.update_layout(
        margin={"l": left, "r": 8, "t": ABOVE, "b": BELOW},
        dragmode=False,
        xaxis=_x_axis(n, cell_px, theme),
        yaxis=_names(lanes, left, theme) | {"domain": [0, map_end]},
        yaxis2={"domain": [map_end, 1], "visible": False, "range": [0, 1], "fixedrange": True},
        annotations=[_key(theme), *(_absent(exon, cell_px, theme) for exon in inclusion.absent)],
    )
    line = {"color": theme.muted, "width": 1}
    figure.add_shape(type="line", x0=1, x1=n, y0=0.5, y1=0.5, yref="y2", line=line, layer="below")
    if mark is not None:
        _point_at(figure, mark, theme)
    return figure


def _cells(
    inclusion: GeneInclusion, lanes: tuple[str, ...], cell_px: float, theme: Theme
) -> go.Heatmap:
    values = inclusion.matrix(lanes)
    colour = theme.families[Family.SPLICING]
    return go.Heatmap(
        z=values,
        x=[exon.number for exon in inclusion.exons],
        y=list(map(escape, lanes)),
        zmin=0,
        zmax=1,
        colorscale=colours_of((0, 1), theme, colour),
        xgap=1 if cell_px >= FINE else 0,
        ygap=1,
        text=_written(values) if cell_px >= WIDE else None,
        texttemplate="%{text}" if cell_px >= WIDE else None,
        textfont={"size": SMALL},
        hovertemplate="exon %{x}, %{y}<br>%{z:.1%} of RNA has it<extra></extra>",
        hoverongaps=False,
        colorbar={
            "orientation": "h",
            "thickness": 8,
            "len": 160,
            "lenmode": "pixels",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yanchor": "top",
            "ypad": 8,
            "tickvals": [0, 0.5, 1],
            "ticktext": ["0%", "50%", "100%"],
            "tickfont": {"size": SMALL, "color": theme.muted},
            "outlinewidth": 0,
        },
    )


def _written(values: FloatArray) -> list[list[str]]:
    """Per cent where it is not nearly all."""
    with np.errstate(invalid="ignore"):
        low = values < WRITTEN
    return [
        [f"{value:.0%}".rstrip("%") if is_low else "" for value, is_low in zip(*row, strict=True)]
        for row in zip(values.tolist(), low.tolist(), strict=True)
    ]


def _boxes(inclusion: GeneInclusion, cell_px: float, theme: Theme) -> go.Scatter:
    """The exons in a line; those without coding bases are hollow."""
    exons, ink = inclusion.exons, theme.strands.get(_strand(inclusion), theme.text)
    coding = [exon.is_coding for exon in exons]
    return go.Scatter(
        x=[exon.number for exon in exons],
        y=[0.5] * len(exons),
        yaxis="y2",
        mode="markers",
        marker={
            "symbol": "square",
            "size": max(min(BOX, 0.62 * cell_px), 3),
            "color": [ink if is_coding else theme.paper for is_coding in coding],
            "line": {"width": 1, "color": ink},
            "opacity": 1,
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[exon.number for exon in exons],
        hovertext=[_exon_words(exon, len(exons)) for exon in exons],
        hoverinfo="text",
    )


def _exon_words(exon: GeneExon, n: int) -> str:
    place = exon.interval
    coding = "" if exon.is_coding else ", not coding"
    median = "not measured" if exon.psi is None else f"median {exon.psi:.1%} of RNA"
    where = escape(place.to_ucsc())
    return (
        f"exon {exon.number} of {n}{coding}<br>{where}, {place.width:,} bp<br>{median}"
        "<br>a click opens it on Explore"
    )


def _strand(inclusion: GeneInclusion) -> str:
    return inclusion.named.transcript.interval.strand


def _x_axis(n: int, cell_px: float, theme: Theme) -> dict[str, Any]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if step * cell_px >= 20 or step == 100)
    numbers = [number for number in range(1, n + 1) if number % step == 0 or number == 1]
    return plain_axis(theme) | {
        "side": "top",
        "anchor": "free",
        "position": 1,
        "tickvals": numbers,
        "range": [0.5, max(n, FEWEST) + 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": False,
        "tickangle": 0,
    }


def _names(lanes: tuple[str, ...], left: float, theme: Theme) -> dict[str, Any]:
    room = left - 12
    short = [n if text_width(n, SMALL) <= room else elided(n, SMALL, room) for n in lanes]
    return plain_axis(theme) | {
        "type": "category",
        "tickvals": list(map(escape, lanes)),
        "ticktext": list(map(escape, short)),
        "range": [len(lanes) - 0.5, -0.5],
        "tickfont": {"size": SMALL, "color": theme.text},
        "fixedrange": True,
        "showgrid": False,
        "automargin": False,
    }


def _key(theme: Theme) -> dict[str, Any]:
    """What the colours are, beside their scale."""
    return {
        "text": KEY,
        "xref": "paper",
        "x": 0,
        "xanchor": "right",
        "xshift": -6,
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "yshift": -3,
        "showarrow": False,
        "font": {"size": SMALL, "color": theme.muted},
    }


def _absent(exon: GeneExon, cell_px: float, theme: Theme) -> dict[str, Any]:
    """In an empty column why it is."""
    wide = cell_px >= SMALL + 2
    return {
        "x": exon.number,
        "y": 0.5,
        "yref": "y domain",
        "text": "not measured" if wide else "",
        "textangle": -90,
        "showarrow": False,
        "font": {"size": SMALL, "color": theme.muted},
    }


def _point_at(figure: go.Figure, mark: Mark, theme: Theme) -> None:
    """Around the column of an exon, or between two of them."""
    at, words = mark
    half = 0.5 if at == int(at) else 0.0
    line = {"color": theme.alt, "width": 2}
    figure.add_shape(type="rect", x0=at - half, x1=at + half, y0=0, y1=1, yref="paper", line=line)
    figure.add_annotation(
        x=at,
        y=0,
        yref="paper",
        yanchor="top",
        text=escape(words),
        showarrow=False,
        font={"size": SMALL, "color": theme.alt},
    )
