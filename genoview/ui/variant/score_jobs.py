"""Scores that take a while: one job in the queue, its progress, and ways to stop and to go on."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from genoview.data.progress import Progress
from genoview.errors import Cancelled
from genoview.runtime.jobs import Job, State
from genoview.ui.page import progress, shell
from genoview.ui.plain import plain

POLL_S = 1.0  # how often a page looks at a running job
FIRST_LOOK_S = 0.8  # what is quick is there in less: no progress bar, nothing below it moves

T = TypeVar("T")
Known = Callable[[], T | None]
Compute = Callable[[Progress], T]


def result(
    place: str, key: str, title: str, known: Known[T], compute: Compute[T], device: str = ""
) -> tuple[T | None, bool]:
    """The result, if it is there, and whether a job is computing it; shows its progress.

    What failed is not tried again before the reader says so.

    Args:
        place: on the page; a job of another key that was started there is cancelled.
        known: what is remembered, at once.
        device: whose queue it waits in; empty for that of the models here.
    """
    cached = known()
    _give_up(place, None if cached is not None else key)
    if cached is not None:
        return cached, False
    if key in _stopped():
        st.caption(f"{plain(title)}: stopped.")
        st.button("Run it", key=f"run-{place}", on_click=_stopped().discard, args=(key,))
        return None, False
    job, is_new = _job(place, key, title, compute, device)
    if is_new:
        job.wait(FIRST_LOOK_S)
    _status(place, job)
    return job.result, not job.is_finished


def standing(place: str, key: str) -> tuple[Any, State]:
    """The result of a job of the page, if it is there, and its state; queued before it begins."""
    if key in _stopped():
        return None, State.CANCELLED
    job = _jobs().get(place)
    if job is None or job.key != key:
        return None, State.QUEUED
    return job.result, job.state


def begin(place: str, key: str, title: str, known: Known[T], compute: Compute[T]) -> None:
    """Compute what is not remembered, for whoever shows it; unless the reader has stopped it."""
    cached = known()
    _give_up(place, None if cached is not None else key)
    if cached is None and key not in _stopped():
        _job(place, key, title, compute, "")


def _job(place: str, key: str, title: str, compute: Compute[T], device: str) -> tuple[Job[T], bool]:
    """The job of the place, and whether it was queued just now; what failed stays."""
    earlier, bench = _jobs().get(place), shell.bench()
    if earlier is not None and (earlier.state is State.FAILED or bench.queue.stands(earlier)):
        return earlier, False
    job = bench.queue.submit(key, compute, title, device or bench.device, shell.reader_id())
    _jobs()[place] = job
    return job, job is not earlier


def is_pending(place: str) -> bool:
    """Whether the page has to look again."""
    job = _jobs().get(place)
    return job is not None and not job.is_finished


def give_up() -> None:
    """The reader has gone on to a locus, which has no scores."""
    for place in list(_jobs()):
        _give_up(place, None)


def _jobs() -> dict[str, Job[Any]]:
    jobs: dict[str, Job[Any]] = st.session_state.setdefault("score_jobs", {})
    return jobs


def _stopped() -> set[str]:
    keys: set[str] = st.session_state.setdefault("stopped_scores", set())
    return keys


def _give_up(place: str, key: str | None) -> None:
    job = _jobs().get(place)
    if job is not None and job.key != key:
        job.cancel(shell.reader_id())
        del _jobs()[place]


def _status(place: str, job: Job[T]) -> None:
    """Nothing once it is done."""
    if job.state is State.DONE:
        return
    if job.error is not None and not isinstance(job.error, Cancelled):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.error(plain(job.error), icon=":material/error:")
            st.button("Try again", key=f"again-{place}", on_click=_forget, args=(place,))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.share, text=plain(progress.words(job)))
        st.button("Stop", key=f"stop-{place}", on_click=_stop, args=(job,))


def _forget(place: str) -> None:
    _jobs().pop(place, None)


def _stop(job: Job[object]) -> None:
    _stopped().add(job.key)
    job.cancel(shell.reader_id())
