"""The menu View: rows and their order, tracks, factors, scale, heights, width, highlights.

Every choice is written into the URL; the widgets show what the URL says.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from genoview.figure.build import ordered, row_titles
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import DRAWERS
from genoview.query.resolve import VARIANT_FLANK
from genoview.ui.explore import highlights, mutagenesis, track_picker, unchanged_rows
from genoview.ui.explore.scene import optional_rows
from genoview.ui.page import shell
from genoview.ui.page.url import (
    FLANKS,
    GENE_MODES,
    MAX_HEIGHT,
    MIN_HEIGHT,
    SCALES,
    ViewState,
)

SCALE_WORDS = {
    "natural": "0 to 1 for probabilities",
    "auto": "By what is in view",
    "group": "Shared by rows of one unit",
    "fixed": "Fixed",
}


def menu(scene: Scene, state: ViewState) -> None:
    """What is drawn and how: rows, scale, width around a variant, highlights."""
    variant, chrom = scene.request.variant, scene.request.locus.interval.chrom
    titles = ["Tracks", "Scale", *(["Width"] if variant else []), "Highlights"]
    for title, tab in zip(titles, st.tabs(titles), strict=True):
        with tab:
            match title:
                case "Tracks":
                    _tracks(scene, state)
                case "Scale":
                    _scale(state)
                case "Width":
                    _width(state)
                case _:
                    highlights.menu(state, chrom)


def _tracks(scene: Scene, state: ViewState) -> None:
    """Rows and their order, single tracks, factors, and how genes are drawn."""
    rows = all_rows(scene, state)
    known = list(rows)
    optional = optional_rows(scene, state)
    away = {*state.hidden, *(i for i in optional if i not in state.order)}
    shown = [i for i in ordered(known, state.order) if i not in away]
    _seed("rows", list(dict.fromkeys(shown)))
    st.multiselect(
        "Rows, from the top",
        known,
        key="rows",
        format_func=lambda i: rows.get(i, i),
        help="Remove a row to hide it; rows are drawn in the order of this list.",
        on_change=_set_rows,
        args=(known, optional),
    )
    tracks = [
        (DRAWERS[track.assay], track) for model in scene.shown for track in model.ref.data.tracks
    ]
    _splice_tracks(state, [track.label for drawer, track in tracks if drawer.by_label])
    _factors(state, [track.name for drawer, track in tracks if drawer.has_factors])
    track_picker.menu(state, scene.shown)
    _seed("genes", state.genes)
    st.segmented_control(
        "Genes",
        GENE_MODES,
        key="genes",
        format_func=str.capitalize,
        on_change=_set,
        args=("genes",),
    )
    if scene.request.variant is not None:
        unchanged_rows.toggle(state)
    st.button(
        "Reset rows",
        icon=":material/restart_alt:",
        disabled=_without_rows(state) == state,
        help="All rows in the usual order, height, style, scale and colour.",
        on_click=_reset_rows,
    )


def all_rows(scene: Scene, state: ViewState) -> dict[str, str]:
    """Every row that there can be: id -> title; those of local files last."""
    return row_titles(scene, state.tracks, mutagenesis.row_ids(state))


def _without_rows(state: ViewState) -> ViewState:
    return replace(state, rows=(), order=(), hidden=(), height=1.0)


def _reset_rows() -> None:
    shell.commit(_without_rows(shell.current()))


def _set_rows(known: Sequence[str], optional: Sequence[str]) -> None:
    state = shell.current()
    chosen = list(st.session_state["rows"])
    tracks = [i for i in state.hidden if i not in known]
    usual = [i for i in known if i in chosen and i not in optional]
    shell.commit(
        replace(
            state,
            hidden=(*tracks, *(i for i in known if i not in chosen and i not in optional)),
            order=() if chosen == usual else tuple(chosen),
        )
    )


def _splice_tracks(state: ViewState, labels: Sequence[str]) -> None:
    if not labels:
        return
    _seed("splice_tracks", [label for label in labels if label not in state.hidden])
    st.pills(
        "Splice tracks",
        labels,
        selection_mode="multi",
        key="splice_tracks",
        on_change=_set_splice_tracks,
        args=(labels,),
    )


def _set_splice_tracks(labels: Sequence[str]) -> None:
    state = shell.current()
    chosen = st.session_state["splice_tracks"]
    rest = [i for i in state.hidden if i not in labels]
    shell.commit(replace(state, hidden=(*rest, *(i for i in labels if i not in chosen))))


def _factors(state: ViewState, factors: Sequence[str]) -> None:
    names = sorted(factors)
    if not names:
        return
    _seed("factors", [name for name in state.factors if name in names])
    st.multiselect(
        "Binding factors",
        names,
        key="factors",
        placeholder="The strongest sites in view, and those that change most",
        on_change=_set,
        args=("factors",),
    )


def _scale(state: ViewState) -> None:
    _seed("scale", state.scale)
    st.radio(
        "Height of the y axes",
        SCALES,
        key="scale",
        format_func=SCALE_WORDS.__getitem__,
        on_change=_set,
        args=("scale",),
    )
    if state.scale == "fixed":
        _seed("y_max", state.y_max)
        st.number_input("Top of the axes", 1e-3, 1e6, key="y_max", on_change=_set, args=("y_max",))
    _seed("height", state.height)
    st.slider(
        "Height of the rows",
        MIN_HEIGHT,
        MAX_HEIGHT,
        step=0.25,
        key="height",
        on_change=_set,
        args=("height",),
    )


def _width(state: ViewState) -> None:
    """How much is predicted around the variant."""
    _seed("flank", state.flank or VARIANT_FLANK)
    st.radio(
        "Predicted on each side",
        FLANKS,
        key="flank",
        format_func=lambda bp: f"{bp:,} bp",
        on_change=_set_flank,
    )


def _set_flank() -> None:
    shell.commit(replace(shell.current(), flank=int(st.session_state["flank"]), at=""))


def _seed(key: str, value: object) -> None:
    """Give a widget what the URL says, in every run: one in a closed menu is not mounted yet."""
    st.session_state[key] = value


def _set(name: str) -> None:
    """A widget's value becomes the view's; widgets are called as their field."""
    value = st.session_state[name]
    if value is None:  # a pressed choice pressed again
        return
    shell.commit(shell.current().with_choice(name, value))
