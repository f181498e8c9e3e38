"""Which models of the page have not spoken yet: the jobs of this reader -> Pending."""

import streamlit as st

from genoview.data.track_data import Family
from genoview.runtime import jobs
from genoview.scoring.verdict import Pending, State
from genoview.ui.explore import model_choice
from genoview.ui.page import shell

STATES = {
    jobs.State.QUEUED: State.QUEUED,
    jobs.State.RUNNING: State.RUNNING,
    jobs.State.CANCELLED: State.STOPPED,
    jobs.State.FAILED: State.FAILED,
}


def models() -> tuple[Pending, ...]:
    """Of the models that draw tracks; a mutagenesis is no part of the prediction."""
    bench = shell.bench()
    cards = [bench.card(name) for name in model_choice.of_tracks(shell.current())]
    families = {card.title: card.family.value for card in cards}
    known: dict[str, jobs.Job[object]] = st.session_state.get("jobs", {})
    return tuple(
        Pending(families[job.title], job.title, STATES[job.state])
        for job in known.values()
        if job.title in families and job.state in STATES
    )


def delta_scores(title: str, state: jobs.State) -> Pending:
    """Of the first model that has them."""
    return Pending(Family.SPLICING.value, title, STATES[state])
