"""`genoview verify report.html`: compute a report again, and say what differs."""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from genoview import __version__
from genoview.cli.arguments import define, positional
from genoview.cli.one_page import OnePage, computed, record
from genoview.cli.terminal import warn
from genoview.errors import ExportError, GenoviewError
from genoview.report.one_page.compare import compared
from genoview.report.one_page.document import MAX_BYTES, ReadBack, read_report
from genoview.report.one_page.record import Record
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

DIFFERS = 1  # exit status
CHANGED = (
    "The words on the page are not those of its record: the file was changed after it was made."
)
NOT_CHECKED = (
    "Another version drew this page: whether its words are those of its record is not known. "
    "What is compared is the record."
)


@dataclass(frozen=True, slots=True)
class Verify:
    """Arguments of the command."""

    file: Path = positional("a report of one page, as .html")


def add_arguments(parser: ArgumentParser, _given: Sequence[str]) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, Verify, verify)


def verify(arguments: Verify) -> int:
    """Print what differs: 0 where nothing does, 1 where something does.

    Raises:
        GenoviewError: the file is no report or damaged, or its genome or a model is not here.
    """
    path = arguments.file
    read = _read(path)
    if read.is_as_drawn is None:
        warn(NOT_CHECKED)
    made = read.record
    if made.genoview != __version__:
        warn(_printable(f"Made with genoview {made.genoview}; this is {__version__}."))
    try:
        now = _now(made)
    except GenoviewError as error:
        raise ExportError(_printable(f"{path} cannot be verified: {error}")) from error
    result = compared(made, now)
    is_changed = read.is_as_drawn is False
    if is_changed:
        print(CHANGED)
    print(result.words)
    for difference in result.differences:
        print(_printable(f"  {difference.words}"))
    return DIFFERS if is_changed or result.differences else 0


def _read(path: Path) -> ReadBack:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return read_report(content)
    except ExportError as error:
        raise ExportError(_printable(f"{path} cannot be verified. {error}")) from error


def _now(made: Record) -> Record:
    """The same question, computed without anything that was kept."""
    kept = made.question
    question = OnePage(
        kept.query, kept.assembly, kept.models, kept.flank, kept.distance, kept.transcript
    )
    with closing(Workbench(read_settings())) as bench:
        return record(computed(bench, question, recall=False), question)


def _printable(words: str) -> str:
    """What a file says cannot steer a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in words)
