"""What a language model expects at each base: a logo where letters can be read, else colours."""

from dataclasses import replace

import numpy as np

from genoview.data.track_data import TrackData
from genoview.figure.panels.binding.logos import (
    LETTERS,
    LOGO_FROM_PX,
    MOST_BITS,
    NOTE,
    Placed,
    logo_traces,
)
from genoview.figure.panels.frame.axis import base_xs
from genoview.figure.panels.frame.row import Row, Trace, View
from genoview.figure.panels.frame.row_style import RowStyle
from genoview.figure.panels.frame.text import escape
from genoview.figure.panels.frame.theme import Theme
from genoview.figure.panels.signal.heat import LINE_HEIGHT, heat_row

HEIGHT = len(LETTERS) * LINE_HEIGHT  # px, the same at every zoom
ROUNDING = 1e-3  # of a sum of probabilities


def base_logo_row(
    data: TrackData, view: View, theme: Theme, *, title: str, colour: str = ""
) -> Row:
    """The probabilities of A, C, G and T, in this order.

    A base whose four do not add up to one, as where ALT lacks it, has no letters.
    """
    lanes = heat_row(data, view, theme, RowStyle(title, colour=colour), ranked=False)
    lanes = replace(lanes, names=tuple((y, LETTERS[int(y)]) for y, _ in lanes.names))
    shared = data.interval.intersection(view.drawn)
    if shared is None or view.px_per_bp < LOGO_FROM_PX:
        return lanes
    part = data.slice(shared)
    known = np.abs(part.values.sum(axis=1, keepdims=True) - 1) < ROUNDING
    seen = np.where(known, part.values, np.float32(1 / len(LETTERS)))
    logo = logo_traces([Placed(seen, part.interval.start, 0.0)], MOST_BITS, theme)
    return replace(
        lanes,
        unit=NOTE,
        traces=(*logo, _hover(replace(part, values=seen))),
        height_px=HEIGHT,
        y_range=(0.0, MOST_BITS),
        ticks=(0.0, MOST_BITS),
        names=(),
        colour_range=None,
        scale_group="",
    )


def _hover(part: TrackData) -> Trace:
    """For each base, the four probabilities."""
    words = [
        ", ".join(f"{base} {value:.2f}" for base, value in zip(LETTERS, row, strict=True))
        for row in part.values.tolist()
    ]
    return {
        "type": "scatter",
        "mode": "none",
        "x": base_xs(np.arange(part.interval.start, part.interval.end)),
        "y": np.ones(len(words), dtype=np.int8),
        "text": [escape(word) for word in words],
        "name": "expected",
        "hovertemplate": "%{text}",
    }
