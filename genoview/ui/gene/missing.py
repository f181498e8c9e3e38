"""Where nothing is measured of a gene here: one sentence, and what adds the whole table."""

import streamlit as st

from genoview.models.exons.measured import GTEX_INCLUSION
from genoview.models.weights import Presence
from genoview.runtime.measured_inclusion import BUILDS
from genoview.ui.models import shelf
from genoview.ui.plain import code, plain

POLL_S = 1.0  # how often a download is looked at


def show(symbol: str, family: str) -> None:
    """Why there are no numbers, and how to go on."""
    if family not in BUILDS:
        known = " and ".join(BUILDS)
        st.info(f"GTEx measured people: there is a table for {known}, not for {plain(family)}.")
    elif shelf.folder().presence(GTEX_INCLUSION) is Presence.HERE:
        st.info(f"GTEx's table has no exon of this transcript of {plain(symbol)}.")
    else:
        running = shelf.is_downloading()
        st.fragment(_offer, run_every=POLL_S if running else None)(symbol, running)


def _offer(symbol: str, was_running: bool) -> None:
    row = GTEX_INCLUSION
    st.info(
        f"Nothing is measured of {plain(symbol)} in what comes with genoview, the exons of the "
        f"demo; the whole table of GTEx ({row.size / 1e6:,.0f} MB, about 600,000 exons) is added "
        f"with the button, or with {code(row.how)}."
    )
    with st.container(horizontal=True, gap="small"):
        shelf.actions(row)
    shelf.notes(row)
    if was_running != shelf.is_downloading():
        st.rerun()  # with the timer, or with the numbers
