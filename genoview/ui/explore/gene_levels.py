"""Levels of genes by the models that predict one number per gene, as a table."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.scoring.gene_levels import GeneLevel, ModelLevels, gene_answer
from genoview.ui import sheet
from genoview.ui.explore import model_choice
from genoview.ui.page import shell
from genoview.ui.plain import plain

KEY = "gene_levels"  # of the session: what was computed last, and for which request
LevelsOrError = ModelLevels | GenoviewError


def levels_of(request: Request) -> tuple[ModelLevels, ...]:
    """Levels by each gene model of the view; `tables` shows the errors of the others."""
    results = _results(request).values()
    return tuple(result for result in results if isinstance(result, ModelLevels))


def tables(request: Request) -> None:
    """A table per model: all genes of a locus, or those with a variant in their promoter."""
    for name, result in _results(request).items():
        card = shell.bench().card(name)
        st.markdown(
            f"##### {plain(card.title)}: level of each gene from its promoter",
            help=plain(card.predicts),
        )
        if isinstance(result, GenoviewError):
            st.error(plain(result), icon=":material/error:")
        else:
            _table(name, request, result)


def _results(request: Request) -> dict[str, LevelsOrError]:
    """Computed once for a request: the page runs anew with every look at a running job."""
    names = model_choice.of_genes(shell.current())
    known = st.session_state.get(KEY)
    if known is None or known[0] != (names, request):
        results = {name: _levels(name, request) for name in names}
        known = st.session_state[KEY] = ((names, request), results)
    cached: dict[str, LevelsOrError] = known[1]
    return cached


def _levels(name: str, request: Request) -> LevelsOrError:
    bench = shell.bench()
    try:
        return gene_answer(request, bench.gene_model(name), bench.assembly(request.assembly))
    except GenoviewError as error:
        return error


def _table(name: str, request: Request, model: ModelLevels) -> None:
    levels: Sequence[GeneLevel] = model.levels if request.variant is None else model.changed
    if levels:
        number = st.column_config.NumberColumn(format="%.3f", help=f"Unit: {plain(model.unit)}.")
        signed = st.column_config.NumberColumn(format="%+.4f", help=f"Unit: {plain(model.unit)}.")
        sheet.dataframe(
            [_cells(level) for level in levels],
            hide_index=True,
            column_config={"level": number, "ALT": number, "ALT − REF": signed},
            key=f"levels_{name}",
        )
    elif request.variant is not None:
        st.info("No gene with a level has the variant in its promoter.")
    else:
        st.info("No gene with a level lies here.")
    st.caption(
        f"Unit: {plain(model.unit)}; 0 is the mean gene. The model reads {model.upstream:,} bp "
        f"before the start of transcription and {model.downstream:,} bp after it; median over cell "
        f"types. Half-life features are those of the mean gene. {plain(' '.join(model.notes))}"
    )


def _cells(level: GeneLevel) -> dict[str, object]:
    row = {
        "gene": level.gene,
        "strand": level.strand,
        "start": f"{level.tss + 1:,}",
        "level": level.ref,
    }
    return row if level.alt is None else row | {"ALT": level.alt, "ALT − REF": level.change}
