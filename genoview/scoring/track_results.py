"""Tracks of both alleles -> results as of files of variants, cached for these too."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.data.track_data import AlleleTracks
from genoview.io.assembly import Assembly
from genoview.scoring import ActivityChange
from genoview.scoring.model_result import ModelFacts, ModelResult
from genoview.scoring.reporter_changes import ReporterQuestion
from genoview.scoring.splicing.gain_loss_question import GainQuestion
from genoview.scoring.splicing.gain_loss_report import GainRow, gain_rows, has_gains
from genoview.store import Store, cached_many

ReporterAnswers = Sequence[tuple[Answer, Sequence[ActivityChange]]]


@dataclass(frozen=True)
class _Reading:
    """A question that the tracks on the page answer."""

    question: GainQuestion | ReporterQuestion
    pair: AlleleTracks
    changes: Sequence[ActivityChange] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all was predicted that a file would read."""
        return self.pair.ref.interval.contains(self.question.read)

    def result(self) -> ModelResult:
        """As a file of variants has it."""
        if isinstance(self.question, GainQuestion):
            return self.question.result({"+": self.pair, "-": self.pair})
        return self.question.result(self.changes)


def gains_of(
    request: Request,
    answers: Sequence[Answer],
    assembly: Assembly,
    distance: int,
    store: Store | None = None,
    reporters: ReporterAnswers = (),
) -> list[GainRow]:
    """Of each model of strengths of splice sites, gene by gene; none of a locus.

    Results that a file of variants would have are read from the cache, or cached for it.

    Args:
        distance: bp on each side of the variant, as far as it was predicted.
        reporters: changes of reporter activity, which are cached for files with the same access.
    """
    variant = request.variant
    if variant is None:
        return []
    gains = [
        _Reading(GainQuestion(variant, ModelFacts.behind(answer), assembly, distance), pair)
        for answer in answers
        if has_gains(answer) and (pair := answer.alleles) is not None
    ]
    changes = [
        _Reading(ReporterQuestion(variant, ModelFacts.behind(answer), assembly), pair, changes_of)
        for answer, changes_of in reporters
        if (pair := answer.alleles) is not None
    ]
    whole = {reading.question.key: reading for reading in (*gains, *changes) if reading.is_whole}
    questions = [reading.question for reading in whole.values()]
    results = cached_many(store, questions, lambda some: [whole[q.key].result() for q in some])
    known = dict(zip(whole, results, strict=True))
    return [
        row
        for reading in gains
        for row in gain_rows(
            reading.question.model,
            known[reading.question.key] if reading.is_whole else reading.result(),
            variant,
        )
    ]
