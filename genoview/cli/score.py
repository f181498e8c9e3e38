"""`genoview score in.vcf.gz -o out.vcf.gz`: a whole file, without a page.

Scores are cached chunk by chunk: after an interrupted run, the same command
goes on where it was and writes the same file as an uninterrupted run.
"""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from genoview.cli.arguments import define, option, positional
from genoview.cli.score_tracks import score_tracks
from genoview.cli.terminal import Meter, warn
from genoview.data.progress import Progress
from genoview.errors import BackendError, ExportError
from genoview.io.export import named_parquet, named_tsv
from genoview.models.configured_names import expanded, is_large
from genoview.models.registry import default_file_models, file_models, shelf_rows
from genoview.models.weights import ModelFolder
from genoview.runtime.batch import (
    Engine,
    Row,
    Source,
    Tally,
    VcfWriter,
    available_models,
    columns,
    scorer_named,
    table_provenance,
)
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE

ENDINGS = (".vcf", ".vcf.gz", ".vcf.bgz", ".tsv", ".parquet")
SHOWN_FAULTS = 20  # lines that are skipped, named one by one


def _known() -> list[str]:
    return [entry.name for entry in file_models()]


@dataclass(frozen=True, slots=True)
class Score:
    """Arguments of the command."""

    input: Path = positional("VCF, plain or bgzipped, or a list of variants")
    output: Path = option(
        None, f"a file that ends in {', '.join(ENDINGS)}", ("-o", "--output"), required=True
    )
    genome: str = option("", "name of a genome; the embedded one")
    models: tuple[str, ...] = option(
        default_file_models(),
        f"{', '.join(_known())}; or those that `genoview models use` has set up",
    )
    distance: int = option(50, f"bp from a variant, {LEAST_DISTANCE} to {MOST_DISTANCE:,}; 50")
    mask: bool = option(False, "delta scores with the mask")


def add_arguments(parser: ArgumentParser, _given: Sequence[str]) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, Score, score)


def score(arguments: Score) -> None:
    """Score the variants of a file with the models of this installation."""
    with closing(Workbench(read_settings())) as bench:
        score_file(bench, arguments, Meter("score"))


def score_file(bench: Workbench, arguments: Score, progress: Progress) -> None:
    """Score, write, and say what was skipped.

    Raises:
        GenoviewError: the file cannot be read or written, or a model is absent.
    """
    _check_output(arguments)
    if any(map(is_large, arguments.models)):
        models, genome = _large(bench, arguments), arguments.genome
        score_tracks(bench, arguments.input, arguments.output, genome, models, progress)
        return
    _check(arguments, ModelFolder(bench.settings.models_dir))
    assembly = bench.assembly(arguments.genome)
    source = Source(arguments.input)
    total, unreadable = 0, []
    for entry in source.entries(assembly):
        total += 1
        if entry.fault:
            unreadable.append(entry)
    for note in source.notes:
        warn(note)
    models = tuple(dict.fromkeys(arguments.models))
    scorers = [scorer_named(bench, name, assembly, arguments.distance) for name in models]
    engine = Engine(assembly, scorers, bench.store)
    tally = Tally()
    chunks = engine.rows(source.entries(assembly), total, progress)
    rows = _counted(chunks, tally)
    versions = [(scorer.backend.card.name, scorer.backend.version) for scorer in scorers]
    if arguments.output.suffix in (".tsv", ".parquet"):
        _write_table(list(rows), arguments, assembly.name, versions)
    else:
        writer = VcfWriter(assembly, versions, arguments.distance, arguments.mask)
        writer.write(source, rows, arguments.output, unreadable)
    for warning in (*engine.warnings, *bench.store.take_warnings()):
        warn(warning)
    warn(f"{tally.words}.")
    print(arguments.output)


def _large(bench: Workbench, arguments: Score) -> tuple[str, ...]:
    """Names of backends; models of both kinds in one file have no common columns."""
    small = [name for name in arguments.models if not is_large(name)]
    if small:
        raise BackendError(
            f"{', '.join(small)} and models that were set up are scored in files of their own: run "
            "the command once for each."
        )
    return expanded(arguments.models, bench.large)


def _check_output(arguments: Score) -> None:
    """Before anything is computed for a file that cannot be written."""
    output: Path = arguments.output
    if not output.name.endswith(ENDINGS):
        raise ExportError(f"{output} ends in none of {', '.join(ENDINGS)}: what is it to be?")
    if not output.absolute().parent.is_dir():
        raise ExportError(f"{output} cannot be written: there is no folder {output.parent}.")
    if output.exists() and output.samefile(arguments.input):
        raise ExportError(f"{output} is the file to read; give the output another name.")


def _check(arguments: Score, folder: ModelFolder) -> None:
    """Checked before anything is computed."""
    unknown = [name for name in arguments.models if name not in _known()]
    if unknown:
        raise BackendError(
            f"{', '.join(unknown)} cannot score a file. There are: {', '.join(_known())}."
        )
    here = available_models(folder)
    absent = [name for name in arguments.models if name not in here]
    if absent:
        ways = " and ".join(folder.how(row) for row in shelf_rows() if row.name in absent)
        raise BackendError(
            f"The weights of {', '.join(absent)} are not here. Here are: {', '.join(here)}; "
            f"{ways} brings the others."
        )


def _counted(chunks: Iterable[Sequence[Row]], tally: Tally) -> Iterator[Row]:
    """Each row, counted; the first that are skipped are named."""
    for rows in chunks:
        for row in rows:
            tally.add(row)
            if row.fault and tally.n_skipped <= SHOWN_FAULTS:
                warn(f"line {row.entry.number}: {row.entry.text}: {row.fault.reason}")
            yield row


def _write_table(
    rows: Sequence[Row],
    arguments: Score,
    genome: str,
    versions: Sequence[tuple[str, str]],
) -> None:
    made_by = table_provenance(arguments.input.name, genome, versions)
    table = columns(rows, [name for name, _ in versions], arguments.mask)
    make = named_parquet if arguments.output.suffix == ".parquet" else named_tsv
    try:
        arguments.output.write_bytes(make(table, made_by))
    except OSError as error:
        raise ExportError(f"{arguments.output} cannot be written: {error.strerror}.") from error
