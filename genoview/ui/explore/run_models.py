"""Runs the models, shows their progress, and draws what is ready.

Request -> jobs -> answers -> Scene -> track view
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from genoview.data.answer import Answer, in_order
from genoview.data.request import Request
from genoview.errors import Cancelled, GenoviewError
from genoview.models.registry import default_models
from genoview.runtime.jobs import Job, State
from genoview.runtime.workbench import MEMORY
from genoview.store import HistoryEntry
from genoview.ui.access.library import library
from genoview.ui.explore import controls, model_choice, mutagenesis, track_view
from genoview.ui.explore.scene import scene_of
from genoview.ui.page import links, progress, shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain
from genoview.ui.variant import score_jobs
from genoview.ui.variant.pending import JOB_MODELS
from genoview.ui.variant.report import report_of
from genoview.ui.variant.tables import delta_table

POLL_S = 1.0  # how often a page looks at its running jobs; each look takes time from them
REMEMBERED_S = 0.5  # what is remembered is there in less: then the first look shows it

Beside = Callable[[Request, Sequence[Answer]], None]
"""Draws what is said of the answers above or below the tracks."""


def show(request: Request, state: ViewState, above: Beside, below: Beside) -> None:
    """Everything under the search box.

    Containers are always there, full or empty, so that the tracks keep their place on the page, and
    with it what the reader did in them.
    """
    jobs = _jobs(request, state)
    for job in jobs.values():
        if job.device == MEMORY:
            job.wait(REMEMBERED_S)
    pending = not _all_finished(jobs)
    scene = scene_of(request, _answers(jobs))
    run_every = POLL_S if pending else None
    with st.container(horizontal=True, key="answer", gap="medium"):
        with st.container(key="answer_words"):
            waits = pending or score_jobs.is_pending(delta_table.PLACE)
            look = st.fragment(_answer, run_every=POLL_S if waits else None)
            look(request, state, above, waits)
        with st.container(key="answer_actions"):
            controls.bar(scene, state, track_view.in_view(request, state))
    with st.container():
        _versions_notice(state, scene.answers)
        model_choice.warn(state)
    st.fragment(_results, run_every=run_every)(request, state, pending, below)


def _answer(request: Request, state: ViewState, above: Beside, waited: bool) -> None:
    jobs = _jobs(request, state)
    above(request, _answers(jobs))
    if score_jobs.is_pending(delta_table.PLACE) and not waited:
        st.rerun()  # with the timer
    if waited and _all_finished(jobs) and not score_jobs.is_pending(delta_table.PLACE):
        st.rerun()  # without it


def _results(request: Request, state: ViewState, was_pending: bool, below: Beside) -> None:
    if st.session_state.pop("acted", False):
        st.rerun()  # the menus beside the tracks show the same choices
    jobs = _jobs(request, state)
    is_ready = _all_finished(jobs)  # judged now: what ends while the page is drawn is not on it
    answers = _answers(jobs)
    with st.container():
        with st.container(horizontal=True, gap="small", key="progress"):
            for name, job in jobs.items():
                with st.container(width="content"):  # of each: what goes moves no other
                    _status(name, job)
        warnings = {text for answer in answers for text in answer.warnings}
        for warning in sorted(warnings.union(mutagenesis.warnings(request, state))):
            st.warning(plain(warning), icon=":material/warning:")
    scene = scene_of(request, answers)
    track_view.draw(scene, state)
    _run_facts(answers)
    below(request, answers)
    for note in dict.fromkeys(note for answer in answers for note in answer.notes):
        st.caption(plain(note))
    if is_ready:
        _remember(request, state, answers)
    if is_ready == was_pending or is_ready != _all_finished(jobs):
        st.rerun()  # once more as a whole: without the timer, or with it after "Run it"


def _run_facts(answers: Sequence[Answer]) -> None:
    """Where the values come from: computed or cached, on which device, in which dtype."""
    if not answers:
        return
    facts = [
        f"{answer.card.title} {'from the cache' if answer.cached else f'in {answer.seconds:.1f} s'}"
        for answer in answers
    ]
    bench = shell.bench()
    st.caption(
        f"{plain(', '.join(facts))}; on {plain(bench.device)}, {plain(bench.settings.dtype)}"
    )


def _jobs(request: Request, state: ViewState) -> dict[str, Job[Any]]:
    """A job for each model and mutagenesis; those of this session's last request are given up."""
    reader, bench = shell.reader_id(), shell.bench()
    stopped: set[str] = st.session_state.setdefault("stopped", set())
    known: dict[str, Job[Any]] = st.session_state.get("jobs", {})
    place = f"{request.assembly} {request.predicted} {request.variant}"
    models = {
        f"{place} {bench.cache_name(name)}": name
        for name in model_choice.in_turn(model_choice.of_tracks(state, default_models()), request)
    }
    wanted: dict[str, Callable[[], Job[Any]]] = {
        key: partial(bench.submit, request, name, reader) for key, name in models.items()
    }
    wanted |= mutagenesis.jobs_of(request, state)
    jobs = {
        key: known[key] if key in known and _is_kept(key, known[key]) else submit()
        for key, submit in wanted.items()
    }
    for key in known.keys() - jobs.keys():
        known[key].cancel(reader)
        stopped.discard(key)
    st.session_state["jobs"] = jobs
    st.session_state[JOB_MODELS] = models
    return jobs


def _all_finished(jobs: dict[str, Job[Any]]) -> bool:
    return all(job.is_finished for job in jobs.values())


def _answers(jobs: dict[str, Job[Any]]) -> list[Answer]:
    return in_order(job.result for job in jobs.values() if isinstance(job.result, Answer))


def _status(key: str, job: Job[Any]) -> None:
    """Of a model that is not ready: how far it is and a way to stop, or why there is none."""
    if job.state is State.DONE:
        return
    if isinstance(job.error, Cancelled):
        _line(progress.ended(job), ("Run it", f"run-{key}", partial(_restart, key)))
    elif job.error is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.error(plain(job.error), icon=":material/error:")
            st.button("Try again", key=f"again-{key}", on_click=_forget, args=(key,))
    elif key in st.session_state["stopped"]:
        st.caption(f"{plain(job.title)}: stops after the current part")
    else:
        _line(progress.words(job), ("Stop", f"stop-{key}", partial(_stop, key, job)))


def _line(words: str, button: tuple[str, str, Callable[[], None]]) -> None:
    """Words with a button behind them: its label, its key and what it does."""
    label, key, on_click = button
    with st.container(horizontal=True, gap="xsmall", width="content", vertical_alignment="center"):
        st.caption(plain(words), width="content")
        st.button(plain(label), key=key, on_click=on_click, type="tertiary")


def _stop(key: str, job: Job[Any]) -> None:
    st.session_state["stopped"].add(key)
    job.cancel(shell.reader_id())


def _restart(key: str) -> None:
    st.session_state["stopped"].discard(key)


def _is_kept(key: str, job: Job[Any]) -> bool:
    """Whether a refresh of the page leaves a job as it is.

    A result stays with the page, also where the queue let it go for newer ones: a page of many
    models, or one among many readers, would never be ready. What failed is not run again by itself:
    a service counts requests.
    """
    failed = job.state is State.FAILED
    return failed or key in st.session_state["stopped"] or shell.bench().queue.stands(job)


def _forget(key: str) -> None:
    st.session_state["jobs"].pop(key, None)


def _versions_notice(state: ViewState, answers: Sequence[Answer]) -> None:
    """Say where a link was made with other models than those that answer now."""
    now = {a.card.name: (a.version, a.card.title) for a in answers}
    for text in state.versions:
        name, _, version = text.partition(":")
        if name in now and now[name][0] != version:
            st.info(
                f"This link was made with version {plain(version)} of {plain(now[name][1])}; "
                f"what you see is from version {plain(now[name][0])}, and may differ.",
                icon=":material/history:",
            )


def _remember(request: Request, state: ViewState, answers: Sequence[Answer]) -> None:
    """Write the finished query into the history, once; again, uncounted, as its prediction comes.

    The page lives without it.
    """
    wanted = (request.assembly, request.text, request.predicted)  # not of a refused text
    verdict = report_of(request, answers).verdict
    last, sentence = st.session_state.get("remembered", (None, ""))
    if not state.q or (last, sentence) == (wanted, verdict.sentence):
        return
    st.session_state["remembered"] = wanted, verdict.sentence
    kind = "variant" if request.variant else "locus"
    entry = HistoryEntry(
        query=state.q,
        normalised=request.text,
        assembly=request.assembly,
        kind=kind,
        url=links.link(request, state, answers, track_view.in_view(request, state)),
        seconds=sum(answer.seconds for answer in answers),
        when=datetime.now(UTC),
        times=0 if last == wanted else 1,
        gene=verdict.gene,
        prediction=verdict.sentence,
    )
    try:
        library().history.record(entry)
    except GenoviewError as error:
        st.warning(plain(error))


def begun(request: Request, state: ViewState) -> tuple[dict[str, Job[Any]], list[Answer]]:
    """The jobs of a view, and what is ready; a moment is given to what is cached."""
    jobs = _jobs(request, state)
    for job in jobs.values():
        if job.device == MEMORY:
            job.wait(REMEMBERED_S)
    return jobs, _answers(jobs)
