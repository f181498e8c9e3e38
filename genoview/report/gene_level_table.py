"""Levels of genes -> rows for files: every number with its unit, and what it was read from."""

from collections.abc import Iterator, Sequence

from genoview.data.genome import Variant
from genoview.io.export import NamedColumn, ScoreRow
from genoview.scoring.gene_levels import GeneLevel, ModelLevels

SCORE = "Change of a gene's level"
FORMULA = "ALT − REF of the level that the promoter of the gene says"


def level_columns(levels: Sequence[ModelLevels]) -> list[NamedColumn]:
    """A row a gene and model; without a value where no variant lies in the promoter."""
    pairs = [(model, level) for model in levels for level in model.levels]
    genes = [level for _, level in pairs]
    units = " or ".join(dict.fromkeys(model.unit for model in levels))
    return [
        NamedColumn("model", str, "its title", [model.card.title for model, _ in pairs]),
        NamedColumn("gene", str, "symbol", [level.gene for level in genes]),
        NamedColumn("gene_id", str, "in the gene table", [level.gene_id for level in genes]),
        NamedColumn("chrom", str, "chromosome", [level.promoter.chrom for level in genes]),
        NamedColumn("strand", str, "of the gene", [level.strand for level in genes]),
        NamedColumn(
            "tss", int, "first transcribed base, from 1", [level.tss + 1 for level in genes]
        ),
        NamedColumn(
            "first",
            int,
            "base that was read, from 1",
            [level.promoter.start + 1 for level in genes],
        ),
        NamedColumn("last", int, "base that was read", [level.promoter.end for level in genes]),
        NamedColumn("level", float, f"of REF: {units}; 0 is the mean gene", [g.ref for g in genes]),
        NamedColumn("level_alt", float, f"of ALT: {units}", [level.alt for level in genes]),
        NamedColumn("change", float, f"ALT − REF: {units}", [level.change for level in genes]),
    ]


def level_score_rows(levels: Sequence[ModelLevels], variant: Variant) -> Iterator[ScoreRow]:
    """A row for each gene whose promoter the variant lies in."""
    for model in levels:
        for level in model.changed:
            yield _score_row(model, level, variant)


def _score_row(model: ModelLevels, level: GeneLevel, variant: Variant) -> ScoreRow:
    return ScoreRow(
        SCORE,
        level.change,
        model.unit,
        FORMULA,
        model.card.title,
        variant.chrom,
        track=model.card.title,
        gene=level.gene,
        strand=level.strand,
        place=(level.promoter.start + 1, level.promoter.end),
        ref=f"{level.ref:.6g}",
        alt="" if level.alt is None else f"{level.alt:.6g}",
    )
