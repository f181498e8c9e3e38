"""Saved loci and the history, as lists that can be searched, edited and carried away."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from genoview.errors import StoreError
from genoview.store import History, HistoryEntry, SavedLoci, SavedLocus
from genoview.ui import sheet
from genoview.ui.access.library import library
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.saved import slide_choice

UNDO = "deleted_locus"
MAX_HISTORY = 200
N_SUMMARY = 4  # tracks of a saved view shown in small


def show() -> None:
    """Both lists; a library that cannot be read is said, and the page stays."""
    own = library()
    saved, history = st.tabs(["Saved loci", "History"])
    with saved:
        _guard(lambda: _saved(own.loci))
    with history:
        _guard(lambda: _history(own.history))


def _guard(draw: Callable[[], None]) -> None:
    try:
        draw()
    except StoreError as error:
        st.error(plain(error), icon=":material/error:")


def _saved(loci: SavedLoci) -> None:
    _undo(loci)
    words = st.text_input("Search name, note, tags, gene and query", key="saved_search")
    saved = loci.entries(words)
    if not saved:
        st.info(
            "No saved locus matches this search."
            if words
            else "Nothing saved yet: open a locus and press Save above the tracks."
        )
    slide_choice.bar(loci)
    for locus in saved:
        with st.container(border=True, gap="xsmall"):
            _locus(loci, locus)
    _exchange(loci)


def _locus(loci: SavedLoci, locus: SavedLocus) -> None:
    """The answer first, then the place, what was written on it, and what can be done."""
    gene = f" · *{plain(locus.gene)}*" if locus.gene else ""
    st.markdown(f"**{plain(locus.name)}**{gene}")
    if locus.prediction:
        st.markdown(plain(locus.prediction))
    st.caption(
        f"{plain(locus.text)} · {plain(locus.assembly)} · saved {plain(_when(locus.created))}"
    )
    if locus.tags:
        st.caption(" ".join(f":gray-badge[{plain(tag)}]" for tag in locus.tags))
    if locus.note:
        st.text(locus.note)
    _summary(locus)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Open", key=f"open-{locus.id}", type="primary"):
            shell.open_saved(locus)
        _edit(loci, locus)
        with st.popover("Link"):
            st.code(f"{shell.base_url()}/?{shell.SHORT_LINK}={locus.short_id}", language=None)
        st.button("Delete", key=f"delete-{locus.id}", on_click=_delete, args=(loci, locus))
        slide_choice.box(locus)


def _summary(locus: SavedLocus) -> None:
    rows = [
        {
            "track": track.label,
            "maximum": track.maximum,
            "position": None if track.position is None else f"{track.position + 1:,}",
            "profile": list(track.sparkline),
        }
        for track in locus.summary[:N_SUMMARY]
    ]
    if rows:
        sheet.dataframe(
            rows,
            hide_index=True,
            column_config={
                "maximum": st.column_config.NumberColumn(format="%.3f"),
                "profile": st.column_config.AreaChartColumn(y_min=0),
            },
            key=f"summary-{locus.id}",
        )


def _edit(loci: SavedLoci, locus: SavedLocus) -> None:
    with st.popover("Edit"), st.form(f"edit-{locus.id}", border=False):
        name = st.text_input("Name", locus.name)
        tags = st.text_input("Tags, separated by commas", ", ".join(locus.tags))
        note = st.text_area("Note", locus.note)
        if st.form_submit_button("Save changes"):
            loci.edit(locus.id, name=name, note=note, tags=tags.split(","))
            st.rerun()


def _delete(loci: SavedLoci, locus: SavedLocus) -> None:
    try:
        loci.delete(locus.id)
    except StoreError as error:
        st.session_state["library_error"] = str(error)
        return
    st.session_state[UNDO] = (locus.id, locus.name)


def _undo(loci: SavedLoci) -> None:
    if problem := plain(st.session_state.pop("library_error", "")):
        st.error(problem)
    if UNDO not in st.session_state:
        return
    locus_id, name = st.session_state[UNDO]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Deleted {plain(name)}.")
        if st.button("Undo"):
            loci.restore(locus_id)
            del st.session_state[UNDO]
            st.rerun()


def _exchange(loci: SavedLoci) -> None:
    with st.expander("Export and import"):
        st.download_button(
            "Export all as JSON", loci.export_json, "genoview-loci.json", "application/json"
        )
        file = st.file_uploader("Import an export", type="json")
        if file is not None and st.button("Import"):
            report = loci.import_json(file.getvalue().decode("utf-8-sig", "replace"))
            st.success(
                f"{report.added:,} added, {report.updated:,} updated, "
                f"{report.unchanged:,} already here."
            )


def _history(history: History) -> None:
    words = st.text_input("Search queries", key="history_search")
    past = history.entries(MAX_HISTORY, words)
    if not past:
        st.info("No query matches this search." if words else "No queries yet.")
        return
    for entry in past:
        _entry(history, entry)
    if st.button("Clear the history"):
        history.clear()
        st.rerun()


def _entry(history: History, entry: HistoryEntry) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(plain(entry.normalised), key=f"history-{entry.entry_id}"):
            shell.open_url(entry.url)
        times = "once" if entry.times == 1 else f"{entry.times} times"
        facts = (entry.assembly, entry.gene or entry.kind, f"{times}, last {_when(entry.when)}")
        st.caption(plain(" · ".join(facts)))
        if st.button("Remove", key=f"forget-{entry.entry_id}", type="tertiary"):
            history.delete(entry.entry_id)
            st.rerun()
    if entry.prediction:
        st.caption(plain(entry.prediction))


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
