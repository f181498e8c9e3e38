"""Answers in small: for saved loci, and as plain values for the command line.

Positions are 0-based in Python and 1-based, named so, in what people and programs read.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from genoview import __version__
from genoview.bounded import bounded
from genoview.data.genome import Gene, Variant
from genoview.data.track_data import Assay, TrackData
from genoview.figure.build import splice_changes
from genoview.figure.tracks.language import told_alleles
from genoview.io.export import RANDOM_WEIGHTS
from genoview.pipeline import Answer
from genoview.query.resolve import Request
from genoview.report import json_models, json_scores
from genoview.report.variant_report import NOTHING, Findings
from genoview.scoring import (
    NOT_CALIBRATED,
    ActivityChange,
    Effect,
    MotifChange,
    TrackScore,
    activity_changes,
    contact_scores,
    junction_scores,
    language_scores,
    largest_effects,
    motif_changes,
    outcomes,
    track_scores,
    verdict,
)
from genoview.scoring.motif_alleles import Fetch, completed
from genoview.scoring.service_scores import plain_report
from genoview.scoring.splicing.gain_loss_report import own_scale_changes
from genoview.store import TrackSummary

SPARKLINE = 60  # values
N_SMALL = 8  # tracks of a saved locus
SMALL_SHARES = {Assay.TF_MOTIF: 2, Assay.MPRA: 2}  # of them, at most so many of one model
N_MOTIFS = 20  # changed motifs that are listed
MOST_EFFECTS = 1_000  # in a document
MOST_SCORES = 10_000  # in a file: thousands of tracks have scores in each of many genes


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


def effects_of(request: Request, answers: Sequence[Answer]) -> list[Effect]:
    """The largest differences, but for motifs (`motifs_of`) and activities (`activities_of`)."""
    if request.variant is None:
        return []
    return [
        effect
        for found in answers
        if found.alleles is not None and not _is_motif(found) and not _is_activity(found)
        for effect in largest_effects(told_alleles(found.alleles), request.variant)
    ]


def activities_of(request: Request, answers: Sequence[Answer]) -> list[ActivityChange]:
    """Log2 fold changes of reporter activity, one a cell type."""
    return [
        change
        for found in answers
        if request.variant is not None and found.alleles and _is_activity(found)
        for change in activity_changes(found.alleles, found.members, request.variant, found.reach)
    ]


def motifs_of(
    request: Request, answers: Sequence[Answer], fetch: Fetch | None = None
) -> list[MotifChange]:
    """Motif sites gained, lost, strengthened or weakened, the largest change first.

    Args:
        fetch: bases of the genome, to score the allele that has no site too.
    """
    return [
        completed(change, request.variant, fetch) if fetch else change
        for found in answers
        if request.variant is not None and found.alt is not None and _is_motif(found)
        for change in motif_changes(
            found.ref.sites, found.alt.sites, found.ref.data.tracks, request.variant
        )
    ]


def scores_of(
    request: Request, answers: Sequence[Answer], genes: Sequence[Gene]
) -> list[TrackScore]:
    """The field's scores of the tracks that have one, by family.

    Args:
        genes: of the window.
    """
    variant, scores = request.variant, list[TrackScore]()
    for found in answers:
        if variant is None or found.alt is None or found.alleles is None:
            continue
        scores += track_scores(found.alleles, variant, genes)
        scores += language_scores(found.alleles, variant)
        ref, alt = found.ref, found.alt
        if ref.junctions is not None and alt.junctions is not None:
            scores += junction_scores(ref.junctions, alt.junctions, variant, genes)
        if ref.contacts is not None and alt.contacts is not None:
            scores += contact_scores(ref.contacts, alt.contacts, variant)
    return scores


def listed_scores(scores: Sequence[TrackScore]) -> list[TrackScore]:
    """All that a file holds of them: of each formula the largest, where they are too many."""
    return bounded(scores, MOST_SCORES, lambda one: one.formula.name, lambda one: abs(one.value))


def verdict_of(request: Request, answers: Sequence[Answer], genes: Sequence[Gene]) -> str:
    """One sentence for a curator; empty of a locus.

    Args:
        genes: of the window.
    """
    if request.variant is None:
        return ""
    shown = [found.shown for found in answers]
    predicts_motifs = any(map(_is_motif, answers))
    return verdict(
        request.text,
        outcomes(splice_changes(shown, request.variant), genes),
        effects_of(request, answers),
        activities_of(request, answers),
        motifs_of(request, answers) if predicts_motifs else None,
        {_assay(found) for found in answers},
    )


def _is_motif(found: Answer) -> bool:
    return _assay(found) is Assay.TF_MOTIF


def _is_activity(found: Answer) -> bool:
    """Reporter activity on a logarithmic scale, of which a difference is a fold change."""
    return _assay(found) is Assay.MPRA and found.ref.data.tracks[0].unit.startswith("log2")


def _assay(found: Answer) -> Assay:
    return found.ref.tracks[0].assay


def document(
    request: Request,
    answers: Sequence[Answer],
    beside: Findings = NOTHING,
    tokens: Sequence[str] = (),
) -> dict[str, Any]:
    """Everything of a request as plain values, ready for JSON.

    Args:
        tokens: of an `ontology.Choice`: which tracks are listed of a model that has too many.
    """
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
    if beside.levels:
        described["gene_levels"] = [json_models.plain_levels(one) for one in beside.levels]
    if any(found.card.random_weights for found in answers):
        described["banner"] = RANDOM_WEIGHTS
    if variant is not None:
        described |= _of_variant(request, variant, answers, beside)
    return described


def _of_variant(
    request: Request, variant: Variant, answers: Sequence[Answer], beside: Findings
) -> dict[str, Any]:
    """What it changes, by every score that was made."""
    effects = effects_of(request, answers)
    told = bounded(
        effects, MOST_EFFECTS, lambda one: one.track.assay.family, lambda one: abs(one.difference)
    )
    scores = scores_of(request, answers, beside.genes)
    listed = listed_scores(scores)
    changes = own_scale_changes(request, answers)
    motifs = motifs_of(request, answers, beside.fetch)[:N_MOTIFS]
    deltas, ranks = beside.deltas, beside.ranks
    return {
        "variant": {
            "chrom": variant.chrom,
            "position": variant.pos,
            "ref": variant.ref,
            "alt": variant.alt,
            "kind": variant.kind,
        },
        "effects": [json_scores.plain_effect(one) for one in told],
        "activities": [json_scores.plain_activity(one) for one in activities_of(request, answers)],
        "splice_gains": [json_scores.plain_gain(one) for one in beside.gains],
        "reporter_changes": [
            json_scores.plain_own_scale(found.card.title, change) for found, change in changes
        ],
        "motifs": [json_scores.plain_motif(one) for one in motifs],
        "scores": [json_scores.plain_track_score(one) for one in listed],
        "left_out": {"effects": len(effects) - len(told), "scores": len(scores) - len(listed)},
        "service_scores": [plain_report(one) for one in beside.services],
        "splice_deltas": None if deltas is None else json_scores.plain_deltas(deltas, variant),
        "ranks": NOT_CALIBRATED if ranks is None else json_scores.plain_ranks(ranks),
    }
