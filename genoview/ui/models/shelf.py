"""Published weights on the page: added with a button, followed, checked and removed."""

import streamlit as st

from genoview.data.progress import Progress
from genoview.errors import Cancelled, GenoviewError
from genoview.models.registry import measured_rows
from genoview.models.weights import ModelFolder, Presence, Row
from genoview.runtime.jobs import Job
from genoview.runtime.measured_inclusion import prepare
from genoview.runtime.settings import folder_of
from genoview.ui.access import who
from genoview.ui.page import shell
from genoview.ui.plain import code, plain

DOWNLOADS = "downloads"  # the queue beside those of the devices
REFUSED = "shelf_refusal"  # keys of the session, by model: why something could not be removed
CHECKED = "shelf_checked"  # what was found wrong with the files


def folder() -> ModelFolder:
    """Where models that are added lie."""
    return folder_of(shell.bench().settings)


def is_downloading() -> bool:
    """Whether a download of this reader runs."""
    return any(not job.is_finished for job in _downloads().values())


def actions(row: Row) -> None:
    """Buttons of a model: add, stop, check, remove."""
    presence = folder().presence(row)
    job = _downloads().get(row.name)
    if job is not None and not job.is_finished:
        st.button("Stop", key=f"stop-{row.name}", on_click=_stop, args=(job,))
        return
    if row.package or not who.may_set_up():
        if presence is not Presence.HERE:
            with st.popover("How to add"):
                st.markdown("On the computer that runs this dashboard:")
                st.code(row.how, language=None)
                if row.terms:
                    st.caption(plain(row.terms))
        return
    if presence not in (Presence.HERE, Presence.UNREADABLE):
        _add_button(row, "Add" if presence is Presence.ABSENT else "Resume")
    if presence is not Presence.ABSENT:
        st.button("Check", key=f"check-{row.name}", on_click=_check, args=(row,))
        st.button("Remove", key=f"remove-{row.name}", on_click=_remove, args=(row,))


def _add_button(row: Row, verb: str) -> None:
    """A button; beneath another one where the licence has terms."""
    label, agreed = f"{plain(verb)} ({row.size / 1e6:,.1f} MB)", True
    place = st.popover(plain(verb)) if row.terms else st.container(width="content")
    with place:
        if row.terms:
            st.caption(plain(row.terms))
            agreed = st.checkbox("I accept these terms", key=f"terms-{row.name}")
        key = f"add-{row.name}"
        st.button(label, key=key, disabled=not agreed, on_click=_add, args=(row,))


def notes(row: Row) -> None:
    """Under the row: how far a download is, and what went wrong."""
    job = _downloads().get(row.name)
    if job is not None and not job.is_finished:
        st.progress(job.share, text=f"{plain(job.title)}: {job.share:.0%}")
        return
    if job is not None and isinstance(job.error, Cancelled):
        st.caption(f"{plain(job.error)} The part already downloaded is kept.")
    elif job is not None and job.error is not None:
        st.error(plain(job.error), icon=":material/error:")
    if folder().presence(row) is Presence.UNREADABLE:
        st.warning(
            f"The files are installed, but {plain(row.needs)}, which reads them, is not: "
            f"{code(folder().how(row))}",
            icon=":material/warning:",
        )
    if refusal := plain(st.session_state.get(REFUSED, {}).pop(row.name, "")):
        st.error(refusal, icon=":material/error:")
    problems = st.session_state.get(CHECKED, {}).get(row.name)
    for problem in problems or ():
        st.error(plain(problem), icon=":material/error:")
    if problems == []:
        st.success("All files are installed, as published.", icon=":material/check:")


def papers(row: Row) -> None:
    """Each file with its address and digest."""
    for file in row.files:
        st.markdown(
            f"{code(file.name)} {file.size:,} bytes  \n{plain(folder().address(row, file))}  \n"
            f"sha256 {code(file.sha256)}"
        )


def _check(row: Row) -> None:
    st.session_state.setdefault(CHECKED, {})[row.name] = folder().problems(row)


def _add(row: Row) -> None:
    """Queues the download: one at a time, which every reader can follow."""
    who.check_set_up()
    place = folder()

    def work(progress: Progress) -> None:
        place.add(row, progress, accepts_terms=True)  # the button is there for who accepted
        if row in measured_rows():
            prepare(bench.settings)

    bench = shell.bench()
    st.session_state.get(CHECKED, {}).pop(row.name, None)
    _downloads()[row.name] = bench.queue.submit(
        f"add {row.name}", work, f"Downloading {row.title}", DOWNLOADS, shell.reader_id()
    )


def _stop(job: Job[None]) -> None:
    job.cancel(shell.reader_id())


def _remove(row: Row) -> None:
    _downloads().pop(row.name, None)
    st.session_state.get(CHECKED, {}).pop(row.name, None)
    shell.bench().models.drop(row.name)
    try:
        who.check_set_up()
        folder().remove(row)
    except GenoviewError as error:
        st.session_state.setdefault(REFUSED, {})[row.name] = str(error)


def _downloads() -> dict[str, Job[None]]:
    """This reader's downloads by the model's name."""
    jobs: dict[str, Job[None]] = st.session_state.setdefault(DOWNLOADS, {})
    return jobs
