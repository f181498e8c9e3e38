"""Every substitution of a range: a lane per ALT base, in colours, and letters of the mean effect.

The letters are those of the genome, as tall as the mean effect of putting another in their place;
below the line where the mean is negative.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.track_data import FloatArray
from genoview.figure.panels.binding.logos import (
    INSET,
    LETTERS,
    LOGO_FROM_PX,
    glyph_of,
    letter_trace,
)
from genoview.figure.panels.frame.axis import base_x, base_xs, edge_x
from genoview.figure.panels.frame.row import Legend, Row, Trace, View, clickable
from genoview.figure.panels.frame.scale import AUTO, end_ticks, range_of, symmetric
from genoview.figure.panels.frame.text import number
from genoview.figure.panels.frame.theme import MONO, SMALL, Theme
from genoview.figure.panels.signal.colour_strip import diverging

CELL_CARD = "substitution"  # what a click on a cell asks for
LANE_HEIGHT = 18  # px
LOGO_HEIGHT = 64  # px
LETTER_PX = 7.0  # a base at least this wide has its letter in its own cell
GAP_PX = CLICK_PX = 4.0  # and this wide, paper beside it, and can be clicked
THIN_PX = 2.0  # a base narrower than this has a bar of a pixel
LEAST_SHARE = 0.01  # of the axis: a lower letter is a line that no one can read
BAR = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0], [np.nan, np.nan]], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Effects:
    """What is drawn.

    Attributes:
        bases: of the genome, one a base of `interval`.
        values: float32[bases, 4], of A, C, G and T in place of the base; NaN where unknown.
        means: float32[bases]; NaN where unknown.
        label: of the score, as in a title.
        unit: of the effects.
        note: how far they are computed; empty when all are there.
    """

    interval: Interval
    bases: str
    values: FloatArray
    means: FloatArray
    label: str
    unit: str
    note: str = ""

    def near(self, view: View) -> "Effects | None":
        """The part that is drawn; None where none is."""
        shared = self.interval.intersection(view.drawn)
        if shared is None:
            return None
        part = slice(shared.start - self.interval.start, shared.end - self.interval.start)
        cut = self.bases[part], self.values[part], self.means[part]
        return Effects(shared, *cut, self.label, self.unit, self.note)


def substitution_rows(effects: Effects, view: View, theme: Theme, *, colour: str) -> list[Row]:
    """Letters of the mean effect, and below them a lane for each base put in.

    Args:
        colour: of the family of the score.
    """
    near = effects.near(view)
    title = f"Mutagenesis, {effects.label}"
    facts: dict[str, Any] = {"colour": colour, "predicted": True, "covered": effects.interval}
    if near is None:
        message = f"computed for {effects.interval.to_ucsc()}"
        return [Row(title=title, height_px=24, message=message, **facts)]
    cells = _heatmap(near.values, near.interval, view) | {"colorscale": diverging(theme)}
    top = symmetric(float(np.nanmax(np.abs(effects.values), initial=0.0)))
    y_range = range_of(effects.means, AUTO)
    return [
        Row(
            title=f"Mean effect, {effects.label}",
            unit=effects.unit,
            traces=(*_letters(near, view, theme, y_range), _hover_of_means(near)),
            height_px=LOGO_HEIGHT,
            y_range=y_range,
            ticks=end_ticks(y_range),
            **facts,
        ),
        Row(
            title=title,
            unit=", ".join(filter(None, (effects.unit, "a lane per ALT base", effects.note))),
            traces=(
                cells | {"zmin": top[0], "zmax": top[1]},
                *_own(near, view, theme),
                *_hover_of_cells(near, view),
            ),
            height_px=4 * LANE_HEIGHT,
            y_range=(3.5, -0.5),
            names=tuple((float(i), letter) for i, letter in enumerate(LETTERS)),
            colour_range=top,
            legend=(Legend("gain", theme.gain), Legend("loss", theme.loss)),
            **facts,
        ),
    ]


def _heatmap(values: npt.NDArray[Any], interval: Interval, view: View) -> Trace:
    return {
        "type": "heatmap",
        "z": np.ascontiguousarray(values.T, dtype=np.float32),
        "x0": base_x(interval.start),
        "dx": 1,
        "y0": 0,
        "dy": 1,
        "xgap": 1 if view.px_per_bp >= GAP_PX else 0,
        "ygap": 1,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _own(near: Effects, view: View, theme: Theme) -> list[Trace]:
    """The genome's own bases: a tile each, with the letter where it can be read."""
    codes = np.array([LETTERS.find(base) for base in near.bases])
    known = np.flatnonzero(codes >= 0)
    tiles = np.full((len(codes), 4), np.nan, dtype=np.float32)
    tiles[known, codes[known]] = 1
    traces = [
        _heatmap(tiles, near.interval, view)
        | {"zmin": 0, "zmax": 1, "colorscale": [(0, theme.rule), (1, theme.rule)]}
    ]
    if view.px_per_bp < LETTER_PX:
        return traces
    for code, letter in enumerate(LETTERS):
        places = np.flatnonzero(codes == code)
        if len(places):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "text",
                    "x": base_xs(near.interval.start + places),
                    "y": np.full(len(places), code, dtype=np.int8),
                    "text": letter,
                    "textfont": {"color": theme.text, "family": MONO, "size": SMALL},
                    "hoverinfo": "skip",
                }
            )
    return traces


def _hover_of_cells(near: Effects, view: View) -> list[Trace]:
    """What the hover says of each base, and what a click on a cell finds."""
    known = np.isfinite(near.values)
    rows = np.flatnonzero(known.any(axis=1))
    if not len(rows):
        return []
    largest = np.where(known, np.abs(near.values), -1).argmax(axis=1)
    hover = {
        "type": "scatter",
        "mode": "none",
        "x": base_xs(near.interval.start + rows),
        "y": largest[rows].astype(np.int8),
        "text": [_words(near.bases[row], near.values[row]) for row in rows.tolist()],
        "name": near.label,
        "hovertemplate": "%{text}",
    }
    if view.px_per_bp < CLICK_PX:
        return [hover]
    return [hover, *(_clicked(near, known[:, lane], lane) for lane in range(4))]


def _words(ref: str, values: FloatArray) -> str:
    """`C>T −0.53, C>A −0.3, C>G +0.02`: the largest first."""
    order = np.argsort(-np.nan_to_num(np.abs(values), nan=-1.0), kind="stable").tolist()
    known = [(LETTERS[i], signed(float(values[i]))) for i in order if np.isfinite(values[i])]
    return ", ".join(f"{ref}>{alt} {effect}" for alt, effect in known)


def signed(value: float) -> str:
    """An effect as people write it: +0.913, −0.02, 0."""
    rounded = round(value, 3)
    return f"+{number(rounded)}" if rounded > 0 else number(rounded)


def _clicked(near: Effects, known: npt.NDArray[np.bool_], lane: int) -> Trace:
    """An invisible segment over each cell of a lane; its 1-based position is its key."""
    rows = np.flatnonzero(known)
    left = edge_x(near.interval.start) + rows
    xs = np.stack([left, left + 1, np.full(len(rows), np.nan)], axis=1).ravel()
    ys = np.tile(np.array([lane, lane, np.nan]), len(rows))
    return clickable(
        {
            "type": "scatter",
            "mode": "lines",
            "x": xs,
            "y": ys.astype(np.float32),
            "line": {"width": LANE_HEIGHT - 8, "color": "rgba(0,0,0,0)"},
            "name": f"{LETTERS[lane]} put in",
            "hoverinfo": "skip",
        },
        CELL_CARD,
        LETTERS[lane],
        base_xs(near.interval.start + rows),
    )


def _letters(near: Effects, view: View, theme: Theme, y_range: tuple[float, float]) -> list[Trace]:
    """A letter a base, or a bar where a letter has no room, from zero to the mean effect."""
    least = LEAST_SHARE * (y_range[1] - y_range[0])
    lettered = view.px_per_bp >= LOGO_FROM_PX
    outlines: dict[str, list[npt.NDArray[np.float64]]] = {}
    for offset, (base, mean) in enumerate(zip(near.bases, near.means.tolist(), strict=True)):
        if base in LETTERS and abs(mean) >= least:  # not of NaN
            shape = glyph_of(base) if lettered else BAR
            inset = INSET if lettered else 0.0
            xs = edge_x(near.interval.start + offset) + inset + (1 - 2 * inset) * shape[:, 0]
            ys = min(mean, 0.0) + abs(mean) * shape[:, 1]
            outlines.setdefault(base, []).append(np.stack([xs, ys], axis=1))
    # Thin bars keep a pixel, and Plotly would leave out points that lie within one.
    thin = {"simplify": lettered, "width": int(view.px_per_bp < THIN_PX)}
    traces = [
        letter_trace(np.concatenate(outlines[base]), theme.bases[base])
        for base in LETTERS
        if base in outlines
    ]
    return [trace | {"line": trace["line"] | thin} for trace in traces]


def _hover_of_means(near: Effects) -> Trace:
    rows = np.flatnonzero(np.isfinite(near.means))
    return {
        "type": "scatter",
        "mode": "none",
        "x": base_xs(near.interval.start + rows),
        "y": near.means[rows],
        "text": [f"{near.bases[row]} {signed(float(near.means[row]))}" for row in rows.tolist()],
        "name": "mean effect",
        "hovertemplate": "%{text}",
    }
