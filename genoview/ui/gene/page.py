"""The page of a gene: every exon of a transcript in every tissue, measured."""

from dataclasses import replace

import streamlit as st

from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.io.refseq.genes import NamedTranscript
from genoview.io.refseq.mane import load_mane
from genoview.models.exons.measured import GTEX_INCLUSION, GTEX_INCLUSION_CARD
from genoview.report.gene_inclusion_table import NOT_TOLD_APART
from genoview.runtime.inclusion import inclusion_of
from genoview.runtime.measured_inclusion import BUILDS, measured_table
from genoview.scoring.splicing.inclusion.gene import GeneInclusion, gene_inclusion
from genoview.ui.gene import choice, exons, level, missing
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import link, plain

EXAMPLES = ("ADA", "HNF4A")
FIRST = EXAMPLES[0]  # shown before a gene is typed
MOST_SILENT = 8  # names of tissues without RNA in a line


def examples() -> None:
    """Genes of the demo, a click each."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("Type a gene, a transcript or a variant, such as", width="content")
        for symbol in EXAMPLES:
            if st.button(plain(symbol), key=f"gene-{symbol}"):
                shell.go("gene", ViewState(q=symbol))


def show(request: Request, state: ViewState) -> None:
    """The gene of a request, or what to type."""
    try:
        transcripts = choice.transcripts_in(request)
        if not transcripts:
            st.info(f"No gene lies at {plain(request.text)}: type a gene, such as {FIRST}.")
            return
        chosen = choice.chosen_in(transcripts, state)
        family = shell.bench().assembly(request.assembly).family
        table = measured_table(shell.bench().settings, family)
        inclusion = gene_inclusion(chosen, table)
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    exons.open_clicked(request, inclusion)
    _head(request, inclusion)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        choice.pickers(transcripts, chosen)
        _links(request, chosen)
    if inclusion.measured:
        _measured(request, inclusion)
    else:
        missing.show(chosen.symbol, family or request.assembly)
    level.show(request, chosen.symbol)


def _head(request: Request, inclusion: GeneInclusion) -> None:
    """The gene's name and place, what is measured, and the variant."""
    named = inclusion.named
    is_human = shell.bench().assembly(request.assembly).family in BUILDS
    title = load_mane().titles.get(named.symbol, "") if is_human else ""
    place = named.transcript.interval
    strand = place.strand.replace("-", "−")
    name = f"**{plain(named.symbol)}**, {plain(title)}" if title else f"**{plain(named.symbol)}**"
    where = plain(f"{place.to_ucsc()}, {strand} strand")
    st.markdown(f"{name} :small[:gray[{where}]]")
    if inclusion.measured:
        st.markdown(plain(inclusion.words))
    if request.variant is not None:
        _variant(request, named)


def _links(request: Request, named: NamedTranscript) -> None:
    """The same gene, and the variant, on other pages."""
    own = ViewState(q=named.symbol, assembly=shell.current().assembly)
    _page("explore", own, f"{named.symbol} on Explore")
    if request.variant is not None:
        view = replace(shell.current(), q=request.text)
        _page("variant", view, f"{shell.shortened(request.text)} on Variant")


def _variant(request: Request, named: NamedTranscript) -> None:
    """What MMSplice says of the gene's exons near it."""
    bench = shell.bench()
    try:
        answers = inclusion_of(bench, request, bench.assembly(request.assembly))
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    for answer in answers:
        own = [effect for effect in answer.effects if effect.gene == named.symbol]
        says = own[0].words if own else f"no exon of {named.symbol} within its reach"
        st.markdown(f"**{plain(request.text)}**, {plain(answer.card.title)}: {plain(says)}.")


def _page(name: str, view: ViewState, label: str) -> None:
    path, _, icon = shell.PAGES[name]
    st.page_link(path, label=plain(label), icon=icon, query_params=shell.pairs(view))


def _measured(request: Request, inclusion: GeneInclusion) -> None:
    exons.show_map(request, inclusion)
    st.caption(plain(" ".join(_notes(inclusion))))
    exons.table(request, inclusion)
    exons.files(request, inclusion)
    card = GTEX_INCLUSION_CARD
    st.caption(
        f"{plain(inclusion.source)}; licence {plain(card.licence)}, "
        f"{link('PyPI mmsplice 2.4.0', GTEX_INCLUSION.source)}. {plain(card.citation)}"
    )


def _notes(inclusion: GeneInclusion) -> tuple[str, ...]:
    """A sentence each on what is not in the heat map."""
    absent, silent = inclusion.absent, inclusion.silent
    words = [NOT_TOLD_APART]
    if absent:
        numbers = ", ".join(str(exon.number) for exon in absent)
        words.append(f"Not in the table, so empty: exon{'s' * (len(absent) > 1)} {numbers}.")
    if silent:
        more = f" and {len(silent) - MOST_SILENT} more" if len(silent) > MOST_SILENT else ""
        names = ", ".join(silent[:MOST_SILENT])
        words.append(f"No RNA with any of its exons, and no lane: {names}{more}.")
    return tuple(words)
