"""The tracks of one slide, filling the screen, with its words above and one line of progress."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.runtime.jobs import Job
from genoview.ui.explore import run_models, track_view
from genoview.ui.explore.scene import scene_of
from genoview.ui.page import progress
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain
from genoview.ui.variant import score_jobs
from genoview.ui.variant.report import report_of
from genoview.ui.variant.tables import delta_table

Words = Callable[[Request, Sequence[Answer]], None]


def show(request: Request, state: ViewState, words: Words) -> None:
    """Models run as on other pages; what is cached is there at the first look."""
    jobs, _ = run_models.begun(request, state)
    pending = _is_pending(jobs)
    run_every = run_models.POLL_S if pending else None
    st.fragment(_look, run_every=run_every)(request, state, words, pending)


def _look(request: Request, state: ViewState, words: Words, was_pending: bool) -> None:
    jobs, answers = run_models.begun(request, state)
    waiting = [progress.words(job) for job in jobs.values() if not job.is_finished]
    if request.variant is None:
        score_jobs.give_up()
    elif not waiting:
        delta_table.begin(report_of(request, answers))
    with st.container():
        words(request, answers)
        st.caption(plain(" · ".join(waiting)))
        for job in jobs.values():
            if job.error is not None:
                st.error(f"{plain(job.title)}: {plain(job.error)}", icon=":material/error:")
    track_view.draw(scene_of(request, answers), state)
    if _is_pending(jobs) != was_pending:
        st.rerun()  # without the timer, or with it


def _is_pending(jobs: Mapping[str, Job[Any]]) -> bool:
    """Whether models or delta scores are at work."""
    is_ready = all(job.is_finished for job in jobs.values())
    return not is_ready or score_jobs.is_pending(delta_table.PLACE)
