"""`genoview`: the same line without a page.

genoview view "chr20:43,000,000-43,020,000" --html out.html
genoview predict "chr20:43042364:C>T" --json
genoview score in.vcf.gz -o out.vcf.gz --models cispliceai promoter-activity
genoview serve --models cispliceai jaspar --port 50051
genoview models add pangolin
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from genoview import __version__
from genoview.cli import serve
from genoview.cli.models import add_arguments as add_model_arguments
from genoview.cli.models import manage
from genoview.cli.score import add_arguments, score_file
from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.errors import ExportError, GenoviewError
from genoview.figure.build import Options
from genoview.io import export
from genoview.models.configured_names import expanded
from genoview.models.registry import default_models, gene_models
from genoview.pipeline import answer, draw, provenance
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.scoring.background_ranks import RankQuestion, can_rank
from genoview.scoring.gene_levels import ModelLevels, gene_answer
from genoview.scoring.splicing.delta_question import DISTANCE
from genoview.scoring.splicing.report import SpliceReport

PICTURES = ("html", "png", "svg")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 2 with one sentence on stderr if it did not."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "models":
            manage(read_settings(), asked, _Meter(getattr(asked, "name", "models")))
            return 0
        bench = Workbench(read_settings())
        try:
            return _run(bench, asked)
        finally:
            bench.close()
    except GenoviewError as error:
        print(f"genoview: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="genoview", description=__doc__.partition("\n")[0])
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    view = commands.add_parser("view", help="draw a locus or a variant into a file")
    predict = commands.add_parser("predict", help="print what the models say")
    add_arguments(commands.add_parser("score", help="score the variants of a file"))
    serve.add_arguments(commands.add_parser("serve", help="answer AlphaGenome's clients"))
    add_model_arguments(commands.add_parser("models", help="list, add, remove and check models"))
    for command in (view, predict):
        command.add_argument("query", help="locus, gene or variant, as in the search box")
        command.add_argument("--genome", default="", help="name of a genome; the embedded one")
        command.add_argument(
            "--models",
            nargs="+",
            default=list(default_models()),
            help="as `genoview models list` has them",
        )
        command.add_argument("--flank", type=int, default=0, help="bp beside a variant")
    for kind in PICTURES:
        view.add_argument(f"--{kind}", type=Path, metavar="FILE")
    view.add_argument("--dark", action="store_true")
    predict.add_argument(
        "--distance", type=int, default=DISTANCE, help="bp beside a variant for delta scores"
    )
    predict.add_argument(
        "--ranks", action="store_true", help="rank a variant's scores among random ones close by"
    )
    predict.add_argument("--json", action="store_true", help="everything, as JSON")
    return parser


def _run(bench: Workbench, asked: argparse.Namespace) -> int:
    if asked.command == "score":
        score_file(bench, asked, _Meter("score"))
        return 0
    if asked.command == "serve":
        serve.serve(bench, asked)
        return 0
    if asked.command == "view" and not any(getattr(asked, kind) for kind in PICTURES):
        raise ExportError("Where to? Give --html, --png or --svg with a file.")
    _check_folders(asked)
    asked.models = list(expanded(asked.models, bench.large))
    for name in asked.models:  # before anything is computed beside one that is not known
        bench.card(name)
    request = resolve(asked.query, bench.assembly(asked.genome), flank=asked.flank)
    answers, levels = _answers(bench, request, asked)
    for warning in sorted({text for found in answers for text in found.warnings}):
        print(f"genoview: {warning}", file=sys.stderr)
    if asked.command == "view":
        _write_view(bench, request, answers, levels, asked)
        return 0
    report = _report(bench, request, answers, levels, asked)
    if asked.json:
        print(json.dumps(document(report), indent=2, ensure_ascii=False))
    else:
        _print_words(report)
    return 0


def _answers(
    bench: Workbench, request: Request, asked: argparse.Namespace
) -> tuple[list[Answer], list[ModelLevels]]:
    """Of models with tracks, and of those that say one number of a gene."""
    assembly = bench.assembly(asked.genome)
    answers = [
        answer(request, bench.backend(name), assembly, bench.store, _Meter(name))
        for name in asked.models
        if name not in gene_models()
    ]
    levels = [
        gene_answer(request, bench.gene_model(name), assembly)
        for name in asked.models
        if name in gene_models()
    ]
    return answers, levels


def _report(
    bench: Workbench,
    request: Request,
    answers: Sequence[Answer],
    levels: Sequence[ModelLevels],
    asked: argparse.Namespace,
) -> VariantReport:
    """With delta scores, and with ranks where they are wanted, computed where not known."""
    ranks = _ranks(bench, request, asked)
    options = ReportOptions(asked.distance, levels, ranks, backend=bench.backend, meter=_Meter)
    return variant_report(request, answers, bench.assembly(asked.genome), bench.store, options)


def _check_folders(asked: argparse.Namespace) -> None:
    """Before anything is computed for a file that cannot be written."""
    for kind in PICTURES:
        path: Path | None = getattr(asked, kind, None)
        if path is not None and not path.absolute().parent.is_dir():
            raise ExportError(f"{path} cannot be written: there is no folder {path.parent}.")


def _write_view(
    bench: Workbench,
    request: Request,
    answers: Sequence[Answer],
    levels: Sequence[ModelLevels],
    asked: argparse.Namespace,
) -> None:
    assembly, options = bench.assembly(asked.genome), Options(dark=asked.dark)
    view = request.locus.interval
    figure = draw(request, answers, assembly, view, options, levels=levels)
    made_by = provenance(request, answers, levels=levels)
    for kind in PICTURES:
        path: Path | None = getattr(asked, kind)
        if path is None:
            continue
        content = (
            export.html_page(figure, made_by)
            if kind == "html"
            else export.image(figure, kind, made_by)
        )
        try:
            path.write_bytes(content)
        except OSError as error:
            raise ExportError(f"{path} cannot be written: {error.strerror}.") from error
        print(path)


def _ranks(bench: Workbench, request: Request, asked: argparse.Namespace) -> RankQuestion | None:
    """Where they are asked for, of a variant and of models whose changes are scored."""
    if request.variant is None or not asked.ranks:
        return None
    backends = tuple(filter(can_rank, map(bench.backend, asked.models)))
    if not backends:
        return None
    return RankQuestion(request.variant, backends, bench.assembly(asked.genome), asked.distance)


def _print_words(report: VariantReport) -> None:
    request = report.request
    print(f"{request.text} in {request.assembly}, {request.locus.interval.to_ucsc()}")
    for note in request.notes:
        print(note)
    for found in report.answers:
        print(f"{found.card.title} {found.version} on {found.device}, {found.seconds:.1f} s")
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
        for one in report.ranks.scores:
            rank = one.rank.words(report.ranks.background)
            print(f"  {one.formula.name} of {one.track}: {one.value:.3f}, {rank}")


def _print_deltas(request: Request, deltas: SpliceReport) -> None:
    assert request.variant is not None  # or there would be none
    print(f"Delta scores within {deltas.distance:,} bp, genes of {deltas.gene_table}:")
    for row in deltas.rows(request.variant):
        print(f"  {row.words}")
    if deltas.reason:
        print(f"  {deltas.reason}")


def _print_levels(levels: Sequence[ModelLevels]) -> None:
    for made in levels:
        print(f"{made.card.title} {made.version}, {made.unit}; 0 is the mean gene:")
        for one in made.levels:
            alt = "" if one.alt is None else f", ALT {one.alt:+.3f}, change {one.change:+.4f}"
            print(f"  {one.gene} ({one.strand}): {one.ref:+.3f}{alt}")
        for note in made.notes:
            print(f"  {note}")


class _Meter:
    """Progress on stderr, on one line, where somebody watches."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, share: float) -> None:
        if sys.stderr.isatty():
            end = "\n" if share >= 1 else ""
            print(f"\r{self.name} {share:4.0%}", end=end, file=sys.stderr, flush=True)
