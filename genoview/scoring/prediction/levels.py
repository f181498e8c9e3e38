"""Findings -> the four marks: how large each family's predicted change is, by a stated rule."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from genoview.data.track_data import Family
from genoview.scoring.activity import SMALLEST_CHANGE
from genoview.scoring.consequence.terms import Impact, Term
from genoview.scoring.marks import BINDING, EXPRESSION, PROTEIN, SPLICING, Level, Mark
from genoview.scoring.motifs import CLEAR_FOLD
from genoview.scoring.prediction.clauses import Findings
from genoview.scoring.prediction.splicing import (
    ADJECTIVES,
    BOTH_ENDS,
    ONE_END,
    PSEUDOEXON_SOURCE,
    SplicingShown,
    change_words,
    gene_words,
)
from genoview.scoring.rna import words as rna_words
from genoview.scoring.rna.outcome import ProteinEffect, RnaOutcome
from genoview.scoring.splicing.delta import as_written
from genoview.scoring.splicing.inclusion.effect import LARGE
from genoview.scoring.splicing.outcomes import POSSIBLE, certainty
from genoview.scoring.tracks.centre_mask import Centre
from genoview.scoring.tracks.formula import TrackScore
from genoview.scoring.tracks.gene_coverage import COVERAGE
from genoview.scoring.tracks.gene_mask import FOLD_CHANGE
from genoview.scoring.verdict import Pending

LARGE_DELTA = 0.5
# Of 200 random substitutions of the demo region fewer than 1 in 100 reach LARGE_LOG2 or
# LARGE_PROMOTER, 1 in 50 LARGE_DECADES, 1 in 6 CLEAR_FOLD (docs/prediction.md).
LARGE_LOG2 = math.log2(1.5)
LARGE_PROMOTER = 0.2  # of a probability
LARGE_DECADES = 2.0  # of a motif's p-value: 100-fold
LOG2_FORMULAS = (f"Centre mask {Centre.DIFF_LOG2_SUM.name}", COVERAGE.name)
LN_FORMULAS = (FOLD_CHANGE.name,)
MARK_OF = {
    Family.SPLICING: SPLICING,
    Family.EXPRESSION: EXPRESSION,
    Family.BINDING: BINDING,
    Family.ACCESSIBILITY: BINDING,
}
MARK_OF_NAME = {family.value: mark for family, mark in MARK_OF.items()}
LEVEL_OF_IMPACT = {Impact.HIGH: Level.LARGE, Impact.MODERATE: Level.SOME}
PROTEIN_RULE = (
    "By the impact of the severest term in Ensembl VEP (McLaren et al. 2016): high is large, "
    "moderate is some, low and modifier are none; if splicing stays as it is. Where splicing is "
    f"predicted to change, by the new transcript: from {LARGE_DELTA} a frameshift, a stop codon "
    "gained or lost or a lost start codon is large, any other change of the protein some."
)
SPLICING_RULE = (
    f"The largest masked delta score: some from {POSSIBLE}, large from {LARGE_DELTA} (Jaganathan "
    f"et al. 2019). Deep intronic: some too where an acceptor and a donor gain {BOTH_ENDS}, one "
    f"of them {ONE_END}, 25 to 500 bp apart ({PSEUDOEXON_SOURCE}); else where the log odds of an "
    f"exon's inclusion change by {LARGE:g} or more (MMSplice, Cheng et al. 2019)."
)
EXPRESSION_RULE = (
    "No published cut-off: some where reporter activity or a track changes by "
    f"{SMALLEST_CHANGE} of log2 and twice the spread of the networks, or a promoter's probability "
    f"by 0.05; large from 1.5-fold, or {LARGE_PROMOTER} of the probability, which fewer than 1 in "
    "100 random substitutions of the demo region reach."
)
BINDING_RULE = (
    f"No published cut-off: some where the p-value of a motif site changes {CLEAR_FOLD}-fold, "
    "which 1 in 6 random substitutions of the demo region does, or a track by "
    f"{SMALLEST_CHANGE} of log2; "
    "large where the p-value changes 100-fold (1 in 50), or a track 1.5-fold."
)
LEVELS = list(Level)
SAME_PROTEIN = (ProteinEffect.UNCHANGED, ProteinEffect.NO_PROTEIN, ProteinEffect.UNKNOWN)
LARGE_EFFECTS = (
    ProteinEffect.FRAMESHIFT,
    ProteinEffect.STOP_GAINED,
    ProteinEffect.STOP_LOST,
    ProteinEffect.START_LOST,
)


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """What the exons say, and what predicted splicing makes of them.

    Attributes:
        worst: the severest term.
        words: as `missense, p.(Thr117Ile)`.
        spliced: the surest transcript of the gene whose splicing changes.
    """

    worst: Term
    words: str
    spliced: RnaOutcome | None = None


def marks_of(
    findings: Findings,
    protein: ProteinChange | None,
    track_scores: Sequence[TrackScore],
    pending: Sequence[Pending],
) -> tuple[Mark, ...]:
    """Protein, splicing, expression and binding.

    Args:
        protein: on the chosen transcript; None where none is near.
        track_scores: the field's scores of tracks.
    """
    scored = {MARK_OF.get(assay.family) for assay in findings.assays}
    return (
        _protein(protein, pending),
        _mark(SPLICING, _splicing(findings), SPLICING in scored, pending),
        _mark(EXPRESSION, _expression(findings, track_scores), EXPRESSION in scored, pending),
        _mark(BINDING, _binding(findings, track_scores), BINDING in scored, pending),
    )


RULE_OF = {SPLICING: SPLICING_RULE, EXPRESSION: EXPRESSION_RULE, BINDING: BINDING_RULE}


@dataclass(frozen=True, slots=True)
class _Size:
    """One candidate of a mark."""

    level: Level
    number: float
    unit: str
    words: str


def _mark(family: str, sizes: Sequence[_Size], scored: bool, pending: Sequence[Pending]) -> Mark:
    """The largest of its level; what is waited for comes first."""
    rule = RULE_OF[family]
    mine = [model for model in pending if MARK_OF_NAME.get(model.family) == family]
    if waiting := [model for model in mine if model.state.is_waiting]:
        words = ", ".join(f"{model.title}: {model.state}" for model in waiting)
        return Mark(family, Level.RUNNING, None, "", words, rule)
    top = max(sizes, key=lambda size: (LEVELS.index(size.level), abs(size.number)), default=None)
    if top is not None:
        return Mark(family, top.level, top.number, top.unit, top.words, rule)
    if scored:
        return Mark(family, Level.NONE, None, "", f"no change of {family} is predicted", rule)
    silent = ", ".join(f"{model.title}: {model.state}" for model in mine)
    words = silent or f"no model of {family} is on"
    return Mark(family, Level.NOT_PREDICTED, None, "", words, rule)


def _protein(protein: ProteinChange | None, pending: Sequence[Pending]) -> Mark:
    """Of the exons, or of the new transcript where that says more."""
    if protein is None:
        words = "no transcript within 5,000 bp"
        return Mark(PROTEIN, Level.NONE, None, "", words, PROTEIN_RULE)
    level = LEVEL_OF_IMPACT.get(protein.worst.impact, Level.NONE)
    spliced = protein.spliced
    if spliced is not None and LEVELS.index(new := _spliced(spliced)) > LEVELS.index(level):
        words = f"{rna_words.splicing(spliced)}: {rna_words.protein(spliced)}"
        return Mark(PROTEIN, new, spliced.score, "change of a splice site", words, PROTEIN_RULE)
    awaited = [model for model in pending if model.family == SPLICING and model.state.is_waiting]
    if level is Level.NONE and awaited:
        words = f"{protein.words}, if splicing stays as it is"
        return Mark(PROTEIN, Level.RUNNING, None, "", words, PROTEIN_RULE)
    return Mark(PROTEIN, level, None, "", protein.words, PROTEIN_RULE)


def _spliced(outcome: RnaOutcome) -> Level:
    if outcome.effect in SAME_PROTEIN:
        return Level.NONE
    is_large = outcome.effect in LARGE_EFFECTS and as_written(outcome.score or 0.0) >= LARGE_DELTA
    return Level.LARGE if is_large else Level.SOME


def _splicing(findings: Findings) -> list[_Size]:
    """By the sites; by the exons where no site changes."""
    sites, inclusion = _sites(findings.splicing), findings.inclusion
    if inclusion is None or not inclusion.is_large or any(LEVELS.index(s.level) for s in sites):
        return sites
    words = inclusion.words(findings.splicing)
    return [_Size(Level.SOME, inclusion.change, "log odds of inclusion", words)]


def _sites(shown: SplicingShown) -> list[_Size]:
    largest = shown.largest
    if largest is None:
        return []
    level = _level(largest, POSSIBLE, LARGE_DELTA)
    if level is Level.NONE and shown.pseudoexon is not None:
        new = shown.pseudoexon
        number = max(new.acceptor, new.donor)
        return [_Size(Level.SOME, number, "delta score", new.words)]
    if not shown.rows:
        words = max(shown.effects, key=lambda effect: abs(effect.difference)).words
        return [_Size(level, largest, "difference of probabilities", words)]
    top = shown.rows[0]
    sure = ADJECTIVES.get(certainty(largest), f"below {POSSIBLE}")
    words = f"{change_words(top)} {gene_words(top.gene)}, {sure}"
    return [_Size(level, largest, "delta score", words)]


def _expression(findings: Findings, scores: Sequence[TrackScore]) -> list[_Size]:
    sizes = list(_of_tracks(scores, EXPRESSION))
    for change in findings.activities:
        number = change.log2_fold_change
        level = _level(number, SMALLEST_CHANGE, LARGE_LOG2) if change.is_clear else Level.NONE
        sizes.append(_Size(level, number, "log2 fold change", change.words))
    for effect in findings.effects:
        if effect.track.assay.facts.is_promoter:
            level = _level(effect.difference, 0.0, LARGE_PROMOTER)
            sizes.append(_Size(level, effect.difference, "probability", effect.words))
    return sizes


def _binding(findings: Findings, scores: Sequence[TrackScore]) -> list[_Size]:
    sizes = list(_of_tracks(scores, BINDING))
    for change in findings.motifs or ():
        size = change.p_difference
        level = Level.SOME if change.is_clear else Level.NONE
        if as_written(abs(size)) >= LARGE_DECADES:
            level = Level.LARGE
        sizes.append(_Size(level, size, "decades of p", change.words))
    return sizes


def _of_tracks(scores: Sequence[TrackScore], family: str) -> Iterator[_Size]:
    """Fold changes of signal, as log2."""
    for score in scores:
        name = score.formula.name
        assay = score.track.assay
        if MARK_OF.get(assay.family) != family or assay.facts.is_promoter:
            continue
        if name not in (*LOG2_FORMULAS, *LN_FORMULAS):
            continue
        number = score.value / math.log(2) if name in LN_FORMULAS else score.value
        if math.isfinite(number):
            gene = f" of {score.gene}" if score.gene else ""
            size = f"{number:+.2f}".replace("-", "−")
            words = f"{score.track.label}{gene}: log2 {size}"
            level = _level(number, SMALLEST_CHANGE, LARGE_LOG2)
            yield _Size(level, number, "log2 fold change", words)


def _level(number: float, some: float, large: float) -> Level:
    size = as_written(abs(number))
    if size >= large:
        return Level.LARGE
    return Level.SOME if size >= some else Level.NONE
