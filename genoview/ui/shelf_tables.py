"""Scores of models that a reader added: Pangolin's gain and loss, and levels of genes."""

from collections.abc import Sequence

import streamlit as st

from genoview.backends.gene_model import GeneModel
from genoview.errors import GenoviewError
from genoview.genome import Variant
from genoview.pipeline import Answer
from genoview.promoter_levels import MOST_GENES, GeneLevel, gene_levels
from genoview.request import Request
from genoview.scoring import GAIN, LOSS, gain_loss
from genoview.splice_genes import SpliceGene, annotated_genes
from genoview.tracks import AlleleTracks, Assay
from genoview.ui import model_choice, shell

NOT_SIMPLE = "The program passes such a change over; here it is scored as it is drawn."
KEY = "gene_levels"  # of the session: what was computed last, and for which request


def levels(request: Request) -> None:
    """Of a locus and of a variant; nothing where no model of genes is chosen."""
    for name in model_choice.of_genes(shell.current()):
        _levels(request, name)


def gains(request: Request, answers: Sequence[Answer]) -> None:
    """Of a variant; nothing without such a model."""
    for found in answers:
        pair = found.alleles
        if pair is None or pair.ref.tracks[0].assay is not Assay.SPLICE_SITE_STRENGTH:
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


def _levels(request: Request, name: str) -> None:
    """Levels of the genes in view, or of those whose promoter the variant lies in."""
    bench, variant = shell.bench(), request.variant
    card = bench.card(name)
    st.markdown(f"##### {card.title}: level of each gene from its promoter", help=card.predicts)
    try:
        model = bench.gene_model(name)
        found = _found(model, request)
    except GenoviewError as error:
        st.error(str(error), icon=":material/error:")
        return
    if not found:
        st.info(
            "No gene lies here." if variant is None else "The variant lies in no gene's promoter."
        )
        return
    number = st.column_config.NumberColumn(format="%.3f", help=f"Unit: {model.unit}.")
    signed = st.column_config.NumberColumn(format="%+.4f", help=f"Unit: {model.unit}.")
    st.dataframe(
        [_level(one) for one in found],
        hide_index=True,
        column_config={"level": number, "ALT": number, "ALT − REF": signed},
        key=f"levels_{name}",
    )
    more = f" The first {MOST_GENES} genes are told." if len(found) == MOST_GENES else ""
    st.caption(
        f"{model.unit}, 0 is the mean gene; from {model.upstream:,} bp before the start of "
        f"transcription to {model.downstream:,} bp behind, median over cell types. Half-life "
        f"features are those of the mean gene.{more}"
    )


def _found(model: GeneModel, request: Request) -> tuple[GeneLevel, ...]:
    """Computed once for a request: the page runs anew with every look at a running job."""
    asked = (model.version, request)
    known = st.session_state.get(KEY)
    if known is None or known[0] != asked:
        assembly = shell.bench().assembly(request.assembly)
        around = request.predicted
        if request.variant is not None:
            around = request.variant.interval.expanded(model.upstream + model.downstream)
        genes = assembly.annotation.genes(around)
        made = gene_levels(model, genes, assembly.reference, request.variant)
        known = st.session_state[KEY] = (asked, made)
    found: tuple[GeneLevel, ...] = known[1]
    return found


def _level(one: GeneLevel) -> dict[str, object]:
    row = {"gene": one.gene, "strand": one.strand, "start": f"{one.tss + 1:,}", "level": one.ref}
    return row if one.alt is None else row | {"ALT": one.alt, "ALT − REF": one.change}
