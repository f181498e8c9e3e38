"""Gain and loss of splice sites of many variants -> named columns, of the gene most changed."""

from collections.abc import Callable, Sequence

from genoview.io.export import NamedColumn
from genoview.models.registry import card_of
from genoview.runtime.batch.results import Row
from genoview.runtime.batch.units import GAINED, MASKED
from genoview.scoring import GainLoss
from genoview.scoring.model_result import GainScores

Cell = str | int | float | None


def gain_columns(rows: Sequence[Row], model: str, masked: bool, short: bool) -> list[NamedColumn]:
    """The larger of both, the gene, gain and loss; their places and tissues where not short."""
    results = [row.result(model) for row in rows]
    best = [None if result is None else result.most_changed(masked) for result in results]
    title, mask = card_of(model).title, f"; {MASKED}" if masked else ""

    def column(
        label: str, kind: type[str] | type[int] | type[float], words: str, get: Get
    ) -> NamedColumn:
        return NamedColumn(f"{title} {label}", kind, words, _each(best, masked, get))

    columns = [
        column("Δ", float, f"larger of both: {GAINED}{mask}", lambda _, change: change.largest),
        column("gene", str, "gene most changed", lambda scores, _: scores.gene),
        column("gain", float, f"{GAINED}{mask}", lambda _, change: change.gain.score),
        column("loss", float, f"{GAINED}{mask}", lambda _, change: change.loss.score),
    ]
    if short:
        return columns
    reasons = [None if result is None else result.reason or None for result in results]
    return [
        *columns,
        column("gain position", int, "bp from POS", lambda _, change: change.gain.position),
        column("gain in", str, "tissue of the largest gain", lambda _, change: change.gain_in),
        column("loss position", int, "bp from POS", lambda _, change: change.loss.position),
        column("loss in", str, "tissue of the largest loss", lambda _, change: change.loss_in),
        NamedColumn(f"{title} passed_over", str, "why the model gives no score", reasons),
    ]


Get = Callable[[GainScores, GainLoss], Cell]


def _each(best: Sequence[GainScores | None], masked: bool, get: Get) -> list[Cell]:
    return [None if scores is None else get(scores, scores.of(masked)) for scores in best]
