"""`genoview genomes list | add | keep | remove`: genomes that are read as needed."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

from genoview.data.genome import canonical_chrom
from genoview.data.progress import Progress
from genoview.errors import Cancelled, SettingsError
from genoview.io.remote.consent import LEARNS, ConsentNeeded
from genoview.io.remote.genome import RemoteGenome
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import read_settings


def add_arguments(parser: ArgumentParser, given: Sequence[str] = ()) -> None:
    """The actions with their arguments, and what runs each."""
    actions = parser.add_subparsers(dest="action", required=True)
    listed = actions.add_parser("list", help="genomes that can be read, and what is here of them")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=list_genomes)
    added = actions.add_parser("add", help="agree to reading a genome from where it is published")
    added.add_argument("--agree", action="store_true", help="without being asked")
    kept = actions.add_parser("keep", help="bring chromosomes here to stay; goes on if stopped")
    removed = actions.add_parser("remove", help="delete what is here")
    removed.add_argument("--withdraw", action="store_true", help="the agreement too")
    for action, run in ((added, add), (kept, keep), (removed, remove)):
        action.add_argument("name", help="as `genoview genomes list` has it")
        action.set_defaults(run=run)
    for action in (kept, removed):
        action.add_argument("chroms", nargs="*", metavar="CHROM", help="all, where none is named")


def list_genomes(arguments: Namespace) -> None:
    """Print each genome, whether it may be read, and what is kept of it."""
    genomes = RemoteGenomes(read_settings())
    facts = [_facts(genomes, name) for name in genomes.entries]
    if arguments.json:
        print(json.dumps({"folder": str(genomes.folder), "genomes": facts}, indent=2))
        return
    for fact in facts:
        state = "agreed" if fact["agreed"] else "not agreed"
        print(f"{fact['name']:12} {state:12} {fact['description']}, from {fact['hosts']}")
        kept = [f"{chrom} {share:.0%}" for chrom, share in fact["kept"].items()]
        print(f"{'':12} {fact['bytes']:,} bytes here; kept: {', '.join(kept) or 'nothing'}")


def add(arguments: Namespace) -> None:
    """Agree to a genome's hosts; nothing is requested yet.

    Raises:
        SettingsError: no such genome, or nobody agreed.
    """
    genomes = RemoteGenomes(read_settings())
    entry = genomes.entry(arguments.name)
    print(f"{entry.description} would be read from {' or '.join(entry.file.hosts)},")
    print(f"who learn {LEARNS}; never an allele, the name of a variant or a file.")
    if not arguments.agree and not _answered("Do you agree? [y/N] "):
        raise SettingsError(f"{entry.name} was not added. Add --agree to agree.")
    genomes.agree(entry.name)
    print(f"{entry.name} can be read now.")


def keep(arguments: Namespace) -> None:
    """Bring chromosomes, or all of a genome, here to stay.

    Raises:
        GenoviewError: no such genome or chromosome, or it cannot be had or written.
    """
    genome = RemoteGenomes(read_settings()).open(arguments.name)
    try:
        for chrom in arguments.chroms:
            genome.keep(chrom, _meter(chrom))
        if not arguments.chroms:
            genome.keep_all(_meter(genome.name))
    except ConsentNeeded as error:
        raise SettingsError(f"{error} Run: genoview genomes add {genome.name}") from error
    except KeyboardInterrupt as error:
        raise Cancelled("Stopped. What came stays; run it again to go on.") from error
    print(f"{genome.name}: {', '.join(arguments.chroms) or 'the whole genome'} is here.")


def remove(arguments: Namespace) -> None:
    """Delete what is here of a genome.

    Raises:
        SettingsError: no such genome, or one of the chromosomes is not kept.
    """
    genomes = RemoteGenomes(read_settings())
    genome = genomes.open(arguments.name)
    _check_kept(genome, arguments.chroms)
    for chrom in arguments.chroms or [""]:
        genome.remove(chrom)
    if arguments.withdraw:
        genomes.withdraw(arguments.name)
    print(f"{genome.name}: {', '.join(arguments.chroms) or 'all of it'} is gone.")


def _check_kept(genome: RemoteGenome, chroms: Sequence[str]) -> None:
    kept = genome.kept()
    for chrom in chroms:
        if canonical_chrom(chrom) not in kept:
            known = ", ".join(kept) or "nothing"
            raise SettingsError(f"{chrom} of {genome.name} is not kept; {known} is.")


def _facts(genomes: RemoteGenomes, name: str) -> dict[str, Any]:
    genome, entry = genomes.open(name), genomes.entry(name)
    return {
        "name": name,
        "description": entry.description,
        "hosts": ", ".join(entry.file.hosts),
        "agreed": genomes.is_agreed(name),
        "bytes": genome.bytes_here(),
        "kept": genome.kept(),
    }


def _answered(question: str) -> bool:
    return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")


def _meter(name: str) -> Progress:
    """On one line, where somebody watches."""

    def show(share: float) -> None:
        if sys.stderr.isatty():
            end = "\n" if share >= 1 else ""
            print(f"\r{name} {share:4.0%}", end=end, file=sys.stderr, flush=True)

    return show
