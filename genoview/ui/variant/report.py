"""The report of what is on the page, made once for its answers and read by every table."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.ui.page import shell

KEY = "variant_report"  # of the session: the last report, and what it was made of


def report_of(request: Request, answers: Sequence[Answer]) -> VariantReport:
    """The report of these answers, with the scores of jobs that were known when it was made."""
    bench, distance = shell.bench(), shell.current().distance
    known: tuple[VariantReport, int] | None = st.session_state.get(KEY)
    if known is not None and known[1] == distance and _is_of(known[0], request, answers):
        return known[0]
    assembly = bench.assembly(request.assembly)
    report = variant_report(request, answers, assembly, bench.store, ReportOptions(distance))
    st.session_state[KEY] = report, distance
    return report


def _is_of(report: VariantReport, request: Request, answers: Sequence[Answer]) -> bool:
    """Whether the report is of these answers: they are large, and compared by identity."""
    same = [answer is other for answer, other in zip(report.answers, answers, strict=False)]
    return report.request == request and len(report.answers) == len(answers) and all(same)
