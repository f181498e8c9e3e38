"""A gene's level that was clicked -> the number, what it was read from, and what ALT changes."""

from collections.abc import Sequence

from genoview.errors import QueryError
from genoview.figure.details.card import STRANDS, Card, card_with, fields_of, signed
from genoview.scoring.gene_levels import GeneLevel, ModelLevels


def level_card(levels: Sequence[ModelLevels], key: str) -> Card:
    """What one model says of one gene.

    Args:
        key: the model's name and the gene's id.

    Raises:
        QueryError: no such gene has a level here.
    """
    name, gene_id = fields_of(key, 2)
    told = ((made, one) for made in levels if made.card.name == name for one in made.levels)
    made, level = next((pair for pair in told if pair[1].gene_id == gene_id), (None, None))
    if made is None or level is None:
        raise QueryError(f"{key[:40]!r} is no longer in the tracks; reload the page.")
    lines = [
        *_numbers(level, made.unit),
        ("0 is", "the mean gene"),
        ("Start of transcription", f"{level.promoter.chrom}:{level.tss + 1:,}"),
        ("Strand", STRANDS[level.strand]),
        ("Read", level.promoter.to_ucsc()),
        ("Model", f"{made.card.title} {made.version} ({made.card.licence})"),
    ]
    return card_with(f"{level.gene}: level", lines)


def _numbers(level: GeneLevel, unit: str) -> list[tuple[str, str]]:
    if level.alt is None or level.change is None:
        return [("Level", f"{signed(round(level.ref, 4))} {unit}")]
    return [
        ("REF", f"{signed(round(level.ref, 4))} {unit}"),
        ("ALT", signed(round(level.alt, 4))),
        ("ALT − REF", signed(round(level.change, 4))),
    ]
