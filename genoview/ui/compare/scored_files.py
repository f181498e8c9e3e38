"""A scored file on the page Compare: one model's scores against another's."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.track_data import Family
from genoview.figure.panels import DARK, LIGHT, ScoredVariants, against
from genoview.models.registry import card_of, exon_models, file_models, shelf_rows
from genoview.runtime.batch import Row as ScoredRow
from genoview.runtime.batch import Run, Score, available_models
from genoview.runtime.batch.comparison import Comparison, Scatter, comparisons, loses_sign, scatter
from genoview.runtime.settings import folder_of
from genoview.ui import sheet
from genoview.ui.batch import page as batch_page
from genoview.ui.compare.page import family_of
from genoview.ui.page import links, shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import code, plain

RUN, VERSUS = "compared_run", "compared_scores"
N_LISTED = 200  # variants on which two models differ most
BARE = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}


def show(state: ViewState) -> None:
    """A run that two models of the family scored, or how to make one."""
    st.markdown("##### Over a scored file")
    family = family_of(state)
    runs = {run.run_id: run for run in batch_page.batch_runs().runs() if _qualifies(run, family)}
    if not runs:
        st.info(_how(family), icon=":material/table_rows:")
        return
    if state.run and state.run not in runs:
        st.warning(
            "The run named in the link is not here, or not scored by two models of the family."
        )
    left, right = st.columns(2)
    st.session_state[RUN] = state.run if state.run in runs else next(iter(runs))
    with left:
        st.selectbox(
            "Run", list(runs), key=RUN, format_func=lambda i: _words(runs[i]), on_change=_set_run
        )
    run = runs[str(st.session_state[RUN])]
    rows = [row for row in batch_page.batch_runs().rows(run.run_id) if row.is_scored]
    by_key = {
        comparison.key: comparison for comparison in comparisons(run.plan.models, rows, family)
    }
    if not by_key:
        st.info("No variant of this run was scored by two models of the family.")
        return
    st.session_state[VERSUS] = state.versus if state.versus in by_key else next(iter(by_key))
    with right:
        st.selectbox(
            "Scores",
            list(by_key),
            key=VERSUS,
            format_func=lambda key: _title(by_key[key]),
            on_change=_set_versus,
        )
    _compared(by_key[str(st.session_state[VERSUS])], rows, run)


def _qualifies(run: Run, family: Family) -> bool:
    names = set(run.plan.models).intersection(_scoring(family))
    return run.state == "done" and len(names) > 1


def _scoring(family: Family) -> list[str]:
    """Models of a family that can score a file."""
    return [entry.name for entry in file_models() if entry.card.family is family]


def _how(family: Family) -> str:
    """One sentence that says how to make a run."""
    scoring = sorted(_scoring(family), key=lambda name: name not in _here_now())  # those here first
    if len(scoring) < 2:
        which = card_of(scoring[0]).title if scoring else "none"
        return (
            f"Two models of {plain(family.value)} cannot be compared over a file yet: the page "
            f"Batch scores files by {plain(which)} of them."
        )
    titles = " and ".join(card_of(name).title for name in scoring[:2])
    hows = {row.name: row.how for row in shelf_rows()}
    missing = [name for name in scoring[:2] if name not in _here_now()]
    first = ""
    if missing:
        first = f"{plain(card_of(missing[0]).title)} is added by {code(hows[missing[0]])}; then "
    return (
        f"No finished run was scored by two models of {plain(family.value)}: {first}choose "
        f"{plain(titles)} on the page Batch and score a file or a list."
    )


def _here_now() -> tuple[str, ...]:
    return available_models(folder_of(shell.bench().settings))


def _words(run: Run) -> str:
    return f"{run.plan.name} · {run.created[:16].replace('T', ' ')} · {run.words}"


def _title(comparison: Comparison) -> str:
    cells = dict.fromkeys(filter(None, (comparison.first.cell, comparison.second.cell)))
    titles = (
        f"{card_of(comparison.first.model).title} against {card_of(comparison.second.model).title}"
    )
    return ", ".join((titles, " and ".join(cells))) if cells else titles


def _set_run() -> None:
    run = str(st.session_state[RUN])
    shell.commit(shell.current().with_choice("run", run).with_choice("versus", ""))


def _set_versus() -> None:
    shell.commit(shell.current().with_choice("versus", str(st.session_state[VERSUS])))


def _compared(comparison: Comparison, rows: Sequence[ScoredRow], run: Run) -> None:
    points = scatter(comparison, rows)
    st.markdown(f"**{plain(_facts(points, comparison))}**")
    if not points.variants:
        return
    theme = DARK if shell.theme() == "dark" else LIGHT
    left, right = st.columns([2, 3])
    with left:
        figure = against(
            _scored(comparison, points, True),
            _scored(comparison, points, False),
            theme,
            comparison.same_unit,
        )
        st.plotly_chart(figure, theme=None, key="compared_scatter", config=BARE)
    with right:
        _list(comparison, points, run)


def _facts(points: Scatter, comparison: Comparison) -> str:
    n = len(points.variants)
    numbers = [f"Spearman {points.spearman:.3f}"] if points.spearman is not None else []
    if points.pearson is not None:
        numbers = [f"Pearson {points.pearson:.3f}", *numbers]
    correlation = ", ".join(numbers) or "too few or equal scores for a correlation"
    rest = f"; {points.n_left_out:,} left out, not scored by both" if points.n_left_out else ""
    units = "" if comparison.same_unit else "; units differ, ranks only"
    return f"{correlation}, n = {n:,}{rest}{units}."


def _scored(comparison: Comparison, points: Scatter, is_first: bool) -> ScoredVariants:
    score, values = (
        (comparison.first, points.first) if is_first else (comparison.second, points.second)
    )
    name = card_of(score.model).title
    title = score.label if score.label.startswith(name) else f"{name}, {score.label}"
    title = f"size of {title}" if loses_sign(score) else title
    nowhere = [0] * len(values)  # places are not drawn
    return ScoredVariants(
        title, score.family, points.variants, points.genes, nowhere, values, score.cutoffs
    )


def _column(score: Score) -> str:
    title = card_of(score.model).title
    return f"{title}, size" if loses_sign(score) else title


def _list(comparison: Comparison, points: Scatter, run: Run) -> None:
    """Variants on which both differ most first; each opens its view."""
    names = [_column(score) for score in (comparison.first, comparison.second)]
    n = min(len(points.variants), N_LISTED)
    base, genome = shell.base_url(), run.plan.assembly
    apart = "apart" if comparison.same_unit else "rank difference"
    sheet.dataframe(
        {
            "variant": [
                f"{base}/{links.variant_link(text, genome)}#{text}" for text in points.variants[:n]
            ],
            "gene": points.genes[:n],
            names[0]: points.first[:n],
            names[1]: points.second[:n],
            apart: points.apart[:n],
            "both": [f"{base}/{_here(text, comparison, genome)}" for text in points.variants[:n]],
        },
        hide_index=True,
        column_config={
            "variant": st.column_config.LinkColumn(
                display_text="#(.*)$", help="Opens its view", width="medium", pinned=True
            ),
            "both": st.column_config.LinkColumn(
                display_text="Compare", help="Opens it here, by both models"
            ),
            **{
                name: st.column_config.NumberColumn(format="%.3f", help=score.help)
                for name, score in zip(names, (comparison.first, comparison.second), strict=True)
            },
            apart: st.column_config.NumberColumn(format="%.3f"),
        },
        key="compared_variants",
    )
    if n < len(points.variants):
        st.caption(f"The {n:,} on which they differ most, of {len(points.variants):,}.")


def _here(text: str, comparison: Comparison, genome: str) -> str:
    names = comparison.first.model, comparison.second.model
    view = ViewState(
        q=text,
        assembly=genome,
        family=comparison.first.family.value,
        models=tuple(name for name in names if name not in exon_models()),  # those run anyway
    )
    return f"compare?{shell.query_string(view)}"
