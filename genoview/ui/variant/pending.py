"""Which models of the page have not spoken yet: the jobs of this reader -> Pending."""

import streamlit as st

from genoview.data.track_data import Family
from genoview.runtime import jobs
from genoview.scoring.verdict import Pending, State
from genoview.ui.page import shell

JOB_MODELS = "job_models"  # of the session: key of a job -> name of its model
STATES = {
    jobs.State.QUEUED: State.QUEUED,
    jobs.State.RUNNING: State.RUNNING,
    jobs.State.CANCELLED: State.STOPPED,
    jobs.State.FAILED: State.FAILED,
}


def models() -> tuple[Pending, ...]:
    """Of the models that draw tracks; a mutagenesis is no part of the prediction."""
    running: dict[str, jobs.Job[object]] = st.session_state.get("jobs", {})
    names: dict[str, str] = st.session_state.get(JOB_MODELS, {})
    pairs = ((shell.bench().card(names[key]), job) for key, job in running.items() if key in names)
    return tuple(
        Pending(card.family.value, card.title, STATES[job.state])
        for card, job in pairs
        if job.state in STATES
    )


def delta_scores(title: str, state: jobs.State) -> Pending:
    """Of the first model that has them."""
    return Pending(Family.SPLICING.value, title, STATES[state])
