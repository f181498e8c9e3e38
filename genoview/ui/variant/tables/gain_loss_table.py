"""Scores of models that a reader added: Pangolin's gain and loss, MPRA-DragoNN's changes."""

from itertools import groupby

import streamlit as st

from genoview.data.genome import Variant
from genoview.report.variant_report import VariantReport
from genoview.scoring.splicing.gain_loss_report import (
    GAIN,
    LOSS,
    MASK,
    OWN_SCALE_CHANGE,
    GainRow,
    has_gains,
)
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant.tables import delta_table

NOT_SIMPLE = "The original program skips such a change; here it is scored as drawn."


def gains(report: VariantReport) -> None:
    """Tables of gain and loss of a variant; nothing without such a model."""
    answers = [answer for answer in report.answers if has_gains(answer)]
    variant = report.request.variant
    if answers and variant is not None and delta_table.question_of(report) is None:
        delta_table.distance_choice()  # which else stands above the delta scores
    for answer in answers:
        st.markdown(f"##### {plain(answer.card.title)}: gain and loss of splice sites")
        facts = answer.card.title, answer.version
        rows = [row for row in report.gains if (row.model, row.version) == facts]
        if not rows:
            st.info("No annotated gene lies here, and the scores are computed gene by gene.")
            continue
        sheet.dataframe(
            [_gain_cells(row) for row in rows],
            hide_index=True,
            column_config={
                "unmasked score": st.column_config.NumberColumn(
                    format="%.2f", help=f"{GAIN.words} {LOSS.words}"
                ),
                "masked score": st.column_config.NumberColumn(
                    format="%.2f", help=f"As the score, but {MASK}."
                ),
            },
            key=f"gains_{answer.card.name}",
        )
        assert variant is not None  # or there would be no ALT
        st.caption(
            f"Within {shell.current().distance:,} bp of the variant and what is predicted, the "
            f"largest of the tissues. Masked: {MASK}, as the program pangolin does by default."
            + ("" if _is_simple(variant) else f" {NOT_SIMPLE}")
        )


def reporters(report: VariantReport) -> None:
    """Changes of reporter activity on a model's own scale; nothing without such a model."""
    for title, some in groupby(report.own_scale, key=lambda pair: pair[0].card.title):
        st.markdown(f"##### {plain(title)}: reporter activity", help=plain(OWN_SCALE_CHANGE.words))
        number = st.column_config.NumberColumn(format="%.3f")
        signed = st.column_config.NumberColumn(format="%+.3f", help=OWN_SCALE_CHANGE.words)
        sheet.dataframe(
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
        "masked score": row.masked.score,
        "unmasked score": row.raw.score,
        "tissue": row.tissue if row.has_site else "",
        "position": f"{row.position:,}" if row.has_site else "",
    }
