"""Three reading frames of a strand: the amino acid of every codon, starts and stops marked.

A codon's frame is the position of its leftmost base modulo 3, so it stays where it is when the
view moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Gene, Interval, reverse_complement
from genoview.figure.panels.frame.axis import base_x, base_xs
from genoview.figure.panels.frame.row import Row, Trace, View
from genoview.figure.panels.frame.text import escape
from genoview.figure.panels.frame.theme import MONO, Theme, blended
from genoview.figure.panels.genome.codons import (
    FRAMES,
    START,
    STOP,
    UNKNOWN,
    CodingPart,
    amino_acid,
    coding_parts,
)
from genoview.figure.panels.genome.sequence import drawn_bases

CODON_FROM_PX = 6.0  # a base at least this wide: a letter needs 18 px
LANE_HEIGHT = 17  # px
# Looks of a codon's tile: neighbours of a frame take turns between two shades.
PLAIN, ANNOTATED, UNREAD, STARTS, STOPS = 0, 2, 4, 5, 6
Letters = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Whole codons of one frame, left to right on the forward strand.

    Attributes:
        starts: int64[codons], 0-based leftmost bases.
        letters: str[codons], amino acids.
        reading: names of the genes that are read in this frame at each codon, or "".
    """

    starts: npt.NDArray[np.int64]
    letters: list[str]
    reading: list[str]


def translation_rows(
    sequence: str,
    interval: Interval,
    view: View,
    theme: Theme,
    *,
    genes: Sequence[Gene] = (),
    strands: Sequence[str] = (),
) -> tuple[Row, ...]:
    """A row of three frames for each strand; none where codons are too narrow to be read.

    Args:
        sequence: forward-strand bases of `interval`.
        genes: whose reading frames are set off where their coding parts are in view.
        strands: "+", "-" or both; by default those of coding parts in view, otherwise "+".

    Raises:
        TrackError: the sequence has another length than the interval.
    """
    shared = drawn_bases(sequence, interval, view)
    if view.px_per_bp < CODON_FROM_PX or shared is None or shared.width < FRAMES:
        return ()
    bases = sequence[shared.start - interval.start : shared.end - interval.start].upper()
    coding = coding_parts(genes, shared)
    seen = {strand for part, *_, strand in coding if part.overlaps(view.interval)}
    wanted = strands or [strand for strand in "+-" if strand in seen] or ["+"]
    return tuple(_row(bases, shared, coding, strand, view, theme) for strand in wanted)


def _row(
    bases: str,
    shared: Interval,
    coding: Sequence[CodingPart],
    strand: str,
    view: View,
    theme: Theme,
) -> Row:
    own = [(part, frame, name) for part, frame, name, of in coding if of == strand]
    frames = [_frame(bases, shared, own, strand, frame) for frame in range(FRAMES)]
    read = sorted({name for frame in frames for name in frame.reading if name})
    return Row(
        title=f"Translation ({strand})",
        unit=f"three frames · {', '.join(read)} shaded" if read else "three frames",
        traces=(
            _tiles(frames, shared, strand, theme),
            *_texts(frames, theme, view),
            _hover(frames, shared, strand),
        ),
        height_px=FRAMES * LANE_HEIGHT,
        y_range=(FRAMES - 0.5, -0.5),
        colour=theme.strands[strand],
    )


def _frame(
    bases: str,
    shared: Interval,
    coding: Sequence[tuple[Interval, int, str]],
    strand: str,
    frame: int,
) -> _Frame:
    first = shared.start + (frame - shared.start) % FRAMES
    starts = np.arange(first, shared.end - FRAMES + 1, FRAMES, dtype=np.int64)
    letters, reading = [], []
    own = [(part, name) for part, of, name in coding if of == frame]
    for start in starts.tolist():
        codon = bases[start - shared.start : start - shared.start + FRAMES]
        letters.append(amino_acid(reverse_complement(codon) if strand == "-" else codon))
        inside = (name for part, name in own if part.start <= start and start + 3 <= part.end)
        reading.append(", ".join(dict.fromkeys(inside)))
    return _Frame(starts, letters, reading)


def _looks(frame: _Frame) -> npt.NDArray[np.float32]:
    """float32[codons]: the tile of each codon."""
    shade = (frame.starts // FRAMES) % 2
    annotated = np.array([bool(name) for name in frame.reading], dtype=bool)
    looks = np.where(annotated, ANNOTATED, PLAIN) + shade
    letters = np.array(frame.letters)
    for letter, look in ((UNKNOWN, UNREAD), (START, STARTS), (STOP, STOPS)):
        looks = np.where(letters == letter, look, looks)
    return looks.astype(np.float32)


def _tiles(frames: Sequence[_Frame], shared: Interval, strand: str, theme: Theme) -> Trace:
    z = np.full((FRAMES, shared.width), np.nan, dtype=np.float32)
    for lane, frame in enumerate(frames):
        within = frame.starts[:, None] - shared.start + np.arange(FRAMES)
        z[lane, within.ravel()] = np.repeat(_looks(frame), FRAMES)
    return tile_trace(z, shared.start, _tile_colours(strand, theme))


def tile_trace(z: npt.NDArray[np.float32], start: int, colours: Sequence[str]) -> Trace:
    """Tiles of one base's width on lanes.

    Args:
        z: float32[lanes, bases], the number of each tile's colour, NaN without one.
        start: 0-based, of the first base.
    """
    n = len(colours)
    return {
        "type": "heatmap",
        "z": z,
        "x0": base_x(start),
        "dx": 1,
        "y0": 0,
        "dy": 1,
        "zmin": -0.5,
        "zmax": n - 0.5,
        "colorscale": [(edge / n, colours[i]) for i in range(n) for edge in (i, i + 1)],
        "showscale": False,
        "ygap": 1,
        "hoverinfo": "skip",
    }


def _tile_colours(strand: str, theme: Theme) -> list[str]:
    strong = theme.strands[strand]
    return [
        blended(theme.muted, theme.paper, 0.07),
        blended(theme.muted, theme.paper, 0.15),
        blended(strong, theme.paper, 0.20),
        blended(strong, theme.paper, 0.32),
        theme.shade,
        theme.loss,
        theme.banner,
    ]


def _texts(frames: Sequence[_Frame], theme: Theme, view: View) -> list[Trace]:
    """Letters by what they stand on: what is read, what is not, and the marked tiles."""
    groups: dict[str, tuple[str, int]] = {
        "plain": (theme.muted, 400),
        "annotated": (theme.text, 700),
        "marked": (theme.on_mark, 700),
    }
    by_group: dict[str, list[tuple[int, int, str]]] = {name: [] for name in groups}
    for lane, frame in enumerate(frames):
        rows = zip(frame.starts.tolist(), frame.letters, frame.reading, strict=True)
        for start, letter, reading in rows:
            marked = letter in (START, STOP)
            group = "marked" if marked else "annotated" if reading else "plain"
            by_group[group].append((start + 1, lane, letter))
    size = 13 if view.px_per_bp >= 8 else 11
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": base_xs([start for start, *_ in letters]),
            "y": np.array([lane for _, lane, _ in letters], dtype=np.int8),
            "text": [letter for *_, letter in letters],
            "textfont": {"color": colour, "weight": weight, "family": MONO, "size": size},
            "hoverinfo": "skip",
        }
        for (name, letters) in by_group.items()
        for colour, weight in (groups[name],)
        if letters
    ]


def _hover(frames: Sequence[_Frame], shared: Interval, strand: str) -> Trace:
    """The three amino acids over the base under the pointer; a point a base, not seen."""
    words = [["–"] * shared.width for _ in frames]
    for lane, frame in enumerate(frames):
        for start, letter, reading in zip(frame.starts, frame.letters, frame.reading, strict=True):
            reading_text = f"<b>{letter}</b> ({escape(reading)})" if reading else letter
            left = int(start) - shared.start
            words[lane][left : left + FRAMES] = [reading_text] * FRAMES
    return {
        "type": "scatter",
        "mode": "none",
        "x": base_xs(np.arange(shared.start, shared.end)),
        "y": np.ones(shared.width, dtype=np.int8),
        "text": [" · ".join(three) for three in zip(*words, strict=True)],
        "name": f"frames ({strand})",
        "hovertemplate": "%{text}",
    }
