"""Which gene of a request, and which of its transcripts; the link keeps the transcript."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.request import Request
from genoview.io.refseq.genes import NamedTranscript
from genoview.io.refseq.mane import stem
from genoview.query.resolve_names import transcripts_at, transcripts_of
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain

GENE, TRANSCRIPT = "gene_chosen", "gene_transcript"  # of the session: what the pickers show


def transcripts_in(request: Request) -> list[NamedTranscript]:
    """Of the gene that was typed, or of all genes at a place: those that stand for them first.

    Raises:
        AnnotationError: the genes cannot be read.
    """
    assembly = shell.bench().assembly(request.assembly)
    if request.variant is None and ":" not in request.text:
        return transcripts_of(request.text, assembly)
    place = request.variant.interval if request.variant else request.locus.interval
    return transcripts_at(place, assembly)


def chosen_in(transcripts: Sequence[NamedTranscript], state: ViewState) -> NamedTranscript:
    """That of the link, or the one that was typed; else the first."""
    by_id = {stem(_id(transcript)): transcript for transcript in reversed(transcripts)}
    typed = (by_id.get(stem(name)) for name in (state.transcript, state.q) if name)
    return next((known for known in typed if known is not None), transcripts[0])


def pickers(transcripts: Sequence[NamedTranscript], chosen: NamedTranscript) -> None:
    """Gene, where there are several, and transcript, beside each other in a row of the page."""
    symbols = list(dict.fromkeys(transcript.symbol for transcript in transcripts))
    own = {
        _id(transcript): transcript
        for transcript in transcripts
        if transcript.symbol == chosen.symbol
    }
    st.session_state[GENE], st.session_state[TRANSCRIPT] = chosen.symbol, _id(chosen)
    firsts = {transcript.symbol: _id(transcript) for transcript in reversed(transcripts)}
    if len(symbols) > 1:
        st.selectbox(
            "Gene",
            symbols,
            key=GENE,
            width=150,
            label_visibility="collapsed",
            on_change=lambda: _choose(firsts[st.session_state[GENE]]),
        )
    st.selectbox(
        "Transcript",
        list(own),
        key=TRANSCRIPT,
        width=340,
        label_visibility="collapsed",
        format_func=lambda name: _words(own[name]),
        on_change=lambda: _choose(st.session_state[TRANSCRIPT]),
    )


def _choose(transcript: str) -> None:
    shell.commit(shell.current().with_choice("transcript", transcript))


def _words(named: NamedTranscript) -> str:
    n = len(named.transcript.exons)
    label = f"{named.label}, " if named.label else ""
    return plain(f"{_id(named)} ({label}{n} {'exon' if n == 1 else 'exons'})")


def _id(named: NamedTranscript) -> str:
    return named.transcript.transcript_id
