"""`genoview lift "chr20:43042364:C>T" --genome GRCh37 --to GRCh38`: the same on another build."""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from genoview.cli.arguments import define, option, positional
from genoview.cli.terminal import Meter, warn
from genoview.errors import GenomeError, SettingsError
from genoview.query.resolve import resolve
from genoview.runtime import other_builds
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Lift:
    """Arguments of the command."""

    query: str = positional("locus, gene or variant, as in the search box")
    to: str = option(None, "name of a genome of another build", required=True)
    genome: str = option("", "name of the genome of the query; the embedded one")
    agree: bool = option(False, "agree to reading what is needed from where it is published")


def add_arguments(parser: ArgumentParser, _given: Sequence[str]) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, Lift, lift)


def lift(arguments: Lift) -> None:
    """Print what to type on the other build; what should be known of it on standard error.

    Raises:
        GenoviewError: it cannot be read, does not carry over, or nobody agreed.
    """
    with closing(Workbench(read_settings())) as bench:
        assembly = bench.assembly(arguments.genome)
        target = bench.assembly(arguments.to).name
        request = resolve(arguments.query, assembly)
        files = other_builds.files_to_agree(bench, request, target)
        if files and not arguments.agree:
            needs = "; ".join(
                f"{file.name} from {' or '.join(file.hosts)}, who learn {file.learns}"
                for file in files
            )
            raise SettingsError(f"{target} needs {needs}. Add --agree to agree.")
        bench.remote_genomes.agree_to(*files)
        carried = other_builds.carry_over(bench, request, target, Meter("chains"))
        if not carried.text:
            raise GenomeError(carried.words)
        if carried.words:
            warn(carried.words)
        print(carried.text)
