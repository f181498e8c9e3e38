"""Contact maps as triangles: two places touch above the middle between them, as high as they are
far apart. REF stands on the line, ALT hangs from it, and ALT - REF has a triangle of its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.site_data import FloatArray
from genoview.figure.panels.contacts.contact_rotation import Picture, bin_at, near, reach_of, turned
from genoview.figure.panels.frame.axis import base_x
from genoview.figure.panels.frame.row import Legend, Row, Trace, View, clickable
from genoview.figure.panels.frame.scale import Scale, range_of, symmetric
from genoview.figure.panels.frame.text import escape, number, span_text
from genoview.figure.panels.frame.theme import SMALL, Theme
from genoview.figure.panels.signal.alleles import DIFFERENCE, change_legend
from genoview.figure.panels.signal.colour_strip import colours_of, diverging
from genoview.figure.panels.signal.signal import NOT_PREDICTED
from genoview.figure.panels.signal.substitutions import signed

TRIANGLE_HEIGHT = 150  # px of one triangle
CONTACT_CARD = "contact"  # what a click on a cell asks for
NEIGHBOURS = 2  # bins apart, at least, of a listed pair: adjacent bins always touch
LEAST_CHANGE = 0.02  # of what the maps span: the colours of a smaller difference stay faint
Span = tuple[float, float]


def triangle_row(
    contacts: ContactMap, view: View, theme: Theme, *, scale: Scale | None = None, title: str = ""
) -> Row:
    """The first track's map."""
    row, part = _row(contacts, view, theme, title), near(contacts, view)
    if part is None:
        return row
    reach = reach_of(contacts, view)
    span = _span([part.values], scale)
    lanes = _lanes(turned(part, view, reach), part, span, colours_of(span, theme, row.colour))
    return replace(
        row,
        unit=_unit(contacts, part, reach),
        traces=(lanes, _hover(part, part.values[..., 0], number, "strongest")),
        y_range=(0.0, float(reach)),
        colour_range=span,
        scale_group=scale.group if scale else "",
        legend=_legend(span, theme, row.colour),
    )


def triangle_allele_rows(
    ref: ContactMap,
    alt: ContactMap,
    view: View,
    theme: Theme,
    *,
    scale: Scale | None = None,
    title: str = "",
) -> tuple[Row, Row]:
    """REF above the line with ALT below it, and ALT - REF.

    Raises:
        TrackError: the alleles differ in tracks, interval or resolution.
    """
    change = alt.minus(ref)
    row, before, after = _row(ref, view, theme, title), near(ref, view), near(alt, view)
    if before is None or after is None:
        return row, replace(_row(ref, view, theme, DIFFERENCE), height_px=TRIANGLE_HEIGHT)
    reach = reach_of(ref, view)
    span = _span([before.values, after.values], scale)
    colours = colours_of(span, theme, row.colour)
    up, down = (
        _lanes(turned(allele, view, reach), allele, span, colours) for allele in (before, after)
    )
    both = replace(
        row,
        unit=_unit(ref, before, reach),
        traces=(up, _hanging(down), _hover(before, before.values[..., 0], number, "REF strongest")),
        height_px=2 * TRIANGLE_HEIGHT,
        y_range=(-float(reach), float(reach)),
        colour_range=span,
        scale_group=scale.group if scale else "",
        legend=_legend(span, theme, row.colour),
        shapes=(_baseline(theme),),
        words=(_allele("REF", reach, theme), _allele("ALT", -reach, theme)),
    )
    return both, _change_row(change, view, theme, span, reach)


def _change_row(change: ContactMap, view: View, theme: Theme, maps_span: Span, reach: int) -> Row:
    """ALT - REF in the colours of gain and loss, zero between them."""
    row, part = _row(change, view, theme, DIFFERENCE), near(change, view)
    assert part is not None  # where its alleles are drawn, so is their difference
    largest = float(np.nanmax(np.abs(part.values), initial=0.0))
    span = symmetric(max(largest, LEAST_CHANGE * (maps_span[1] - maps_span[0])))
    lanes = _lanes(turned(part, view, reach), part, span, diverging(theme))
    return replace(
        row,
        unit=_unit(change, part, reach),
        traces=(lanes, _hover(part, part.values[..., 0], signed, "most changed")),
        y_range=(0.0, float(reach)),
        colour_range=span,
        legend=change_legend(
            theme, above=bool((part.values > 0).any()), below=bool((part.values < 0).any())
        ),
        message="" if largest else "no difference in view",
    )


def _row(contacts: ContactMap, view: View, theme: Theme, title: str) -> Row:
    """What every row of maps is, with nothing in it yet."""
    track = contacts.tracks[0]
    return Row(
        title=title or track.label,
        unit=track.unit,
        height_px=TRIANGLE_HEIGHT,
        colour=theme.families[track.assay.family],
        predicted=True,
        covered=contacts.interval,
        message="" if contacts.interval.overlaps(view.drawn) else NOT_PREDICTED,
    )


def _unit(contacts: ContactMap, part: ContactMap, reach: int) -> str:
    """`log fold over distance, up to 200 kb apart, mean of 4 × 4 bins`."""
    n = part.resolution // contacts.resolution
    means = f"mean of {n} × {n} bins" if n > 1 else f"bins of {part.resolution:,} bp"
    return f"{contacts.tracks[0].unit}, up to {span_text(reach)} apart, {means}"


def _span(values: Sequence[FloatArray], scale: Scale | None) -> Span:
    """What the colours span: around zero where there is less than that."""
    chosen = replace(scale, log=False) if scale else Scale()
    low, high = range_of(values, chosen)
    return symmetric(max(-low, high)) if low < 0 else (low, high)


def _legend(span: Span, theme: Theme, colour: str) -> tuple[Legend, ...]:
    """What the two ends of the colours are; one end alone needs no words."""
    if span[0] >= 0:
        return ()
    return Legend("contact above 0", colour), Legend("contact below 0", theme.ref)


def _lanes(
    picture: Picture, part: ContactMap, span: Span, colours: list[tuple[float, str]]
) -> Trace:
    lanes: Trace = {
        "type": "heatmap",
        "z": picture.cells,
        "x0": picture.x0,
        "dx": picture.dx,
        "y0": picture.dy / 2,
        "dy": picture.dy,
        "zmin": span[0],
        "zmax": span[1],
        "colorscale": colours,
        "showscale": False,
        "hoverinfo": "skip",
        "hoverongaps": False,
    }
    return clickable(lanes, CONTACT_CARD, str(part.resolution))


def _hanging(lanes: Trace) -> Trace:
    """The same below the line."""
    n_lanes = len(lanes["z"])
    lowest = -(n_lanes - 0.5) * lanes["dy"]
    return lanes | {"z": np.ascontiguousarray(lanes["z"][::-1]), "y0": lowest}


def _hover(part: ContactMap, values: FloatArray, write: Any, name: str) -> Trace:
    """For each bin, the one that it touches most, or most differently, and how much."""
    n = part.n_bins
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n))) >= NEIGHBOURS
    size = np.where(apart & np.isfinite(values), np.abs(values), -1)
    known = np.flatnonzero(size.max(axis=1, initial=-1) >= 0)
    partner = size[known].argmax(axis=1) if len(known) else known
    words = []
    for own, other in zip(known.tolist(), partner.tolist(), strict=True):
        place = bin_at(part, other).to_ucsc().partition(":")[2]
        distance = span_text(abs(own - other) * part.resolution)
        words.append(f"{write(float(values[own, other]))} with {place}, {distance} away")
    middles = part.interval.start + (known + 0.5) * part.resolution - 0.5
    return {
        "type": "scatter",
        "mode": "none",
        "x": np.array([base_x(middle) for middle in middles.tolist()]),
        "y": np.zeros(len(known), dtype=np.int8),
        "text": [escape(word) for word in words],
        "name": name,
        "hovertemplate": "%{text}",
    }


def _baseline(theme: Theme) -> dict[str, Any]:
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0}
    return {"type": "line", **ends, "line": {"color": theme.muted, "width": 1}}


def _allele(name: str, y: int, theme: Theme) -> dict[str, Any]:
    """The allele's name in the corner that its triangle leaves free."""
    return {
        "xref": "paper",
        "x": 0,
        "y": y,
        "xanchor": "left",
        "yanchor": "top" if y > 0 else "bottom",
        "text": f"<b>{name}</b>",
        "showarrow": False,
        "font": {"size": SMALL, "color": theme.muted},
    }
