"""`genoview genomes list | add | keep | remove`: genomes that are read as needed."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genoview.cli.arguments import define, option, positional
from genoview.cli.terminal import Meter
from genoview.data.genome import canonical_chrom
from genoview.errors import Cancelled, SettingsError
from genoview.io.remote.catalogue import DBSNP, DBSNP_LEARNS, DBSNP_RELEASE
from genoview.io.remote.consent import LEARNS, ConsentNeeded
from genoview.io.remote.genome import RemoteGenome
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import read_settings


@dataclass(frozen=True, slots=True)
class ListGenomes:
    """Arguments of `list`."""

    as_json: bool = option(False, flags=("--json",))


@dataclass(frozen=True, slots=True)
class Add:
    """Arguments of `add`."""

    name: str = positional("as `genoview genomes list` has it, or dbSNP")
    agree: bool = option(False, "without confirmation")


@dataclass(frozen=True, slots=True)
class Keep:
    """Arguments of `keep`."""

    name: str = positional("as `genoview genomes list` has it")
    chroms: tuple[str, ...] = positional("all, where none is named", nargs="*", metavar="CHROM")


@dataclass(frozen=True, slots=True)
class Remove(Keep):
    """Arguments of `remove`."""

    withdraw: bool = option(False, "the agreement too")


def add_arguments(parser: ArgumentParser, given: Sequence[str]) -> None:
    """The actions with their arguments, and what runs each."""
    actions = parser.add_subparsers(dest="action", required=True)
    listed = "genomes that can be read, and what is here of them"
    define(actions.add_parser("list", help=listed), ListGenomes, list_genomes)
    added = "agree to reading a genome from where it is published"
    define(actions.add_parser("add", help=added), Add, add)
    kept = "bring chromosomes here to stay; goes on where it was stopped"
    define(actions.add_parser("keep", help=kept), Keep, keep)
    define(actions.add_parser("remove", help="delete what is here"), Remove, remove)


def list_genomes(arguments: ListGenomes) -> None:
    """Print each genome, whether it may be read, and what is kept of it."""
    genomes = RemoteGenomes(read_settings())
    facts = [_facts(genomes, name) for name in genomes.entries]
    if arguments.as_json:
        print(json.dumps({"folder": str(genomes.folder), "genomes": facts}, indent=2))
        return
    for fact in facts:
        state = "agreed" if fact["agreed"] else "not agreed"
        print(f"{fact['name']:12} {state:12} {fact['description']}, from {fact['hosts']}")
        kept = [f"{chrom} {share:.0%}" for chrom, share in fact["kept"].items()]
        print(f"{'':12} {fact['bytes']:,} bytes here; kept: {', '.join(kept) or 'nothing'}")
    files = tuple(genomes.dbsnp.values())
    state = "agreed" if genomes.is_agreed_to(files[0]) else "not agreed"
    print(f"{DBSNP:12} {state:12} Numbers of dbSNP, from {', '.join(files[0].hosts)}")


def add(arguments: Add) -> None:
    """Agree to a genome's hosts; nothing is requested yet.

    Raises:
        SettingsError: no such genome, or nobody agreed.
    """
    genomes = RemoteGenomes(read_settings())
    if arguments.name.lower() == DBSNP.lower():
        _add_dbsnp(genomes, arguments)
        return
    entry = genomes.entry(arguments.name)
    print(f"{entry.description} would be read from {' or '.join(entry.file.hosts)},")
    print(f"who learn {LEARNS}; never an allele, the name of a variant or a file.")
    if not arguments.agree and not _answered("Do you agree? [y/N] "):
        raise SettingsError(f"{entry.name} was not added. Add --agree to agree.")
    genomes.agree(entry.name)
    print(f"{entry.name} can be read now.")


def _add_dbsnp(genomes: RemoteGenomes, arguments: Add) -> None:
    files = tuple(genomes.dbsnp.values())
    print(f"dbSNP {DBSNP_RELEASE} would be read from {' or '.join(files[0].hosts)},")
    print(f"who learn {DBSNP_LEARNS}.")
    if not arguments.agree and not _answered("Do you agree? [y/N] "):
        raise SettingsError("dbSNP was not added. Add --agree to agree.")
    genomes.agree_to(*files)
    print("Numbers of dbSNP can be looked up now.")


def keep(arguments: Keep) -> None:
    """Bring chromosomes, or all of a genome, here to stay.

    Raises:
        GenoviewError: no such genome or chromosome, or it cannot be had or written.
    """
    genome = RemoteGenomes(read_settings()).open(arguments.name)
    try:
        for chrom in arguments.chroms:
            genome.keep(chrom, Meter(chrom))
        if not arguments.chroms:
            genome.keep_all(Meter(genome.name))
    except ConsentNeeded as error:
        raise SettingsError(f"{error} Run: genoview genomes add {genome.name}") from error
    except KeyboardInterrupt as error:
        raise Cancelled("Stopped. What was downloaded is kept; run it again to resume.") from error
    print(f"{genome.name}: {', '.join(arguments.chroms) or 'the whole genome'} is here.")


def remove(arguments: Remove) -> None:
    """Delete what is here of a genome.

    Raises:
        SettingsError: no such genome, or one of the chromosomes is not kept.
    """
    genomes = RemoteGenomes(read_settings())
    if arguments.name.lower() == DBSNP.lower():
        genomes.remove_dbsnp(arguments.withdraw)
        print("dbSNP: all of it is gone.")
        return
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
