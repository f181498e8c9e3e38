"""ClinGen's rules for splicing predictions: which apply, by which numbers; no classification."""

import streamlit as st

from genoview.report.prediction_table import plain_rule
from genoview.report.variant_report import VariantReport

ROW_PX = 60  # two lines
HELP = (
    "Rules of ClinGen's Sequence Variant Interpretation group, quoted with the numbers they are "
    "about. Whether a rule is used, how strongly, and what follows is for who knows gene, disease "
    "and people. The cut-offs were calibrated on SpliceAI."
)


def show(report: VariantReport) -> None:
    """A row a rule; nothing where no transcript is near."""
    if not report.rules:
        return
    st.markdown("##### ClinGen rules on splicing", help=HELP)
    st.dataframe(
        [plain_rule(rule) for rule in report.rules],
        hide_index=True,
        row_height=ROW_PX,
        column_config={
            "rule": st.column_config.TextColumn(width="large"),
            "applies": st.column_config.TextColumn(
                help="Whether its condition is met; never a classification."
            ),
            "why": st.column_config.TextColumn(width="large"),
        },
        key="rules_table",
    )
    st.caption(
        "Quoted, not a classification: loss of function as a mechanism, critical regions and "
        "frequencies cannot be read from sequence."
    )
