"""How an answer was made: models with versions and licences, genes, genome, rules, limits."""

import streamlit as st

from genoview.data.answer import Answer
from genoview.report.variant_report import VariantReport
from genoview.scoring.verdict import RULES
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant.page import DISCLAIMER


def show(report: VariantReport) -> None:
    """The models in a table, then the rules of the sentence above the tracks."""
    request, bench = report.request, shell.bench()
    st.markdown(
        f"Predicted from {plain(request.predicted.to_ucsc())} of {plain(request.assembly)}, on "
        f"{plain(bench.device)}, {plain(bench.settings.dtype)}."
    )
    if report.answers:
        sheet.dataframe(
            [_cells(answer) for answer in report.answers],
            hide_index=True,
            column_config={
                "computed": st.column_config.TextColumn(help="Seconds, or from the cache."),
            },
            key="method_table",
        )
    st.markdown(f"**Rules of the sentence.** {RULES}")
    st.caption(DISCLAIMER)


def _cells(answer: Answer) -> dict[str, object]:
    card = answer.card
    return {
        "model": card.title,
        "family": card.family.value,
        "version": answer.version,
        "computed": "from the cache" if answer.cached else f"{answer.seconds:.1f} s",
        "licence": card.licence,
        "citation": card.citation,
        "limits": card.limits,
    }
