"""The report of what is on the page, made once for its answers and read by every table."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.report.variant_report import (
    ReportOptions,
    VariantReport,
    completed,
    variant_report,
)
from genoview.runtime.inclusion import inclusion_of
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.report import SpliceReport
from genoview.scoring.verdict import Pending
from genoview.ui.page import shell
from genoview.ui.variant import pending
from genoview.ui.variant.tables import delta_table

KEY = "variant_report"  # of the session: the last report, and what it was made of
INCLUSION = "variant_inclusion"  # of the session: a request, and the inclusion of its exons
NOW = "variant_report_now"  # of the session: that with what came since, and what it was made of


def report_of(request: Request, answers: Sequence[Answer]) -> VariantReport:
    """The report of these answers, with delta scores and what is pending at this moment."""
    made = _of_answers(request, answers)
    if request.variant is None:
        return made
    deltas, waiting = _standing(made)
    facts = (deltas, waiting, shell.current().transcript)
    last: tuple[VariantReport, object, VariantReport] | None = st.session_state.get(NOW)
    if last is not None and last[0] is made and last[1] == facts:
        return last[2]
    options = ReportOptions(
        shell.current().distance, pending=waiting, transcript=shell.current().transcript
    )
    report = completed(made, deltas, options)
    st.session_state[NOW] = made, facts, report
    return report


def _of_answers(request: Request, answers: Sequence[Answer]) -> VariantReport:
    """Made once: its parts take longer than a look at the page."""
    bench, distance = shell.bench(), shell.current().distance
    facts = distance, shell.current().transcript
    known: tuple[VariantReport, object] | None = st.session_state.get(KEY)
    if known is not None and known[1] == facts and _is_of(known[0], request, answers):
        return known[0]
    assembly = bench.assembly(request.assembly)
    options = ReportOptions(distance, transcript=facts[1], inclusion=_inclusion(request))
    report = variant_report(request, answers, assembly, bench.store, options)
    st.session_state[KEY] = report, facts
    return report


def _inclusion(request: Request) -> tuple[ExonInclusion, ...]:
    """Of the exons near the variant, once; none where they cannot be had, which the table says."""
    last: tuple[Request, tuple[ExonInclusion, ...]] | None = st.session_state.get(INCLUSION)
    if last is not None and last[0] == request:
        return last[1]
    bench = shell.bench()
    with suppress(GenoviewError):
        found = inclusion_of(bench, request, bench.assembly(request.assembly))
        st.session_state[INCLUSION] = request, found
        return found
    return ()


def _standing(report: VariantReport) -> tuple[SpliceReport | None, tuple[Pending, ...]]:
    """Delta scores as far as known, and the models that have not spoken."""
    waiting = pending.models()
    question = None if report.deltas else delta_table.question_of(report)
    if question is None:
        return report.deltas, waiting
    deltas, state = delta_table.standing(question)
    if deltas is not None:
        return deltas, waiting
    return None, (*waiting, pending.delta_scores(question.model.card.title, state))


def _is_of(report: VariantReport, request: Request, answers: Sequence[Answer]) -> bool:
    """Whether the report is of these answers: they are large, and compared by identity."""
    same = [answer is other for answer, other in zip(report.answers, answers, strict=False)]
    return report.request == request and len(report.answers) == len(answers) and all(same)
