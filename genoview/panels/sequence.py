"""The bases of both strands: letters where they can be read, coloured strips where not."""

import numpy as np
import numpy.typing as npt

from genoview.errors import TrackError
from genoview.genome import COMPLEMENT, Interval
from genoview.panels.axis import base_x, base_xs
from genoview.panels.row import Row, Trace, View
from genoview.panels.theme import MONO, Theme, blended

LETTER_PX = 7.0  # a base at least this wide has a letter
STRIP_WIDTH = 2_000  # bp: views up to this wide have strips
LETTERS = "ACGTN"
TILE_SHARE = 0.20  # of colour behind a letter
_CODES = np.full(256, LETTERS.index("N"), dtype=np.uint8)
for _code, _letter in enumerate(LETTERS):
    _CODES[[ord(_letter), ord(_letter.lower())]] = _code


def sequence_row(sequence: str, interval: Interval, view: View, theme: Theme) -> Row:
    """Forward strand above, its complement below.

    Args:
        sequence: forward-strand bases of `interval`.

    Raises:
        TrackError: the sequence has another length than the interval.
    """
    if len(sequence) != interval.width:
        raise TrackError(
            f"{len(sequence):,} bases were given for {interval.to_ucsc()}, "
            f"which is {interval.width:,} bp."
        )
    shared = interval.intersection(view.drawn)
    if view.interval.width > STRIP_WIDTH or shared is None:
        words = f"zoom in to {STRIP_WIDTH:,} bp or less to see the bases"
        return Row(title="Sequence", height_px=20, message=words, colour=theme.muted)
    bases = sequence[shared.start - interval.start : shared.end - interval.start].upper()
    codes = np.stack([_coded(bases.translate(COMPLEMENT)), _coded(bases)])
    lettered = view.px_per_bp >= LETTER_PX
    tiles = _tiles(codes, shared, view, theme, lettered)
    letters = _letters(codes, shared, theme, view) if lettered else []
    return Row(
        title="Sequence",
        unit="+ above, − below",
        traces=(tiles, *letters, _hover(bases, shared)),
        height_px=40 if lettered else 26,
        y_range=(-0.5, 1.5),
        colour=theme.muted,
        covered=interval,
    )


def _coded(bases: str) -> npt.NDArray[np.uint8]:
    return _CODES[np.frombuffer(bases.encode("ascii", "replace"), dtype=np.uint8)]


def _tiles(
    codes: npt.NDArray[np.uint8], shared: Interval, view: View, theme: Theme, lettered: bool
) -> Trace:
    share = TILE_SHARE if lettered else 0.85
    colours = [blended(theme.bases[letter], theme.paper, share) for letter in LETTERS]
    n = len(LETTERS)
    scale = [(edge / n, colours[i]) for i in range(n) for edge in (i, i + 1)]
    return {
        "type": "heatmap",
        "z": codes,
        "x0": base_x(shared.start),
        "dx": 1,
        "y0": 0,
        "dy": 1,
        "zmin": -0.5,
        "zmax": n - 0.5,
        "colorscale": scale,
        "showscale": False,
        "xgap": 1 if lettered else 0,
        "ygap": 1,
        "hoverinfo": "skip",
    }


def _letters(
    codes: npt.NDArray[np.uint8], shared: Interval, theme: Theme, view: View
) -> list[Trace]:
    traces: list[Trace] = []
    size = 15 if view.px_per_bp >= 12 else 11
    for code, letter in enumerate(LETTERS):
        strand, offset = np.nonzero(codes == code)
        if len(offset):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "text",
                    "x": base_xs(shared.start + offset),
                    "y": strand.astype(np.int8),
                    "text": letter,
                    "textfont": {"color": theme.bases[letter], "family": MONO, "size": size},
                    "hoverinfo": "skip",
                }
            )
    return traces


def _hover(bases: str, shared: Interval) -> Trace:
    """Says the base under the pointer; a point a base, not seen."""
    return {
        "type": "scatter",
        "mode": "none",
        "x": base_xs(np.arange(shared.start, shared.end)),
        "y": np.ones(shared.width, dtype=np.int8),
        "text": list(bases),
        "name": "base on +",
        "hovertemplate": "%{text}",
    }
