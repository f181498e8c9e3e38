"""The shelf on the page: models to add with a button, and what is loaded of all of them."""

import streamlit as st

from genoview.data.assets import ASSETS
from genoview.errors import Cancelled, GenoviewError
from genoview.models.registry import own_models, setups, shelf_rows
from genoview.models.weights import ModelFolder, Presence, Row
from genoview.runtime.jobs import Job, Progress
from genoview.runtime.settings import folder_of
from genoview.ui.page import shell

DOWNLOADS = "downloads"  # the queue beside those of the devices
POLL_S = 1.0
REFUSED = "shelf_refusal"  # key of the session: why something could not be removed


def show() -> None:
    """Each row of the shelf; a download is followed without the rest of the page."""
    st.subheader("More models")
    settings = shell.bench().settings
    folder = folder_of(settings)
    st.caption(
        f"Models that are added lie in `{folder.path}` (GENOVIEW_MODELS), each in a folder by its "
        "name; files copied there by hand are used as well. "
        + (f"They are fetched from the mirror {folder.mirror}." if folder.mirror else "")
    )
    downloads = any(not job.is_finished for job in _downloads().values())
    st.fragment(_rows, run_every=POLL_S if downloads else None)(folder, downloads)
    for name in own_models(settings.models_dir):
        with st.container(border=True):
            _own(name)


def loaded() -> None:
    """What takes memory, and a button to give it back."""
    bench = shell.bench()
    sizes = bench.models.sizes()
    st.subheader("Loaded models")
    st.markdown(
        f"{len(sizes)} loaded: {sum(sizes.values()) / 1e6:,.0f} MB of "
        f"{bench.models.budget_bytes / 1e6:,.0f} MB on {bench.device} "
        "(GENOVIEW_MODEL_MEMORY_MB). A model is loaded when it is first used; beyond the budget "
        "the least recently used is unloaded."
    )
    for name, size in reversed(sizes.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{_title(name)}: {size / 1e6:,.1f} MB")
            st.button("Unload", key=f"unload-{name}", on_click=bench.models.drop, args=(name,))


def _title(name: str) -> str:
    """Title of a loaded model; outputs of a configured model share its weights."""
    setup = setups().get(name)
    return (setup.card if setup else shell.bench().card(name)).title


def _rows(folder: ModelFolder, was_downloading: bool) -> None:
    if refusal := st.session_state.pop(REFUSED, ""):
        st.error(refusal, icon=":material/error:")
    for row in shelf_rows():
        with st.container(border=True):
            _row(folder, row)
    if was_downloading != any(not job.is_finished for job in _downloads().values()):
        st.rerun()  # with the timer, or without it


def _row(folder: ModelFolder, row: Row) -> None:
    card, presence = shell.bench().card(row.name), folder.presence(row)
    size = f" · {row.size / 1e6:,.1f} MB" if row.size else ""
    st.markdown(f"**{row.title}** · {card.family.value} · **{folder.words(row)}**{size}")
    text, facts = st.columns([3, 2], gap="medium")
    text.markdown(f"**Predicts.** {card.predicts}")
    text.markdown(f"**Limits.** {card.limits}")
    facts.markdown(
        f"**Licence** {card.licence}  \n**Citation** {card.citation}  \n**Source** {row.source}"
    )
    if row.files:
        with facts, st.popover("Files and licence"):
            _papers(folder, row)
    _state(folder, row, presence)


def _papers(folder: ModelFolder, row: Row) -> None:
    for file in row.files:
        st.markdown(
            f"`{file.name}` {file.size:,} bytes  \n{folder.address(row, file)}  \n"
            f"sha256 `{file.sha256}`"
        )
    path = ASSETS / "models" / f"{row.name}.LICENCE.md"
    if path.exists():
        st.markdown(path.read_text(encoding="utf-8"))


def _state(folder: ModelFolder, row: Row, presence: Presence) -> None:
    """What can be done: add, follow and stop a download, check, remove."""
    job = _downloads().get(row.name)
    if job is not None and not job.is_finished:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(job.share, text=f"{job.title}: {job.share:.0%}")
            st.button("Stop", key=f"stop-{row.name}", on_click=_stop, args=(job,))
        return
    if job is not None and isinstance(job.error, Cancelled):
        st.caption(f"{job.error} The part already downloaded is kept.")
    elif job is not None and job.error is not None:
        st.error(str(job.error), icon=":material/error:")
    if row.terms:
        st.caption(row.terms)
    if presence is Presence.UNREADABLE:
        st.warning(
            f"The files are here, but {row.needs}, which reads them, is not installed: "
            f"`{folder.how(row)}`",
            icon=":material/warning:",
        )
    if row.package or not shell.bench().settings.allow_paths:
        if presence is not Presence.HERE:
            st.markdown("Add it on the computer that runs this dashboard:")
            st.code(row.how, language=None)
        return
    with st.container(horizontal=True):
        if presence not in (Presence.HERE, Presence.UNREADABLE):
            agreed = not row.terms or st.checkbox("I accept these terms", key=f"terms-{row.name}")
            words = "Add" if presence is Presence.ABSENT else "Go on"
            st.button(
                f"{words} ({row.size / 1e6:,.1f} MB)",
                key=f"add-{row.name}",
                disabled=not agreed,
                on_click=_add,
                args=(folder, row),
            )
        if presence is not Presence.ABSENT:
            st.button("Remove", key=f"remove-{row.name}", on_click=_remove, args=(folder, row))
            if st.button("Check", key=f"check-{row.name}"):
                _check(folder, row)


def _check(folder: ModelFolder, row: Row) -> None:
    problems = folder.problems(row)
    for problem in problems:
        st.error(problem, icon=":material/error:")
    if not problems:
        st.success("All files are here, as published.", icon=":material/check:")


def _add(folder: ModelFolder, row: Row) -> None:
    """Queues the download: one at a time, which every reader can follow."""

    def work(progress: Progress) -> None:
        folder.add(row, progress, accepts_terms=True)  # the button is there for who accepted

    bench = shell.bench()
    _downloads()[row.name] = bench.queue.submit(
        f"add {row.name}", work, f"Fetching {row.title}", DOWNLOADS, shell.reader_id()
    )


def _stop(job: Job[None]) -> None:
    job.cancel(shell.reader_id())


def _remove(folder: ModelFolder, row: Row) -> None:
    _downloads().pop(row.name, None)
    shell.bench().models.drop(row.name)
    try:
        folder.remove(row)
    except GenoviewError as error:
        st.session_state[REFUSED] = str(error)


def _own(name: str) -> None:
    """A model that the reader put there."""
    try:
        card = shell.bench().card(name)
    except GenoviewError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.markdown(f"**{card.title}** · {card.family.value} · **your own**, `{name}`")
    st.markdown(f"**Predicts.** {card.predicts}  \n**Licence** {card.licence}  \n{card.citation}")
    st.caption(f"`genoview models check {name}` checks it against the interface of models.")


def _downloads() -> dict[str, Job[None]]:
    """This reader's downloads by the model's name."""
    jobs: dict[str, Job[None]] = st.session_state.setdefault(DOWNLOADS, {})
    return jobs
