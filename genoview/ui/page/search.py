"""The search box: typed text -> Request, its echo, and what to do where it is wrong."""

import time
from dataclasses import dataclass, replace

import streamlit as st

from genoview.data.assembly_names import assembly_fits
from genoview.data.request import Request
from genoview.errors import GenoviewError, NotLookedUp, OtherBuild, QueryError
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.ui.page import consent, keep, other_build, rs_lookup, shell, suggest_route
from genoview.ui.page.manners import BOX_LABEL
from genoview.ui.page.url import MAX_TEXT, ViewState
from genoview.ui.plain import plain

BOX = "search_text"
SEEDED = "box_seeded"  # of the session: page and query that were last written into the box
FIRST = "box_first"  # of the session: what stands in the box until a run writes into it
REFUSED = "search_refused"  # of the session: why what stands in the box was not looked at
TOO_LONG = (
    "The text has {n:,} characters, and at most {most:,} can be opened here: score a longer "
    "variant from a VCF on the page Batch."
)
GENOME = "search_genome"
WRITTEN = "box_written"  # of the session: the last `Written`
ECHO_S = 5.0  # for how long a browser may still send what stood in the box before
LAST_GOOD = "last_good_request"
DEFAULT_QUERY = "chr20:42,974,001-42,994,000"  # the P2 promoter of HNF4A
HELP = """
- **Locus** `chr20:43,000,000-43,020,000`, a BED line, a single position
- **Gene** `HNF4A`, `ENSG00000101076`, `NM_000457`
- **Variant** `chr20:43042364:C>T`, `20-43042364-C-T`, a VCF line, `NC_000020.10:g.43042364C>T`
- **Name** `NM_000022.4:c.976-34G>A`, `ADA:c.976-34G>A`, `ADA R211H`, a ClinVar title
- **dbSNP** `rs80357906`, or one of its alleles, `rs334:T>A`
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote into box and genome: `before` stood there, and a busy browser may send it
    once more with the next rerun, as if it were typed."""

    before: tuple[str, str]
    view: ViewState
    when: float

    def is_echoed_by(self, standing: tuple[str, str]) -> bool:
        return standing == self.before and time.monotonic() - self.when < ECHO_S


def box(
    state: ViewState, wants_variant: bool | None = False, default: str = DEFAULT_QUERY
) -> Request | None:
    """Draw the box; None where there is nothing to show yet.

    Args:
        wants_variant: what the page is made for; None for both.
        default: what is shown before anything is typed, on a page that needs no variant.
    """
    _widgets(state, wants_variant)
    with st.container():  # always there: what comes and goes in it moves nothing that follows
        request = _request(state, wants_variant, default)
    shell.settle()
    return request


def _request(state: ViewState, wants_variant: bool | None, default: str) -> Request | None:
    """The request behind the text, with its echo or with what is wrong."""
    if REFUSED in st.session_state:
        st.error(plain(st.session_state[REFUSED]), icon=":material/error:")
    is_remote = state.assembly in shell.bench().remote_names
    text = state.q or ("" if wants_variant or is_remote else default)
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
            st.error(plain(error), icon=":material/error:")
        if isinstance(error, NotLookedUp):
            rs_lookup.show(error, state)
        if isinstance(error, OtherBuild):
            _offer_build(state, error.family)
        if isinstance(error, QueryError):
            _suggest(state, error)
        return _last_good()
    st.session_state[LAST_GOOD] = request
    shell.name_browser_tab(request.text)
    if wants_variant is not None and wants_variant != (request.variant is not None):
        shell.turn_to("explore" if wants_variant else "variant", state)
    st.session_state[shell.SEEN] = shell.query_of(state)
    with st.container(
        horizontal=True, gap="small", key="view_actions", vertical_alignment="center"
    ):
        _echo(request)
        other_build.buttons(request)
        keep.button(request)
    for note in request.notes:
        st.caption(f":material/info: {plain(note)}")
    other_build.show(request, state)
    return request


def _widgets(state: ViewState, page: bool | None) -> None:
    """Box, genome and what can be typed, in one line."""
    names = shell.bench().menu_names
    is_new = SEEDED not in st.session_state  # as after a restart: the browser may have typed text
    if not is_new and BOX not in st.session_state:
        st.session_state.pop(REFUSED, None)  # a visit to a page without the box made it forget
    is_stale = BOX not in st.session_state or st.session_state.get(SEEDED) != (page, state.q)
    # A default that stays: a first run that is cut off may never reach the browser.
    default = st.session_state.setdefault(FIRST, state.q)
    before = _standing()
    if not is_new and is_stale and REFUSED not in st.session_state:
        st.session_state[BOX] = state.q
        default = ""  # Streamlit takes one of both
    if REFUSED not in st.session_state:
        st.session_state[SEEDED] = (page, state.q)
    st.session_state[GENOME] = state.assembly if state.assembly in names else names[0]
    if not is_new and _standing() != before:
        st.session_state[WRITTEN] = Written(before, state, time.monotonic())
    with st.container(horizontal=True, key="search_row", gap="small"):
        typed = st.text_input(
            BOX_LABEL,
            default,
            key=BOX,
            placeholder="chr20:43,000,000-43,020,000 · HNF4A · chr20:43042364:C>T",
            label_visibility="collapsed",
            autocomplete="off",
            on_change=_search,
        )
        st.selectbox(
            "Genome", names, key=GENOME, on_change=_search, label_visibility="collapsed", width=170
        )
        with st.popover("What can be typed", icon=":material/help:", type="tertiary"):
            st.markdown(HELP)
    with st.container(key="suggestions"):
        suggest_route.beneath(BOX_LABEL, state.assembly)
    if is_new and typed and typed != state.q:
        _search()
        st.rerun()


def _standing() -> tuple[str, str]:
    """Text and genome as the session has them."""
    return str(st.session_state.get(BOX, "")), str(st.session_state.get(GENOME, ""))


def _search() -> None:
    written: Written | None = st.session_state.get(WRITTEN)
    if written is not None and written.is_echoed_by(_standing()):
        st.session_state[BOX], st.session_state[FIRST] = written.view.q, ""
        shell.resume(written.view)
        return
    text = str(st.session_state[BOX])
    names = shell.bench().menu_names
    genome = str(st.session_state[GENOME])
    st.session_state.pop(REFUSED, None)
    if len(text.strip()) > MAX_TEXT:
        st.session_state[REFUSED] = TOO_LONG.format(n=len(text.strip()), most=MAX_TEXT)
        return
    page, _ = st.session_state[SEEDED]
    st.session_state[SEEDED] = (page, text.strip())
    shell.propose(
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
            st.button(
                f"Open on {plain(name)}",
                key=f"open-on-{name}",
                on_click=shell.propose,
                args=(view,),
            )


def _suggest(state: ViewState, error: QueryError) -> None:
    if not error.suggestions:
        return
    with st.container(horizontal=True):
        for words, text in error.suggestions:
            st.button(
                f"{plain(words)}: {plain(text)}",
                on_click=shell.propose,
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
        st.caption(f"Still showing {plain(request.text)}.")
    return request


def _echo(request: Request) -> None:
    interval = request.locus.interval
    st.caption(
        f"**{plain(shell.shortened(request.text))}** in {plain(request.assembly)} · shown "
        f"{plain(interval.to_ucsc())} ({interval.width:,} bp)",
        width="content",
    )
