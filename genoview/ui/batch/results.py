"""One run as a table with filters, as plots and as files."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from genoview.data.genome import Interval, canonical_chrom
from genoview.errors import QueryError
from genoview.figure.panels import (
    DARK,
    LIGHT,
    ScoredVariants,
    Theme,
    along_chromosome,
    distribution,
    largest,
)
from genoview.io.export import NamedColumn
from genoview.query import ParsedLocus, parse
from genoview.runtime.batch import Filter, Row, Run, Score, Tally, columns, scores_of
from genoview.runtime.batch.units import LOG2, OWN_SCALE
from genoview.runtime.batch_runs import BatchRuns
from genoview.scoring.consequence.terms import Term
from genoview.ui import sheet
from genoview.ui.batch import files
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain
from genoview.ui.variant.page import DISCLAIMER

OPENED = "batch_variant"  # session key: the variant of a clicked point
N_LARGEST = 10
REFRESH_S = 5.0  # how often a table that still grows is drawn anew
NO_GENE = {"+": "none, + strand", "-": "none, − strand"}  # what takes the place of a gene
PLACES = ("line", "variant", "chrom", "ref", "alt", "id")  # the link has them


def show(run: Run, batch_runs: BatchRuns) -> None:
    """The results so far, redrawn while the run goes on."""
    at_work = batch_runs.at_work(run.run_id) is not None
    st.fragment(_results, run_every=REFRESH_S if at_work else None)(run, batch_runs)


def _results(run: Run, batch_runs: BatchRuns) -> None:
    _open_clicked(run)
    rows = batch_runs.rows(run.run_id)
    st.markdown(f"##### {plain(run.plan.name)}")
    if not rows:
        waits = batch_runs.at_work(run.run_id) is not None
        st.caption("No results yet." if waits else "The table returns when the run continues.")
        return
    tally = Tally.of(rows)
    unfinished = "" if run.state == "done" else " so far"
    st.markdown(f"**{plain(tally.words)}**{unfinished}.")
    for warning in run.warnings:
        st.warning(plain(warning), icon=":material/warning:")
    if tally.n_skipped:
        _skipped([row for row in rows if row.fault])
    scored, masked = [row for row in rows if row.is_scored], False
    if scored:
        masked, score, chosen = _filters(scored, run)
        _table(chosen, run.plan.models, masked)
        _plots(chosen, run, score, masked)
    files.buttons(run, rows, batch_runs, masked)
    st.caption(DISCLAIMER)


def _open_clicked(run: Run) -> None:
    variant = st.session_state.pop(OPENED, "")
    if variant:
        shell.go("variant", ViewState(q=variant, assembly=run.plan.assembly))


def _skipped(rows: Sequence[Row]) -> None:
    with st.expander(f"Skipped: {len(rows):,}", icon=":material/warning:"):
        sheet.dataframe(
            {
                "line": [row.entry.number for row in rows],
                "variant": [row.variant for row in rows],
                "kind": [row.fault.kind.value for row in rows if row.fault],
                "reason": [row.fault.reason for row in rows if row.fault],
            },
            hide_index=True,
            column_config={"reason": st.column_config.TextColumn(width="large")},
            key="batch_passed_over",
        )


def _filters(rows: Sequence[Row], run: Run) -> tuple[bool, Score, list[Row]]:
    """Mask, the score that is looked at, and the rows that fit."""
    gene, region, which, least, mask = st.columns([2, 3, 2, 2, 2], vertical_alignment="bottom")
    genes = sorted({name for row in rows for name in row.genes})
    chosen_gene = gene.selectbox("Gene", ["", *genes], format_func=lambda name: name or "all")
    typed = region.text_input("Region", placeholder="chr20:43,000,000-43,100,000")
    masked = mask.toggle(
        "Mask", help="Count gains of known splice sites, and losses of others, as 0."
    )
    scores = {score.key: score for score in scores_of(run.plan.models, rows, masked)}
    key = which.selectbox("Score", list(scores), format_func=lambda key: scores[key].label)
    score = scores[key]
    smallest = least.number_input("At least, + or −", 0.0, None, 0.0, 0.05, help=plain(score.help))
    wanted = Filter(chosen_gene, _region(typed), score, smallest)
    chosen = [row for row in rows if wanted.accepts(row)]
    if len(chosen) < len(rows):
        st.caption(f"{len(chosen):,} of {len(rows):,} variants fit the filters.")
    return masked, score, chosen


def _region(text: str) -> Interval | None:
    if not text.strip():
        return None
    try:
        query = parse(text)
    except QueryError as error:
        st.warning(plain(error))
        return None
    if isinstance(query, ParsedLocus):
        return query.interval
    st.warning("Expected a region such as chr20:43,000,000-43,100,000; all variants are shown.")
    return None


def _table(rows: Sequence[Row], models: Sequence[str], masked: bool) -> None:
    """Sorted by a click on a column; a click on a variant opens its view, in this tab."""
    shown = columns(rows, models, masked, short=True)
    table: dict[str, Sequence[object]] = {"variant": [row.variant for row in rows]}
    table |= {column.name: _shown(column) for column in shown if column.name not in PLACES}
    config: dict[str, Any] = {
        column.name: st.column_config.NumberColumn(
            format="localized" if column.kind is int else "%+.2f" if _is_signed(column) else "%.2f",
            help=column.description,
        )
        for column in shown
        if column.kind is not str
    }
    config["variant"] = st.column_config.TextColumn(
        help="A click opens its view.", width="medium", pinned=True
    )

    def chosen() -> None:
        cells = st.session_state["batch_table"].selection.cells
        if cells and cells[0][1] == "variant":  # others are selected to be copied
            st.session_state[OPENED] = rows[cells[0][0]].variant

    sheet.dataframe(
        table,
        hide_index=True,
        column_config=config,
        key="batch_table",
        on_select=chosen,
        selection_mode="single-cell",
    )


def _is_signed(column: NamedColumn) -> bool:
    """Changes of activity and of inclusion; delta scores, gains and losses have no sign."""
    return column.description.startswith((LOG2, OWN_SCALE, "ALT − REF"))


def _shown(column: NamedColumn) -> Sequence[object]:
    """Values for display; numbers stay numbers, by which the table sorts."""
    if column.kind is not str:
        return column.values
    if column.name == "consequence":
        return [Term(str(value)).words if value else "" for value in column.values]
    return [NO_GENE.get(str(value), value) if value else "" for value in column.values]


def _plots(rows: Sequence[Row], run: Run, score: Score, masked: bool) -> None:
    theme = DARK if shell.theme() == "dark" else LIGHT
    shown = _scored(rows, score)
    if not shown.values:
        st.info("No variant that fits the filters has this score.")
        return
    left, right = st.columns([3, 2])
    with left:
        chrom, part = _one_chromosome(rows, score)
        st.markdown(f"**Along {plain(chrom)}.** A click on a point opens its view.")
        _clickable(along_chromosome(part, chrom, theme), "batch_along")
    with right:
        st.markdown("**Distribution**, counts on a logarithmic axis.")
        st.plotly_chart(
            distribution(shown, theme), theme=None, key="batch_distribution", config=_BARE
        )
    mains = [main for main in scores_of(run.plan.models, rows, masked) if not main.cell]
    for column, main in zip(st.columns(len(mains)), mains, strict=True):
        with column:
            _largest(rows, main, theme)


def _largest(rows: Sequence[Row], score: Score, theme: Theme) -> None:
    st.markdown(
        f"**Largest, {plain(score.family.value)}: {plain(score.label)}**", help=plain(score.help)
    )
    scored = _scored(rows, score)
    if scored.values:
        _clickable(largest(scored, theme, N_LARGEST), f"batch_largest_{score.key}")


def _one_chromosome(rows: Sequence[Row], score: Score) -> tuple[str, ScoredVariants]:
    chroms = list(dict.fromkeys(canonical_chrom(row.entry.line.chrom) for row in rows))
    chrom = chroms[0]
    if len(chroms) > 1:
        chrom = st.selectbox("Chromosome", chroms)
    there = [row for row in rows if canonical_chrom(row.entry.line.chrom) == chrom]
    return chrom, _scored(there, score)


def _scored(rows: Sequence[Row], score: Score) -> ScoredVariants:
    known = [(row, value) for row in rows if (value := score.of(row)) is not None]
    return ScoredVariants(
        score.label,
        score.family,
        [row.variant for row, _ in known],
        [", ".join(row.genes) for row, _ in known],
        [row.entry.line.pos for row, _ in known],
        [value for _, value in known],
        score.cutoffs,
    )


def _clickable(figure: object, key: str) -> None:
    """A plot whose points open the view of their variant."""

    def chosen() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            data = points[0].get("customdata", "")
            st.session_state[OPENED] = data if isinstance(data, str) else data[0]

    st.plotly_chart(
        figure, theme=None, key=key, on_select=chosen, selection_mode="points", config=_BARE
    )


_BARE = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}
