"""The search box: typed text -> Request, its echo, and what to do where it is wrong."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from genoview.data.assembly_names import assembly_fits
from genoview.data.request import Request
from genoview.errors import GenoviewError, NotLookedUp, OtherBuild, QueryError
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.ui.page import consent, keep, other_build, rs_lookup, shell, suggest_route
from genoview.ui.page.url import ViewState

BOX = "search_text"
GENOME = "search_genome"
LAST_GOOD = "last_good_request"
DEFAULT_QUERY = "chr20:42,974,001-42,994,000"  # the P2 promoter of HNF4A
HELP = """
- **Locus** `chr20:43,000,000-43,020,000`, a BED line, a single position
- **Gene** `HNF4A`, `ENSG00000101076`, `NM_000457`
- **Variant** `chr20:43042364:C>T`, `20-43042364-C-T`, a VCF line, `NC_000020.10:g.43042364C>T`
- **Name** `NM_000022.4:c.976-34G>A`, `ADA:c.976-34G>A`, `ADA R211H`, a ClinVar title
- **dbSNP** `rs80357906`, or one of its alleles, `rs334:T>A`
"""


Beside = Callable[[Request, ViewState], None]


def box(
    state: ViewState,
    wants_variant: bool | None = False,
    beside: Beside = lambda request, state: None,
) -> Request | None:
    """Draw the box; None where there is nothing to show yet.

    Args:
        wants_variant: what the page is made for; None for both.
        beside: draws what can be done with the request, behind its echo.
    """
    _widgets(state)
    with st.container():  # always there: what comes and goes in it moves nothing that follows
        return _request(state, wants_variant, beside)


def _request(state: ViewState, wants_variant: bool | None, beside: Beside) -> Request | None:
    """The request behind the text, with its echo or with what is wrong."""
    is_remote = state.assembly in shell.bench().remote_names
    text = state.q or ("" if wants_variant or is_remote else DEFAULT_QUERY)
    if consent.is_needed(state.assembly):
        consent.ask(state.assembly, state)
        return None
    if not text:
        return None
    try:
        bench = shell.bench()
        assembly = bench.assembly(state.assembly)
        request = resolve(text, assembly, _others(assembly), state.flank)
    except GenoviewError as error:
        if not (isinstance(error, NotLookedUp) and error.needs_consent):
            st.error(str(error), icon=":material/error:")
        if isinstance(error, NotLookedUp):
            rs_lookup.show(error, state)
        if isinstance(error, OtherBuild):
            _offer_build(state, error.family)
        if isinstance(error, QueryError):
            _suggest(state, error)
        return _last_good()
    st.session_state[LAST_GOOD] = request
    if wants_variant is not None and wants_variant != (request.variant is not None):
        shell.turn_to("explore" if wants_variant else "variant", state)
    with st.container(
        horizontal=True, gap="small", key="view_actions", vertical_alignment="center"
    ):
        _echo(request)
        other_build.buttons(request)
        keep.button(request)
        beside(request, state)
    for note in request.notes:
        st.caption(f":material/info: {note}")
    other_build.show(request, state)
    return request


def _widgets(state: ViewState) -> None:
    names = shell.bench().menu_names
    # A visit to a page without the box makes Streamlit forget what stood in it.
    if BOX not in st.session_state or st.session_state.get("box_seeded") != state.q:
        st.session_state[BOX] = st.session_state["box_seeded"] = state.q
    st.session_state[GENOME] = state.assembly if state.assembly in names else names[0]
    box, genome = st.columns([4, 1], vertical_alignment="bottom")
    with box:
        st.text_input(
            "Locus, gene or variant",
            key=BOX,
            placeholder="chr20:43,000,000-43,020,000 · HNF4A · chr20:43042364:C>T",
            help=HELP,
            autocomplete="off",
            on_change=_search,
        )
    genome.selectbox("Genome", names, key=GENOME, on_change=_search)
    with st.container(key="suggestions"):
        suggest_route.beneath("Locus, gene or variant", state.assembly)


def _search() -> None:
    text = str(st.session_state[BOX])
    names = shell.bench().menu_names
    genome = str(st.session_state[GENOME])
    st.session_state["box_seeded"] = text
    st.session_state.pop(shell.TURNED, None)  # a new query goes to its own page again
    shell.commit(
        replace(
            shell.current(),
            q=text.strip(),
            assembly="" if genome == names[0] else genome,
            at="",
            factors=(),
            highlights=(),
            scans=(),
            versions=(),
        )
    )


def _others(assembly: Assembly) -> list[Assembly]:
    """Genomes that are open already; opening one only for an error's advice would be slow."""
    bench = shell.bench()
    return [
        open_assembly
        for name in bench.menu_names
        if (open_assembly := bench.opened(name)) is not None and open_assembly.name != assembly.name
    ]


def _offer_build(state: ViewState, family: str) -> None:
    """A button for each genome of the build that the text is for."""
    bench = shell.bench()
    fitting = [
        name
        for name in bench.menu_names
        if assembly_fits(family, name) or assembly_fits(family, bench.family(name) or "-")
    ]
    with st.container(horizontal=True):
        for name in fitting:
            view = replace(state, assembly=name, at="", versions=())
            st.button(f"Open on {name}", key=f"open-on-{name}", on_click=shell.commit, args=(view,))


def _suggest(state: ViewState, error: QueryError) -> None:
    if not error.suggestions:
        return
    with st.container(horizontal=True):
        for words, text in error.suggestions:
            st.button(
                f"{words}: {text}",
                on_click=shell.commit,
                args=(_instead(state, text),),
            )


def _instead(state: ViewState, text: str) -> ViewState:
    """The view of a suggestion; `... [mine]` also chooses the genome of that name."""
    query, _, name = text.removesuffix("]").rpartition(" [")
    if name not in shell.bench().menu_names:
        return replace(state, q=text, at="", versions=())
    return replace(state, q=query, assembly=name, at="", versions=())


def _last_good() -> Request | None:
    request: Request | None = st.session_state.get(LAST_GOOD)
    if request is not None:
        st.caption(f"Still showing {request.text}.")
    return request


def _echo(request: Request) -> None:
    interval = request.locus.interval
    st.caption(
        f"**{request.text}** in {request.assembly} · shown {interval.to_ucsc()} "
        f"({interval.width:,} bp)",
        width="content",
    )
