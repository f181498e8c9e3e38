"""`genoview predict "chr20:43042364:C>T" --json`: predictions as sentences or as JSON."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from genoview.cli.arguments import define, option
from genoview.cli.question import Answers, Question, answers_to
from genoview.cli.terminal import Meter
from genoview.data.request import Request
from genoview.query.resolve_names import ChosenNames, chosen_names
from genoview.report.document import document
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.scoring.background_ranks import RankQuestion, RankReport, can_rank
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.splicing.delta_question import DISTANCE
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
        result = answers_to(bench, arguments)
        ranks = _ranks(bench, result, arguments.distance) if arguments.ranks else None
        variant = result.request.variant
        options = ReportOptions(
            arguments.distance,
            result.levels,
            ranks,
            backend=bench.backend,
            names=None if variant is None else chosen_names(variant, result.assembly),
            meter=Meter,
        )
        report = variant_report(
            result.request, result.answers, result.assembly, bench.store, options
        )
        if arguments.as_json:
            print(json.dumps(document(report), indent=2, ensure_ascii=False))
        else:
            _print_words(report)


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
    if report.names is not None:
        _print_names(report.names)
    for one in report.consequences:
        print(f"  {one.sentence}")
    for each in report.answers:
        print(f"{each.card.title} {each.version} on {each.device}, {each.seconds:.1f} s")
    for effect in report.effects:
        print(f"  {effect.words}, at {effect.position + 1:,}")
    if report.deltas is not None:
        _print_deltas(request, report.deltas)
    for change in report.motifs:
        print(f"  {change.words}")
    for gain in report.gains:
        print(f"  {gain.model}: {gain.words}")
    _print_levels(report.levels)
    if report.ranks is not None:
        _print_ranks(report.ranks)


def _print_names(chosen: ChosenNames) -> None:
    names = chosen.names
    label = f"  ({chosen.words})" if chosen.words else ""
    for name in filter(None, (names.coding + label, names.protein, names.genomic, names.spdi)):
        print(f"  {name}")


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


def _print_levels(levels: Sequence[ModelLevels]) -> None:
    for model in levels:
        print(f"{model.card.title} {model.version}, {model.unit}; 0 is the mean gene:")
        for gene in model.levels:
            alt = "" if gene.alt is None else f", ALT {gene.alt:+.3f}, change {gene.change:+.4f}"
            print(f"  {gene.gene} ({gene.strand}): {gene.ref:+.3f}{alt}")
        for note in model.notes:
            print(f"  {note}")
