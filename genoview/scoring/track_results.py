"""Tracks of both alleles -> what files of variants hold of the same models, kept for them too."""

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
    """Of each model that tells strengths of splice sites, gene by gene; none of a locus.

    What a file of variants would hold is recalled, or kept for it.

    Args:
        distance: bp on each side of the variant, as far as it was predicted.
        reporters: changes of reporter activity, which are kept for files with the same access.
    """
    variant = request.variant
    if variant is None:
        return []
    gains = [
        _Reading(GainQuestion(variant, ModelFacts.behind(found), assembly, distance), pair)
        for found in answers
        if has_gains(found) and (pair := found.alleles) is not None
    ]
    changes = [
        _Reading(ReporterQuestion(variant, ModelFacts.behind(found), assembly), pair, some)
        for found, some in reporters
        if (pair := found.alleles) is not None
    ]
    whole = {one.question.key: one for one in (*gains, *changes) if one.is_whole}
    questions = [one.question for one in whole.values()]
    results = cached_many(store, questions, lambda some: [whole[q.key].result() for q in some])
    known = dict(zip(whole, results, strict=True))
    return [
        row
        for one in gains
        for row in gain_rows(
            one.question.model,
            known[one.question.key] if one.is_whole else one.result(),
            variant,
        )
    ]
