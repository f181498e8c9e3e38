"""Ranks of a variant's scores among random variants, made when the reader asks for them."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.scoring import NOT_CALIBRATED
from genoview.scoring.background_ranks import RankQuestion, RankReport, can_rank, known, rank_report
from genoview.scoring.random_variants import N_VARIANTS, background_words
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import score_jobs

PLACE = "ranks"
REQUESTED = "ranks_asked_for"  # key of the session
MEANING = (
    "How the size of each score compares with that of random variants of the same kind close by, "
    "scored in the same way: what is usual here, not how harmful it is. They are drawn from the "
    "bases around the variant, the same ones each time."
)


def show(request: Request, answers: Sequence[Answer]) -> None:
    """Ranks, in a fragment of their own; nothing where no model has scores."""
    question = question_of(request, answers)
    if question is None:
        return
    pending = score_jobs.is_pending(PLACE)
    run_every = score_jobs.POLL_S if pending else None
    st.fragment(_section, run_every=run_every)(request, answers, pending)


def question_of(request: Request, answers: Sequence[Answer]) -> RankQuestion | None:
    """What would be ranked: the changes of all models that answered."""
    if request.variant is None:
        return None
    bench = shell.bench()
    backends = tuple(bench.backend(answer.card.name) for answer in answers)
    ranked = tuple(backend for backend in backends if can_rank(backend))
    if not ranked:
        return None
    assembly = bench.assembly(request.assembly)
    return RankQuestion(request.variant, ranked, assembly, shell.current().distance)


def report_of(request: Request, answers: Sequence[Answer]) -> RankReport | None:
    """What is known already, for files."""
    question = question_of(request, answers)
    return None if question is None else known(question, shell.bench().store)


def _section(request: Request, answers: Sequence[Answer], was_pending: bool) -> None:
    st.markdown("##### Ranks here", help=MEANING)
    question, store = question_of(request, answers), shell.bench().store
    assert question is not None  # or there were no section
    background = plain(background_words(question.variant))
    requested: set[str] = st.session_state.setdefault(REQUESTED, set())
    pending = False
    if question.key not in requested and known(question, store) is None:
        st.caption(
            f"{plain(NOT_CALIBRATED.capitalize())}: the scores have not been compared with those "
            f"of {background}."
        )
        st.button("Rank against random variants here", on_click=_ask, args=(request, answers))
    else:
        report, pending = score_jobs.result(
            PLACE,
            question.key,
            f"Scores of {N_VARIANTS} random variants",
            lambda: known(question, store),
            lambda progress: rank_report(question, store, progress),
        )
        if report is not None:
            _table(report)
    if pending != was_pending:
        st.rerun()  # with the timer, or without it


def _ask(request: Request, answers: Sequence[Answer]) -> None:
    """Requests ranks at the current distance: the section may have been drawn at another."""
    question = question_of(request, answers)
    if question is not None:
        st.session_state.setdefault(REQUESTED, set()).add(question.key)


def _table(report: RankReport) -> None:
    sheet.dataframe(
        [
            {
                "score": score.formula.name,
                "of": score.track,
                "value": score.value,
                "rank": score.rank.words(report.background),
                "unit": score.formula.unit,
                "formula": score.formula.text,
            }
            for score in report.scores
        ],
        hide_index=True,
        column_config={
            "value": st.column_config.NumberColumn(format="%.3f"),
            "rank": st.column_config.TextColumn(
                help="Absolute values that agree to six decimals are equal."
            ),
        },
        key="ranks_table",
    )
    st.caption(f"{MEANING} Background: {plain(report.background)}.")
