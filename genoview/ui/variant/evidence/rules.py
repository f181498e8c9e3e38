"""ClinGen's rules for splicing predictions: which apply, by which numbers; no classification."""

import streamlit as st

from genoview.report.variant_report import VariantReport
from genoview.scoring.prediction.clingen import Rule

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
    st.table([_cells(rule) for rule in report.rules], hide_index=True)  # whose sentences wrap
    st.caption(
        "Quoted, not a classification: loss of function as a mechanism, critical regions and "
        "frequencies cannot be read from sequence."
    )


def _cells(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "applies": str(rule.applies),
        "rule": rule.rule,
        "why": rule.why,
        "source": rule.source,
    }
