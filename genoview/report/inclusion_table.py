"""Inclusion of exons -> plain values for JSON, and rows for files."""

from collections.abc import Iterator, Sequence
from typing import Any

from genoview.data.genome import Variant
from genoview.io.export import ScoreRow
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.inclusion.effect import HALF, ExonEffect
from genoview.scoring.splicing.inclusion.tissues import TissueChange, TissueInclusion

SCORE = "Change of an exon's inclusion"
UNIT = "log odds (natural logarithm)"
FORMULA = "ALT − REF of the log odds that RNA has the exon"
BEGINS = "50%, not measured"
MEASURED = "measured in GTEx, median of the tissues that have RNA with the exon"
TISSUE_SCORE = "Change of an exon's inclusion in a tissue"
TISSUE_UNIT = "share of RNA that has the exon"
TISSUE_FORMULA = "ALT − REF, from the measured share and the change of log odds in the tissue"


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
        "tissues": [_tissues(tissues) for tissues in model.tissues],
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
        for tissues in model.tissues:
            yield from _tissue_rows(tissues, variant)


def _tissue_rows(tissues: TissueInclusion, variant: Variant) -> Iterator[ScoreRow]:
    """A row for each tissue with a change of inclusion, the largest first."""
    effect = tissues.effect
    for change in tissues.counted:
        assert change.begins is not None and change.delta_psi is not None  # or it were not counted
        yield ScoreRow(
            TISSUE_SCORE,
            change.delta_psi,
            TISSUE_UNIT,
            TISSUE_FORMULA,
            tissues.card.title,
            variant.chrom,
            track=f"{tissues.card.title}, {change.tissue}, {effect.transcripts[0]} {effect.place}",
            gene=effect.gene,
            strand=effect.exon.strand,
            place=(effect.exon.start + 1, effect.exon.end),
            ref=f"{change.begins:.6g}",
            alt=f"{change.begins + change.delta_psi:.6g}",
            words=f"{change.words}; {'measured' if change.psi is not None else BEGINS}",
        )


def _tissues(tissues: TissueInclusion) -> dict[str, Any]:
    return {
        "name": tissues.card.name,
        "title": tissues.card.title,
        "version": tissues.version,
        "licence": tissues.card.licence,
        "citation": tissues.card.citation,
        "exon": {"gene": tissues.effect.gene, **_place(tissues.effect)},
        "measured": tissues.source or None,
        "words": tissues.words,
        "by_tissue": [_tissue(change) for change in tissues.changes],
        "notes": list(tissues.notes),
    }


def _tissue(change: TissueChange) -> dict[str, Any]:
    return {
        "tissue": change.tissue,
        "delta_logit_psi": round(change.delta_logit_psi, 6),
        "added": round(change.added, 6),
        "added_by_shallow": round(change.shallow, 6),
        "measured_psi": change.psi,
        "delta_psi": None if change.delta_psi is None else round(change.delta_psi, 6),
        "from": change.begins,
    }


def _place(effect: ExonEffect) -> dict[str, Any]:
    return {
        "strand": effect.exon.strand,
        "first": effect.exon.start + 1,
        "last": effect.exon.end,
        "number": effect.number,
        "of": effect.n_exons,
    }


def _exon(effect: ExonEffect, modules: Sequence[str]) -> dict[str, Any]:
    change = effect.change
    return {
        "gene": effect.gene,
        "gene_id": effect.gene_id,
        **_place(effect),
        "transcripts": list(effect.transcripts),
        "delta_logit_psi": round(change.delta_logit_psi, 6),
        "delta_psi": {"value": round(effect.delta_psi, 6), "from": HALF, "from_words": BEGINS},
        "measured_delta_psi": _from_measured(effect),
        "pathogenicity": round(change.pathogenicity, 6),
        "splicing_efficiency": round(change.efficiency, 6),
        "modules": {
            name: {"ref": round(ref, 6), "alt": round(alt, 6)}
            for name, ref, alt in zip(modules, change.ref, change.alt, strict=True)
        },
    }


def _from_measured(effect: ExonEffect) -> dict[str, Any] | None:
    delta, psi = effect.measured_delta_psi, effect.psi
    if delta is None or psi is None:
        return None
    return {"value": round(delta, 6), "from": round(psi, 4), "from_words": MEASURED}
