"""What a variant changes, in words and tables."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.genome import Interval, Variant
from genoview.data.request import Request
from genoview.figure.tracks.by_assay import drawer_of
from genoview.report.variant_report import VariantReport
from genoview.scoring.verdict import RULES
from genoview.ui.page import shell
from genoview.ui.variant import (
    delta_table,
    gain_loss_table,
    missense,
    rank_table,
    rules,
    score_jobs,
    score_tables,
    service_scores,
)
from genoview.ui.variant.markdown import escaped
from genoview.ui.variant.report import report_of

NEAREST = 100_000  # bp beside a variant in which its nearest gene is looked for
DISCLAIMER = (
    "Predictions of sequence models, for research; not a clinical interpretation. "
    "Positions are 1-based."
)


def headline(request: Request) -> None:
    """A line on the variant, where its names are not shown; nothing of a locus."""
    if request.variant is not None:
        st.caption(kind_and_genes(request, request.variant))


def kind_and_genes(request: Request, variant: Variant) -> str:
    """What kind of change it is, and in which genes, in Markdown."""
    size = f", {abs(variant.length_change):,} bp" if variant.length_change else ""
    if variant.parts:
        size = f" of {len(variant.parts)} changes"
    genes = shell.bench().assembly(request.assembly).annotation.genes(variant.interval)
    inside = " and ".join(gene.symbol or gene.gene_id for gene in genes)
    place = f"in {inside}" if inside else _flanking_genes(request, variant.interval)
    where = variant.interval.to_ucsc() if variant.parts else f"{variant.chrom}:{variant.pos:,}"
    return f"**{variant.kind.capitalize()}{size}** at {where}, {escaped(place)}"


def _flanking_genes(request: Request, interval: Interval) -> str:
    """Distance of an intergenic variant from the nearest gene, upstream or downstream."""
    around = interval.expanded(NEAREST)
    genes = shell.bench().assembly(request.assembly).annotation.genes(around)
    if not genes:
        return f"in no gene, and none within {NEAREST:,} bp"
    nearest = min(genes, key=lambda gene: _gap(gene.interval, interval))
    left = interval.end <= nearest.interval.start
    side = "upstream" if left == (nearest.interval.strand == "+") else "downstream"
    gap = _gap(nearest.interval, interval)
    return f"in no gene, {gap:,} bp {side} of {nearest.symbol or nearest.gene_id}"


def _gap(a: Interval, b: Interval) -> int:
    """bp from the nearest base of one to the nearest base of the other."""
    return max(a.start - b.end, b.start - a.end) + 1


def tables(request: Request, answers: Sequence[Answer]) -> None:
    """The largest effects, then the motifs that change; nothing of a locus."""
    if request.variant is None:
        score_jobs.give_up()
        return
    report = report_of(request, answers)
    st.markdown("##### Largest effects")
    _effects(report)
    delta_table.show(report)
    gain_loss_table.gains(report)
    service_scores.show(report)
    score_tables.activities(report)
    gain_loss_table.reporters(report)
    if any(drawer_of(answer.shown).has_factors for answer in answers):
        st.markdown("##### Motifs gained and lost")
        score_tables.motifs(report)
    missense.show(report)
    rules.show(report)
    rank_table.show(request, answers)
    st.caption(DISCLAIMER)


def sentence(request: Request, answers: Sequence[Answer]) -> None:
    """What the variant does, in one sentence, with the rules that made it; nothing of a locus."""
    words = report_of(request, answers).verdict.sentence
    if words:
        st.markdown(f"**Prediction.** {escaped(words)} :small[:gray[{DISCLAIMER}]]", help=RULES)


def _effects(report: VariantReport) -> None:
    rows = [
        {
            "family": effect.track.assay.family.value,
            "track": effect.track.label,
            "effect": effect.words,
            "position": f"{effect.position + 1:,}",
            "REF": effect.ref,
            "ALT": effect.alt,
            "ALT − REF": effect.difference,
        }
        for effect in report.effects
    ]
    if not rows:
        st.info("No track changes by 0.05 or more.")
        return
    number = st.column_config.NumberColumn(format="%.3f")
    signed = st.column_config.NumberColumn(format="%+.3f")
    st.dataframe(
        rows,
        hide_index=True,
        column_config={"REF": number, "ALT": number, "ALT − REF": signed},
        key="effects_table",
    )
