"""The table of models: what each predicts, whether it is installed, and what can be done."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import streamlit as st

from genoview.data.assets import ASSETS
from genoview.models.registry import plugin_faults
from genoview.ui.explore import model_choice
from genoview.ui.models import cells, configured_models, shelf
from genoview.ui.models.cells import Cell
from genoview.ui.models.model_lines import AVAILABLE, INSTALLED, ModelLine, model_lines
from genoview.ui.page import shell
from genoview.ui.plain import code, plain

KIND = "models"
COLUMNS = ("Model", "Predicts", "Family", "State", "Licence", "Speed", "Device")
ALL = "all"
POLL_S = 1.0
_ORDERS: Mapping[str, Callable[[ModelLine], Any]] = MappingProxyType(
    {
        "as they run": lambda line: 0,
        "by name": lambda line: line.card.title.lower(),
        "by family": lambda line: line.family,
        "by licence": lambda line: line.card.licence.lower(),
        "fastest first": lambda line: -(line.speed or 0.0),
    }
)


def show() -> None:
    """Filters, then a row for each model; a download is followed without the rest of the page."""
    st.subheader("Models")
    for fault in plugin_faults():
        st.warning(plain(fault), icon=":material/warning:")
    is_downloading = shelf.is_downloading()
    st.fragment(_table, run_every=POLL_S if is_downloading else None)(is_downloading)
    _places()


def _table(was_downloading: bool) -> None:
    lines, problems = model_lines()
    chosen = _chosen(lines)
    cells.head(KIND, COLUMNS)
    for line in chosen:
        with st.container(key=f"line_{line.name}"):
            _row(line)
    if not chosen:
        st.caption("No model fits these filters.")
    for problem in problems:
        st.error(plain(problem), icon=":material/error:")
    if was_downloading != shelf.is_downloading():
        st.rerun()  # with the timer, or without it


def _chosen(lines: tuple[ModelLine, ...]) -> list[ModelLine]:
    """The models that fit the filters, in the reader's order."""
    families = [ALL, *dict.fromkeys(line.family for line in lines)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="model_filters"):
        words = st.text_input("Search", key="model_words", placeholder="name, family, licence")
        state = st.selectbox("State", [ALL, INSTALLED, AVAILABLE], key="model_state", width=180)
        family = st.selectbox("Family", families, key="model_family", width=160)
        order = st.selectbox("Order", list(_ORDERS), key="model_order", width=160)
    fitting = (
        line
        for line in lines
        if line.has(words)
        and state in (ALL, INSTALLED if line.is_here else AVAILABLE)
        and family in (ALL, line.family)
    )
    return sorted(fitting, key=_ORDERS[order])


def _row(line: ModelLine) -> None:
    card, row = line.card, line.entry.row
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{line.name}"):
        cells.row(
            KIND,
            (
                Cell("Model", card.title),
                Cell("Predicts", card.brief, card.predicts),
                Cell("Family", line.family),
                Cell("State", line.status, "runs by default" if line.entry.runs_by_default else ""),
                Cell("Licence", card.licence, card.licence),
                Cell("Speed", line.speed_words, "of its last answer since the server started"),
                Cell("Device", line.device),
            ),
        )
        with cells.actions(line.name):
            _actions(line)
    if card.random_weights:
        st.error("RANDOM WEIGHTS: what this model draws means nothing.")
    if row is not None:
        shelf.notes(row)


def _actions(line: ModelLine) -> None:
    if line.entry.row is not None:
        shelf.actions(line.entry.row)
    if line.entry.setup is not None:
        with (
            st.popover("Change" if line.is_here else "Set up"),
            st.container(key=f"setup_{line.name}"),
        ):
            configured_models.form(line.entry.setup)
    if line.can_be_used and st.button("Use", key=f"use-{line.name}", help="Draw it on Explore"):
        models = (*model_choice.usual_models(), line.name)
        shell.go("explore", replace(shell.current(), models=models))
    with st.popover("Details"), st.container(key=f"details_{line.name}"):
        _details(line)


def _details(line: ModelLine) -> None:
    """All that the card says, the files, and the licence in full."""
    card, entry, bench = line.card, line.entry, shell.bench()
    loaded = bench.loaded(line.name)
    size = bench.models.sizes().get(line.name)
    st.markdown(f"**Predicts.** {plain(card.predicts)}")
    st.markdown(f"**Limits.** {plain(card.limits)}")
    facts = {
        "Licence": card.licence,
        "Citation": card.citation,
        "Source": entry.row.source if entry.row else card.source,
        "Parameters": f"{card.parameters:,}" if card.parameters else "",
        "Version": loaded.version if loaded else "known when first used",
        "Device": f"{line.device}, {bench.settings.dtype}",
        "Speed seen here": f"{line.speed:,.0f} bp/s" if line.speed else "nothing computed yet",
        "Memory": f"{size / 1e6:,.1f} MB" if size else "not loaded",
    }
    rows = [f"**{plain(title)}** {plain(words)}" for title, words in facts.items() if words]
    st.markdown("  \n".join([*rows, f"**Name on the command line** {code(line.name)}"]))
    if entry.is_own:
        command = code(f"genoview models check {line.name}")
        st.caption(f"{command} checks it against the contract of models.")
    path = ASSETS / "models" / f"{line.name}.LICENCE.md"
    if path.exists() or (entry.row and entry.row.files):
        with st.expander("Files and licence in full"):
            if entry.row:
                shelf.papers(entry.row)
            if path.exists():
                st.markdown(path.read_text(encoding="utf-8"))


def _places() -> None:
    folder = shelf.folder()
    mirror = (
        f" They are downloaded from the mirror {plain(folder.mirror)}." if folder.mirror else ""
    )
    st.caption(
        f"Added models are stored in {code(folder.path)} (GENOVIEW_MODELS), each in a folder by "
        f"its name; files copied there by hand are used, too.{mirror}"
    )
