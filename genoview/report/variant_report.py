"""Request and answers -> the report of a variant: made once, read by page, files and text.

report = variant_report(request, answers, assembly, store)
"""

from collections.abc import Sequence
from dataclasses import replace

from genoview.data.answer import Answer
from genoview.data.genome import Gene
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.registry import splice_rules
from genoview.report.consequences import chosen_by_gene, consequences_of
from genoview.report.contents import ReportOptions as ReportOptions
from genoview.report.contents import VariantReport as VariantReport
from genoview.report.prediction import rules_of, verdict_of
from genoview.report.rna import rna_of
from genoview.scoring import background_ranks, service_scores
from genoview.scoring.background_ranks import RankQuestion, RankReport, rank_report
from genoview.scoring.model_result import ModelFacts
from genoview.scoring.service_scores import ServiceQuestion, ServiceReport
from genoview.scoring.splicing import report as splicing
from genoview.scoring.splicing.delta_question import DISTANCE, DeltaQuestion
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
)
from genoview.store import Store


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
    question = delta_question(request, answers, assembly, options.distance)
    deltas = None if question is None else _deltas(question, store, options)
    consequences = consequences_of(request.variant, assembly)
    chosen = chosen_by_gene(consequences, options.transcript)
    spliced = outcomes_of(request, answers, genes, chosen)
    report = VariantReport(
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
        pending=() if question is None or deltas else (question.model.card.title,),
        names=options.names,
        outcomes=spliced,
        consequences=consequences,
        missense=options.missense,
        rna=rna_of(request.variant, spliced, consequences, assembly.reference.fetch),
        structure=options.structure,
        family=assembly.family,
        inclusion=options.inclusion,
    )
    return predicted(report, options)


def predicted(report: VariantReport, options: ReportOptions) -> VariantReport:
    """The report with its prediction and rules, which are read from all the rest."""
    if report.request.variant is None:
        return report
    verdict = verdict_of(report, options)
    return replace(report, verdict=verdict, rules=rules_of(report, options))


def completed(
    report: VariantReport, deltas: SpliceReport | None, options: ReportOptions
) -> VariantReport:
    """The report with delta scores that came later, and the prediction as it is now."""
    pending = () if deltas else report.pending
    return predicted(replace(report, deltas=deltas, pending=pending), options)


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
