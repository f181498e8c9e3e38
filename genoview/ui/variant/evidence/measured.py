"""ClinVar and gnomAD at a variant, in words: the same alleles first, and nothing invented."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import streamlit as st

from genoview.data.features import Feature
from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.io.assembly import Assembly
from genoview.io.measured.catalogue import TrackEntry
from genoview.io.measured.lookup import Overlaps
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import link, plain

KEY = "measured_lookup"  # of the session: the entries of the last variant
SOURCES = ("clinvar", "gnomad-genomes", "gnomad-exomes")
POLL_S, FIRST_LOOK_S = 0.5, 0.3
MOST_OTHERS = 5  # entries of other alleles that are named


class _Pending(NamedTuple):
    variant: Variant
    assembly: Assembly
    ids: tuple[str, ...]
    answers: dict[str, Future[Overlaps]]


def offer(request: Request, state: ViewState) -> None:
    """A button for the tracks of the shelf, where none of them is on."""
    offered = _offered(request)
    if offered and not any(entry.track_id in state.shelf for entry in offered):
        st.button(
            "Look it up in ClinVar and gnomAD",
            icon=":material/travel_explore:",
            key="measured_lookup_button",
            type="tertiary",
            help="Shows them as tracks too. Nothing is read before you agree.",
            on_click=_switch_on,
            args=(tuple(entry.track_id for entry in offered),),
        )


def show(request: Request, state: ViewState) -> None:
    """What the tracks of the shelf that are on have of the variant."""
    bench = shell.bench()
    entries = [entry for entry in _offered(request) if entry.track_id in state.shelf]
    entries = [entry for entry in entries if bench.measured.is_agreed(entry)]
    if request.variant is None or not entries:
        return  # until hosts are agreed to, a question stands above
    assembly = bench.assembly(request.assembly)
    pending = _pending(request.variant, assembly, entries)
    is_ready = _is_ready(pending, FIRST_LOOK_S)
    st.fragment(_section, run_every=None if is_ready else POLL_S)(request, entries, is_ready)


def _offered(request: Request) -> list[TrackEntry]:
    """That could be looked up; none of a locus."""
    measured = shell.bench().measured
    if request.variant is None or not measured.is_allowed:
        return []
    family = shell.bench().assembly(request.assembly).family
    return [entry for entry in measured.of_family(family) if entry.track_id in SOURCES]


def _switch_on(ids: tuple[str, ...]) -> None:
    state = shell.current()
    shell.commit(replace(state, shelf=tuple(dict.fromkeys((*state.shelf, *ids)))))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(len(SOURCES), "lookups")


def _pending(variant: Variant, assembly: Assembly, entries: Sequence[TrackEntry]) -> _Pending:
    """Looked up once a variant; again at the next visit where it failed."""
    ids = tuple(entry.track_id for entry in entries)
    last: _Pending | None = st.session_state.get(KEY)
    if last is None or last[:3] != (variant, assembly, ids):
        lookup = shell.bench().measured.lookup
        answers = {e.track_id: _threads().submit(lookup, e, variant, assembly) for e in entries}
        last = st.session_state[KEY] = _Pending(variant, assembly, ids, answers)
    return last


def _is_ready(pending: _Pending, patience: float = 0) -> bool:
    try:
        for future in pending.answers.values():
            future.exception(patience)
    except TimeoutError:
        return False
    return True


def _section(request: Request, entries: Sequence[TrackEntry], was_ready: bool) -> None:
    bench = shell.bench()
    assembly = bench.assembly(request.assembly)
    assert request.variant is not None  # or there were no section
    pending = _pending(request.variant, assembly, entries)
    if _is_ready(pending) and not was_ready:
        st.rerun()  # without the timer
    with st.container(border=True, key="measured_entries"):
        for entry in entries:
            version = bench.measured.version(entry, assembly)
            st.markdown("\n\n".join(lines_of(entry, version, pending.answers[entry.track_id])))
        licences = dict.fromkeys(f"{entry.title}: {entry.licence}" for entry in entries)
        st.caption(f"{plain('; '.join(licences))}. Not a clinical interpretation.")


def lines_of(entry: TrackEntry, version: str, answer: Future[Overlaps]) -> list[str]:
    """Markdown, of one source."""
    head = f"**{link(entry.title, entry.source)}** {plain(version)}"
    if not answer.done():
        return [f"{head}: being read from {plain(entry.hosts[0])} …"]
    try:
        overlaps = answer.result()
    except GenoviewError as error:
        return [f"{head}: {plain(str(error))}"]
    if overlaps.exact:
        lines = [f"{head}: {_exact(feature, entry.entries)}" for feature in overlaps.exact]
    else:
        lines = [f"{head}: this variant is not in it."]
    if overlaps.others:
        lines.append(f"{_others(overlaps.others)} at this place.")
    return lines


def _exact(feature: Feature, entries: str) -> str:
    facts = dict(feature.facts)
    if entries == "clinvar":
        first = f"**{plain(facts.get('Classification', 'no classification'))}**"
        evaluated = f"evaluated {facts['Last evaluated']}" if "Last evaluated" in facts else ""
        rest = [facts.get("Review status"), facts.get("Conditions"), evaluated, feature.name]
    else:
        first = f"**allele frequency {plain(facts.get('Allele frequency', 'not known'))}**"
        n = facts.get("Homozygotes", "")
        homozygotes = f"{n} homozygote{'' if n == '1' else 's'}" if n else ""
        verdict = f"filter {facts['Filter']}" if "Filter" in facts else ""
        rest = [facts.get("Alleles"), homozygotes, verdict, facts.get("Consequence")]
    links = [link(label, url) for label, url in feature.links]
    return "; ".join([first, *(plain(words) for words in rest if words), *links])


def _others(others: Sequence[Feature]) -> str:
    named = [
        " ".join(filter(None, (f.change or f.name, dict(f.facts).get("Classification", ""))))
        for f in others[:MOST_OTHERS]
    ]
    more = f" and {len(others) - MOST_OTHERS:,} more" if len(others) > MOST_OTHERS else ""
    noun = "entry of another allele" if len(others) == 1 else "entries of other alleles"
    return f"{len(others):,} {noun} ({plain('; '.join(named))}{more})"
