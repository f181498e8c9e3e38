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
from genoview.data.track_data import TrackData
from genoview.io.export import RANDOM_WEIGHTS
from genoview.query.resolve_names import ChosenNames
from genoview.report import json_models, json_scores
from genoview.report.consequence_table import plain_consequence
from genoview.report.inclusion_table import plain_inclusion
from genoview.report.links_out import links_of
from genoview.report.missense import plain_missense
from genoview.report.prediction_table import plain_rule
from genoview.report.rna import plain_rna
from genoview.report.score_table import bounded, listed_scores
from genoview.report.structure import plain_structure
from genoview.report.variant_report import VariantReport
from genoview.scoring import NOT_CALIBRATED
from genoview.scoring.service_scores import plain_report
from genoview.store import TrackSummary

SPARKLINE = 60  # values
N_SMALL = 8  # tracks of a saved locus
N_MOTIFS = 20  # changed motifs that are listed
MOST_EFFECTS = 1_000  # in a document


def small_tracks(request: Request, answers: Sequence[Answer]) -> tuple[TrackSummary, ...]:
    """The tracks with the highest values in view, a line each; of motifs and cells the best."""
    summaries: list[TrackSummary] = []
    for answer in answers:
        data = (answer.alt or answer.ref).data.slice(request.locus.interval)
        n = answer.shown.assay.facts.most_listed or len(data.tracks)
        height = data.values
        if answer.alleles is not None:  # of a variant, what it changes
            change = answer.alleles.difference().slice(request.locus.interval)
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
        "models": [json_models.plain_model(request, answer, tokens) for answer in answers],
    }
    if report.levels:
        described["gene_levels"] = [json_models.plain_levels(level) for level in report.levels]
    drawn_by_chance = report.missense is not None and report.missense.random_weights
    if drawn_by_chance or any(answer.card.random_weights for answer in answers):
        described["banner"] = RANDOM_WEIGHTS
    if variant is not None:
        if report.names is not None:
            described["names"] = plain_names(report.names)
        described |= _of_variant(report, variant)
        described["exon_inclusion"] = [plain_inclusion(model) for model in report.inclusion]
        if report.missense is not None:
            described["missense"] = plain_missense(report.missense)
        if report.structure is not None:
            described["structure"] = plain_structure(report.structure)
    return described


def plain_names(chosen: ChosenNames) -> dict[str, str]:
    """Names of a variant; "" where there is none."""
    names, transcript = chosen.names, chosen.transcript
    return {
        "genomic": names.genomic,
        "coding": names.coding,
        "protein": names.protein,
        "spdi": names.spdi,
        "transcript": transcript.transcript.transcript_id if transcript else "",
        "gene": transcript.symbol if transcript else "",
        "chosen_as": transcript.label if transcript else "",
    }


def _of_variant(report: VariantReport, variant: Variant) -> dict[str, Any]:
    """What it changes, by every score that was made."""
    effects, scores = report.effects, report.track_scores
    listed = listed_scores(scores)
    largest = bounded(
        effects,
        MOST_EFFECTS,
        lambda effect: effect.track.assay.family,
        lambda effect: abs(effect.difference),
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
        "prediction": report.verdict.plain(),
        "clingen_rules": [plain_rule(rule) for rule in report.rules],
        "links": [
            {"site": link.site, "opens": link.opens, "url": link.url} for link in links_of(report)
        ],
        "consequences": [plain_consequence(consequence) for consequence in report.consequences],
        "rna": [plain_rna(rna) for rna in report.rna],
        "effects": [json_scores.plain_effect(effect) for effect in largest],
        "activities": [json_scores.plain_activity(activity) for activity in report.activities],
        "splice_gains": [json_scores.plain_gain(gain) for gain in report.gains],
        "reporter_changes": [
            json_scores.plain_own_scale(answer.card.title, change)
            for answer, change in report.own_scale
        ],
        "motifs": [json_scores.plain_motif(motif) for motif in report.motifs[:N_MOTIFS]],
        "scores": [json_scores.plain_track_score(score) for score in listed],
        "left_out": {"effects": len(effects) - len(largest), "scores": len(scores) - len(listed)},
        "service_scores": [plain_report(service) for service in report.services],
        "splice_deltas": None if deltas is None else json_scores.plain_deltas(deltas, variant),
        "ranks": NOT_CALIBRATED if ranks is None else json_scores.plain_ranks(ranks),
    }
