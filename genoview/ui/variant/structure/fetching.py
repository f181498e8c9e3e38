"""A structure from AlphaFold DB: the question before it, and a job that can be stopped."""

import time
from functools import partial

import streamlit as st

from genoview.errors import Cancelled, GenoviewError
from genoview.io.structure.alphafold import LEARNS, TITLE
from genoview.runtime.jobs import Job
from genoview.runtime.structures import Structures
from genoview.ui.page import progress, shell
from genoview.ui.plain import plain

PROBLEM = "structure_problem"  # of the session: gene, and why its last act led nowhere
JOBS = "structure_jobs"  # of the session: fetches by gene
DOWNLOADS = "downloads"  # the queue beside those of the devices
AT_ONCE_S = 1.0  # a structure that comes within this time needs no Stop
POLL_S = 1.0


def offer(structures: Structures, accession: str, gene: str, protein: str) -> None:
    """Who is asked and learns what; while it is read, how far, and Stop."""
    host = plain(structures.host)
    words = f"The predicted structure of **{plain(gene)}** is {plain(accession)} in {TITLE}"
    if structures.is_agreed:
        st.markdown(f"{words}; it is read from {host} and cached on this machine.")
        title = "Fetch"
    else:
        st.markdown(
            f"{words}. It is read from {host}, who learns {LEARNS}; never a variant. "
            "It is then cached on this machine."
        )
        title = "Agree and fetch"
    if gene not in _jobs() and st.button(title, type="primary", key="structure-fetch"):
        _begin(structures, accession, gene, protein)
    if gene in _jobs():
        st.fragment(_running, run_every=POLL_S)(gene)


def _begin(structures: Structures, accession: str, gene: str, protein: str) -> None:
    try:
        structures.agree()
        work = partial(structures.fetch, accession, protein)
        key = f"structure {accession} {time.monotonic()}"  # what was removed is fetched again
        title = f"{accession} from {structures.host}"
        queue = shell.bench().queue
        _jobs()[gene] = queue.submit(key, work, title, DOWNLOADS, shell.reader_id())
        with st.spinner(f"{plain(accession)} is read from {plain(structures.host)}"):
            _jobs()[gene].wait(AT_ONCE_S)
    except GenoviewError as error:
        st.session_state[PROBLEM] = (gene, str(error))
        st.rerun()


def _running(gene: str) -> None:
    """Runs alone, each second, until it ends."""
    job = _jobs().get(gene)
    if job is None:
        return
    if not job.is_finished:
        st.progress(job.share, text=plain(progress.words(job)))
        st.button("Stop", key="structure-stop", on_click=_stop, args=(job,))
        return
    del _jobs()[gene]
    if isinstance(job.error, Cancelled):
        st.session_state[PROBLEM] = (gene, "The structure was not read: it was stopped.")
    elif job.error is not None:
        st.session_state[PROBLEM] = (gene, str(job.error))
    st.rerun()


def _stop(job: Job[None]) -> None:
    job.cancel(shell.reader_id())


def _jobs() -> dict[str, Job[None]]:
    jobs: dict[str, Job[None]] = st.session_state.setdefault(JOBS, {})
    return jobs
