"""Bases of both strands, and of ALT: letters where they can be read, coloured strips where not."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from genoview.data.allele_alignment import alt_over_ref
from genoview.data.genome import COMPLEMENT, Interval, Variant
from genoview.errors import TrackError
from genoview.figure.panels.frame.axis import base_x, base_xs
from genoview.figure.panels.frame.row import Row, Trace, View
from genoview.figure.panels.frame.theme import MONO, Theme, blended
from genoview.figure.panels.genome.alternate import (
    NOTHING,
    alt_letters,
    alt_looks,
    alt_tile_colours,
    alt_words,
    insertion_marks,
)

LETTER_PX = 7.0  # a base at least this wide has a letter
STRIP_WIDTH = 2_000  # bp: views up to this wide have strips
LETTERS = "ACGTN"
LANE_HEIGHT = 20  # px, of letters
TILE_SHARE = 0.20  # of colour behind a letter
_CODES = np.full(256, LETTERS.index("N"), dtype=np.uint8)
for _code, _letter in enumerate(LETTERS):
    _CODES[[ord(_letter), ord(_letter.lower())]] = _code


def drawn_bases(sequence: str, interval: Interval, view: View) -> Interval | None:
    """Which of the bases of an interval are drawn; raises TrackError where the lengths differ."""
    if len(sequence) != interval.width:
        raise TrackError(
            f"{len(sequence):,} bases were given for {interval.to_ucsc()}, "
            f"which is {interval.width:,} bp."
        )
    return interval.intersection(view.drawn)


def sequence_row(
    sequence: str, interval: Interval, view: View, theme: Theme, variant: Variant | None = None
) -> Row:
    """Forward strand above, its complement below, and ALT's letters between where there is one.

    Args:
        sequence: forward-strand bases of `interval`.
        variant: whose ALT is drawn where there are letters, also beside the variant, so that the
            row keeps its height in a pan.

    Raises:
        TrackError: the sequence has another length than the interval.
    """
    shared = drawn_bases(sequence, interval, view)
    if view.interval.width > STRIP_WIDTH or shared is None:
        words = f"zoom in to {STRIP_WIDTH:,} bp or less to see the bases"
        return Row(title="Sequence", height_px=20, message=words, colour=theme.muted)
    bases = sequence[shared.start - interval.start : shared.end - interval.start].upper()
    lettered = view.px_per_bp >= LETTER_PX
    if lettered and variant is not None:
        return _allele_row(bases, interval, shared, view, theme, variant)
    codes = np.stack([_coded(bases.translate(COMPLEMENT)), _coded(bases)])
    tiles = _tiles(codes, shared, theme, lettered)
    letters = _letters(codes, shared, theme, view) if lettered else []
    return Row(
        title="Sequence",
        unit="+ above, − below",
        traces=(tiles, *letters, _hover(list(bases), shared, 1)),
        height_px=2 * LANE_HEIGHT if lettered else 26,
        y_range=(-0.5, 1.5),
        colour=theme.muted,
        covered=interval,
    )


def _allele_row(
    bases: str, interval: Interval, shared: Interval, view: View, theme: Theme, variant: Variant
) -> Row:
    """REF, ALT, a lane for inserted letters if ALT has any, and the other strand of REF."""
    pieces = alt_over_ref(variant, bases, shared.start)
    looks = alt_looks(bases, pieces)
    names = ["REF −", *["insert"] * (variant.length_change > 0), "ALT +", "REF +"]
    top, lane = len(names) - 1, len(names) - 2  # of REF and of ALT
    codes = np.full((len(names), shared.width), len(LETTERS) + NOTHING, dtype=np.uint8)
    codes[0], codes[top] = _coded(bases.translate(COMPLEMENT)), _coded(bases)
    codes[lane] = len(LETTERS) + looks
    return Row(
        title="Sequence",
        unit="changes in ALT are set off",
        traces=(
            _tiles(codes, shared, theme, lettered=True),
            *_letters(codes, shared, theme, view),
            *alt_letters(looks, pieces, shared, lane, theme, _letter_size(view)),
            *insertion_marks(pieces, shared, lane, view, theme),
            _hover(alt_words(bases, pieces), shared, top),
        ),
        height_px=LANE_HEIGHT * len(names),
        y_range=(-0.5, top + 0.5),
        names=tuple((float(i), name) for i, name in enumerate(names)),
        colour=theme.muted,
        covered=interval,
    )


def _coded(bases: str) -> npt.NDArray[np.uint8]:
    return _CODES[np.frombuffer(bases.encode("ascii", "replace"), dtype=np.uint8)]


def _tiles(codes: npt.NDArray[np.uint8], shared: Interval, theme: Theme, lettered: bool) -> Trace:
    """A tile a base: REF's in the colours of `LETTERS`, ALT's by how it differs, coded behind."""
    share = TILE_SHARE if lettered else 0.85
    colours = [blended(theme.bases[letter], theme.paper, share) for letter in LETTERS]
    colours += alt_tile_colours(theme)
    n = len(colours)
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
                    "textfont": {
                        "color": theme.bases[letter],
                        "family": MONO,
                        "size": _letter_size(view),
                    },
                    "hoverinfo": "skip",
                }
            )
    return traces


def _letter_size(view: View) -> int:
    return 15 if view.px_per_bp >= 12 else 11


def _hover(words: Sequence[str], shared: Interval, lane: int) -> Trace:
    """Says the base under the pointer; a point a base, not seen."""
    return {
        "type": "scatter",
        "mode": "none",
        "x": base_xs(np.arange(shared.start, shared.end)),
        "y": np.full(shared.width, lane, dtype=np.int8),
        "text": list(words),
        "name": "base on +",
        "hovertemplate": "%{text}",
    }
