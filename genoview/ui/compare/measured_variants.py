"""What the compared models were measured to say of measured variants."""

import streamlit as st

from genoview.errors import GenoviewError
from genoview.scoring.comparison.measured_variants import Measured, read_truth
from genoview.ui import sheet
from genoview.ui.compare.page import titles_of
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain


def show(state: ViewState) -> None:
    """A row for each experiment and model; of the others that they were not measured."""
    st.markdown("##### Compared with measurements")
    titles = list(titles_of(state).values())
    try:
        rows = [row for row in read_truth() if row.model in titles]
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    if rows:
        sheet.dataframe([_cells(row) for row in rows], hide_index=True, key="truth_table")
        for what in dict.fromkeys(row.what for row in rows):
            st.caption(plain(what))
        st.caption(
            "In brackets 95% intervals; where those of two models overlap much, neither is shown "
            "to be better. 0.5 is chance for AUROC, the share of positives for AUPRC, 0 for "
            "Spearman. Reported: the published Spearman. `benchmarks/truth.py` measures them."
        )
    others = [title for title in titles if title not in {row.model for row in rows}]
    if others:
        st.markdown(
            f"Not measured: {plain(', '.join(others))}. No row of theirs is in genoview's "
            "benchmark."
        )


def _cells(row: Measured) -> dict[str, object]:
    return {
        "experiment": row.experiment,
        "model": row.model,
        "variants": f"{row.n:,}, {row.n_positive:,} positive",
        "AUROC": row.auroc.words,
        "AUPRC": row.auprc.words,
        "Spearman": row.spearman.words,
        "reported": "" if row.reported is None else f"{row.reported:.2f}",
    }
