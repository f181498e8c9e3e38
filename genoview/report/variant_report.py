"""Request and answers -> the report of a variant: made once, read by page, files and text.

report = variant_report(request, answers, assembly, store)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from genoview.data.answer import Answer
from genoview.data.genome import Gene
from genoview.data.progress import Progress, no_progress
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.registry import splice_rules
from genoview.query.resolve_names import ChosenNames
from genoview.report.consequences import TranscriptConsequence, consequences_of
from genoview.report.missense import Missense
from genoview.scoring import (
    ActivityChange,
    Effect,
    MotifChange,
    Outcome,
    TrackScore,
    background_ranks,
    service_scores,
)
from genoview.scoring.background_ranks import RankQuestion, RankReport, rank_report
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.model_result import ModelFacts
from genoview.scoring.service_scores import ServiceQuestion, ServiceReport
from genoview.scoring.splicing import report as splicing
from genoview.scoring.splicing.delta_question import DISTANCE, DeltaQuestion
from genoview.scoring.splicing.gain_loss_report import GainRow
from genoview.scoring.splicing.report import SpliceReport, splice_report
from genoview.scoring.track_results import gains_of
from genoview.scoring.variant_scores import (
    effects_of,
    log2_changes,
    motifs_of,
    outcomes_of,
    own_scale_changes,
    reporters_of,
    scores_of,
    verdict_of,
)
from genoview.store import Store


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is wanted beside what the tracks say.

    Attributes:
        distance: bp beside a variant in which splice sites are compared.
        levels: of the genes, REF and ALT.
        ranks: what is ranked, if anything.
        services: requests to services.
        backend: a model by its name, to compute what is not known; None to recall only.
        names: of the variant, if they are wanted.
        missense: what is known of the residues that change.
        meter: progress of such work by its name.
    """

    distance: int = DISTANCE
    levels: Sequence[ModelLevels] = ()
    ranks: RankQuestion | None = None
    services: Sequence[ServiceQuestion] = ()
    backend: Callable[[str], Backend] | None = None
    names: ChosenNames | None = None
    missense: Missense | None = None
    meter: Callable[[str], Progress] = field(default=lambda name: no_progress)


@dataclass(frozen=True, slots=True)
class VariantReport:
    """All that is said of a request; of a locus the answers and the levels of its genes alone.

    Attributes:
        effects: the largest differences of tracks.
        deltas: splice delta scores by the first model that has them; None while not known.
        gains: gain and loss of splice sites, by models that predict strengths.
        activities: log2 fold changes of reporter activity.
        own_scale: changes of reporter activity on a scale of the model's own.
        motifs: changed sites, the largest change first, with the score of both alleles.
        outcomes: transcripts that changed splice sites change, the surest first.
        track_scores: the field's scores of tracks.
        ranks: among random variants, if they were made.
        services: what services scored themselves.
        levels: of the genes.
        verdict: one sentence for a curator.
        pending: titles of models whose delta scores are not known.
        names: as others write the variant, if they were wanted.
        consequences: on each transcript within 5 kb, the chosen one first.
        missense: of the residues that change, if it is known.
    """

    request: Request
    answers: Sequence[Answer]
    effects: Sequence[Effect] = ()
    deltas: SpliceReport | None = None
    gains: Sequence[GainRow] = ()
    activities: Sequence[ActivityChange] = ()
    own_scale: Sequence[tuple[Answer, ActivityChange]] = ()
    motifs: Sequence[MotifChange] = ()
    track_scores: Sequence[TrackScore] = ()
    ranks: RankReport | None = None
    services: Sequence[ServiceReport] = ()
    levels: Sequence[ModelLevels] = ()
    verdict: str = ""
    pending: tuple[str, ...] = ()
    names: ChosenNames | None = None
    outcomes: Sequence[Outcome] = ()
    consequences: Sequence[TranscriptConsequence] = ()
    missense: Missense | None = None


def variant_report(
    request: Request,
    answers: Sequence[Answer],
    assembly: Assembly,
    store: Store | None = None,
    options: ReportOptions | None = None,
) -> VariantReport:
    """Everything that can be said, each part computed once.

    Raises:
        GenomeError: the distance is out of range. AnnotationError: the embedded genes cannot be
            read. Cancelled: from a meter.
    """
    options = options or ReportOptions()
    if request.variant is None:
        return VariantReport(request, answers, levels=options.levels)
    genes: Sequence[Gene] = assembly.annotation.genes(request.predicted)
    effects, reporters = effects_of(request, answers), reporters_of(request, answers)
    activities = log2_changes(reporters)
    motifs = motifs_of(request, answers, assembly.reference.fetch)
    spliced = outcomes_of(request, answers, genes)
    question = delta_question(request, answers, assembly, options.distance)
    deltas = None if question is None else _deltas(question, store, options)
    return VariantReport(
        request,
        answers,
        effects,
        deltas,
        gains_of(request, answers, assembly, options.distance, store, reporters),
        activities,
        own_scale_changes(reporters),
        motifs,
        scores_of(request, answers, genes),
        None if options.ranks is None else _ranks(options.ranks, store, options),
        service_reports(options.services, store),
        options.levels,
        verdict_of(request, answers, spliced, effects, activities, motifs),
        () if question is None or deltas else (question.model.card.title,),
        options.names,
        spliced,
        consequences_of(request.variant, assembly),
        options.missense,
    )


def delta_question(
    request: Request, answers: Sequence[Answer], assembly: Assembly, distance: int = DISTANCE
) -> DeltaQuestion | None:
    """What to score by the first model with delta scores; None for a locus or without one."""
    answer = next((answer for answer in answers if splice_rules(answer.card.name)), None)
    if request.variant is None or answer is None:
        return None
    return DeltaQuestion(request.variant, ModelFacts.behind(answer), assembly, distance)


def service_reports(
    questions: Sequence[ServiceQuestion], store: Store | None
) -> tuple[ServiceReport, ...]:
    """What services scored before."""
    reports = (
        service_scores.known(question, store) for question in questions if not question.refusal
    )
    return tuple(report for report in reports if report is not None)


def _deltas(
    question: DeltaQuestion, store: Store | None, options: ReportOptions
) -> SpliceReport | None:
    if options.backend is None:
        return splicing.known(question, store)
    backend = options.backend(question.model.card.name)
    return splice_report(question, backend, store, options.meter("delta scores"))


def _ranks(
    question: RankQuestion, store: Store | None, options: ReportOptions
) -> RankReport | None:
    if options.backend is None:
        return background_ranks.known(question, store)
    return rank_report(question, store, options.meter("ranks"))
