"""What `view` and `predict` share: a query, and the models that answer it."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.cli.arguments import option, positional
from genoview.cli.terminal import Meter, warn
from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.configured_names import expanded
from genoview.models.registry import default_models, gene_models
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.runtime.workbench import Workbench
from genoview.scoring.gene_levels import ModelLevels, gene_answer


@dataclass(frozen=True, slots=True)
class Question:
    """Arguments of both commands."""

    query: str = positional("locus, gene or variant, as in the search box")
    genome: str = option("", "name of a genome; the embedded one")
    models: tuple[str, ...] = option(default_models(), "as `genoview models list` has them")
    flank: int = option(0, "bp around a variant")


@dataclass(frozen=True, slots=True)
class Answers:
    """Of models with tracks, and of those that predict one number per gene.

    Attributes:
        models: names of all that answer.
    """

    request: Request
    assembly: Assembly
    models: tuple[str, ...]
    answers: Sequence[Answer]
    levels: Sequence[ModelLevels]


def answers_to(bench: Workbench, question: Question, *, recall: bool = True) -> Answers:
    """Ask each model; what they warn of is said on standard error.

    Args:
        recall: take what was computed before, and keep what is computed.

    Raises:
        GenoviewError: the query cannot be read, or a model is absent or does not answer.
    """
    store = bench.store if recall else None
    models = expanded(question.models, bench.large)
    for name in models:  # unknown models fail before anything is computed
        bench.card(name)
    assembly = bench.assembly(question.genome)
    request = resolve(question.query, assembly, flank=question.flank)
    answers = [
        answer(request, bench.backend(name), assembly, store, Meter(name))
        for name in models
        if name not in gene_models()
    ]
    levels = [
        gene_answer(request, bench.gene_model(name), assembly)
        for name in models
        if name in gene_models()
    ]
    for warning in sorted({text for each in answers for text in each.warnings}):
        warn(warning)
    return Answers(request, assembly, models, answers, levels)
