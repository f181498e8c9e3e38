"""What a variant changes, in words and marks."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.genome import Interval, Variant
from genoview.data.request import Request
from genoview.scoring.verdict import RULES
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import marks
from genoview.ui.variant.report import report_of
from genoview.ui.variant.tables import delta_table

NEAREST = 100_000  # bp beside a variant in which its nearest gene is looked for
DISCLAIMER = (
    "Predictions of sequence models, for research; not a clinical interpretation. "
    "Positions are 1-based."
)
RESEARCH = "For research; not a clinical interpretation."


def headline(request: Request) -> None:
    """A line on the variant, where its names are not shown; nothing of a locus."""
    if request.variant is not None:
        st.caption(kind_and_genes(request, request.variant))


def kind_and_genes(request: Request, variant: Variant) -> str:
    """What kind of change it is, and in which genes, in Markdown."""
    size = f", {abs(variant.length_change):,} bp" if variant.length_change else ""
    if variant.parts:
        size = f" of {len(variant.parts):,} changes"
    genes = shell.bench().assembly(request.assembly).annotation.genes(variant.interval)
    inside = " and ".join(gene.symbol or gene.gene_id for gene in genes)
    place = f"in {inside}" if inside else _flanking_genes(request, variant.interval)
    where = variant.interval.to_ucsc() if variant.parts else f"{variant.chrom}:{variant.pos:,}"
    return f"**{plain(variant.kind.capitalize())}{size}** at {plain(where)}, {plain(place)}"


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


def answer(request: Request, answers: Sequence[Answer]) -> None:
    """What the variant does, in one sentence and four marks; nothing of a locus."""
    if request.variant is None:
        return
    delta_table.begin(report_of(request, answers))
    verdict = report_of(request, answers).verdict
    if verdict.sentence:
        words = f"**Prediction.** {plain(verdict.sentence)} :small[:gray[{RESEARCH}]]"
        st.markdown(words, help=RULES)
    marks.show(verdict.marks)
