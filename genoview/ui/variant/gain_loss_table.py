"""Scores of models that a reader added: Pangolin's gain and loss, MPRA-DragoNN's changes."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.scoring.splicing.gain_loss_report import (
    GAIN,
    LOSS,
    MASK,
    OWN_SCALE_CHANGE,
    GainRow,
    gains_of,
    has_gains,
    own_scale_changes,
)
from genoview.scoring.splicing.genes import annotated_genes
from genoview.ui.page import shell
from genoview.ui.variant import delta_table

NOT_SIMPLE = "The program passes such a change over; here it is scored as it is drawn."


def gains(request: Request, answers: Sequence[Answer]) -> None:
    """Of a variant; nothing without such a model."""
    told = [found for found in answers if has_gains(found)]
    if told and request.variant is not None and delta_table.model_of(answers) is None:
        delta_table.distance_choice()  # which else stands above the delta scores
    for found in told:
        st.markdown(f"##### {found.card.title}: gain and loss of splice sites")
        rows = rows_of(request, [found])
        if not rows:
            st.info("No gene of the table lies here, and the scores are made gene by gene.")
            continue
        st.dataframe(
            [_gain_cells(row) for row in rows],
            hide_index=True,
            column_config={
                "score": st.column_config.NumberColumn(
                    format="%.2f", help=f"{GAIN.words} {LOSS.words}"
                ),
                "masked": st.column_config.NumberColumn(
                    format="%.2f", help=f"As the score, but {MASK}."
                ),
            },
            key=f"gains_{found.card.name}",
        )
        assert request.variant is not None  # or there would be no ALT
        st.caption(
            f"Within {shell.current().distance:,} bp of the variant and what is predicted, the "
            f"largest of the tissues. Masked: {MASK}, as the program pangolin does by default."
            + ("" if _is_simple(request.variant) else f" {NOT_SIMPLE}")
        )


def rows_of(request: Request, answers: Sequence[Answer]) -> list[GainRow]:
    """Within the reader's distance; for the table and for files."""
    genes = annotated_genes(shell.bench().assembly(request.assembly).annotation)
    return gains_of(request, answers, genes, shell.current().distance)


def reporters(request: Request, answers: Sequence[Answer]) -> None:
    """Changes of reporter activity on a model's own scale; nothing without such a model."""
    changes = own_scale_changes(request, answers)
    for title, some in groupby(changes, key=lambda one: one[0].card.title):
        st.markdown(f"##### {title}: reporter activity", help=OWN_SCALE_CHANGE.words)
        number = st.column_config.NumberColumn(format="%.3f")
        signed = st.column_config.NumberColumn(format="%+.3f", help=OWN_SCALE_CHANGE.words)
        st.dataframe(
            [
                {
                    "output": change.track.name,
                    "REF": change.ref,
                    "ALT": change.alt,
                    "ALT − REF": change.log2_fold_change,
                    "windows": change.n_windows,
                }
                for _, change in some
            ],
            hide_index=True,
            column_config={"REF": number, "ALT": number, "ALT − REF": signed},
            key=f"reporters_{title}",
        )


def _is_simple(variant: Variant) -> bool:
    """Whether the original program scores it."""
    lengths = len(variant.ref), len(variant.alt)
    return not variant.parts and (1 in lengths or lengths[0] == lengths[1])


def _gain_cells(row: GainRow) -> dict[str, object]:
    return {
        "gene": row.gene,
        "strand": row.strand,
        "change": row.kind,
        "score": row.raw.score,
        "tissue": row.tissue if row.is_told else "",
        "position": f"{row.position:,}" if row.is_told else "",
        "masked": row.masked.score,
    }
