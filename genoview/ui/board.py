"""The board: runs the models, shows how far they are, and draws what is ready.

Request -> jobs -> answers -> pipeline.draw -> track view
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from genoview.backends.registry import NAMES, card_of
from genoview.errors import Cancelled, GenoviewError, TrackError
from genoview.genome import Interval
from genoview.jobs import Job, State
from genoview.panels import x_range
from genoview.pipeline import Answer, in_order, sketch
from genoview.request import Request
from genoview.store import HistoryEntry
from genoview.ui import acts, controls, local_files, shell
from genoview.ui.sources import source_of, stops_of
from genoview.ui.tiles import publish
from genoview.ui.trackview import Viewport, track_view, viewport_of
from genoview.ui.url import ViewState, bounds_of
from genoview.workbench import MEMORY

KEY = "tracks"
POLL_S = 1.0  # how often a page looks at its running jobs; each look takes time from them
REMEMBERED_S = 0.5  # what is remembered is there in less: then the first look shows it
ORIGIN = 0.5  # x of the left edge of base number 1 in the figures of `panels`

Below = Callable[[Request, Sequence[Answer]], None]


def show(request: Request, state: ViewState, below: Below | None = None) -> None:
    """Everything under the search box."""
    jobs = _jobs(request)
    for job in jobs.values():
        if job.device == MEMORY:
            job.wait(REMEMBERED_S)
    pending = any(not job.is_finished for job in jobs.values())
    controls.bar(request, state, _answers(jobs), _in_view(request, state))
    _versions_notice(state, _answers(jobs))
    st.fragment(_board, run_every=POLL_S if pending else None)(request, state, pending, below)


def _board(request: Request, state: ViewState, was_pending: bool, below: Below | None) -> None:
    if st.session_state.pop("acted", False):
        st.rerun()  # the menus beside the tracks show the same choices
    jobs = _jobs(request)
    answers = _answers(jobs)
    for name, job in jobs.items():
        _status(name, job)
    for warning in sorted({text for found in answers for text in found.warnings}):
        st.warning(warning, icon=":material/warning:")
    _draw(request, state, answers)
    _run_facts(answers)
    if below is not None and answers:
        below(request, answers)
    done = all(job.is_finished for job in jobs.values())
    if done:
        _remember(request, state, answers)
    if done == was_pending:
        st.rerun()  # once more as a whole: without the timer, or with it after "Run it"


def _run_facts(answers: Sequence[Answer]) -> None:
    """Where the values come from: computed or remembered, on which device, in which dtype."""
    if not answers:
        return
    facts = [
        f"{found.card.title} {'remembered' if found.cached else f'in {found.seconds:.1f} s'}"
        for found in answers
    ]
    bench = shell.bench()
    st.caption(f"{', '.join(facts)}; on {bench.device}, {bench.settings.dtype}")


def _jobs(request: Request) -> dict[str, Job[Answer]]:
    """A job for each model; those of this session's last request are given up."""
    reader, bench = shell.reader_id(), shell.bench()
    stopped: set[str] = st.session_state.setdefault("stopped", set())
    known: dict[str, Job[Answer]] = st.session_state.get("jobs", {})
    jobs = {}
    for name in NAMES:
        key = f"{request.assembly} {request.predicted} {request.variant} {name}"
        if key in stopped and key in known:
            jobs[key] = known[key]
        else:
            jobs[key] = bench.submit(request, name, reader)
    for key in known.keys() - jobs.keys():
        known[key].cancel(reader)
        stopped.discard(key)
    st.session_state["jobs"] = jobs
    return jobs


def _answers(jobs: dict[str, Job[Answer]]) -> list[Answer]:
    return in_order(job.result for job in jobs.values() if job.result is not None)


def _status(key: str, job: Job[Answer]) -> None:
    """A line for a model that is not ready: progress and a way to stop, or why there is none."""
    if job.state is State.DONE:
        return
    if isinstance(job.error, Cancelled):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{job.title} was stopped.")
            st.button("Run it", key=f"run-{key}", on_click=_restart, args=(key,))
        return
    if job.error is not None:
        st.error(str(job.error), icon=":material/error:")
        return
    if key in st.session_state["stopped"]:
        st.caption(f"{job.title}: stops after the part that it is at.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.share, text=_progress_text(job))
        st.button("Stop", key=f"stop-{key}", on_click=_stop, args=(key, job))


def _progress_text(job: Job[Answer]) -> str:
    if job.state is State.QUEUED:
        ahead = shell.bench().queue.ahead(job)
        return f"{job.title}: waits for its turn, {ahead} before it"
    rest = job.estimate_s
    about = "" if rest is None else f", about {max(rest, 1):,.0f} s left"
    return f"{job.title}: {job.share:.0%}{about}"


def _stop(key: str, job: Job[Answer]) -> None:
    st.session_state["stopped"].add(key)
    job.cancel(shell.reader_id())


def _restart(key: str) -> None:
    st.session_state["stopped"].discard(key)


def _draw(request: Request, state: ViewState, answers: Sequence[Answer]) -> None:
    """Hand the figure to the browser, which asks for finer and farther parts by itself."""
    shown = _with_known(request, answers)
    options, files = controls.options(request, state), local_files.files(request.assembly)
    assembly = shell.bench().assembly(request.assembly)
    fingerprint = (
        _subject(request),
        options,
        files,
        tuple((found.version, found.ref.data.interval) for found in shown),
    )
    if st.session_state.get("figure_of") != fingerprint:
        view = _in_view(request, state)
        try:
            figure = sketch(request, shown, assembly, view, options, files)
        except TrackError as error:  # every row is switched off
            st.info(str(error), icon=":material/visibility_off:")
            return
        st.session_state["figure"] = figure
        st.session_state["figure_of"] = fingerprint
    whole = request.locus.interval
    track_view(
        st.session_state["figure"],
        key=KEY,
        subject=_subject(request),
        limits=x_range(whole),
        file_stem=controls.file_stem(request),
        chrom=whole.chrom,
        origin=ORIGIN,
        theme="dark" if shell.theme() == "dark" else "light",
        link_param="at",
        link_fill=_link_fill(request, state, answers),
        tiles=publish(
            KEY, fingerprint, lambda: source_of(request, shown, assembly, options, files)
        ),
        stops=stops_of(request, assembly),
        can_extend=True,
        on_act=lambda act: _act(act, request, answers),
    )


def _act(act: object, request: Request, answers: Sequence[Answer]) -> None:
    """What the reader did in the track view becomes part of the address."""
    state = shell.current()
    assembly = shell.bench().assembly(request.assembly)
    covered = assembly.reference.covered(request.locus.interval.chrom)
    rows = list(controls.all_rows(request, answers))
    made = acts.apply(act, state, acts.Scene(request, _in_view(request, state), rows, covered))
    if made is not None:
        shell.commit(made)
        st.session_state["acted"] = True


def _with_known(request: Request, answers: Sequence[Answer]) -> list[Answer]:
    """The answers, and for models still at work what they said of a window that overlaps."""
    known: dict[str, Answer] = st.session_state.setdefault("known_answers", {})
    ready = {found.card.name for found in answers}
    kept = [
        found
        for name, found in known.items()
        if name not in ready
        and request.variant is None
        and found.alt is None
        and st.session_state.get("known_genome") == request.assembly
        and found.ref.data.interval.overlaps(request.locus.interval)
    ]
    for found in answers:
        known[found.card.name] = found
    st.session_state["known_genome"] = request.assembly
    return in_order([*answers, *kept])


def _link_fill(
    request: Request, state: ViewState, answers: Sequence[Answer]
) -> dict[str, list[str]]:
    """Genome and model versions for the address of a view that is complete."""
    if not state.q or len(answers) < len(NAMES):
        return {}
    whole = replace(state, assembly=request.assembly, versions=controls.versions(answers))
    return {key: values for key, values in whole.to_params().items() if key in ("g", "v")}


def _subject(request: Request) -> str:
    return f"{request.assembly} {request.text} {request.predicted.to_ucsc()}"


def _in_view(request: Request, state: ViewState) -> Interval:
    return visible(request, state, viewport_of(KEY, _subject(request)))


def visible(request: Request, state: ViewState, seen: Viewport | None) -> Interval:
    """What the reader looks at: by hand, by link, or the whole window."""
    whole = request.locus.interval
    if seen is not None:
        start, end = round(seen.start - ORIGIN), round(seen.end - ORIGIN)
    elif bounds := bounds_of(state.at):
        start, end = bounds
    else:
        return whole
    if end <= start:
        return whole
    return whole.intersection(replace(whole, start=start, end=end)) or whole


def _versions_notice(state: ViewState, answers: Sequence[Answer]) -> None:
    """Say where a link was made with other models than those that answer now."""
    now = {a.card.name: a.version for a in answers}
    for text in state.versions:
        name, _, version = text.partition(":")
        if name in now and now[name] != version:
            st.info(
                f"This link was made with version {version} of {card_of(name).title}; "
                f"what you see is from version {now[name]}, and may differ.",
                icon=":material/history:",
            )


def _remember(request: Request, state: ViewState, answers: Sequence[Answer]) -> None:
    """Write the finished query into the history, once; the page lives without it."""
    asked = (request.assembly, request.text, request.predicted)  # not of a refused text
    if not state.q or st.session_state.get("remembered") == asked:
        return
    st.session_state["remembered"] = asked
    kind = "variant" if request.variant else "locus"
    entry = HistoryEntry(
        query=state.q,
        normalised=request.text,
        assembly=request.assembly,
        kind=kind,
        url=controls.link(request, state, answers, _in_view(request, state)),
        seconds=sum(found.seconds for found in answers),
        when=datetime.now(UTC),
    )
    try:
        shell.bench().store.history.record(entry)
    except GenoviewError as error:
        st.warning(str(error))
