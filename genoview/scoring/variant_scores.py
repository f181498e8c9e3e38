"""Answers of models -> what a variant changes, by every score of the field."""

from collections.abc import Mapping, Sequence

from genoview.data.answer import Answer
from genoview.data.genome import Gene, Transcript
from genoview.data.request import Request
from genoview.scoring import (
    ActivityChange,
    Effect,
    MotifChange,
    Outcome,
    TrackScore,
    activity_changes,
    contact_scores,
    junction_scores,
    language_scores,
    largest_effects,
    motif_changes,
    outcomes,
    track_scores,
)
from genoview.scoring.language import reported_alleles
from genoview.scoring.motif_alleles import Fetch, completed
from genoview.scoring.reporter_changes import pooled
from genoview.scoring.splicing.outcomes import splice_changes


def effects_of(request: Request, answers: Sequence[Answer]) -> list[Effect]:
    """The largest differences, but for motifs (`motifs_of`) and activities (`reporters_of`)."""
    if request.variant is None:
        return []
    return [
        effect
        for answer in answers
        if answer.alleles is not None and not is_motif(answer) and not _is_activity(answer)
        for effect in largest_effects(reported_alleles(answer.alleles), request.variant)
    ]


def reporters_of(
    request: Request, answers: Sequence[Answer]
) -> list[tuple[Answer, tuple[ActivityChange, ...]]]:
    """Changes of reporter activity by each model that has them, one a cell type."""
    variant = request.variant
    return [
        (answer, activity_changes(answer.alleles, answer.members, variant, answer.reach))
        for answer in answers
        if variant is not None and answer.alleles and answer.shown.assay.facts.is_reporter
    ]


def log2_changes(
    reporters: Sequence[tuple[Answer, Sequence[ActivityChange]]],
) -> list[ActivityChange]:
    """Those on a logarithmic scale."""
    return [change for answer, changes in reporters if _is_activity(answer) for change in changes]


def own_scale_changes(
    reporters: Sequence[tuple[Answer, Sequence[ActivityChange]]],
) -> list[tuple[Answer, ActivityChange]]:
    """Those on a scale that is no logarithm; over all replicates where there are such."""
    return [
        (answer, change)
        for answer, changes in reporters
        if not _is_activity(answer)
        for change in pooled(changes)
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
        for answer in answers
        if request.variant is not None and answer.alt is not None and is_motif(answer)
        for change in motif_changes(
            answer.ref.sites, answer.alt.sites, answer.ref.data.tracks, request.variant
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
    for answer in answers:
        if variant is None or answer.alt is None or answer.alleles is None:
            continue
        scores += track_scores(answer.alleles, variant, genes)
        scores += language_scores(answer.alleles, variant)
        ref, alt = answer.ref, answer.alt
        if ref.junctions is not None and alt.junctions is not None:
            scores += junction_scores(ref.junctions, alt.junctions, variant, genes)
        if ref.contacts is not None and alt.contacts is not None:
            scores += contact_scores(ref.contacts, alt.contacts, variant)
    return scores


def outcomes_of(
    request: Request,
    answers: Sequence[Answer],
    genes: Sequence[Gene],
    chosen: Mapping[str, Transcript] | None = None,
) -> tuple[Outcome, ...]:
    """Transcripts that changed splice sites change, the surest first.

    Args:
        genes: of the window.
        chosen: by the gene's symbol.
    """
    if request.variant is None:
        return ()
    changes = splice_changes([answer.shown for answer in answers], request.variant)
    return outcomes(changes, genes, request.variant, chosen)


def is_motif(answer: Answer) -> bool:
    """Whether it is of sites, which are scored site by site."""
    return answer.shown.assay.facts.is_motif


def _is_activity(answer: Answer) -> bool:
    """Reporter activity on a logarithmic scale, of which a difference is a fold change."""
    return answer.shown.assay.facts.is_reporter and answer.ref.tracks[0].unit.startswith("log2")
