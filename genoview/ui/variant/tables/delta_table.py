"""Splice delta scores of a variant: the reader's distance, and a table gene by gene."""

import streamlit as st

from genoview.report.variant_report import VariantReport, delta_question
from genoview.runtime.jobs import State
from genoview.scoring import interactions
from genoview.scoring.splicing.delta_question import DISTANCE, DISTANCES, DeltaQuestion
from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE
from genoview.scoring.splicing.report import (
    MASKS,
    DeltaRow,
    SpliceReport,
    known,
    known_parts,
    part_reports,
    splice_report,
)
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import score_jobs

PLACE, PARTS = "deltas", "parts"
SMALLEST_SHOWN = 0.005  # a score that is written 0.00 has no place worth reading
CUTS = "0.2 or more is called possible, 0.5 likely, 0.8 very likely (Jaganathan et al. 2019)"


def show(report: VariantReport) -> None:
    """The choice of a distance, and the table in a fragment. Nothing without splice sites."""
    if question_of(report) is None:
        return
    st.markdown("##### Splice delta scores")
    distance_choice()  # outside of the fragment: each run of that would close an open list
    pending = score_jobs.is_pending(PLACE) or score_jobs.is_pending(PARTS)
    run_every = score_jobs.POLL_S if pending else None
    st.fragment(_section, run_every=run_every)(report, pending)


def begin(report: VariantReport) -> None:
    """The answer above the tracks needs the scores, whichever tab is open."""
    question = question_of(report)
    if question is not None:
        score_jobs.begin(*_work(question))


def _work(
    question: DeltaQuestion,
) -> tuple[str, str, str, score_jobs.Known[SpliceReport], score_jobs.Compute[SpliceReport]]:
    """As `score_jobs` takes it."""
    bench, name = shell.bench(), question.model.card.name
    return (
        PLACE,
        question.key,
        f"Delta scores within {question.distance:,} bp",
        lambda: known(question, bench.store),
        lambda progress: splice_report(question, bench.backend(name), bench.store, progress),
    )


def question_of(report: VariantReport) -> DeltaQuestion | None:
    """The question at the current distance: a section may have been drawn at another."""
    assembly = shell.bench().assembly(report.request.assembly)
    return delta_question(report.request, report.answers, assembly, shell.current().distance)


def standing(question: DeltaQuestion) -> tuple[SpliceReport | None, State]:
    """What is known by now, here or from a file, and how the job stands that computes it."""
    scored = known(question, shell.bench().store)
    if scored is not None:
        return scored, State.DONE
    return score_jobs.standing(PLACE, question.key)


def _section(report: VariantReport, was_pending: bool) -> None:
    question = question_of(report)
    assert question is not None  # or there were no section
    deltas, pending = score_jobs.result(*_work(question))
    if deltas is not None:
        _table(question, deltas)
        pending |= _single_changes(question, deltas)
    is_news = deltas is not None and report.deltas is None  # which the prediction lacks
    if pending != was_pending or is_news:
        st.rerun()  # with the timer or without it, and with the number in the prediction


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
        help=f"Sites within this distance of the variant are compared; {LEAST_DISTANCE} to "
        f"{MOST_DISTANCE:,} bp can be set in the link by dist=, the default is {DISTANCE}.",
        on_change=_set_distance,
        width=240,
    )


def _set_distance() -> None:
    chosen = int(st.session_state["distance"])
    shell.commit(shell.current().with_choice("distance", chosen))


def _table(question: DeltaQuestion, report: SpliceReport) -> None:
    if report.reason:
        st.info(plain(report.reason))
        return
    raw = st.column_config.NumberColumn(format="%.2f", help=report.formula.words)
    masked = st.column_config.NumberColumn(format="%.2f", help=report.masked_formula.words)
    offset, unmasked_offset = (
        st.column_config.TextColumn(
            f"{of}distance (bp, genomic)",
            help="From the variant's POS on the forward strand; negative to its left.",
        )
        for of in ("", "unmasked ")
    )
    place = st.column_config.TextColumn(help="1-based base of the site. Unit: bp.")
    sheet.dataframe(
        [_row(row) for row in report.rows(question.variant)],
        hide_index=True,
        column_config={
            "masked score": masked,
            "called": st.column_config.TextColumn(help=f"The masked score: {CUTS}."),
            "masked bp": offset,
            "position": place,
            "unmasked score": raw,
            "unmasked bp": unmasked_offset,
        },
        key="deltas_table",
    )
    st.caption(
        f"{plain(report.model)}, genes of {plain(report.gene_table)}: each gene is read on its "
        "strand, with N outside of it; the tracks read the genome as it is, so that their "
        f"difference may be another number. Masked: {MASKS[report.rules]} count as 0; the "
        f"prediction above has these numbers. {CUTS}. A score of 0.00 has no position."
    )


def _single_changes(question: DeltaQuestion, report: SpliceReport) -> bool:
    """Each change of a haplotype alone beside all of them; whether there is more to come."""
    if not question.parts or report.reason:
        return False
    bench, name = shell.bench(), question.model.card.name
    reports, pending = score_jobs.result(
        PARTS,
        f"{question.key} alone",
        "Delta scores of each change alone",
        lambda: known_parts(question, bench.store),
        lambda progress: part_reports(question, bench.backend(name), bench.store, progress),
    )
    if reports is None:
        return pending
    st.markdown("###### Each change alone, and together")
    rows = interactions([report.raw for report in reports], report.raw)
    if not rows:
        st.info("No delta score reaches 0.05, alone or together.")
        return pending
    names = [
        f"{part.variant.pos:,} {part.variant.ref}>{part.variant.alt}" for part in question.parts
    ]
    signed = st.column_config.NumberColumn(format="%+.2f", help="Together - sum, which ends at 1.")
    number = st.column_config.NumberColumn(format="%.2f")
    sheet.dataframe(
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
    masked, raw = row.masked, row.raw
    shown, has_raw = masked.score >= SMALLEST_SHOWN, raw.score >= SMALLEST_SHOWN
    return {
        "gene": row.gene,
        "strand": row.strand,
        "change": row.kind,
        "masked score": masked.score,
        "called": row.certainty or "below 0.2",
        "masked bp": _offset(masked.position) if shown else "",
        "position": f"{row.pos + masked.position:,}" if shown else "",
        "unmasked score": raw.score,
        "unmasked bp": _offset(raw.position) if has_raw else "",
    }


def _offset(position: int) -> str:
    return f"{position:+,}".replace("-", "−")
