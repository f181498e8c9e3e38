"""Level of the gene by the models that predict one number per gene, where one is installed."""

import streamlit as st

from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.models.registry import gene_models
from genoview.scoring.gene_levels import ModelLevels, gene_levels
from genoview.ui.explore import model_choice
from genoview.ui.page import shell
from genoview.ui.plain import code, plain

KEY = "level_of_gene"  # of the session: what was computed last, and of which gene


def show(request: Request, symbol: str) -> None:
    """A sentence for each model; what adds one where none is installed."""
    here = model_choice.here()
    for name in gene_models():
        if name in here:
            _level(name, request, symbol)
        else:
            _absent(name)


def _absent(name: str) -> None:
    card = shell.bench().card(name)
    st.caption(
        f"Its level of expression is predicted by {plain(card.title)}, which is not installed: "
        f"page Models and data, or {code(f'genoview models add {name}')}."
    )


def _level(name: str, request: Request, symbol: str) -> None:
    key = (name, request.assembly, symbol)
    known = st.session_state.get(KEY)
    if known is None or known[0] != key:
        known = st.session_state[KEY] = (key, _computed(name, request, symbol))
    result: ModelLevels | GenoviewError = known[1]
    if isinstance(result, GenoviewError):
        st.error(plain(result), icon=":material/error:")
        return
    title = plain(result.card.title)
    for level in result.levels:
        st.markdown(
            f"**Level of expression by {title}: {level.ref:+.2f}** ({plain(result.unit)}; 0 is the "
            "mean gene), from its promoter; one number over cell types, not by tissue.",
            help=plain(result.card.predicts),
        )
    for note in result.notes:
        st.caption(plain(note))


def _computed(name: str, request: Request, symbol: str) -> ModelLevels | GenoviewError:
    bench = shell.bench()
    try:
        assembly = bench.assembly(request.assembly)
        gene = assembly.annotation.find(symbol)
        return gene_levels(bench.gene_model(name), [gene], assembly.reference)
    except GenoviewError as error:
        return error
