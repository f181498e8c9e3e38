"""A gene's level that was clicked -> the number, what it was read from, and what ALT changes."""

from genoview.errors import QueryError
from genoview.figure.details.card import STRANDS, Card, card_with, fields_of, signed
from genoview.figure.scene import Scene
from genoview.scoring.gene_levels import GeneLevel


def level_card(scene: Scene, key: str) -> Card:
    """What one model predicts for one gene.

    Args:
        key: the model's name and the gene's id.

    Raises:
        QueryError: no such gene has a level here.
    """
    name, gene_id = fields_of(key, 2)
    of_model = (levels for levels in scene.levels if levels.card.name == name)
    pairs = ((levels, level) for levels in of_model for level in levels.levels)
    levels, level = next((pair for pair in pairs if pair[1].gene_id == gene_id), (None, None))
    if levels is None or level is None:
        raise QueryError(f"{key[:40]!r} is no longer in the tracks; reload the page.")
    lines = [
        *_numbers(level, levels.unit),
        ("0 is", "the mean gene"),
        ("Start of transcription", f"{level.promoter.chrom}:{level.tss + 1:,}"),
        ("Strand", STRANDS[level.strand]),
        ("Read", level.promoter.to_ucsc()),
        ("Model", f"{levels.card.title} {levels.version} ({levels.card.licence})"),
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
