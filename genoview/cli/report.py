"""`genoview report "chr20:43042364:C>T" -o report.html`: a variant's report of one page."""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from genoview.cli.arguments import define, option
from genoview.cli.one_page import OnePage, computed, record
from genoview.cli.terminal import warn
from genoview.errors import ExportError
from genoview.figure.picture import picture_of
from genoview.figure.scene import Scene
from genoview.io import export
from genoview.report.one_page.document import html_report
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.ui.page.url import FLANKS, ViewState

ENDINGS = (".html", ".pdf")
DASHBOARD = "http://localhost:8501"


@dataclass(frozen=True, slots=True)
class Report(OnePage):
    """Arguments of the command."""

    output: Path = option(
        None, "a file that ends in .html or .pdf", ("-o", "--output"), required=True
    )
    address: str = option(DASHBOARD, f"of the dashboard in the link that reopens it; {DASHBOARD}")


def add_arguments(parser: ArgumentParser, _given: Sequence[str]) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, Report, report)


def report(arguments: Report) -> None:
    """Compute the variant and write its page.

    Raises:
        GenoviewError: the file cannot be written, the query cannot be read or is no variant, a
            model does not answer, or a PDF cannot be printed.
    """
    path = arguments.output
    if path.suffix not in ENDINGS:
        raise ExportError(f"{path} ends in none of {' and '.join(ENDINGS)}: what is it to be?")
    if not path.absolute().parent.is_dir():
        raise ExportError(f"{path} cannot be written: there is no folder {path.parent}.")
    with closing(Workbench(read_settings())) as bench:
        scene = computed(bench, arguments)
        made = record(scene, arguments, reopen_address(scene, arguments))
    picture, reason = picture_of(scene)
    if reason:
        warn(reason)
    page = html_report(replace(made, no_picture=reason), picture)
    content = export.pdf(page) if path.suffix == ".pdf" else page
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from error
    print(path)


def reopen_address(scene: Scene, arguments: Report) -> str:
    """Of the page Variant, with what differs from the usual."""
    request = scene.request
    state = ViewState(
        q=request.text,
        assembly=request.assembly,
        flank=arguments.flank if arguments.flank in FLANKS else 0,
        distance=arguments.distance,
        transcript=arguments.transcript,
    )
    return f"{arguments.address.rstrip('/')}/variant?{urlencode(state.to_params(), doseq=True)}"
