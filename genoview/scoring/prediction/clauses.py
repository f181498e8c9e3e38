"""Scores of a variant -> the clauses of its prediction, by fixed rules.

Splicing has published cut-offs (`outcomes.certainty`). Expression and binding have none: there the
sentence gives the largest change and no adjective; of motif sites, from `CLEAR_FOLD` on.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from genoview.data.track_data import Assay
from genoview.scoring.activity import ActivityChange
from genoview.scoring.effects import Effect
from genoview.scoring.motifs import CLEAR_FOLD, MotifChange
from genoview.scoring.prediction.inclusion import InclusionShown
from genoview.scoring.prediction.splicing import (
    SplicingShown,
    no_change_words,
    row_words,
    scores_words,
)
from genoview.scoring.splicing.delta import as_written
from genoview.scoring.splicing.outcomes import POSSIBLE, Outcome, certainty


@dataclass(frozen=True, slots=True)
class Findings:
    """What the clauses are made of.

    Attributes:
        assays: what was predicted; of the others nothing is said.
        outcomes: what becomes of transcripts, the surest first.
        effects: the largest differences, the largest of each family first.
        splicing: what the tables show of it.
        activities: of reporters, one a cell type.
        motifs: changed sites, the largest change first; None where they were not predicted.
        transcript: that the sentence begins with, which need not be named again.
        inclusion: of exons; None where no model of them has spoken.
        truncations: by transcript, of those in `outcomes`: `NMD expected`.
        awaits_scores: the table of delta scores is still to come: of tracks alone no number is
            given, which that table might contradict.
    """

    assays: Collection[Assay]
    outcomes: Sequence[Outcome] = ()
    effects: Sequence[Effect] = ()
    splicing: SplicingShown = field(default_factory=SplicingShown)
    activities: Sequence[ActivityChange] = ()
    motifs: Sequence[MotifChange] | None = None
    transcript: str = ""
    inclusion: InclusionShown | None = None
    truncations: Mapping[str, str] = field(default_factory=dict)
    awaits_scores: bool = False


def clauses_of(findings: Findings) -> tuple[str, ...]:
    """`no splice site change of 0.2 or more (largest delta score 0.03)`, `HNF4A site lost` ..."""
    parts = []
    if findings.splicing.rows or any(assay.facts.gives_transcripts for assay in findings.assays):
        parts += _splicing(findings)
    if findings.inclusion is not None:
        parts.append(findings.inclusion.words(findings.splicing))
    return tuple(filter(None, (*parts, *_regulation(findings))))


def _regulation(findings: Findings) -> list[str]:
    """Promoter, reporter activity and motif sites; what does not change, in one clause."""
    has_promoters = any(assay.facts.is_promoter for assay in findings.assays)
    motifs = findings.motifs
    read = [
        _promoter(findings.effects) if has_promoters else None,
        _activity(findings.activities) if findings.activities else None,
        None if motifs is None else _binding(motifs),
    ]
    silent = [name for name, words in zip(REGULATION, read, strict=True) if words == ""]
    said = [words for words in read if words]
    most = _largest_motif(motifs) if motifs and REGULATION[-1] in silent else ""
    if len(silent) > 1:
        *names, last = silent
        said.append(f"no clear change of {', '.join(names)} or {last}{most}")
    elif silent:
        said.append(f"{UNCHANGED[silent[0]]}{most}")
    return said


def _splicing(findings: Findings) -> list[str]:
    shown = findings.splicing
    if not shown.rows:
        is_early = findings.awaits_scores and not findings.outcomes
        return [] if is_early else [_on_tracks(findings)]
    pseudoexon, farther = shown.pseudoexon, shown.farther
    if as_written(shown.rows[0].masked.score) >= POSSIBLE:
        parts = [_largest_change(findings)]
    elif pseudoexon is not None:
        parts = [pseudoexon.words]
    else:
        parts = [no_change_words(shown, _agreement(findings))]
    if farther is not None:
        parts.append(
            f"{farther.track.name.lower()} {farther.change} {farther.place}, beyond the "
            f"{shown.distance:,} bp that are scored (choose a larger distance)"
        )
    return parts


def _agreement(findings: Findings) -> str:
    """`MMSplice agrees`, where neither says anything."""
    model = findings.inclusion
    return model.agreement(findings.splicing) if model else ""


def _largest_change(findings: Findings) -> str:
    """What becomes of the transcript, with the numbers of the table."""
    top, *_ = rows = findings.splicing.rows
    changed = [row for row in rows if as_written(row.masked.score) >= POSSIBLE]
    genes = dict.fromkeys(row.gene for row in changed)
    more = f", and {len(genes) - 1} further gene changes" if len(genes) > 1 else ""
    sure = certainty(top.masked.score)
    outcome = _outcome_in(top.gene, sure, findings)
    if outcome is None:
        return f"{row_words(top)}{more}"
    own = [row for row in changed if (row.gene, row.strand) == (top.gene, top.strand)]
    words = outcome.described(sure, scores_words(own))
    return f"{_named(outcome, findings)}{words}{_truncated(outcome, findings)}{more}"


def _outcome_in(gene: str, sure: str, findings: Findings) -> Outcome | None:
    """None where it may be that of a site beyond the distance: surer, or less, than the table."""
    names = ((known, (known.gene.symbol, known.gene.gene_id)) for known in findings.outcomes)
    outcome = next((name for name, of_gene in names if gene in of_gene), None)
    if outcome is None or findings.splicing.farther is None:
        return outcome
    return outcome if certainty(outcome.score) == sure else None


def _truncated(outcome: Outcome, findings: Findings) -> str:
    words = findings.truncations.get(outcome.before.transcript_id, "")
    return f", {words}" if words else ""


def _named(outcome: Outcome, findings: Findings) -> str:
    return "" if outcome.before.transcript_id == findings.transcript else f"{outcome.name}: "


def _on_tracks(findings: Findings) -> str:
    """Where no model has delta scores."""
    outcomes = findings.outcomes
    if outcomes:
        first = outcomes[0]
        more = f", and {len(outcomes) - 1} further gene changes" if len(outcomes) > 1 else ""
        why = "" if findings.awaits_scores else first.why
        words = first.described(certainty(first.score), why)
        return f"{_named(first, findings)}{words}{_truncated(first, findings)}{more}"
    sites = [other for other in findings.effects if other.track.assay.facts.gives_transcripts]
    largest = max(sites, key=lambda effect: abs(effect.difference), default=None)
    if largest is None:
        return "no splice site changes"
    size = as_written(abs(largest.difference))
    if size < POSSIBLE:
        return f"no splice site change of {POSSIBLE} or more (largest on the tracks {size:.2f})"
    return f"{certainty(size)} {largest.words}, at no exon of a known transcript"


REGULATION = "promoter probability", "reporter activity", "motif sites"
UNCHANGED = {
    "promoter probability": "no change in promoter probability of 0.05 or more",
    "reporter activity": "no clear change of reporter activity",
    "motif sites": f"no motif site's p-value changes {CLEAR_FOLD}-fold",
}


def _promoter(effects: Sequence[Effect]) -> str:
    """ "" where none changes, as below."""
    promoters = [effect for effect in effects if effect.track.assay.facts.is_promoter]
    largest = max(promoters, key=lambda effect: abs(effect.difference), default=None)
    if largest is None:
        return ""
    strand = {"+": " (+ strand)", "-": " (− strand)"}.get(largest.track.strand, "")
    size = f"{abs(largest.difference):.2f}"
    return f"{largest.track.name.lower()} {largest.change} by {size}{strand}"


def _activity(changes: Sequence[ActivityChange]) -> str:
    clear = [change for change in changes if change.is_clear]
    if not clear:
        return ""
    return max(clear, key=lambda change: abs(change.log2_fold_change)).words


def _binding(motifs: Sequence[MotifChange]) -> str:
    """The largest change of a p-value, as the mark has it."""
    n_clear = sum(change.is_clear for change in motifs)
    if not n_clear:
        return ""
    largest = max(motifs, key=lambda change: abs(change.p_difference))
    more = n_clear - 1
    also = (
        f" and {more} further motif site{' changes' if more == 1 else 's change'}" if more else ""
    )
    return f"{largest.track.name} site {largest.state}{also}"


def _largest_motif(motifs: Sequence[MotifChange]) -> str:
    """` (largest 8.6-fold, HNF1A)`: below what counts as a change."""
    largest = max(motifs, key=lambda change: abs(change.p_difference))
    fold = f"{int(largest.fold)}" if largest.fold >= 10 else f"{largest.fold:.1f}"
    return f" (largest {fold}-fold, {largest.track.name})"
