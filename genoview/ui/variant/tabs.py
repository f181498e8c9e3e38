"""What is under the tracks of a variant: tabs, of which the open one alone is computed.

A new tab, or another content of one, is one line of `TABS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.report.variant_report import VariantReport
from genoview.ui.explore import of_locus
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import method, score_jobs, tab_contents
from genoview.ui.variant.report import report_of

KEY = "variant_tab"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `tab_id` is its name in the link."""

    tab_id: str
    title: str
    show: Callable[[VariantReport], None]


TABS = (
    Tab("protein", "Consequence and protein", tab_contents.protein),
    Tab("splicing", "Splicing and tissues", tab_contents.splicing),
    Tab("expression", "Expression", tab_contents.expression),
    Tab("binding", "Binding", tab_contents.binding),
    Tab("missense", "Missense and structure", tab_contents.missense_and_structure),
    Tab("why", "Why", tab_contents.why),
    Tab("evidence", "Evidence", tab_contents.evidence),
    Tab("scores", "Scores", tab_contents.scores),
    Tab("method", "How this was made", method.show),
)


def show(request: Request, answers: Sequence[Answer]) -> None:
    """The tabs of a variant; of a locus the tables that there are."""
    if request.variant is None:
        score_jobs.give_up()
        of_locus.show(request, answers)
        return
    report = report_of(request, answers)
    chosen = next((tab for tab in TABS if tab.tab_id == shell.current().tab), TABS[0])
    if st.session_state.get(KEY) != chosen.title:
        st.session_state[KEY] = chosen.title
    containers = st.tabs([plain(tab.title) for tab in TABS], key=KEY, on_change=_choose)
    for tab, container in zip(TABS, containers, strict=True):
        if container.open:
            with container:
                tab.show(report)


def _choose() -> None:
    by_title = {tab.title: tab.tab_id for tab in TABS}
    tab_id = by_title[st.session_state[KEY]]
    first = tab_id == TABS[0].tab_id
    shell.commit(shell.current().with_choice("tab", "" if first else tab_id))
