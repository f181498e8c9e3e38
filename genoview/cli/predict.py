"""`genoview predict "chr20:43042364:C>T" --json`: predictions as sentences or as JSON."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from genoview.cli.arguments import define, option
from genoview.cli.question import Answers, Question, answers_to
from genoview.cli.terminal import Meter
from genoview.data.request import Request
from genoview.io.alphamissense import TITLE
from genoview.io.export import RANDOM_WEIGHTS
from genoview.models.configured_file import LargeModel
from genoview.models.configured_names import checked, of_proteins
from genoview.query.resolve_names import ChosenNames, chosen_names
from genoview.report.document import document
from genoview.report.missense import Missense, times_words
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.runtime.inclusion import inclusion_of
from genoview.runtime.protein_models import scored_missense
from genoview.runtime.settings import read_settings
from genoview.runtime.structures import kept_facts
from genoview.runtime.workbench import Workbench
from genoview.scoring.background_ranks import RankQuestion, RankReport, can_rank
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.rna.words import sentence as rna_sentence
from genoview.scoring.splicing.delta_question import DISTANCE
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.report import SpliceReport


@dataclass(frozen=True, slots=True)
class Predict(Question):
    """Arguments of the command."""

    distance: int = option(DISTANCE, "bp around a variant for delta scores")
    ranks: bool = option(False, "rank a variant's scores among random ones close by")
    as_json: bool = option(False, "everything, as JSON", ("--json",))


def add_arguments(parser: ArgumentParser, _given: Sequence[str]) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, Predict, predict)


def predict(arguments: Predict) -> None:
    """Print what the models say.

    Raises:
        GenoviewError: the query cannot be read, or a model is absent or does not answer.
    """
    with closing(Workbench(read_settings())) as bench:
        proteins = of_proteins(arguments.models)
        models = [checked(name, bench.large) for name in proteins]  # before anything is computed
        others = tuple(name for name in arguments.models if name not in proteins)
        result = answers_to(bench, replace(arguments, models=others))
        ranks = _ranks(bench, result, arguments.distance) if arguments.ranks else None
        variant = result.request.variant
        options = ReportOptions(
            arguments.distance,
            result.levels,
            ranks,
            backend=bench.backend,
            names=None if variant is None else chosen_names(variant, result.assembly),
            missense=_missense(bench, result, models),
            structure=None if variant is None else kept_facts(bench, variant, result.assembly),
            meter=Meter,
            inclusion=inclusion_of(bench, result.request, result.assembly),
        )
        report = variant_report(
            result.request, result.answers, result.assembly, bench.store, options
        )
        if arguments.as_json:
            print(json.dumps(document(report), indent=2, ensure_ascii=False))
        else:
            _print_words(report)


def _missense(bench: Workbench, result: Answers, models: Sequence[LargeModel]) -> Missense | None:
    """Of a variant, where a model is named or a table is there."""
    variant = result.request.variant
    if variant is None or not (models or bench.settings.alphamissense):
        return None
    return scored_missense(bench, variant, result.assembly, models, Meter)


def _ranks(bench: Workbench, result: Answers, distance: int) -> RankQuestion | None:
    """Of a variant and of models whose changes are scored."""
    if result.request.variant is None:
        return None
    backends = tuple(filter(can_rank, map(bench.backend, result.models)))
    if not backends:
        return None
    return RankQuestion(result.request.variant, backends, result.assembly, distance)


def _print_words(report: VariantReport) -> None:
    request = report.request
    print(f"{request.text} in {request.assembly}, {request.locus.interval.to_ucsc()}")
    for note in request.notes:
        print(note)
    if report.verdict.sentence:
        print(f"Prediction: {report.verdict.sentence}")
    if report.names is not None:
        _print_names(report.names)
    for consequence in report.consequences:
        print(f"  {consequence.sentence}")
    _print_rna(report)
    for each in report.answers:
        print(f"{each.card.title} {each.version} on {each.device}, {each.seconds:.1f} s")
    for effect in report.effects:
        print(f"  {effect.words}, at {effect.position + 1:,}")
    if report.deltas is not None:
        _print_deltas(request, report.deltas)
    for model in report.inclusion:
        _print_inclusion(model)
    for change in report.motifs:
        print(f"  {change.words}")
    for gain in report.gains:
        print(f"  {gain.model}: {gain.words}")
    if report.missense is not None:
        _print_missense(report.missense)
    if report.structure is not None:
        print(f"  {' '.join(report.structure.facts.sentences)} ({report.structure.source})")
    _print_rules(report)
    _print_levels(report.levels)
    if report.ranks is not None:
        _print_ranks(report.ranks)


def _print_rules(report: VariantReport) -> None:
    if report.rules:
        print("ClinGen rules on splicing, quoted; no classification:")
    for rule in report.rules:
        print(f"  {rule.code} {rule.applies}: {rule.rule} ({rule.why})")


def _print_rna(report: VariantReport) -> None:
    """Every change of splicing, and the protein of the first transcript that keeps its own."""
    spliced = [rna for rna in report.rna if rna.events]
    for outcome in [*spliced, *report.rna[len(spliced) :][:1]]:
        print(f"  {rna_sentence(outcome)}")


def _print_names(chosen: ChosenNames) -> None:
    names = chosen.names
    label = f"  ({chosen.words})" if chosen.words else ""
    for name in filter(None, (names.coding + label, names.protein, names.genomic, names.spdi)):
        print(f"  {name}")


def _print_missense(missense: Missense) -> None:
    """Of a change that nothing was to score not a word."""
    change = missense.change
    for score in missense.scores:
        masked, wild_type = score.total
        print(f"{score.card.title} {score.version}, ln P(ALT) - ln P(REF) of {change.names}:")
        print(f"  masked {masked:+.2f}, wild-type {wild_type:+.2f}: {times_words(masked)}")
        if score.card.random_weights:
            print(f"  {RANDOM_WEIGHTS}")
    for row in missense.published:
        print(f"{TITLE} of {row.change}: {row.value:.3f}, {row.label} ({row.file}, {row.licence})")
    for words in filter(None, (change.note, missense.unpublished)):
        print(f"  {words}")


def _print_ranks(ranks: RankReport) -> None:
    for score in ranks.scores:
        rank = score.rank.words(ranks.background)
        print(f"  {score.formula.name} of {score.track}: {score.value:.3f}, {rank}")


def _print_deltas(request: Request, deltas: SpliceReport) -> None:
    assert request.variant is not None  # or there would be none
    print(f"Delta scores within {deltas.distance:,} bp, genes of {deltas.gene_table}:")
    for row in deltas.rows(request.variant):
        print(f"  {row.words}")
    if deltas.reason:
        print(f"  {deltas.reason}")


def _print_inclusion(model: ExonInclusion) -> None:
    print(f"{model.card.title} {model.version}, exons of {model.gene_table}:")
    for words in (*(effect.words for effect in model.effects), *model.notes):
        print(f"  {words}")
    for tissues in model.tissues:
        place = f"{tissues.effect.gene} {tissues.effect.place}"
        print(f"{tissues.card.title} {tissues.version}, {place}: {tissues.words}")
        for note in tissues.notes:
            print(f"  {note}")


def _print_levels(levels: Sequence[ModelLevels]) -> None:
    for model in levels:
        print(f"{model.card.title} {model.version}, {model.unit}; 0 is the mean gene:")
        for gene in model.levels:
            alt = "" if gene.alt is None else f", ALT {gene.alt:+.3f}, change {gene.change:+.4f}"
            print(f"  {gene.gene} ({gene.strand}): {gene.ref:+.3f}{alt}")
        for note in model.notes:
            print(f"  {note}")
