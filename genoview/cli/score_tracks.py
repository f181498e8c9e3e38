"""`genoview score in.vcf -o out.tsv --models enformer`: a line for each score of each variant.

Models of thousands of tracks have as many scores, gene by gene: no columns of a VCF. Each variant
costs a window of the model for REF and one for ALT; both are cached, so that the same command
continues an interrupted run.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from genoview.cli.terminal import warn
from genoview.data.answer import Answer
from genoview.data.progress import Progress, step_progress
from genoview.data.request import Request
from genoview.errors import ExportError
from genoview.io.assembly import Assembly
from genoview.io.export import (
    NamedColumn,
    Provenance,
    ScoreRow,
    models_used,
    named_parquet,
    named_tsv,
)
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.score_table import score_rows
from genoview.report.variant_report import variant_report
from genoview.runtime.batch import Source
from genoview.runtime.batch.reading import Entry
from genoview.runtime.batch.skipped_lines import fault_of
from genoview.runtime.workbench import Workbench

ENDINGS = (".tsv", ".parquet")
COLUMNS = (
    ("score", "name of the formula"),
    ("unit", "of the value"),
    ("track", "what is scored, as its model names it"),
    ("term", "ontology term of its tissue or cell"),
    ("strand", "of the track"),
    ("gene", "whose bases are scored; empty where the place of the variant is"),
    ("rank", "among common variants"),
    ("formula", "how the score is made"),
)
Scored = tuple[Entry, ScoreRow]


def score_tracks(
    bench: Workbench,
    source: Path,
    output: Path,
    genome: str,
    models: Sequence[str],
    progress: Progress,
) -> None:
    """Score, write, and say what was skipped.

    Args:
        genome: its name; the first one for an empty name.
        models: names of backends that are set up.

    Raises:
        GenoviewError: the file cannot be read or written, or a model does not answer.
    """
    if output.suffix not in ENDINGS:
        raise ExportError(
            f"{output}: scores of these models are a table with a line for each track; give "
            f"an output that ends in {' or '.join(ENDINGS)}."
        )
    assembly = bench.assembly(genome)
    entries = list(Source(source).entries(assembly))
    scored, used, n_scored = list[Scored](), list[Answer](), 0
    for i, entry in enumerate(entries):
        step = step_progress(progress, i / len(entries), (i + 1) / len(entries))
        request = _request(assembly, entry)
        if request is not None:
            used = list(_answers(bench, request, models, step))
            report = variant_report(request, used, assembly)
            scored += [(entry, row) for row in score_rows(report)]
            n_scored += 1
    progress(1.0)
    # The models are the same for every variant: those of the last one stand for all.
    made_by = Provenance(assembly.name, source.name, models_used(used), date.today().isoformat())
    _write(output, scored, made_by)
    n_passed = len(entries) - n_scored
    warn(f"{len(entries):,} variants read, {n_scored:,} scored, {n_passed:,} skipped.")
    print(output)


def _request(assembly: Assembly, entry: Entry) -> Request | None:
    """None, with a warning, where the line is not a variant of the genome."""
    line = entry.line
    fault = entry.fault or fault_of(line, assembly.reference)
    if fault is not None:
        warn(f"line {entry.number}: {entry.text}: {fault.reason}")
        return None
    return resolve(f"{line.chrom}:{line.pos}:{line.ref.upper()}>{line.alt.upper()}", assembly)


def _answers(
    bench: Workbench, request: Request, models: Sequence[str], progress: Progress
) -> Iterator[Answer]:
    assembly = bench.assembly(request.assembly)
    for i, name in enumerate(models):
        step = step_progress(progress, i / len(models), (i + 1) / len(models))
        yield answer(request, bench.backend(name), assembly, bench.store, step)


def _write(output: Path, scored: Sequence[Scored], made_by: Provenance) -> None:
    table = [
        NamedColumn("line", int, "of the file, from 1", [entry.number for entry, _ in scored]),
        NamedColumn("variant", str, "as in the file", [entry.text for entry, _ in scored]),
        NamedColumn("value", float, "of the score", [row.value for _, row in scored]),
        *(
            NamedColumn(name, str, words, [getattr(row, name) for _, row in scored])
            for name, words in COLUMNS
        ),
    ]
    make = named_parquet if output.suffix == ".parquet" else named_tsv
    try:
        output.write_bytes(make(table, made_by))
    except OSError as error:
        raise ExportError(f"{output} cannot be written: {error.strerror}.") from error
