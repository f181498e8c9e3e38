"""The page of files: what to score, the runs of this server, and the one that is open."""

import streamlit as st

from genoview.errors import GenoviewError
from genoview.models.registry import card_of, default_file_models
from genoview.runtime.batch import Plan, Run, available_models
from genoview.runtime.batch_runs import BatchRuns, Progressing
from genoview.runtime.jobs import State
from genoview.runtime.settings import folder_of
from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE
from genoview.ui.access.library import library
from genoview.ui.batch import results
from genoview.ui.page import progress, rs_lookup, shell
from genoview.ui.page.examples import EXAMPLES
from genoview.ui.plain import code, plain

RUN = "run"  # query parameter of the run that is open
POLL_S = 2.0  # how often a page looks at the runs
LIST, PASTED = "batch_list", "Pasted list"
ENDINGS = ("vcf", "gz", "bgz", "txt", "tsv")
PLACEHOLDER = "chr20:43042364:C>T\n20-43249076-C-T\nlines of a VCF"
NOTHING_TO_SCORE = (
    "There is nothing to score: paste or upload at least one variant, and choose a model."
)
STATES = {"begun": "cut off", "done": "done", "stopped": "stopped", "failed": "failed"}
PROMISE = (
    "Files stay on the machine that runs genoview, in its cache folder, until you remove their run."
)


def batch_runs() -> BatchRuns:
    """The runs that this reader sees, all runs where readers have none of their own."""
    return library().runs


def show() -> None:
    """The form, the runs, and the one that the address names."""
    known = batch_runs().runs()
    with st.expander("New run", expanded=not known, icon=":material/add:"):
        _form()
    if not known:
        st.info("Nothing scored yet. A run continues when you leave the page, and is listed here.")
        return
    pending = any(batch_runs().at_work(run.run_id) for run in known)
    st.fragment(_runs, run_every=POLL_S if pending else None)(pending)
    opened = batch_runs().find(st.query_params.get(RUN, ""))
    if opened is not None:
        results.show(opened, batch_runs())


def _form() -> None:
    way = st.segmented_control(
        "Variants", ("Paste a list", "Upload a file"), default="Paste a list", required=True
    )
    content = _pasted() if way == "Paste a list" else _uploaded()
    titles = {name: card_of(name).title for name in _here()}
    left, middle, right = st.columns([3, 1, 1], vertical_alignment="bottom")
    models = left.multiselect(
        "Models", list(titles), list(default_file_models()), format_func=titles.__getitem__
    )
    distance = middle.number_input(
        "Distance, bp",
        LEAST_DISTANCE,
        MOST_DISTANCE,
        50,
        help="Gained and lost splice sites are scored within this distance of a variant.",
    )
    genome = right.selectbox("Genome", shell.bench().ready_names, key="batch_genome")
    if content is not None:
        rs_lookup.ask_before(content[1], str(genome))
    if st.button("Score", type="primary"):  # never disabled: a paste is read by this very click
        if content is None or not models:
            st.warning(NOTHING_TO_SCORE, icon=":material/error:")
        else:
            name, data = content
            _start(data, Plan(name, str(genome), tuple(models), int(distance)))
    st.caption(PROMISE)


def _here() -> tuple[str, ...]:
    return available_models(folder_of(shell.bench().settings))


def _pasted() -> tuple[str, bytes] | None:
    text = st.text_area(
        "One variant a line, as in the search box or a VCF",
        key=LIST,
        placeholder=PLACEHOLDER,
        height=130,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Use three examples", on_click=_use_examples)
        st.caption(
            " · ".join(f"{code(example.query)} {plain(example.title)}" for example in EXAMPLES)
        )
    return (PASTED, text.encode()) if text.strip() else None


def _use_examples() -> None:
    st.session_state[LIST] = "".join(f"{example.query}\n" for example in EXAMPLES)


def _uploaded() -> tuple[str, bytes] | None:
    file = st.file_uploader(
        "VCF, plain or bgzipped, or a list", type=list(ENDINGS), key="batch_file"
    )
    return None if file is None else (file.name, file.getvalue())


def _start(content: bytes, plan: Plan) -> None:
    try:
        run = batch_runs().start(content, plan)
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    st.query_params[RUN] = run.run_id
    st.rerun()


def _runs(was_pending: bool) -> None:
    """A line for each run: where it stands, and what can be done."""
    problem = plain(st.session_state.pop("batch_problem", ""))
    if problem:
        st.error(problem, icon=":material/error:")
    st.markdown("##### Runs")
    known = batch_runs().runs()
    for run in known:
        with st.container(border=True, key=f"batch-run-{run.run_id}"):
            _run(run)
    if any(batch_runs().at_work(run.run_id) for run in known) != was_pending:
        st.rerun()  # once more as a whole: the results are ready, or the timer is needed


def _run(run: Run) -> None:
    at_work = batch_runs().at_work(run.run_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(run.plan.name)}**", width="content")
        st.caption(plain(_facts(run)), width="stretch")
        if st.query_params.get(RUN) != run.run_id:
            st.button("Open", key=f"open-{run.run_id}", on_click=_open, args=(run.run_id,))
        if at_work is not None:
            st.button("Stop", key=f"stop-{run.run_id}", on_click=_stop, args=(run.run_id,))
        elif run.state != "done":
            st.button("Continue", key=f"go-{run.run_id}", on_click=_resume, args=(run.run_id,))
        st.button(
            "Remove",
            key=f"remove-{run.run_id}",
            type="tertiary",
            on_click=_remove,
            args=(run.run_id,),
        )
    if at_work is not None:
        st.progress(at_work.job.share, text=plain(_progress_words(at_work)))
    elif run.state == "failed":
        st.error(plain(run.words), icon=":material/error:")
    else:
        counts = f": {plain(run.words)}" if run.words else ""
        rest = "" if run.state == "done" else " What was scored is kept; Continue scores the rest."
        st.caption(f"{STATES[run.state].capitalize()}{counts}.{rest}")


def _facts(run: Run) -> str:
    models = ", ".join(card_of(name).title for name in run.plan.models)
    when = run.created[:16].replace("T", " ")
    return f"{run.plan.assembly} · {models} · {run.plan.distance:,} bp · {when} UTC"


def _progress_words(at_work: Progressing) -> str:
    job = at_work.job
    if job.state is State.QUEUED:
        return f"Queued ({progress.place(shell.bench().queue.ahead(job))} in line)"
    if not at_work.total:
        return "Reading the file"
    rest = job.estimate_s
    about = "" if rest is None else f", about {_duration(rest)} left"
    return f"{job.share:.0%} of {at_work.total:,} variants{about}"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(seconds, 1):,.0f} s"
    return f"{seconds / 60:,.0f} min" if seconds < 5_400 else f"{seconds / 3_600:,.1f} h"


def _open(run_id: str) -> None:
    st.query_params[RUN] = run_id


def _stop(run_id: str) -> None:
    batch_runs().stop(run_id)


def _resume(run_id: str) -> None:
    try:
        batch_runs().resume(run_id)
    except GenoviewError as error:
        st.session_state["batch_problem"] = str(error)


def _remove(run_id: str) -> None:
    batch_runs().remove(run_id)
    if st.query_params.get(RUN) == run_id:
        del st.query_params[RUN]
