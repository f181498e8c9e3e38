"""The parts that the reader marked: for drawing, for files, and as a list to take from."""

from dataclasses import replace

import streamlit as st

from genoview.data.genome import Interval
from genoview.figure.options import Highlight
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.page.url_parts import Band
from genoview.ui.plain import plain


def highlights_of(state: ViewState, chrom: str) -> tuple[Highlight, ...]:
    """Highlights for drawing and for files."""
    return tuple(
        Highlight(Interval(chrom, band.start, band.end), band.colour, band.label)
        for band in state.highlights
    )


def menu(state: ViewState, chrom: str) -> None:
    """A line for each, with a way to remove it; how to make one where there is none."""
    if not state.highlights:
        st.caption("Select a part of the tracks with Shift and the mouse, and press Highlight.")
        return
    pairs = zip(state.highlights, highlights_of(state, chrom), strict=True)
    for band, highlight in pairs:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(highlight.words)
            st.button(
                "Remove",
                key=f"unmark-{band.start}-{band.end}",
                help=f"Remove the highlight {plain(highlight.interval.to_ucsc())}",
                icon=":material/close:",
                on_click=_remove,
                args=(band,),
            )
    st.button("Remove all", key="unmark-all", on_click=_remove_all)


def _remove(band: Band) -> None:
    state = shell.current()
    others = tuple(highlight for highlight in state.highlights if highlight != band)
    shell.commit(replace(state, highlights=others))


def _remove_all() -> None:
    shell.commit(replace(shell.current(), highlights=()))
