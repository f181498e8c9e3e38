"""A variant's names under the search box, each with a button that copies it, and its consequence.

The table of genes takes a second when it is first read: a thread reads it, the page goes on.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

import streamlit as st

from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.io.assembly import Assembly
from genoview.query.hgvs_names.transcripts import irregular_note
from genoview.query.resolve_names import ChosenNames, chosen_names
from genoview.report.consequences import TranscriptConsequence, chosen_of, consequences_of
from genoview.report.prediction import with_sizes
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import consequences
from genoview.ui.variant import page as variant_page

KEY = "variant_names"  # of the session: the names of the last variant
POLL_S = 0.5  # how often the page looks whether they are there
FIRST_LOOK_S = 0.1  # once the genes are read, names are there in less


class _Described(NamedTuple):
    names: ChosenNames
    consequences: tuple[TranscriptConsequence, ...]


class _Pending(NamedTuple):
    variant: Variant
    assembly: Assembly
    names: Future[_Described]


def show(request: Request) -> None:
    """In a fragment of its own; nothing of a locus."""
    if request.variant is None:
        return
    pending = _pending(request.variant, shell.bench().assembly(request.assembly)).names
    is_ready = _is_ready(pending, FIRST_LOOK_S)
    if is_ready and (words := _browser_tab(pending)):
        shell.name_browser_tab(words)
    st.fragment(_section, run_every=None if is_ready else POLL_S)(request, is_ready)


def known(request: Request) -> ChosenNames | None:
    """For files: computed now if they are not there; None of a locus or where they failed."""
    if request.variant is None:
        return None
    pending = _pending(request.variant, shell.bench().assembly(request.assembly)).names
    return pending.result().names if pending.exception() is None else None


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "names")


def _pending(variant: Variant, assembly: Assembly) -> _Pending:
    """Computed once per variant."""
    last: _Pending | None = st.session_state.get(KEY)
    if last is None or (last.variant, last.assembly) != (variant, assembly):
        last = _Pending(variant, assembly, _thread().submit(_described, variant, assembly))
        st.session_state[KEY] = last
    return last


def _described(variant: Variant, assembly: Assembly) -> _Described:
    return _Described(chosen_names(variant, assembly), consequences_of(variant, assembly))


def _is_ready(names: Future[_Described], patience: float = 0) -> bool:
    try:
        names.exception(patience)
    except TimeoutError:
        return False
    return True


def _section(request: Request, was_ready: bool) -> None:
    assert request.variant is not None  # or there were no section
    pending = _pending(request.variant, shell.bench().assembly(request.assembly))
    if not _is_ready(pending.names):
        _row(request, "Names: the table of genes is being read.", (str(request.variant),))
        consequences.wait()
        return
    if not was_ready or consequences.take_choice():
        st.rerun()  # without the timer, and with the chosen transcript in every link
    try:
        described = pending.names.result()
    except GenoviewError as error:
        st.caption(
            f"{variant_page.kind_and_genes(request, request.variant)} · Names: {plain(error)}"
        )
        return
    chosen = chosen_of(described.consequences, shell.current().transcript)
    _names(request, described.names, chosen)
    _warn(chosen, pending.assembly)
    consequences.show(described.consequences, chosen)


def _names(
    request: Request, chosen_names: ChosenNames, chosen: TranscriptConsequence | None
) -> None:
    """Along the transcript that the reader chose."""
    names = chosen_names.names
    along = chosen.along if chosen and chosen.coding else ""
    coding, protein = (chosen.coding, chosen.protein) if chosen else ("", "")
    words = f"names on {along}" if along else "genomic names only"
    _row(request, words, (coding, protein, names.genomic, names.spdi))


def _warn(chosen: TranscriptConsequence | None, assembly: Assembly) -> None:
    for note in irregular_note(chosen.named, assembly) if chosen and chosen.coding else ():
        st.caption(f":material/info: {plain(note)}")


def _browser_tab(names: Future[_Described]) -> str:
    """`ADA c.976-34G>A`; "" where no transcript is near."""
    if names.exception() is not None:
        return ""
    chosen = chosen_of(names.result().consequences, shell.current().transcript)
    if chosen is None or not chosen.coding:
        return ""
    return f"{chosen.named.symbol} {chosen.coding.partition(':')[2]}"


def _row(request: Request, words: str, names: tuple[str, ...]) -> None:
    """Names in a line; the style sheet folds them into a menu where the page is narrow."""
    assert request.variant is not None  # or there were no section
    with st.container(key="variant_kind"):
        st.caption(f"{variant_page.kind_and_genes(request, request.variant)} *· {plain(words)}*")
    first = names[0] or names[-1]
    with st.container(key="names_wide"):
        _codes(names)
    with st.container(key="names_folded"), st.popover(plain(shell.shortened(with_sizes(first)))):
        _codes(names)


def _codes(names: tuple[str, ...]) -> None:
    with st.container(horizontal=True, gap="small"):
        for name in filter(None, names):
            st.code(name, language=None, width="content")
