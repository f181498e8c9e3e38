"""What a curator reads first: one sentence from the scores, by fixed rules.

Splicing has published cut-offs (`outcomes.certainty`). Expression and binding have none: there the
sentence gives the largest change and no adjective.
"""

from collections.abc import Collection, Sequence

from genoview.data.track_data import Assay
from genoview.scoring.activity import ActivityChange
from genoview.scoring.effects import Effect
from genoview.scoring.motifs import MotifChange
from genoview.scoring.splicing.outcomes import POSSIBLE, Outcome, certainty

RULES = (
    "Splicing: a change of a site's probability of 0.2 is called possible, 0.5 likely, 0.8 very "
    "likely (Jaganathan et al. 2019). A lost site is replaced by a gained one of its kind before "
    "the next site of the transcript that gains at least half as much; else its exon is skipped, "
    "or the intron kept where both of its ends are lost or the exon is the first or last. A new "
    "stop codon is not looked for. "
    "Expression and binding: the largest change, without a cut-off."
)


def verdict(
    name: str,
    outcomes: Sequence[Outcome],
    effects: Sequence[Effect],
    activities: Sequence[ActivityChange],
    motifs: Sequence[MotifChange] | None,
    assays: Collection[Assay],
) -> str:
    """`chr20:...: NM_000457 of HNF4A: exon 4 very likely skipped ...; no promoter changes ...`.

    Args:
        name: of the variant.
        outcomes: what becomes of transcripts, the surest first.
        effects: the largest differences, the largest of each family first.
        activities: of reporters, one a cell type.
        motifs: changed sites, the largest change first; None where they were not predicted.
        assays: what was predicted; the others are left out.
    """
    parts = []
    if any(assay.facts.gives_transcripts for assay in assays):
        parts.append(_splicing(outcomes, effects))
    if any(assay.facts.is_promoter for assay in assays):
        parts.append(_promoter(effects))
    parts.append(_activity(activities))
    if motifs is not None:
        parts.append(_binding(motifs))
    clauses = [part for part in parts if part]
    return f"{name}: {'; '.join(clauses)}." if clauses else ""


def _splicing(outcomes: Sequence[Outcome], effects: Sequence[Effect]) -> str:
    if outcomes:
        first = outcomes[0]
        more = f", and {len(outcomes) - 1} further gene changes" if len(outcomes) > 1 else ""
        return f"{first.name}: {first.words} ({first.consequences[0].why}){more}"
    sites = [effect for effect in effects if effect.track.assay.facts.gives_transcripts]
    largest = max(sites, key=lambda effect: abs(effect.difference), default=None)
    if largest is None:
        return "no splice site changes"
    size = abs(largest.difference)
    if size < POSSIBLE:
        return f"no splice site changes by {POSSIBLE} or more (largest {size:.2f})"
    return f"{certainty(size)} {largest.words}, at no exon of a known transcript"


def _promoter(effects: Sequence[Effect]) -> str:
    promoters = [effect for effect in effects if effect.track.assay.facts.is_promoter]
    largest = max(promoters, key=lambda effect: abs(effect.difference), default=None)
    if largest is None:
        return "no promoter probability changes by 0.05"
    return f"{largest.track.label.lower()} {largest.change} by {abs(largest.difference):.2f}"


def _activity(changes: Sequence[ActivityChange]) -> str:
    if not changes:
        return ""
    clear = [change for change in changes if change.is_clear]
    if not clear:
        return "no clear change of reporter activity"
    return max(clear, key=lambda change: abs(change.log2_fold_change)).words


def _binding(motifs: Sequence[MotifChange]) -> str:
    if not motifs:
        return "no motif site changes"
    first, more = motifs[0], len(motifs) - 1
    also = f" and {more} further motif sites change" if more else ""
    return f"{first.track.name} site {first.state}{also}"
