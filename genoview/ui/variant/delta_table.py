"""Splice delta scores of a variant: the reader's distance, and a table gene by gene."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.models.registry import splice_rules
from genoview.scoring import interactions
from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE
from genoview.scoring.splicing.report import (
    DISTANCE,
    DISTANCES,
    DeltaRow,
    SpliceQuestion,
    SpliceReport,
    known,
    known_parts,
    part_reports,
    splice_report,
)
from genoview.ui.page import shell
from genoview.ui.variant import score_jobs

PLACE, PARTS = "deltas", "parts"
SMALLEST_SHOWN = 0.005  # a score that is written 0.00 has no place worth reading
CUTS = "0.2 or more is called possible, 0.5 likely, 0.8 very likely (Jaganathan et al. 2019)"


def show(request: Request, answers: Sequence[Answer]) -> None:
    """The choice of a distance, and the table in a fragment. Nothing without splice sites."""
    name = model_of(answers)
    if request.variant is None or name is None:
        return
    st.markdown("##### Splice delta scores")
    distance_choice()  # outside of the fragment: each run of that would close an open list
    pending = score_jobs.is_pending(PLACE) or score_jobs.is_pending(PARTS)
    run_every = score_jobs.POLL_S if pending else None
    st.fragment(_section, run_every=run_every)(request, name, pending)


def model_of(answers: Sequence[Answer]) -> str | None:
    """The model whose delta scores are shown."""
    return next((found.card.name for found in answers if splice_rules(found.card.name)), None)


def report_of(request: Request, answers: Sequence[Answer]) -> SpliceReport | None:
    """What is known already, for files and for the table."""
    name = model_of(answers)
    if request.variant is None or name is None:
        return None
    return known(_question(request, name), shell.bench().store)


def _question(request: Request, name: str) -> SpliceQuestion:
    assert request.variant is not None  # asked for by those who checked
    bench = shell.bench()
    assembly, backend = bench.assembly(request.assembly), bench.backend(name)
    return SpliceQuestion(request.variant, backend, assembly, shell.current().distance)


def _section(request: Request, name: str, was_pending: bool) -> None:
    store, question = shell.bench().store, _question(request, name)
    report, pending = score_jobs.result(
        PLACE,
        question.key,
        f"Delta scores within {question.distance:,} bp",
        lambda: known(question, store),
        lambda progress: splice_report(question, store, progress),
    )
    if report is not None:
        _table(request, report)
        pending |= _alone(question, report)
    if pending != was_pending:
        st.rerun()  # with the timer, or without it


def distance_choice() -> None:
    """How far sites are compared, of delta scores, gains and losses alike.

    Written into the link; one that a link names stays on offer.
    """
    distance = shell.current().distance
    if st.session_state.get("distance") != distance:  # or each run would close an open list
        st.session_state["distance"] = distance
    st.selectbox(
        "Distance on each side of the variant",
        sorted({*DISTANCES, distance}),
        key="distance",
        format_func=lambda bp: f"{bp:,} bp",
        help=f"Sites up to so far from the variant are compared; {LEAST_DISTANCE} to "
        f"{MOST_DISTANCE:,} bp can be written into the link as dist=, {DISTANCE} is usual.",
        on_change=_set_distance,
        width=240,
    )


def _set_distance() -> None:
    chosen = int(st.session_state["distance"])
    shell.commit(shell.current().with_choice("distance", chosen))


def _table(request: Request, report: SpliceReport) -> None:
    assert request.variant is not None
    if report.reason:
        st.info(report.reason)
        return
    raw = st.column_config.NumberColumn(format="%.2f", help=report.formula.words)
    masked = st.column_config.NumberColumn(format="%.2f", help=report.masked_formula.words)
    offset = st.column_config.TextColumn(
        help="From the variant's POS on the forward strand; negative to its left."
    )
    place = st.column_config.TextColumn(help="1-based base of the site. Unit: bp.")
    st.dataframe(
        [_row(row) for row in report.rows(request.variant)],
        hide_index=True,
        column_config={
            "score": raw,
            "called": st.column_config.TextColumn(help=f"{CUTS}."),
            "bp": offset,
            "position": place,
            "masked": masked,
            "masked bp": offset,
        },
        key="deltas_table",
    )
    st.caption(
        f"{report.model}, genes of {report.gene_table}: each gene is read on its strand, with N "
        f"outside of it. {CUTS}. No place is given for a score of 0.00."
    )


def _alone(question: SpliceQuestion, report: SpliceReport) -> bool:
    """Each change of a haplotype alone beside all of them; whether there is more to come."""
    if not question.parts or report.reason:
        return False
    store = shell.bench().store
    reports, pending = score_jobs.result(
        PARTS,
        f"{question.key} alone",
        "Delta scores of each change alone",
        lambda: known_parts(question, store),
        lambda progress: part_reports(question, store, progress),
    )
    if reports is None:
        return pending
    st.markdown("###### Each change alone, and together")
    rows = interactions([one.raw for one in reports], report.raw)
    if not rows:
        st.info("No delta score reaches 0.05, alone or together.")
        return pending
    names = [
        f"{part.variant.pos:,} {part.variant.ref}>{part.variant.alt}" for part in question.parts
    ]
    signed = st.column_config.NumberColumn(format="%+.2f", help="Together - sum, which ends at 1.")
    number = st.column_config.NumberColumn(format="%.2f")
    st.dataframe(
        [
            {"gene": row.gene, "strand": row.strand, "change": row.kind}
            | dict(zip(names, row.alone, strict=True))
            | {"sum": row.expected, "together": row.together, "difference": row.difference}
            for row in rows
        ],
        hide_index=True,
        column_config=dict.fromkeys((*names, "sum", "together"), number) | {"difference": signed},
        key="alone_table",
    )
    return pending


def _row(row: DeltaRow) -> dict[str, object]:
    shown, masked = row.raw.score >= SMALLEST_SHOWN, row.masked.score >= SMALLEST_SHOWN
    return {
        "gene": row.gene,
        "strand": row.strand,
        "change": row.kind,
        "score": row.raw.score,
        "called": row.certainty or "below 0.2",
        "bp": _offset(row.raw.position) if shown else "",
        "position": f"{row.position:,}" if shown else "",
        "masked": row.masked.score,
        "masked bp": _offset(row.masked.position) if masked else "",
    }


def _offset(position: int) -> str:
    return f"{position:+,}".replace("-", "−")
