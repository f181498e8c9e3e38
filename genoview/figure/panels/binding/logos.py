"""Motif logos over their sites: letters as tall as their information, in bits.

The height of a column is 2 - H bits (H is the entropy of its probabilities, the background 1/4
for each base), shared among the letters by probability, the likeliest on top (Schneider and
Stephens 1990, doi:10.1093/nar/18.20.6097); without their correction for small samples.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray
from genoview.errors import TrackError
from genoview.figure.panels.frame.axis import base_x, edge_x
from genoview.figure.panels.frame.row import Trace, View
from genoview.figure.panels.frame.theme import Theme

LOGO_FROM_PX = 8.0  # a base at least this wide has room for a letter
MOST_BITS = 2.0  # the information of a column of four bases
LEAST_BITS = 0.04  # a letter lower than this is a line that no one can read
MAX_LOGOS = 24  # a row
LETTERS = "ACGT"
INSET = 0.04  # of a base, left and right of a letter
NOTE = "logo: 0–2 bits, background ¼ each"

Float64 = npt.NDArray[np.float64]
Motifs = Mapping[str, FloatArray]
"""Matrix id -> float32[length, 4], probabilities of A, C, G, T on the strand of the motif."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A logo to be drawn: probabilities on the forward strand, first base, bottom in y.

    Attributes:
        key: of the card of its site.
    """

    probabilities: FloatArray
    start: int
    bottom: float
    key: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.probabilities)


def wants_logos(view: View, motifs: Motifs | None) -> bool:
    """Whether letters can be read at this zoom."""
    return bool(motifs) and view.px_per_bp >= LOGO_FROM_PX


def bits(probabilities: FloatArray) -> FloatArray:
    """float32[length, 4]: the height of each letter.

    Raises:
        TrackError: the matrix is not one of probabilities of four bases.
    """
    rows = np.asarray(probabilities, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] != 4 or (rows < 0).any():
        raise TrackError(
            f"A motif has the shape {list(rows.shape)}; expected probabilities [length, 4] of A, "
            "C, G and T."
        )
    if not np.allclose(rows.sum(axis=1), 1, atol=1e-3):
        raise TrackError("A motif's columns do not add up to 1: give probabilities, not counts.")
    logs = np.log2(np.where(rows > 0, rows, 1.0))
    information = np.maximum(MOST_BITS + (rows * logs).sum(axis=1, keepdims=True), 0.0)
    return np.asarray(rows * information, dtype=np.float32)


def placed_logos(
    groups: Sequence[Sites],
    matrices: Sequence[str],
    motifs: Motifs,
    bottoms: Mapping[int, float],
) -> list[Placed]:
    """Logos of the first groups' sites, the strongest first, none over another of its lane.

    A site whose length is not its motif's, as behind an indel, has none: its letters would stand
    over the wrong bases.

    Args:
        matrices: id of the motif of each column of the sites' tracks.
        bottoms: column -> y of the logos' foot.
    """
    taken: dict[int, list[tuple[int, int]]] = {column: [] for column in bottoms}
    logos: list[Placed] = []
    for sites in groups:
        for i in np.argsort(-sites.score, kind="stable").tolist():
            column, start, end = int(sites.track[i]), int(sites.start[i]), int(sites.end[i])
            matrix = motifs.get(matrices[column]) if column in bottoms else None
            if matrix is None or len(matrix) != end - start:
                continue
            if any(start < right and left < end for left, right in taken[column]):
                continue
            taken[column].append((start, end))
            turned = matrix if sites.strand[i] > 0 else matrix[::-1, ::-1]
            key = site_key(matrices[column], start, int(sites.strand[i]))
            logos.append(Placed(turned, start, bottoms[column], key))
    return logos[:MAX_LOGOS]


def site_key(matrix: str, start: int, strand: int) -> str:
    """What a site's card is asked for by: its matrix, and x of its first base with the strand."""
    return f"{matrix}|{strand * int(base_x(start))}"


def logo_traces(logos: Iterable[Placed], height: float, theme: Theme) -> list[Trace]:
    """A filled shape a letter, in one trace a base.

    Args:
        height: y of 2 bits; negative where y counts downward.
    """
    outlines: dict[str, list[Float64]] = {letter: [] for letter in LETTERS}
    for logo in logos:
        for offset, column in enumerate(bits(logo.probabilities)):
            _stack(outlines, edge_x(logo.start + offset), column, logo.bottom, height)
    traces: list[Trace] = []
    for letter, parts in outlines.items():
        if parts:
            joined = np.concatenate(parts)
            traces.append(letter_trace(joined, theme.bases[letter]))
    return traces


def _stack(
    outlines: dict[str, list[Float64]], x: float, column: FloatArray, bottom: float, height: float
) -> None:
    """The letters of one position, the likeliest on top."""
    foot = 0.0
    for base in np.argsort(column, kind="stable").tolist():
        tall = float(column[base])
        if tall >= LEAST_BITS:
            glyph = glyph_of(LETTERS[base])
            xs = x + INSET + (1 - 2 * INSET) * glyph[:, 0]
            ys = bottom + height * (foot + tall * glyph[:, 1]) / MOST_BITS
            outlines[LETTERS[base]].append(np.stack([xs, ys], axis=1))
        foot += tall


def letter_trace(outline: Float64, colour: str) -> Trace:
    """One filled shape of outlines with gaps between."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": outline[:, 0],
        "y": outline[:, 1].astype(np.float32),
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
    }


@cache
def glyph_of(letter: str) -> Float64:
    """float64[points, 2]: outline in a square of 1, y upward, with a gap behind it."""
    points = {"A": _a, "C": _c, "G": _g, "T": _t}[letter]()
    outline = np.array([*points, points[0]], dtype=np.float64)
    return np.concatenate([outline, [[np.nan, np.nan]]])


Points = Sequence[tuple[float, float]]


def _a() -> Points:
    """Its hole is reached through the bar's lower edge, so that one line goes round all."""
    hole = [(0.5, 0.40), (0.64, 0.40), (0.5, 0.84), (0.36, 0.40), (0.5, 0.40)]
    outer = [(0.0, 0.0), (0.39, 1.0), (0.61, 1.0), (1.0, 0.0), (0.78, 0.0), (0.70, 0.22)]
    return [*outer, (0.5, 0.22), *hole, (0.5, 0.22), (0.30, 0.22), (0.22, 0.0)]


def _c() -> Points:
    return [*_bow(0.5, 0.5, 42, 318), *_bow(0.30, 0.33, 318, 42)]


def _g() -> Points:
    outer = _bow(0.5, 0.5, 42, 320)
    bar = [(0.93, 0.16), (0.93, 0.54), (0.52, 0.54), (0.52, 0.39), (0.73, 0.39), (0.73, 0.24)]
    return [*outer, *bar, *_bow(0.30, 0.34, 310, 42)]


def _t() -> Points:
    arm, half = 0.83, 0.11
    return [
        (0.0, 1.0),
        (1.0, 1.0),
        (1.0, arm),
        (0.5 + half, arm),
        (0.5 + half, 0.0),
        (0.5 - half, 0.0),
        (0.5 - half, arm),
        (0.0, arm),
    ]


def _bow(
    half_width: float, half_height: float, first: float, last: float
) -> list[tuple[float, float]]:
    """Part of an ellipse around the middle, degrees against the clock from the right."""
    angles = np.radians(np.linspace(first, last, 15))
    xs, ys = 0.5 + half_width * np.cos(angles), 0.5 + half_height * np.sin(angles)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))
