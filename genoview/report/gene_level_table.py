"""Levels of genes -> rows for files: every number with its unit, and what it was read from."""

from collections.abc import Iterator, Sequence

from genoview.data.genome import Variant
from genoview.io.export import NamedColumn, ScoreRow
from genoview.scoring.gene_levels import GeneLevel, ModelLevels

SCORE = "Change of a gene's level"
FORMULA = "ALT − REF of the level that the promoter of the gene says"


def level_columns(levels: Sequence[ModelLevels]) -> list[NamedColumn]:
    """A row a gene and model; without a value where no variant lies in the promoter."""
    told = [(model, one) for model in levels for one in model.levels]
    genes = [one for _, one in told]
    units = " or ".join(dict.fromkeys(model.unit for model in levels))
    return [
        NamedColumn("model", str, "its title", [model.card.title for model, _ in told]),
        NamedColumn("gene", str, "symbol", [one.gene for one in genes]),
        NamedColumn("gene_id", str, "in the gene table", [one.gene_id for one in genes]),
        NamedColumn("chrom", str, "chromosome", [one.promoter.chrom for one in genes]),
        NamedColumn("strand", str, "of the gene", [one.strand for one in genes]),
        NamedColumn("tss", int, "first transcribed base, from 1", [one.tss + 1 for one in genes]),
        NamedColumn(
            "first", int, "base that was read, from 1", [one.promoter.start + 1 for one in genes]
        ),
        NamedColumn("last", int, "base that was read", [one.promoter.end for one in genes]),
        NamedColumn("level", float, f"of REF: {units}; 0 is the mean gene", [g.ref for g in genes]),
        NamedColumn("level_alt", float, f"of ALT: {units}", [one.alt for one in genes]),
        NamedColumn("change", float, f"ALT − REF: {units}", [one.change for one in genes]),
    ]


def level_score_rows(levels: Sequence[ModelLevels], variant: Variant) -> Iterator[ScoreRow]:
    """A row for each gene whose promoter the variant lies in."""
    for model in levels:
        for one in model.changed:
            yield _score_row(model, one, variant)


def _score_row(model: ModelLevels, one: GeneLevel, variant: Variant) -> ScoreRow:
    return ScoreRow(
        SCORE,
        one.change,
        model.unit,
        FORMULA,
        model.card.title,
        variant.chrom,
        track=model.card.title,
        gene=one.gene,
        strand=one.strand,
        place=(one.promoter.start + 1, one.promoter.end),
        ref=f"{one.ref:.6g}",
        alt="" if one.alt is None else f"{one.alt:.6g}",
    )
