"""Scores of models that a reader added: Pangolin's gain and loss."""

from collections.abc import Sequence

import streamlit as st

from genoview.genome import Variant
from genoview.pipeline import Answer
from genoview.request import Request
from genoview.scoring import GAIN, LOSS, gain_loss
from genoview.splice_genes import SpliceGene, annotated_genes
from genoview.tracks import AlleleTracks, Assay
from genoview.ui import shell

NOT_SIMPLE = "The program passes such a change over; here it is scored as it is drawn."


def gains(request: Request, answers: Sequence[Answer]) -> None:
    """Of a variant; nothing without such a model."""
    for found in answers:
        pair = found.alleles
        if pair is None or found.shown.assay is not Assay.SPLICE_SITE_STRENGTH:
            continue
        st.markdown(f"##### {found.card.title}: gain and loss of splice sites")
        assembly = shell.bench().assembly(request.assembly)
        assert request.variant is not None  # or there would be no ALT
        place = request.variant.chrom, request.variant.start
        genes = annotated_genes(assembly.annotation).at(*place)
        if not genes:
            st.info("No gene of the table lies here, and the scores are made gene by gene.")
            continue
        st.dataframe(
            [row for gene in genes for row in _gain_rows(request, pair, gene)],
            hide_index=True,
            column_config={
                "score": st.column_config.NumberColumn(format="%.2f", help=GAIN.words),
                "masked": st.column_config.NumberColumn(format="%.2f", help=LOSS.words),
            },
            key=f"gains_{found.card.name}",
        )
        st.caption(
            f"Within {shell.current().distance:,} bp of the variant and what is predicted, the "
            "largest of the tissues. "
            "Masked: gains at the exon boundaries that the gene table knows, and losses "
            "elsewhere, count as 0, as the program pangolin does by default."
            + ("" if _is_simple(request.variant) else f" {NOT_SIMPLE}")
        )


def _is_simple(variant: Variant) -> bool:
    """Whether the original program scores it."""
    lengths = len(variant.ref), len(variant.alt)
    return not variant.parts and (1 in lengths or lengths[0] == lengths[1])


def _gain_rows(request: Request, pair: AlleleTracks, gene: SpliceGene) -> list[dict[str, object]]:
    variant = request.variant
    assert variant is not None
    distance = shell.current().distance
    raw = gain_loss(pair, variant, gene.strand, distance)
    masked = gain_loss(pair, variant, gene.strand, distance, gene.boundaries)
    kinds = (
        ("gain", raw.gain, raw.gain_in, masked.gain),
        ("loss", raw.loss, raw.loss_in, masked.loss),
    )
    return [
        {
            "gene": gene.name,
            "strand": gene.strand,
            "change": kind,
            "score": change.score,
            "tissue": tissue if change.score >= 0.005 else "",
            "position": f"{variant.pos + change.position:,}" if change.score >= 0.005 else "",
            "masked": hidden.score,
        }
        for kind, change, tissue, hidden in kinds
    ]
