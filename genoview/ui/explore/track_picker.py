"""Choosing among thousands of tracks: a search, a tree of tissues and cells, assays, factors.

What is shown is at most MOST_LISTED names a branch: a page that offered every tissue at once would
be slow, and nobody would read it. The search finds the others.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import streamlit as st

from genoview.data.answer import Shown
from genoview.data.ontology import Branch, Catalogue, Choice
from genoview.data.track_data import Assay, TrackMetadata
from genoview.figure.tracks.by_assay import choosable, most_changed_tracks
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain

MOST_LISTED = 40  # tissues of a branch that are offered at once
MOST_CHOSEN = 100  # tissues in one link, so that it stays an address
HELP = "Every word must occur: in the name, the tissue or its term, the assay, the factor."

Commit = Callable[[Choice], None]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a picker stands.

    Attributes:
        place: what its widgets' keys begin with, unlike any other's on the page.
        without: what happens where nothing is chosen.
        most, limit: how many tissues can be chosen, and what they would have to do.
        has_assays: kinds of assay are offered too.
    """

    place: str
    without: str
    most: int
    limit: str
    has_assays: bool = True


OF_A_VIEW = Setting("track", "all are drawn", MOST_CHOSEN, "fit into a link")


@lru_cache(maxsize=4)
def catalogue_of(tracks: tuple[TrackMetadata, ...]) -> Catalogue:
    """The same catalogue again for the same tracks: its words and its tree are made once."""
    return Catalogue(tracks)


def menu(state: ViewState, shown: Sequence[Shown]) -> None:
    """The widget for what is shown; nothing where no model has many tracks."""
    tracks = choosable(shown)
    if not tracks:
        return
    changed = None
    if any(model.alt is not None for model in shown):
        tissues = [track.biosample for track in most_changed_tracks(shown)]
        changed = Choice.of(tissue.curie for tissue in tissues if tissue is not None)
    picker(tracks, Choice.of(state.tracks), _commit, changed)


def _commit(choice: Choice) -> None:
    shell.commit(replace(shell.current(), tracks=choice.tokens))


def picker(
    tracks: Sequence[TrackMetadata],
    chosen: Choice,
    commit: Commit,
    changed: Choice | None = None,
    setting: Setting = OF_A_VIEW,
) -> None:
    """The whole widget.

    Args:
        chosen: by the reader so far.
        commit: gets what is chosen next.
        changed: the tissues that change most; None where no variant is shown.
    """
    whole = catalogue_of(tuple(tracks))
    text = st.text_input(
        "Find tracks",
        key=f"{setting.place}_find",
        placeholder="liver CAGE, UBERON:0002107, CTCF",
        help=HELP,
    )
    matches = _matching(whole, text)
    n_chosen = len(chosen.picks(whole.tracks))
    st.caption(
        f"{len(matches.tracks):,} of {len(whole.tracks):,} tracks found, "
        + (f"{n_chosen:,} chosen." if chosen else f"none chosen: {plain(setting.without)}.")
    )
    _buttons(matches, chosen, commit, changed, setting, searched=bool(text.strip()))
    if setting.has_assays:
        _assays(matches, chosen, commit, setting)
    for number, branch in enumerate(matches.branches):
        opened = bool(text.strip()) or _has(branch, chosen)
        _branch(f"{setting.place}_branch_{number}", branch, chosen, commit, opened=opened)
    _factors(whole, chosen, commit, setting)


@lru_cache(maxsize=16)
def _matching(whole: Catalogue, text: str) -> Catalogue:
    return whole.part(whole.search(text))


def _buttons(
    matches: Catalogue,
    chosen: Choice,
    commit: Commit,
    changed: Choice | None,
    setting: Setting,
    *,
    searched: bool,
) -> None:
    """Everything found, the most changed, nothing."""
    curies = [leaf.curie for branch in matches.branches for leaf in branch.leaves if leaf.curie]
    too_many = len({*chosen.curies, *curies}) > setting.most
    with st.container(horizontal=True):
        st.button(
            "Choose all matches",
            key=f"{setting.place}_all",
            icon=":material/done_all:",
            disabled=not searched or not curies or too_many,
            help=f"At most {plain(setting.most)} tissues {plain(setting.limit)}."
            if too_many
            else None,
            on_click=lambda: commit(chosen.with_more(Choice.of(curies))),
        )
        if changed is not None:
            st.button(
                "Top changed",
                key=f"{setting.place}_changed",
                icon=":material/trending_up:",
                disabled=not changed,
                help="The tissues whose tracks the variant changes most, of each assay.",
                on_click=lambda: commit(Choice(changed.curies, chosen.assays, chosen.factors)),
            )
        st.button(
            "Clear",
            key=f"{setting.place}_none",
            icon=":material/restart_alt:",
            disabled=not chosen,
            on_click=lambda: commit(Choice()),
        )


def _assays(matches: Catalogue, chosen: Choice, commit: Commit, setting: Setting) -> None:
    counts = matches.assays
    offered = [assay.name for assay in counts]
    if len(offered) < 2 and not chosen.assays:
        return
    _pills(
        "Assays",
        f"{setting.place}_assays",
        offered,
        [name for name in chosen.assays if name in offered],
        lambda name: f"{Assay[name].label} · {counts[Assay[name]]:,}",
        lambda names: commit(_replaced(chosen, offered, names)),
    )


def _branch(key: str, branch: Branch, chosen: Choice, commit: Commit, *, opened: bool) -> None:
    """The tissues of one vocabulary: those chosen first, then by name."""
    leaves = [leaf for leaf in branch.leaves if leaf.curie]
    if not leaves:
        return
    leaves.sort(key=lambda leaf: leaf.curie not in chosen.curies)
    listed = leaves[: max(MOST_LISTED, sum(leaf.curie in chosen.curies for leaf in leaves))]
    offered = {leaf.curie: f"{leaf.name} · {leaf.n_tracks:,}" for leaf in listed}
    with st.expander(f"{plain(branch.label)}: {len(leaves):,}", expanded=opened):
        _pills(
            branch.label,
            key,
            list(offered),
            [curie for curie in chosen.curies if curie in offered],
            offered.__getitem__,
            lambda curies: commit(_replaced(chosen, offered, curies)),
        )
        if len(listed) < len(leaves):
            st.caption(f"and {len(leaves) - len(listed):,} more: type a part of a name above.")


def _factors(whole: Catalogue, chosen: Choice, commit: Commit, setting: Setting) -> None:
    names = list(whole.factors)
    if not names:
        return
    key = f"{setting.place}_factors"
    st.session_state[key] = [name for name in chosen.factors if name in names]

    def take() -> None:
        picked = tuple(st.session_state[key])
        commit(Choice(chosen.curies, chosen.assays, picked))

    st.multiselect(
        "Factors and histone marks",
        names,
        key=key,
        format_func=lambda name: f"{name} · {whole.factors[name]:,}",
        placeholder="All",
        on_change=take,
    )


def _pills(
    label: str,
    key: str,
    offered: Sequence[str],
    selected: Sequence[str],
    words: Callable[[str], str],
    take: Callable[[Sequence[str]], None],
) -> None:
    """Several of a few, as the address says; the widget keeps nothing itself."""
    st.session_state[key] = list(selected)
    st.pills(
        plain(label),
        offered,
        selection_mode="multi",
        key=key,
        format_func=lambda each: plain(words(each)),
        on_change=lambda: take(list(st.session_state[key])),
    )


def _replaced(chosen: Choice, offered: Iterable[str], picked: Sequence[str]) -> Choice:
    """The choice with what is picked of what was offered, and all that was not offered."""
    return chosen.without(Choice.of(offered)).with_more(Choice.of(picked))


def _has(branch: Branch, chosen: Choice) -> bool:
    return any(leaf.curie in chosen.curies for leaf in branch.leaves if leaf.curie)
