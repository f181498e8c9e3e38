"""`genoview score in.vcf.gz -o out.vcf.gz`: a whole file, without a page.

What is scored is kept in the cache chunk by chunk: after a run that was cut off, the same command
goes on where it was and writes the same file as one that was not.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from genoview.cli.score_tracks import score_long
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
    scorer_of,
    table_provenance,
)
from genoview.runtime.workbench import Workbench
from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE

ENDINGS = (".vcf", ".vcf.gz", ".vcf.bgz", ".tsv", ".parquet")
SHOWN_FAULTS = 20  # lines that are passed over, named one by one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("input", type=Path, help="VCF, plain or bgzipped, or a list of variants")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help=f"a file that ends in {', '.join(ENDINGS)}"
    )
    parser.add_argument("--genome", default="", help="name of a genome; the embedded one")
    parser.add_argument(
        "--models",
        nargs="+",
        default=list(default_file_models()),
        help=f"{', '.join(_known())}; or those that `genoview models use` has set up",
    )
    parser.add_argument(
        "--distance",
        type=int,
        default=50,
        help=f"bp from a variant, {LEAST_DISTANCE} to {MOST_DISTANCE:,}; 50",
    )
    parser.add_argument("--mask", action="store_true", help="delta scores with the mask")


def score_file(bench: Workbench, asked: argparse.Namespace, progress: Progress) -> None:
    """Score, write, and say what was passed over.

    Raises:
        GenoviewError: the file cannot be read or written, or a model is absent.
    """
    _check_output(asked)
    if any(map(is_large, asked.models)):
        score_long(bench, asked, _large(bench, asked), progress)
        return
    _check(asked, ModelFolder(bench.settings.models_dir))
    assembly = bench.assembly(asked.genome)
    source = Source(asked.input)
    total, unreadable = 0, []
    for entry in source.entries(assembly):
        total += 1
        if entry.fault:
            unreadable.append(entry)
    for note in source.notes:
        _say(note)
    models = tuple(dict.fromkeys(asked.models))
    scorers = [scorer_of(bench.backend(name), assembly, asked.distance) for name in models]
    engine = Engine(assembly, scorers, bench.store)
    tally = Tally()
    chunks = engine.rows(source.entries(assembly), total, progress)
    rows = _counted(chunks, tally)
    versions = [(one.backend.card.name, one.backend.version) for one in scorers]
    if asked.output.suffix in (".tsv", ".parquet"):
        _write_table(list(rows), asked, assembly.name, versions)
    else:
        writer = VcfWriter(assembly, versions, asked.distance, asked.mask)
        writer.write(source, rows, asked.output, unreadable)
    for warning in (*engine.warnings, *bench.store.take_warnings()):
        _say(warning)
    _say(f"{tally.words}.")
    print(asked.output)


def _large(bench: Workbench, asked: argparse.Namespace) -> tuple[str, ...]:
    """Names of backends; models of both kinds in one file have no common columns."""
    small = [name for name in asked.models if not is_large(name)]
    if small:
        raise BackendError(
            f"{', '.join(small)} and models that were set up are scored in files of their own: run "
            "the command once for each."
        )
    return expanded(asked.models, bench.large)


def _check_output(asked: argparse.Namespace) -> None:
    """Before anything is computed for a file that cannot be written."""
    output: Path = asked.output
    if not output.name.endswith(ENDINGS):
        raise ExportError(f"{output} ends in none of {', '.join(ENDINGS)}: what is it to be?")
    if not output.absolute().parent.is_dir():
        raise ExportError(f"{output} cannot be written: there is no folder {output.parent}.")
    if output.exists() and output.samefile(asked.input):
        raise ExportError(f"{output} is the file to read; give the output another name.")


def _known() -> list[str]:
    return [entry.name for entry in file_models()]


def _check(asked: argparse.Namespace, folder: ModelFolder) -> None:
    """Before anything is computed beside a model that cannot score a file."""
    unknown = [name for name in asked.models if name not in _known()]
    if unknown:
        raise BackendError(
            f"{', '.join(unknown)} cannot score a file. There are: {', '.join(_known())}."
        )
    here = available_models(folder)
    absent = [name for name in asked.models if name not in here]
    if absent:
        ways = " and ".join(folder.how(row) for row in shelf_rows() if row.name in absent)
        raise BackendError(
            f"The weights of {', '.join(absent)} are not here. Here are: {', '.join(here)}; "
            f"{ways} brings the others."
        )


def _counted(chunks: Iterable[Sequence[Row]], tally: Tally) -> Iterator[Row]:
    """Each row, counted; the first that are passed over are named."""
    for rows in chunks:
        for row in rows:
            tally.add(row)
            if row.fault and tally.n_passed_over <= SHOWN_FAULTS:
                _say(f"line {row.entry.number}: {row.entry.text}: {row.fault.reason}")
            yield row


def _write_table(
    rows: Sequence[Row],
    asked: argparse.Namespace,
    genome: str,
    versions: Sequence[tuple[str, str]],
) -> None:
    made_by = table_provenance(asked.input.name, genome, versions)
    table = columns(rows, [name for name, _ in versions], asked.mask)
    make = named_parquet if asked.output.suffix == ".parquet" else named_tsv
    try:
        asked.output.write_bytes(make(table, made_by))
    except OSError as error:
        raise ExportError(f"{asked.output} cannot be written: {error.strerror}.") from error


def _say(text: str) -> None:
    print(f"genoview: {text}", file=sys.stderr)
