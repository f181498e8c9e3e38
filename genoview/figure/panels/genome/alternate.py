"""ALT's letters under those of REF: changes set off, lost bases as dashes, insertions marked.

A letter stands at the REF base that it is aligned with, as ALT's values do in the rows below. What
is inserted has no place of its own there: a mark between two bases, with its letters beneath.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.figure.panels.frame.axis import base_xs, edge_x
from genoview.figure.panels.frame.row import Trace, View
from genoview.figure.panels.frame.text import elided, text_width
from genoview.figure.panels.frame.theme import MONO, SMALL, Theme, blended

SAME, CHANGED, DELETED, NOTHING = range(4)  # looks of a tile
DASH = "–"
MARK_PX = 3.0  # width of an insertion's mark
MOST_TOLD = 60  # inserted letters in the hover; of more, how many there are
TOLD_SHARE = 0.45  # of the plot's width, for inserted letters beneath their mark


def alt_looks(bases: str, pieces: Sequence[str]) -> npt.NDArray[np.uint8]:
    """uint8[bases]: how ALT differs from each base, not counting what is inserted behind it.

    Args:
        bases: of REF, upper case.
        pieces: of ALT, one a base, from `alignment.alt_over_ref`.
    """
    looks = [
        DELETED if not piece else SAME if piece[0] == base else CHANGED
        for base, piece in zip(bases, pieces, strict=True)
    ]
    return np.array(looks, dtype=np.uint8)


def alt_tile_colours(theme: Theme) -> list[str]:
    """One for each look."""
    return [
        blended(theme.muted, theme.paper, 0.08),
        theme.alt,
        blended(theme.alt, theme.paper, 0.18),
        theme.paper,
    ]


def alt_letters(
    looks: npt.NDArray[np.uint8],
    pieces: Sequence[str],
    shared: Interval,
    lane: int,
    theme: Theme,
    size: int,
) -> list[Trace]:
    """A trace for each look that there is."""
    texts = np.array([piece[:1] or DASH for piece in pieces])
    styles = {SAME: (theme.muted, 400), CHANGED: (theme.on_mark, 700), DELETED: (theme.alt, 700)}
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": base_xs(shared.start + offset),
            "y": np.full(len(offset), lane, dtype=np.int8),
            "text": texts[offset].tolist(),
            "textfont": {"color": colour, "weight": weight, "family": MONO, "size": size},
            "hoverinfo": "skip",
        }
        for look, (colour, weight) in styles.items()
        for (offset,) in (np.nonzero(looks == look),)
        if len(offset)
    ]


def insertion_marks(
    pieces: Sequence[str], shared: Interval, lane: int, view: View, theme: Theme
) -> list[Trace]:
    """A line between the bases that an insertion parts, and its letters in the lane below."""
    traces: list[Trace] = []
    for offset, piece in enumerate(pieces):
        if len(piece) < 2:
            continue
        boundary = shared.start + offset + 1
        x = edge_x(boundary)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.array([x, x]),
                "y": np.array([lane - 0.6, lane + 0.5], dtype=np.float32),
                "line": {"color": theme.alt, "width": MARK_PX},
                "hoverinfo": "skip",
            }
        )
        traces.append(_inserted_words(piece[1:], boundary, lane - 1, view, theme))
    return traces


def _inserted_words(letters: str, boundary: int, lane: int, view: View, theme: Theme) -> Trace:
    """Right of the mark, or left of it where the view ends sooner there."""
    leftward = view.px(boundary) > view.plot_px / 2
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([edge_x(boundary)]),
        "y": np.array([lane], dtype=np.int8),
        "text": [f" +{_shortened(letters, TOLD_SHARE * view.plot_px)} "],
        "textposition": "middle left" if leftward else "middle right",
        "textfont": {"color": theme.alt, "weight": 700, "family": MONO, "size": SMALL},
        "hoverinfo": "skip",
    }


def _shortened(letters: str, room_px: float) -> str:
    """The letters where they fit, else the first of them with their number."""
    if text_width(f" +{letters} ", SMALL) <= room_px:
        return letters
    count = f" ({len(letters):,} bp)"
    return elided(letters, SMALL, room_px - text_width(f" + {count}", SMALL)) + count


def alt_words(bases: str, pieces: Sequence[str]) -> list[str]:
    """The hover of each base: REF's letter, and what ALT makes of it."""
    words = []
    for offset, (base, piece) in enumerate(zip(bases, pieces, strict=True)):
        facts = [base]
        if not piece:
            facts.append("deleted in ALT")
        elif piece[0] != base:
            facts.append(f"ALT {piece[0]}")
        if len(piece) > 1:
            facts.append(f"ALT inserts {_cut(piece[1:])} behind")
        if offset and len(pieces[offset - 1]) > 1:
            facts.append(f"ALT inserts {_cut(pieces[offset - 1][1:])} before")
        words.append(", ".join(facts))
    return words


def _cut(letters: str) -> str:
    if len(letters) <= MOST_TOLD:
        return letters
    return f"{letters[:MOST_TOLD]}… ({len(letters):,} bp)"
