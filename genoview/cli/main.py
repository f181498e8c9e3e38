"""`genoview`: the same line without a page.

genoview view "chr20:43,000,000-43,020,000" --html out.html
genoview predict "chr20:43042364:C>T" --json
genoview report "chr20:43042364:C>T" -o report.html
genoview verify report.html
genoview score in.vcf.gz -o out.vcf.gz --models cispliceai promoter-activity
genoview serve --models cispliceai jaspar --port 50051
genoview models add pangolin
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from genoview import __version__
from genoview.cli.terminal import warn
from genoview.errors import GenoviewError, NotLookedUp
from genoview.io.remote.consent import ConsentNeeded

COMMANDS = {
    "view": "draw a locus or a variant into a file",
    "predict": "print what the models say",
    "report": "write a variant's report of one page",
    "verify": "compute a report again, and say what differs",
    "score": "score the variants of a file",
    "serve": "answer AlphaGenome's clients",
    "models": "list, add, remove and check models",
    "lift": "say where something lies on another build",
    "genomes": "list, add, keep and remove genomes that are read as needed",
}
"""Each is the module of its name here, which is imported for its own command alone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 2 with one sentence on stderr if it did not.

    1 is of a command alone that compares, and where something differs.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="genoview", description=__doc__.partition("\n")[0])
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words)
        if given[:1] == [name]:
            import_module(f"genoview.cli.{name}").add_arguments(command, given[1:])
    filled = parser.parse_args(given)
    try:
        code: int | None = filled.run(filled)
    except GenoviewError as error:
        warn(str(error) + _to_agree(error, filled))
        return 2
    return code or 0


def _to_agree(error: GenoviewError, given: argparse.Namespace) -> str:
    """What to run where nobody has agreed to reading a genome or dbSNP yet; else nothing."""
    if isinstance(error, NotLookedUp) and error.needs_consent:
        return " Run: genoview genomes add dbSNP"
    genome = vars(given).get("genome", "")
    if genome and isinstance(error.__cause__, ConsentNeeded):
        return f" Run: genoview genomes add {genome}"
    return ""
