"""`genoview view "chr20:43,000,000-43,020,000" --html out.html`: a figure, in a file."""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from genoview.cli.arguments import define, option
from genoview.cli.question import Question, answers_to
from genoview.errors import ExportError
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io import export
from genoview.report.variant_report import variant_report
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench


@dataclass(frozen=True, slots=True)
class View(Question):
    """Arguments of the command."""

    html: Path | None = option(None)
    png: Path | None = option(None)
    svg: Path | None = option(None)
    dark: bool = option(False)

    @property
    def pictures(self) -> dict[str, Path]:
        """Files to write, by kind."""
        files = {"html": self.html, "png": self.png, "svg": self.svg}
        return {kind: path for kind, path in files.items() if path is not None}


def add_arguments(parser: ArgumentParser, _given: Sequence[str]) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, View, view)


def view(arguments: View) -> None:
    """Draw the figure into each of the files.

    Raises:
        GenoviewError: no file is named, one cannot be written, or a model does not answer.
    """
    if not arguments.pictures:
        raise ExportError("Where to? Give --html, --png or --svg with a file.")
    for path in arguments.pictures.values():  # before anything is computed for one of them
        if not path.absolute().parent.is_dir():
            raise ExportError(f"{path} cannot be written: there is no folder {path.parent}.")
    with closing(Workbench(read_settings())) as bench:
        result = answers_to(bench, arguments)
        request, assembly, answers = result.request, result.assembly, result.answers
        report = variant_report(request, answers, assembly, bench.store)
        scene = Scene(request, assembly, answers, report, levels=result.levels)
        options = Options(dark=arguments.dark)
        figure = build_figure(scene, request.locus.interval, options)
        made_by = scene.provenance()
        for kind, path in arguments.pictures.items():
            if kind == "html":
                _write(path, export.html_page(figure, made_by))
            else:
                _write(path, export.image(figure, kind, made_by))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from error
    print(path)
