"""Scores of tracks: genoview's, and above them those of a service, on request."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.models.registry import setups
from genoview.report.variant_report import VariantReport, service_reports
from genoview.scoring.service_scores import (
    NO_QUANTILE,
    ServiceQuestion,
    ServiceReport,
    known,
    question_of,
    service_report,
)
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import score_jobs
from genoview.ui.variant.tables import score_tables
from genoview.ui.variant.tables.score_tables import N_EACH

REQUESTED = "service_scores_asked_for"  # key of the session


def show(report: VariantReport) -> None:
    """Scores of tracks; in a fragment where a service takes part, as its scores come later."""
    kinds = _kinds(report.answers)
    if not kinds:
        score_tables.tracks(report)
        return
    pending = any(score_jobs.is_pending(_place(kind)) for kind in kinds)
    run_every = score_jobs.POLL_S if pending else None
    st.fragment(_section, run_every=run_every)(report, pending)


def reports_of(report: VariantReport) -> tuple[ServiceReport, ...]:
    """What is known by now, for files."""
    return service_reports(_questions(report.request, report.answers), shell.bench().store)


def _section(report: VariantReport, was_pending: bool) -> None:
    table = st.container()
    reports = [_service_report(question) for question in _questions(report.request, report.answers)]
    with table:
        score_tables.tracks(report, [served for served, _ in reports if served is not None])
    if any(pending for _, pending in reports) != was_pending:
        st.rerun()  # with the timer, or without it


def _service_report(question: ServiceQuestion) -> tuple[ServiceReport | None, bool]:
    """The report of one service, if it is there, and whether a job is computing it."""
    if question.refusal:
        st.caption(plain(question.refusal))
        return None, False
    bench, title = shell.bench(), plain(question.title)
    requested: set[str] = st.session_state.setdefault(REQUESTED, set())
    if question.key not in requested and known(question, bench.store) is None:
        st.button(
            f"Ask {title} for its own scores",
            key=f"ask-{_place(question.model.kind)}",
            help="By the scorers that AlphaGenome's authors recommend. One more request.",
            on_click=requested.add,
            args=(question.key,),
        )
        return None, False
    report, pending = score_jobs.result(
        _place(question.model.kind),
        question.key,
        f"Scores of {title}",
        lambda: known(question, bench.store),
        lambda progress: service_report(question, bench.store, progress),
        bench.large.queue(question.model.names[0]),
    )
    if report is not None:
        _words(report)
    return report, pending


def _words(report: ServiceReport) -> None:
    n, kinds = len(report.scores), len({score.scorer for score in report.scores})
    if not n:
        st.caption(f"{plain(report.title)} has no score of this variant for the chosen tracks.")
        return
    ranked = any(score.quantile is not None for score in report.scores)
    st.caption(
        f"{plain(report.title)} read {plain(report.interval.to_ucsc())} of its own genome and made "
        f"{n:,} scores by {kinds:,} scorers: the first {N_EACH} of each are "
        "listed, the rest are in the exports. "
        + (
            "Quantiles are among common variants, signed."
            if ranked
            else f"{plain(_sentence(NO_QUANTILE))}."
        )
        + f" Licence: {plain(report.licence)}."
    )


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _questions(request: Request, answers: Sequence[Answer]) -> list[ServiceQuestion]:
    bench = shell.bench()
    assembly = bench.assembly(request.assembly)
    questions = (question_of(bench.large, kind, request, assembly) for kind in _kinds(answers))
    return [question for question in questions if question is not None]


def _kinds(answers: Sequence[Answer]) -> list[str]:
    """Services that are set up and answered."""
    answered = {answer.card.name.partition(".")[0] for answer in answers}
    kinds = [kind for kind, setup in setups().items() if setup.is_service and kind in answered]
    return [kind for kind in kinds if kind in shell.bench().large.models]


def _place(kind: str) -> str:
    return f"scores-{kind}"
