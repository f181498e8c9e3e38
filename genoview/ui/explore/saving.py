"""Keep a view with a name, a note, tags, and its tracks in small."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.errors import StoreError
from genoview.report.document import small_tracks
from genoview.store import Label, SavedLocus
from genoview.store.saved_locus import MAX_PREDICTION
from genoview.ui.access.library import library
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain
from genoview.ui.variant.report import report_of


def form(request: Request, state: ViewState, answers: Sequence[Answer], link: str) -> None:
    """Name, tags and note; then the short link."""
    with st.form("save_form", border=False):
        name = st.text_input("Name", value=request.text)
        tags = st.text_input("Tags, separated by commas")
        note = st.text_area("Note")
        pressed = st.form_submit_button("Save", type="primary", disabled=not answers)
    if not pressed:
        return
    verdict = report_of(request, answers).verdict
    try:
        locus = SavedLocus.new(
            request.text,
            request.assembly,
            link,
            Label(name, note, tags.split(",")),
            summary=small_tracks(request, answers),
            models={answer.card.name: answer.version for answer in answers},
        )
        prediction = verdict.sentence[:MAX_PREDICTION]
        saved = library().loci.save(replace(locus, gene=verdict.gene, prediction=prediction))
    except StoreError as error:
        st.error(plain(error), icon=":material/error:")
        return
    st.success("Saved. Its short link, on this server:")
    st.code(f"{shell.base_url()}/?{shell.SHORT_LINK}={saved.short_id}", language=None)
