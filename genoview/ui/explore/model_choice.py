"""Which models a page runs: the usual ones, or those that the reader chose in the link."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.request import Request
from genoview.data.track_data import Family
from genoview.errors import BackendError
from genoview.models.registry import (
    default_models,
    entries,
    exon_models,
    gene_models,
    is_here,
    measured_rows,
    own_models,
    shelf_rows,
    tissue_models,
)
from genoview.models.weights import Presence, Row
from genoview.runtime.settings import folder_of
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import code, plain

KEY = "models"
BESIDE_GENE = 50  # bp from a gene within which a variant's splicing is looked at first


def here() -> list[str]:
    """Every model that can run: those that come with genoview, those added, one's own."""
    settings = shell.bench().settings
    folder, usual = folder_of(settings), usual_models()
    by_themselves = (*exon_models(), *tissue_models(), *(row.name for row in measured_rows()))
    chosen = {*usual, *by_themselves}
    runnable = (entry for entry in entries() if not entry.setup and entry.name not in chosen)
    added = [entry.name for entry in runnable if is_here(entry, folder)]
    own = filter(_is_readable, own_models(settings.models_dir))
    return [*usual, *added, *own]


def _is_readable(name: str) -> bool:
    """A model whose manifest cannot be read is reported on the page of models."""
    try:
        shell.bench().card(name)
    except BackendError:
        return False
    return True


def usual_models(default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Those that run where the link names none: the default ones, and what was set up besides."""
    return (*(default_models() if default is None else default), *shell.bench().large.names)


def of_tracks(state: ViewState, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """The models of the view that draw tracks, without those that are not here."""
    if not state.models:
        return usual_models(default)
    known = here()
    return tuple(name for name in state.models if name not in gene_models() and name in known)


def in_turn(names: Sequence[str], request: Request) -> tuple[str, ...]:
    """The models of a variant as they run: splicing first in a gene and beside it, elsewhere last.

    Of a locus they keep their order.
    """
    if request.variant is None:
        return tuple(names)
    around = request.variant.interval.expanded(BESIDE_GENE)
    in_gene = bool(shell.bench().assembly(request.assembly).annotation.genes(around))
    card = shell.bench().card
    splicing = {name for name in names if card(name).family is Family.SPLICING}
    return tuple(sorted(names, key=lambda name: (name in splicing) != in_gene))


def of_genes(state: ViewState) -> tuple[str, ...]:
    """The models of the view that predict one number per gene, without those that are not here."""
    names = [name for name in state.models if name in gene_models()]
    known = here() if names else []
    return tuple(name for name in names if name in known)


def warn(state: ViewState) -> None:
    """Say which models of a link are not here, and what adds them."""
    known, rows = here() if state.models else [], {row.name: row for row in shelf_rows()}
    for name in state.models:
        if name in rows and name not in known:
            st.info(_absent_words(rows[name]), icon=":material/download:")
        elif name not in known:
            st.warning(
                f"The link names the model {plain(name)}, which is not known here; the others are "
                "shown. The page Models and data lists the models.",
                icon=":material/warning:",
            )


def _absent_words(row: Row) -> str:
    folder = folder_of(shell.bench().settings)
    if folder.presence(row) is Presence.UNREADABLE:
        return (
            f"{plain(row.title)} cannot be read, {plain(folder.words(row))}; the others are shown. "
            f"{code(folder.how(row))} brings it."
        )
    return (
        f"{plain(row.title)} is not installed; the others are shown. Add it on the page Models and "
        f"data, or with {code(row.how)}."
    )


def menu(state: ViewState) -> None:
    """A list to choose from."""
    options = here()
    chosen = state.models or usual_models()
    st.session_state[KEY] = [name for name in chosen if name in options]
    st.multiselect(
        "Models that are run",
        options,
        key=KEY,
        format_func=lambda name: shell.bench().card(name).title,
        on_change=_choose,
    )
    some = plain(", ".join(sorted(row.title for row in shelf_rows()[:2])))
    st.caption(f"{some} and others are added on the page Models and data.")


def _choose() -> None:
    chosen = tuple(st.session_state[KEY])
    usual = set(chosen) == set(usual_models())
    shell.commit(shell.current().with_choice("models", () if usual else chosen))
