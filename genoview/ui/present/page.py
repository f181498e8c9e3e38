"""A presentation: one saved locus at a time, its prediction and note, and the tracks alone."""

import urllib.parse
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.query.resolve import resolve
from genoview.store import SavedLocus
from genoview.ui.access.library import library
from genoview.ui.explore.measured import asking, chosen
from genoview.ui.page import consent, shell
from genoview.ui.plain import plain
from genoview.ui.present import keys, slides, tracks
from genoview.ui.present.slides import Slides
from genoview.ui.variant.report import report_of


def show() -> None:
    """The whole page; its address is the presentation, and where it stands."""
    st.html(Path(__file__).with_name("present.css"))
    deck = slides.shown()
    if deck is None:
        st.warning("The link names no saved locus to present: choose some on the page Saved.")
        _leave_button()
        return
    try:
        locus = library().loci.by_short_id(deck.current)
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        locus = None
    _bar(deck, locus)
    shell.name_browser_tab(locus.name if locus else deck.current)
    if locus is None:
        st.warning(
            f"The saved locus {plain(deck.current)} is gone: it was deleted here, or saved on "
            "another server. The others of this presentation open as before.",
            icon=":material/bookmark_remove:",
        )
        return
    if "q" not in st.query_params:
        open_slide(deck)
    with st.container(key="present_slide"):
        _slide(locus)


def open_slide(deck: Slides) -> None:
    """Write the view of its locus into the address; of one that is gone, its place alone."""
    locus = library().loci.by_short_id(deck.current)
    _, _, query = (locus.url if locus else "").partition("?")
    st.query_params.from_dict({**urllib.parse.parse_qs(query), **deck.params})


def _bar(deck: Slides, locus: SavedLocus | None) -> None:
    """Title, place among the others, and what the keys do, as buttons."""
    with st.container(horizontal=True, vertical_alignment="center", key="present_bar"):
        st.html(_title(locus))
        st.html(f'<p class="gv-place">{deck.index + 1} of {len(deck.ids)}</p>', width="content")
        keys.listen()
        last = len(deck.ids) - 1
        for name, label, to, words in (
            ("previous", "←", deck.moved(-1), "Previous locus (← or Page Up)"),
            ("next", "→", deck.moved(1), "Next locus (→ or Page Down)"),
        ):
            is_end = deck.index == (0 if name == "previous" else last)
            key = f"present_{name}"
            st.button(
                plain(label), key=key, help=plain(words), disabled=is_end, on_click=_go, args=(to,)
            )
        _leave_button()


def _leave_button() -> None:
    if st.button("Leave", key="present_leave", help="Back to Saved (Esc)"):
        st.switch_page(shell.PAGES["saved"][0], query_params={})


def _go(deck: Slides) -> None:
    try:
        open_slide(deck)
    except GenoviewError:  # said by the page, which reads the locus again
        st.query_params.from_dict(deck.params)


def _title(locus: SavedLocus | None) -> str:
    """Name, gene and query: a person's words, never as HTML."""
    if locus is None:
        return '<h1 class="gv-slide">Not saved here any more</h1>'
    facts = [fact for fact in (locus.gene, locus.text) if fact and fact != locus.name]
    small = f"<small>{escape(' · '.join((*facts, locus.assembly)))}</small>"
    return f'<h1 class="gv-slide">{escape(locus.name)} {small}</h1>'


def _slide(locus: SavedLocus) -> None:
    state = shell.current()
    if consent.is_needed(state.assembly):
        consent.ask(state.assembly, state)
        return
    try:
        request = resolve(state.q, shell.bench().assembly(state.assembly), flank=state.flank)
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    asking.ask(request.assembly, state)
    tracks.show(request, state, lambda *now: _words(locus, *now))
    chosen.watch(request.assembly, state)


def _words(locus: SavedLocus, request: Request, answers: Sequence[Answer]) -> None:
    """The prediction as it is now; until there is one, as it was saved; then the note."""
    prediction = report_of(request, answers).verdict.sentence or locus.prediction
    lines = [("prediction", prediction), ("note", locus.note)]
    words = (f'<p class="gv-{kind}">{escape(text)}</p>' for kind, text in lines if text)
    st.html("".join(words) or "<p></p>")
