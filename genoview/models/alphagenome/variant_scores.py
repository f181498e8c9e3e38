"""A variant -> the scores that a service makes itself, by the scorers that its authors recommend.

interval, variant --official client, score_variant--> AnnData --tidy_scores--> ServedScore

Scores are requested by position: the service reads its own genome and its own genes.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress, no_progress
from genoview.errors import BackendError
from genoview.models.alphagenome.client import AlphaGenomeService
from genoview.models.alphagenome.junctions_contacts import facts_of_rows
from genoview.models.alphagenome.track_filter import Choice, TrackFacts

TRACK_NAMES = {"name": "track_name", "strand": "track_strand"}  # as tidy_scores calls them


@dataclass(frozen=True, slots=True)
class ScorerFacts:
    """How a score is computed, in the protocol's words.

    Attributes:
        kind: such as CenterMaskScorer.
        output: such as rna_seq.
        width: bp of a mask; None where there is none.
        aggregation: such as DIFF_LOG2_SUM; empty where the kind has one only.
    """

    kind: str
    output: str
    width: int | None = None
    aggregation: str = ""


@dataclass(frozen=True, slots=True)
class ServedScore:
    """One score of one track.

    Attributes:
        quantile: rank among common variants, signed, -1 to 1; None where the service gives none.
        gene: its symbol, or its id; empty where the place of the variant is scored.
        junction: 0-based start and end of the intron that is scored.
    """

    scorer: ScorerFacts
    track: TrackFacts
    value: float
    quantile: float | None = None
    gene: str = ""
    junction: tuple[int, int] | None = None


def served_scores(
    service: AlphaGenomeService,
    interval: Interval,
    variant: Variant,
    outputs: Sequence[str],
    choice: Choice,
    progress: Progress = no_progress,
) -> tuple[ServedScore, ...]:
    """Those of the chosen outputs and tracks that have a value, in the service's order.

    Args:
        interval: of a legal length, in the service's genome.

    Raises:
        BackendError: it cannot be had, and why. Cancelled: from `progress`.
    """
    library = service.library
    from alphagenome.data import genome
    from alphagenome.models import variant_scorers

    recommended = variant_scorers.get_recommended_scorers(service.organism_code.to_proto())
    scorers = [scorer for scorer in recommended if scorer.requested_output.name.lower() in outputs]
    if not scorers:
        raise BackendError(f"{service.title} has no scorer for what was chosen of it.")
    # The client's own wrapper sleeps through its retries, where nobody could stop them.
    plain = library.DnaClient.score_variant.__wrapped__

    def call() -> Any:
        return plain(
            service.client,
            genome.Interval(interval.chrom, interval.start, interval.end),
            genome.Variant(variant.chrom, variant.pos, variant.ref, variant.alt),
            scorers,
            organism=service.organism_code,
        )

    table = variant_scorers.tidy_scores(service.ask(call, progress))
    progress(1.0)
    rows = [] if table is None else table.to_dict("records")
    return tuple(_scores(rows, {str(scorer): _facts(scorer) for scorer in scorers}, choice))


def _facts(scorer: Any) -> ScorerFacts:
    aggregation = getattr(scorer, "aggregation_type", None)
    return ScorerFacts(
        type(scorer).__name__,
        scorer.requested_output.name.lower(),
        getattr(scorer, "width", None),
        "" if aggregation is None else aggregation.name,
    )


def _scores(
    rows: Sequence[Mapping[str, Any]], scorers: Mapping[str, ScorerFacts], choice: Choice
) -> Iterator[ServedScore]:
    renamed = ({**row, **{key: row[name] for key, name in TRACK_NAMES.items()}} for row in rows)
    for row, track in zip(rows, facts_of_rows(renamed), strict=True):
        value = float(row["raw_score"])
        if math.isnan(value) or not choice.columns([track]):
            continue
        yield ServedScore(
            scorers[row["variant_scorer"]],
            track,
            value,
            _number(row.get("quantile_score")),
            _text(row["gene_name"]) or _text(row["gene_id"]),
            _junction(row),
        )


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _number(cell: Any) -> float | None:
    return None if cell is None or math.isnan(cell) else float(cell)


def _junction(row: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end = _number(row.get("junction_Start")), _number(row.get("junction_End"))
    return None if start is None or end is None else (int(start), int(end))
