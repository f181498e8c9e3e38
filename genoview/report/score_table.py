"""Every score of a variant as rows of one table, for a file."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.track_data import TrackMetadata
from genoview.io.export import ScoreRow
from genoview.models.alphagenome.variant_scores import ServedScore
from genoview.report.gene_level_table import level_score_rows
from genoview.report.inclusion_table import inclusion_score_rows
from genoview.report.missense import missense_rows
from genoview.report.variant_report import VariantReport
from genoview.scoring import (
    LOG2_FOLD_CHANGE,
    NOT_CALIBRATED,
    P_DIFFERENCE,
    SCORE_DIFFERENCE,
    ActivityChange,
    Formula,
    MotifChange,
    TrackScore,
)
from genoview.scoring.background_ranks import RankReport
from genoview.scoring.service_scores import (
    ServiceReport,
    formula_of,
    label_of,
    rank_of,
)
from genoview.scoring.splicing.gain_loss_report import OWN_SCALE_CHANGE, GainRow
from genoview.scoring.splicing.report import DeltaRow, SpliceReport


def score_rows(report: VariantReport) -> list[ScoreRow]:
    """Splicing, the field's scores of tracks, those of services, reporter activity, motifs; none
    of a locus.
    """
    variant = report.request.variant
    if variant is None:
        return []
    rows: list[ScoreRow] = []
    if report.deltas is not None:
        for delta in report.deltas.rows(variant):
            rows += _of_delta(delta, report.deltas, variant)
    for gain in report.gains:
        rows += _of_gain(gain, variant)
    rows += [_of_track(score, variant) for score in listed_scores(report.track_scores)]
    rows += [
        _of_service(score, service, variant)
        for service in report.services
        for score in service.scores
    ]
    rows += [_of_activity(activity, variant) for activity in report.activities]
    rows += [_of_own_scale(answer, change, variant) for answer, change in report.own_scale]
    rows += inclusion_score_rows(report.inclusion, variant)
    rows += level_score_rows(report.levels, variant)
    if report.missense is not None:
        rows += missense_rows(report.missense, variant)
    for motif in report.motifs:
        rows += _of_motif(motif, variant)
    if report.ranks is not None:
        rows += _of_ranks(report.ranks, variant)
    return rows


def _of_ranks(ranks: RankReport, variant: Variant) -> Iterator[ScoreRow]:
    for score in ranks.scores:
        words = score.rank.words(ranks.background)
        yield replace(_row(score.formula, variant, score.value), track=score.track, rank=words)


def _of_delta(row: DeltaRow, report: SpliceReport, variant: Variant) -> Iterator[ScoreRow]:
    for formula, change in ((report.formula, row.raw), (report.masked_formula, row.masked)):
        at = variant.pos + change.position
        yield replace(
            _row(formula, variant, change.score),
            score=f"{formula.name}, {row.kind}",
            track=report.model,
            gene=row.gene,
            strand=row.strand,
            place=(at, at),
            words=row.words,
        )


def _of_gain(row: GainRow, variant: Variant) -> Iterator[ScoreRow]:
    for name, change in ((row.formula.name, row.raw), (f"{row.formula.name}, masked", row.masked)):
        at = variant.pos + change.position
        yield replace(
            _row(row.formula, variant, change.score),
            score=name,
            track=f"{row.model}, {row.tissue}" if change is row.raw else row.model,
            gene=row.gene,
            strand=row.strand,
            place=(at, at),
            words=row.words,
        )


def _of_own_scale(answer: Answer, change: ActivityChange, variant: Variant) -> ScoreRow:
    return replace(
        _row(OWN_SCALE_CHANGE, variant, change.log2_fold_change),
        unit=change.track.unit,
        track=f"{answer.card.title}, {change.track.name}",
        ref=f"{change.ref:.6g}",
        alt=f"{change.alt:.6g}",
    )


def _of_track(score: TrackScore, variant: Variant) -> ScoreRow:
    return replace(
        _row(score.formula, variant, score.value),
        unit=score.unit,
        track=score.track.label,
        gene=score.gene,
        strand=score.track.strand,
        rank=NOT_CALIBRATED,
        term=term_of(score.track),
    )


def _of_service(score: ServedScore, report: ServiceReport, variant: Variant) -> ScoreRow:
    formula, junction = formula_of(score), score.junction
    return replace(
        _row(formula, variant, score.value),
        source=f"{report.title}, its own scorer; {formula.source}",
        track=label_of(score),
        gene=score.gene,
        strand=score.track.strand,
        place=None if junction is None else (junction[0] + 1, junction[1]),
        rank=rank_of(score),
        term=score.track.curie,
    )


def _of_activity(change: ActivityChange, variant: Variant) -> ScoreRow:
    return replace(
        _row(LOG2_FOLD_CHANGE, variant, change.log2_fold_change),
        track=change.track.name,
        ref=f"{change.ref:.6g}",
        alt=f"{change.alt:.6g}",
        words=change.words,
    )


def _of_motif(change: MotifChange, variant: Variant) -> Iterator[ScoreRow]:
    for formula, value, ref, alt in (
        (SCORE_DIFFERENCE, change.score_difference, change.ref[0], change.alt[0]),
        (P_DIFFERENCE, change.p_difference, change.ref[1], change.alt[1]),
    ):
        yield replace(
            _row(formula, variant, value),
            track=f"{change.track.name} {change.track.group}".strip(),
            strand=change.interval.strand,
            place=(change.interval.start + 1, change.interval.end),
            ref="" if ref is None else f"{ref:.6g}",
            alt="" if alt is None else f"{alt:.6g}",
            words=change.words,
        )


def term_of(track: TrackMetadata) -> str:
    """Ontology term of the tissue or cell; empty where there is none."""
    return "" if track.biosample is None else track.biosample.curie


def _row(formula: Formula, variant: Variant, value: float | None) -> ScoreRow:
    return ScoreRow(formula.name, value, formula.unit, formula.text, formula.source, variant.chrom)


MOST_SCORES = 10_000  # in a file: thousands of tracks have scores in each of many genes


def listed_scores(scores: Sequence[TrackScore]) -> list[TrackScore]:
    """All that a file holds of them: of each formula the largest, where they are too many."""
    return bounded(
        scores, MOST_SCORES, lambda score: score.formula.name, lambda score: abs(score.value)
    )


T = TypeVar("T")


def bounded(
    items: Sequence[T], most: int, kind: Callable[[T], Hashable], size: Callable[[T], float]
) -> list[T]:
    """All where they are few; else the largest of each kind, so that no kind is crowded out.

    Args:
        most: that are kept; each of `n` kinds has `most / n` of them, at least one.
    """
    if len(items) <= most:
        return list(items)
    share = max(most // len({kind(item) for item in items}), 1)
    taken: Counter[Hashable] = Counter()
    kept = set[int]()
    for i in sorted(range(len(items)), key=lambda i: (-size(items[i]), i)):
        if taken[kind(items[i])] < share:
            taken[kind(items[i])] += 1
            kept.add(i)
    return [item for i, item in enumerate(items) if i in kept]
