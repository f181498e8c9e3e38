"""Inclusion of exons -> plain values for JSON, and rows for files."""

from collections.abc import Iterator, Sequence
from typing import Any

from genoview.data.genome import Variant
from genoview.io.export import ScoreRow
from genoview.scoring.splicing.inclusion.changes import HALF, ExonEffect, ExonInclusion

SCORE = "Change of an exon's inclusion"
UNIT = "log odds (natural logarithm)"
FORMULA = "ALT − REF of the log odds that RNA has the exon"
BEGINS = "50%, not measured"


def plain_inclusion(model: ExonInclusion) -> dict[str, Any]:
    """A model with its exons, the largest change first; positions are 1-based."""
    return {
        "name": model.card.name,
        "title": model.card.title,
        "version": model.version,
        "licence": model.card.licence,
        "citation": model.card.citation,
        "unit": UNIT,
        "genes_of": model.gene_table,
        "exons": [_exon(effect, model.modules) for effect in model.effects],
        "notes": list(model.notes),
    }


def inclusion_score_rows(models: Sequence[ExonInclusion], variant: Variant) -> Iterator[ScoreRow]:
    """A row for each exon near the variant."""
    for model in models:
        for effect in model.effects:
            yield ScoreRow(
                SCORE,
                effect.change.delta_logit_psi,
                UNIT,
                FORMULA,
                model.card.title,
                variant.chrom,
                track=f"{model.card.title}, {effect.transcripts[0]} {effect.place}",
                gene=effect.gene,
                strand=effect.exon.strand,
                place=(effect.exon.start + 1, effect.exon.end),
                words=effect.words,
            )


def _exon(effect: ExonEffect, modules: Sequence[str]) -> dict[str, Any]:
    change = effect.change
    return {
        "gene": effect.gene,
        "gene_id": effect.gene_id,
        "strand": effect.exon.strand,
        "first": effect.exon.start + 1,
        "last": effect.exon.end,
        "number": effect.number,
        "of": effect.n_exons,
        "transcripts": list(effect.transcripts),
        "delta_logit_psi": round(change.delta_logit_psi, 6),
        "delta_psi": {"value": round(effect.delta_psi, 6), "from": HALF, "from_words": BEGINS},
        "pathogenicity": round(change.pathogenicity, 6),
        "splicing_efficiency": round(change.efficiency, 6),
        "modules": {
            name: {"ref": round(ref, 6), "alt": round(alt, 6)}
            for name, ref, alt in zip(modules, change.ref, change.alt, strict=True)
        },
    }
