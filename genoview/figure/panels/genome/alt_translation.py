"""Codons that ALT reads, over the bases of REF: from the variant on, those that changed set off.

What is inserted has no place of its own there: residues that lie wholly in it stand beside a mark.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.figure.panels.frame.axis import base_xs
from genoview.figure.panels.frame.row import Row, Trace, View
from genoview.figure.panels.frame.theme import MONO, Theme, blended
from genoview.figure.panels.genome.alternate import insertion_marks
from genoview.figure.panels.genome.codons import STOP
from genoview.figure.panels.genome.translation import CODON_FROM_PX, LANE_HEIGHT, tile_trace
from genoview.scoring.rna.codons import Codon

# Looks of a codon's tile: neighbours take turns between two shades.
SAME, CHANGED, STOPS = 0, 2, 4


def alt_translation_row(
    codons: Sequence[Codon], name: str, strand: str, view: View, theme: Theme
) -> Row | None:
    """None where codons are too narrow to be read, or there are none.

    Args:
        codons: in reading direction.
        name: of the transcript.
    """
    if view.px_per_bp < CODON_FROM_PX or not codons:
        return None
    shared = view.drawn
    seen = [(i, codon) for i, codon in enumerate(codons) if _is_in(codon, shared)]
    inserted = _inserted(codons, shared, strand)
    lane = int(any(codon.over == () for codon in codons))
    return Row(
        title=f"Translation of ALT ({strand})",
        unit=f"{name}, from the variant on",
        traces=(
            _tiles(seen, shared, lane, theme),
            *_letters(seen, lane, theme, view),
            *insertion_marks(inserted, shared, lane, view, theme),
            _hover(codons, shared, lane),
        ),
        height_px=LANE_HEIGHT * (lane + 1),
        y_range=(-0.5, lane + 0.5),
        names=((float(lane), "ALT"),),
        colour=theme.strands[strand],
        message="" if seen else "no codon of it in view",
    )


def _is_in(codon: Codon, shared: Interval) -> bool:
    return any(shared.start <= place < shared.end for place in codon.over)


def _look(i: int, codon: Codon) -> int:
    if codon.residue == STOP:
        return STOPS
    return (CHANGED if codon.changed else SAME) + i % 2


def _tiles(seen: Sequence[tuple[int, Codon]], shared: Interval, lane: int, theme: Theme) -> Trace:
    z: npt.NDArray[np.float32] = np.full((lane + 1, shared.width), np.nan, dtype=np.float32)
    for i, codon in seen:
        for place in codon.over:
            if shared.start <= place < shared.end:
                z[lane, place - shared.start] = _look(i, codon)
    colours = [
        blended(theme.muted, theme.paper, 0.07),
        blended(theme.muted, theme.paper, 0.15),
        blended(theme.alt, theme.paper, 0.20),
        blended(theme.alt, theme.paper, 0.34),
        theme.banner,
    ]
    return tile_trace(z, shared.start, colours)


def _letters(seen: Sequence[tuple[int, Codon]], lane: int, theme: Theme, view: View) -> list[Trace]:
    styles = {SAME: (theme.muted, 400), CHANGED: (theme.text, 700), STOPS: (theme.on_mark, 700)}
    by_style: dict[int, list[Codon]] = {look: [] for look in styles}
    for _, codon in seen:
        by_style[_look(0, codon)].append(codon)
    size = 13 if view.px_per_bp >= 8 else 11
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": base_xs([_middle(codon) for codon in codons]),
            "y": np.full(len(codons), lane, dtype=np.int8),
            "text": [codon.residue for codon in codons],
            "textfont": {"color": colour, "weight": weight, "family": MONO, "size": size},
            "hoverinfo": "skip",
        }
        for look, (colour, weight) in styles.items()
        if (codons := by_style[look])
    ]


def _middle(codon: Codon) -> int:
    """Its middle base; of a codon that an intron or a deletion parts the middle one there is."""
    over = sorted(codon.over)
    return over[len(over) // 2]


def _inserted(codons: Sequence[Codon], shared: Interval, strand: str) -> list[str]:
    """A letter for each base in view, then the residues that are inserted behind it."""
    pieces = ["."] * shared.width
    before: int | None = None
    ordered = codons if strand != "-" else codons[::-1]
    for codon in ordered:
        if codon.over:
            before = max(codon.over)
        elif before is not None and shared.start <= before < shared.end:
            pieces[before - shared.start] += codon.residue
    return pieces


def _hover(codons: Sequence[Codon], shared: Interval, lane: int) -> Trace:
    """The residue of ALT over the base under the pointer; a point a base, not seen."""
    words = ["–"] * shared.width
    for codon in codons:
        for place in codon.over:
            if shared.start <= place < shared.end:
                said = f"<b>{codon.residue}</b>, changed" if codon.changed else codon.residue
                words[place - shared.start] = said
    return {
        "type": "scatter",
        "mode": "none",
        "x": base_xs(np.arange(shared.start, shared.end)),
        "y": np.full(shared.width, lane, dtype=np.int8),
        "text": words,
        "name": "residue of ALT",
        "hovertemplate": "%{text}",
    }
