"""Keep a chromosome, or all of a genome, that is read as needed: with progress, stop and resume."""

import time

import streamlit as st

from genoview.data.progress import Progress
from genoview.data.request import Request
from genoview.errors import Cancelled, GenoviewError
from genoview.io.remote.genome import WHOLE, RemoteGenome, megabytes
from genoview.runtime.jobs import Job
from genoview.ui.page import progress, shell
from genoview.ui.plain import plain

DOWNLOADS = "downloads"  # the queue beside those of the devices
JOBS = "keep_jobs"  # of the session, by genome and name
REFUSED = "keep_refusal"  # of the session: why something could not be removed
POLL_S = 1.0


def button(request: Request) -> None:
    """Opens what can be kept; nothing of a genome whose files are on this machine."""
    if request.assembly not in shell.bench().remote_names:
        return
    chrom = request.locus.interval.chrom
    with st.popover("Keep offline", key="keep_offline", type="tertiary"):
        running = is_running(request.assembly)
        st.fragment(_body, run_every=POLL_S if running else None)(request.assembly, chrom, running)


def _body(genome_name: str, chrom: str, was_running: bool) -> None:
    genome = shell.bench().assembly(genome_name).reference
    assert isinstance(genome, RemoteGenome)  # as its name says
    st.caption("What is kept stays on this machine and opens offline.")
    if refusal := plain(st.session_state.pop(REFUSED, "")):
        st.error(refusal, icon=":material/error:")
    kept = genome.kept()
    size = genome.entry.file.size
    n_bp = sum(genome.length(each) or 0 for each in genome.chromosomes)
    whole = f"{size / 1e6:,.0f} MB" if size else megabytes(n_bp)
    _row(genome, chrom, f"{chrom}, {megabytes(genome.length(chrom) or 0)}", kept)
    _row(genome, WHOLE, f"the whole genome, {whole}", kept)
    if was_running != is_running(genome_name):
        st.rerun()  # with the timer, or without it


def _row(genome: RemoteGenome, name: str, words: str, kept: dict[str, float]) -> None:
    """What stands of a part, and what can be done."""
    job = _jobs().get((genome.name, name))
    if job is not None and not job.is_finished:
        st.progress(job.share, text=plain(progress.words(job)))
        key = f"stop-{name}"
        st.button("Stop", key=key, on_click=_stop, args=(job,), width="stretch")
        return
    if job is not None and isinstance(job.error, Cancelled):
        st.caption("Stopped. What was downloaded is kept.")
    elif job is not None and job.error is not None:
        st.error(plain(job.error), icon=":material/error:")
    share = kept.get(name, 0.0)
    if share < 1:
        verb = f"Resume, {share:.0%} is downloaded:" if share else "Keep"
        label = f"{verb} {plain(words)}"
        st.button(label, key=f"keep-{name}", on_click=_keep, args=(genome, name), width="stretch")
    if name in kept:
        label = f"Remove {plain(words)}" if share == 1 else f"Forget {plain(words)}"
        st.button(label, key=f"drop-{name}", type="tertiary", on_click=_drop, args=(genome, name))


def actions(genome: RemoteGenome, kept: dict[str, float]) -> None:
    """Buttons of the table of genomes: keep, stop or remove the whole genome."""
    name, job = genome.name, _jobs().get((genome.name, WHOLE))
    if job is not None and not job.is_finished:
        st.button("Stop", key=f"stop-{name}", on_click=_stop, args=(job,))
        return
    if kept.get(WHOLE, 0.0) < 1:
        verb = "Resume" if WHOLE in kept else "Keep"
        st.button(verb, key=f"keep-{name}", on_click=_keep, args=(genome, WHOLE))
    for part in kept:
        words = "Remove" if part == WHOLE else f"Remove {plain(part)}"
        st.button(words, key=f"remove-{name}-{part}", on_click=_drop, args=(genome, part))


def notes(genome_name: str) -> None:
    """Under the row: how far a download is, and what went wrong."""
    job = _jobs().get((genome_name, WHOLE))
    if job is None:
        return
    if not job.is_finished:
        st.progress(job.share, text=plain(progress.words(job)))
    elif isinstance(job.error, Cancelled):
        st.caption("Stopped. What was downloaded is kept.")
    elif job.error is not None:
        st.error(plain(job.error), icon=":material/error:")


def _stop(job: Job[None]) -> None:
    job.cancel(shell.reader_id())


def _keep(genome: RemoteGenome, name: str) -> None:
    def work(report: Progress) -> None:
        if name == WHOLE:
            genome.keep_all(report)
        else:
            genome.keep(name, report)

    key = f"keep {genome.name} {name} {time.monotonic()}"  # what was removed is fetched again
    title = f"{genome.name} {name}"
    queue = shell.bench().queue
    _jobs()[genome.name, name] = queue.submit(key, work, title, DOWNLOADS, shell.reader_id())


def _drop(genome: RemoteGenome, name: str) -> None:
    _jobs().pop((genome.name, name), None)
    try:
        genome.remove(name)
    except (GenoviewError, OSError) as error:
        st.session_state[REFUSED] = str(error)


def is_running(genome_name: str) -> bool:
    """Whether something of the genome is on its way."""
    return any(name == genome_name and not job.is_finished for (name, _), job in _jobs().items())


def _jobs() -> dict[tuple[str, str], Job[None]]:
    jobs: dict[tuple[str, str], Job[None]] = st.session_state.setdefault(JOBS, {})
    return jobs
