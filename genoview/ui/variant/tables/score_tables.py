"""Scores that come with the answers, as tables: tracks, reporter activity and motifs."""

from collections.abc import Sequence

import streamlit as st

from genoview.models.alphagenome.variant_scores import ServedScore
from genoview.report.document import N_MOTIFS
from genoview.report.score_table import term_of
from genoview.report.variant_report import VariantReport
from genoview.scoring import (
    LOG2_FOLD_CHANGE,
    NOT_CALIBRATED,
    P_DIFFERENCE,
    SCORE_DIFFERENCE,
    MotifChange,
    TrackScore,
)
from genoview.scoring.service_scores import ServiceReport, formula_of, label_of, rank_of
from genoview.ui import sheet
from genoview.ui.plain import plain

N_SCORES = 20  # of tracks that are listed
N_EACH = 3  # of each scorer of a service


def tracks(report: VariantReport, services: Sequence[ServiceReport] = ()) -> None:
    """The field's own scores of each track, the formula in words beside each.

    Args:
        services: what services scored themselves: above ours, in the same table.
    """
    scores = report.track_scores
    if not scores and not services:
        return
    st.markdown(
        "##### Scores of tracks",
        help="By the formulas of AlphaGenome's authors (Avsec et al. 2026, Nature 649:1206). "
        "Rank: among common variants, where a file of their scores is available.",
    )
    shown = sorted(scores, key=lambda score: -abs(score.value))[:N_SCORES]
    rows = [_of_track(score) for score in scores if score in shown]
    if services:
        theirs = [
            _of_service(score, service.title)
            for service in services
            for score in top_scores(service)
        ]
        rows = [*theirs, *({"scored by": "genoview"} | row for row in rows)]
    sheet.dataframe(
        rows,
        hide_index=True,
        column_config={
            "value": st.column_config.NumberColumn(format="%.3f"),
            "term": st.column_config.TextColumn(help="Ontology term of the tissue or cell."),
        },
        key="scores_table",
    )
    if len(scores) > N_SCORES:
        st.caption(f"The {N_SCORES} largest of {len(scores)}; the rest are in the exports.")


def top_scores(report: ServiceReport) -> list[ServedScore]:
    """The first of each of its scorers: by quantile where it has one, by size where not."""
    best = sorted(report.scores, key=lambda score: (-abs(score.quantile or 0.0), -abs(score.value)))
    left = dict.fromkeys((score.scorer for score in report.scores), N_EACH)
    top = []
    for score in best:
        if left[score.scorer]:
            left[score.scorer] -= 1
            top.append(score)
    order = list(left)
    return sorted(top, key=lambda score: order.index(score.scorer))


def _of_track(score: TrackScore) -> dict[str, object]:
    return {
        "track": score.track.label,
        "gene": score.gene,
        "score": score.formula.name,
        "value": score.value,
        "rank": NOT_CALIBRATED,
        "unit": score.unit,
        "term": term_of(score.track),
        "formula": score.formula.text,
    }


def _of_service(score: ServedScore, title: str) -> dict[str, object]:
    formula = formula_of(score)
    return {
        "scored by": title,
        "track": label_of(score),
        "gene": score.gene,
        "score": formula.name,
        "value": score.value,
        "rank": rank_of(score),
        "unit": formula.unit,
        "term": score.track.curie,
        "formula": formula.text,
    }


def activities(report: VariantReport) -> None:
    """Log2 fold change of reporter activity in each cell type."""
    changes = report.activities
    if not changes:
        return
    st.markdown("##### Reporter activity", help=plain(LOG2_FOLD_CHANGE.words))
    number, spread = (st.column_config.NumberColumn(format=style) for style in ("%.2f", "± %.2f"))
    signed = st.column_config.NumberColumn(format="%+.2f", help=LOG2_FOLD_CHANGE.words)
    sheet.dataframe(
        [
            {
                "cell": change.cell,
                "effect": change.words,
                "REF": change.ref,
                "ALT": change.alt,
                "log2 fold change": change.log2_fold_change,
                "networks": change.spread,
            }
            for change in changes
        ],
        hide_index=True,
        column_config={
            "REF": number,
            "ALT": number,
            "log2 fold change": signed,
            "networks": spread,
        },
        key="activities_table",
    )
    st.caption(
        f"{plain(changes[0].track.unit)}: a fragment of 144 bp on a plasmid, not the expression of "
        f"the gene; mean of {changes[0].n_windows:,} windows. ± says how far the networks differ, "
        "not how far they are from the truth. What a variant does in one cell type and not in "
        "another was not compared with measurements: do not interpret such a difference."
    )


def motifs(report: VariantReport) -> None:
    """Motif sites that change, with the difference in log odds and in p-value."""
    changes = report.motifs
    if not changes:
        st.info("No motif site with p < 1e-4 is gained, lost or changed by 0.5 bits.")
        return
    score = st.column_config.NumberColumn(format="%.1f bits")
    p_value = st.column_config.NumberColumn(format="scientific")
    sheet.dataframe(
        [_motif(change) for change in changes[:N_MOTIFS]],
        hide_index=True,
        column_config={
            "REF score": score,
            "ALT score": score,
            "ALT − REF": st.column_config.TextColumn(help=SCORE_DIFFERENCE.words),
            "REF p": p_value,
            "ALT p": p_value,
            "p difference": st.column_config.TextColumn(help=P_DIFFERENCE.words),
        },
        key="motifs_table",
    )
    if len(changes) > N_MOTIFS:
        st.caption(f"{N_MOTIFS} of {len(changes)} changed sites; the rest are in the exports.")
    st.caption(
        "Gained or lost: a site with p < 1e-4 in one allele only; the other allele's score and p "
        "are of the bases in its place. Bins of occupancy beside an insertion or deletion are "
        "uncertain by one bin; this table compares the sites themselves."
    )


def _motif(change: MotifChange) -> dict[str, object]:
    return {
        "factor": change.track.name,
        "matrix": change.track.group,
        "change": change.state,
        "place": f"{change.interval.start + 1:,}-{change.interval.end:,}",
        "strand": change.interval.strand,
        "REF score": change.ref[0],
        "ALT score": change.alt[0],
        "ALT − REF": score_difference_text(change),
        "REF p": change.ref[1],
        "ALT p": change.alt[1],
        "p difference": p_difference_text(change),
    }


def score_difference_text(change: MotifChange) -> str:
    """`−3.9 bits`; `open` where one allele's score is unknown."""
    difference = change.score_difference
    return "open" if difference is None else f"{difference:+.1f} bits".replace("-", "−")


def p_difference_text(change: MotifChange) -> str:
    """`−1.4 decades`; `≤ −0.2 decades` where ALT's p is unknown, but 1e-4 or more."""
    bound = "" if not change.is_bound else "≥ " if change.p_difference >= 0 else "≤ "
    return f"{bound}{change.p_difference:+.1f} decades".replace("-", "−")
