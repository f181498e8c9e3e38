"""The genome under the predictions -> its rows: chromosome, genes, bases and codons."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Gene, Interval, Variant
from genoview.figure.options import Options
from genoview.figure.panels import (
    LevelMark,
    Row,
    Theme,
    View,
    gene_row,
    ideogram_row,
    level_row,
    sequence_row,
    translation_rows,
)
from genoview.io.cytobands import Band
from genoview.scoring.gene_levels import ModelLevels

CHROMOSOME, GENES, OUTCOME, SEQUENCE = "chromosome", "genes", "outcome", "sequence"
SEQUENCE_UP_TO = 5_000  # bp in view


@dataclass(frozen=True, slots=True)
class Ground:
    """The genome under the predictions.

    Attributes:
        bases: forward-strand bases of `bases_at`.
        chromosome_length: bp; `bands` are of the same chromosome.
        window: what was predicted.
        affected: genes of the window of a variant, in view or not.
        levels: of the genes of the window, by each model that tells some.
    """

    genes: Sequence[Gene]
    bases: str
    bases_at: Interval
    chromosome_length: int
    bands: Sequence[Band]
    window: Interval
    affected: Sequence[Gene] = ()
    levels: Sequence[ModelLevels] = ()


def ground_rows(
    ground: Ground, frame: View, options: Options, variant: Variant | None = None
) -> dict[str, list[Row]]:
    """Chromosome, genes, and bases with what they code for where letters can be read."""
    theme = options.theme
    rows = {
        CHROMOSOME: [
            ideogram_row(ground.chromosome_length, ground.bands, frame, theme, ground.window)
        ],
        GENES: [gene_row(ground.genes, frame, theme, by_transcript=options.by_transcript)],
    }
    rows |= {one.card.name: [_level_row(one, frame, theme)] for one in ground.levels}
    if frame.interval.width <= SEQUENCE_UP_TO:
        at = (ground.bases, ground.bases_at)
        rows[SEQUENCE] = [
            sequence_row(*at, frame, theme, variant),
            *translation_rows(*at, frame, theme, genes=ground.genes),
        ]
    return rows


def level_ids(levels: Sequence[ModelLevels]) -> dict[str, str]:
    """The rows of levels of genes: id -> words."""
    return {one.card.name: f"{one.card.title}: level of each gene" for one in levels}


def _level_row(levels: ModelLevels, frame: View, theme: Theme) -> Row:
    marks = [
        LevelMark(one.gene, one.gene_id, one.extent, one.tss, one.ref, one.alt)
        for one in levels.levels
    ]
    n_absent = len(levels.beyond) + levels.n_left_out
    left_out = f"{n_absent:,} genes not told" if n_absent else ""
    return level_row(
        marks, frame, theme, title=levels.card.title, unit=levels.unit, left_out=left_out
    )
