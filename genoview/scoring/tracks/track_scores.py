"""AlleleTracks + Variant + genes -> the scores that the field recommends for each kind of track."""

from collections.abc import Iterator, Sequence

import numpy as np

from genoview.data.genome import Gene, Variant
from genoview.data.track_data import AlleleTracks, Assay, Family
from genoview.scoring.tracks.centre_mask import Centre, centre_score
from genoview.scoring.tracks.formula import Float64Array, Formula, TrackScore
from genoview.scoring.tracks.gene_coverage import COVERAGE, coverage_change
from genoview.scoring.tracks.gene_mask import (
    ACTIVE,
    FOLD_CHANGE,
    SPLICING,
    active_expression,
    expression_fold_change,
    splicing_change,
)

NOT_CALIBRATED = "not calibrated"  # no ranks among common variants are at hand
_FAMILIES = tuple(Family)


def track_scores(
    pair: AlleleTracks, variant: Variant, genes: Sequence[Gene]
) -> tuple[TrackScore, ...]:
    """By family, then by size; nothing for kinds of track that have no recommended score.

    Args:
        genes: of the window.
    """
    scores: list[TrackScore] = []
    for assay in dict.fromkeys(track.assay for track in pair.ref.tracks):
        columns = [i for i, track in enumerate(pair.ref.tracks) if track.assay is assay]
        part = AlleleTracks(pair.ref.select(columns), pair.alt.select(columns))
        scores += _scores(part, assay, variant, genes)
    return tuple(sorted(scores, key=_rank))


def _scores(
    pair: AlleleTracks, assay: Assay, variant: Variant, genes: Sequence[Gene]
) -> Iterator[TrackScore]:
    # Where a server gives logarithms under the name of an assay that counts, nothing is scored.
    facts = assay.facts
    if facts.mask_width is not None and min(pair.ref.values.min(), pair.alt.values.min()) >= 0:
        for aggregation in (Centre.DIFF_LOG2_SUM, Centre.ACTIVE_SUM):
            values = centre_score(pair, variant, aggregation, facts.mask_width)
            yield from _each(pair, aggregation.formula(facts.mask_width), values)
    for gene in genes:
        name = gene.symbol or gene.gene_id
        if facts.is_gene_coverage:
            yield from _each(pair, FOLD_CHANGE, expression_fold_change(pair, gene), name)
            yield from _each(pair, ACTIVE, active_expression(pair, gene), name)
            yield from _each(pair, COVERAGE, coverage_change(pair, gene), name)
        elif facts.has_site_kinds:
            yield from _each(pair, SPLICING, splicing_change(pair, gene), name)


def _each(
    pair: AlleleTracks, formula: Formula, values: Float64Array, gene: str = ""
) -> Iterator[TrackScore]:
    """One a track that has a value."""
    for track, value in zip(pair.ref.tracks, values.tolist(), strict=True):
        if not np.isnan(value):
            yield TrackScore(formula, track, value, gene)


def _rank(score: TrackScore) -> tuple[int, str, float, str]:
    family = _FAMILIES.index(score.track.assay.family)
    return family, score.formula.name, -abs(score.value), f"{score.track.label} {score.gene}"
