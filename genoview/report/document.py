"""Answers in small: for saved loci, and as plain values for the command line.

Positions are 0-based in Python and 1-based, named so, in what people and programs read.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from genoview import __version__
from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.data.track_data import Assay, TrackData
from genoview.io.export import RANDOM_WEIGHTS
from genoview.report import json_models, json_scores
from genoview.report.score_table import bounded, listed_scores
from genoview.report.variant_report import VariantReport
from genoview.scoring import NOT_CALIBRATED
from genoview.scoring.service_scores import plain_report
from genoview.scoring.variant_scores import _assay
from genoview.store import TrackSummary

SPARKLINE = 60  # values
N_SMALL = 8  # tracks of a saved locus
SMALL_SHARES = {Assay.TF_MOTIF: 2, Assay.MPRA: 2}  # of them, at most so many of one model
N_MOTIFS = 20  # changed motifs that are listed
MOST_EFFECTS = 1_000  # in a document


def small_tracks(request: Request, answers: Sequence[Answer]) -> tuple[TrackSummary, ...]:
    """The tracks with the highest values in view, a line each; of motifs and cells the best."""
    summaries: list[TrackSummary] = []
    for found in answers:
        data = (found.alt or found.ref).data.slice(request.locus.interval)
        n = SMALL_SHARES.get(_assay(found), len(data.tracks))
        height = data.values
        if found.alleles is not None:  # of a variant, what it changes
            change = found.alleles.difference().slice(request.locus.interval)
            height = np.abs(change.values)
        order = np.argsort(-height.max(axis=0), kind="stable")[:n]
        summaries += [_small(data, int(column)) for column in order]
    return tuple(sorted(summaries, key=lambda small: -small.maximum)[:N_SMALL])


def _small(data: TrackData, column: int) -> TrackSummary:
    values = data.values[:, column]
    top = int(values.argmax())
    stretch = max(1, -(-len(values) // SPARKLINE))
    course = np.maximum.reduceat(values, np.arange(0, len(values), stretch))
    position = data.interval.start + top * data.resolution + (data.resolution - 1) // 2
    sparkline = tuple(round(float(value), 4) for value in course)
    return TrackSummary(data.tracks[column].label, float(values[top]), position, sparkline)


def document(report: VariantReport, tokens: Sequence[str] = ()) -> dict[str, Any]:
    """Everything of a request as plain values, ready for JSON.

    Args:
        tokens: of an `ontology.Choice`: which tracks are listed of a model that has too many.
    """
    request, answers = report.request, report.answers
    interval, variant = request.locus.interval, request.variant
    described: dict[str, Any] = {
        "genoview": __version__,
        "query": request.text,
        "assembly": request.assembly,
        "interval": {"chrom": interval.chrom, "first": interval.start + 1, "last": interval.end},
        "coordinates": "1-based, both ends included",
        "notes": list(request.notes),
        "models": [json_models.plain_model(request, found, tokens) for found in answers],
    }
    if report.levels:
        described["gene_levels"] = [json_models.plain_levels(one) for one in report.levels]
    if any(found.card.random_weights for found in answers):
        described["banner"] = RANDOM_WEIGHTS
    if variant is not None:
        described |= _of_variant(report, variant)
    return described


def _of_variant(report: VariantReport, variant: Variant) -> dict[str, Any]:
    """What it changes, by every score that was made."""
    effects, scores = report.effects, report.track_scores
    listed = listed_scores(scores)
    largest = bounded(
        effects, MOST_EFFECTS, lambda one: one.track.assay.family, lambda one: abs(one.difference)
    )
    deltas, ranks = report.deltas, report.ranks
    return {
        "variant": {
            "chrom": variant.chrom,
            "position": variant.pos,
            "ref": variant.ref,
            "alt": variant.alt,
            "kind": variant.kind,
        },
        "effects": [json_scores.plain_effect(one) for one in largest],
        "activities": [json_scores.plain_activity(one) for one in report.activities],
        "splice_gains": [json_scores.plain_gain(one) for one in report.gains],
        "reporter_changes": [
            json_scores.plain_own_scale(found.card.title, change)
            for found, change in report.own_scale
        ],
        "motifs": [json_scores.plain_motif(one) for one in report.motifs[:N_MOTIFS]],
        "scores": [json_scores.plain_track_score(one) for one in listed],
        "left_out": {"effects": len(effects) - len(largest), "scores": len(scores) - len(listed)},
        "service_scores": [plain_report(one) for one in report.services],
        "splice_deltas": None if deltas is None else json_scores.plain_deltas(deltas, variant),
        "ranks": NOT_CALIBRATED if ranks is None else json_scores.plain_ranks(ranks),
    }
