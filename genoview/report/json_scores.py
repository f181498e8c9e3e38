"""Scores -> plain values for JSON, each with its formula and unit; positions are 1-based."""

from typing import Any

from genoview.data.genome import Variant
from genoview.scoring import (
    LOG2_FOLD_CHANGE,
    NOT_CALIBRATED,
    P_DIFFERENCE,
    SCORE_DIFFERENCE,
    ActivityChange,
    Effect,
    Formula,
    MotifChange,
    TrackScore,
)
from genoview.scoring.background_ranks import RankReport
from genoview.scoring.splicing.gain_loss_report import MASK, OWN_SCALE_CHANGE, GainRow
from genoview.scoring.splicing.report import SpliceReport

Plain = dict[str, Any]


def plain_formula(formula: Formula) -> Plain:
    """Every field of it."""
    return {
        "name": formula.name,
        "formula": formula.text,
        "unit": formula.unit,
        "source": formula.source,
    }


def plain_effect(effect: Effect) -> Plain:
    """One extremum of ALT - REF."""
    return {
        "track": effect.track.label,
        "position": effect.position + 1,
        "ref": round(effect.ref, 6),
        "alt": round(effect.alt, 6),
        "difference": round(effect.difference, 6),
        "genomic_distance": effect.distance,
        "words": effect.words,
    }


def plain_activity(change: ActivityChange) -> Plain:
    """Change of reporter activity in one cell type."""
    return {
        "cell": change.cell,
        "unit": change.track.unit,
        "ref": round(change.ref, 6),
        "alt": round(change.alt, 6),
        "log2_fold_change": round(change.log2_fold_change, 6),
        "spread": None if change.spread is None else round(change.spread, 6),
        "windows": change.n_windows,
        "formula": LOG2_FOLD_CHANGE.text,
        "words": change.words,
    }


def plain_gain(row: GainRow) -> Plain:
    """Gain or loss in one gene."""
    return {
        **plain_formula(row.formula),
        "model": row.model,
        "version": row.version,
        "gene": row.gene,
        "strand": row.strand,
        "change": row.kind,
        "score": round(row.raw.score, 6),
        "offset": row.raw.position,
        "position": row.position,
        "tissue": row.tissue,
        "masked_score": round(row.masked.score, 6),
        "masked_offset": row.masked.position,
        "mask": MASK,
        "words": row.words,
    }


def plain_own_scale(model: str, change: ActivityChange) -> Plain:
    """Change of one output, on the model's own scale."""
    return {
        **plain_formula(OWN_SCALE_CHANGE),
        "model": model,
        "output": change.track.name,
        "unit": change.track.unit,
        "ref": round(change.ref, 6),
        "alt": round(change.alt, 6),
        "change": round(change.log2_fold_change, 6),
        "windows": change.n_windows,
    }


def plain_motif(change: MotifChange) -> Plain:
    """One site; `unlisted` is score and p-value where an allele has none, if looked up.

    `p_difference` is a lower bound of its size where `is_bound`.
    """
    difference = change.score_difference
    return {
        "factor": change.track.name,
        "matrix": change.track.group,
        "state": change.state,
        "first": change.interval.start + 1,
        "last": change.interval.end,
        "strand": change.interval.strand,
        "ref_score": change.ref_score,
        "alt_score": change.alt_score,
        "ref_p": change.ref_p,
        "alt_p": change.alt_p,
        "unlisted": None if change.unlisted is None else list(change.unlisted),
        "score_difference": None if difference is None else round(difference, 6),
        "p_difference": round(change.p_difference, 6),
        "is_bound": change.is_bound,
        "formulas": [plain_formula(SCORE_DIFFERENCE), plain_formula(P_DIFFERENCE)],
        "words": change.words,
    }


def plain_track_score(score: TrackScore) -> Plain:
    """One of the field's scores of a track."""
    return {
        **plain_formula(score.formula),
        "unit": score.unit,
        "track": score.track.label,
        "gene": score.gene,
        "value": round(score.value, 6),
        "quantile": NOT_CALIBRATED,
    }


def plain_ranks(report: RankReport) -> Plain:
    """Ranks of absolute values: the sign of a score does not count."""
    return {
        "background": report.background,
        "scores": [
            {
                **plain_formula(score.formula),
                "track": score.track,
                "value": round(score.value, 6),
                "below": score.rank.n_below,
                "equal": score.rank.n_equal,
                "of": score.rank.n,
                "words": score.rank.words(report.background),
            }
            for score in report.scores
        ],
    }


def plain_deltas(report: SpliceReport, variant: Variant) -> Plain:
    """Delta scores gene by gene."""
    return {
        "model": report.model,
        "version": report.version,
        "gene_table": report.gene_table,
        "distance": report.distance,
        "raw": plain_formula(report.formula),
        "masked": plain_formula(report.masked_formula),
        "reason": report.reason,
        "scores": [
            {
                "gene": row.gene,
                "strand": row.strand,
                "change": row.kind,
                "score": round(row.raw.score, 6),
                "offset": row.raw.position,
                "position": row.position,
                "masked_score": round(row.masked.score, 6),
                "masked_offset": row.masked.position,
                "words": row.words,
            }
            for row in report.rows(variant)
        ],
    }
