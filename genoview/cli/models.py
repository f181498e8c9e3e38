"""`genoview models list | add | remove | check | use NAME`: models, without a page."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module

from genoview.cli.arguments import define, option, positional
from genoview.cli.terminal import Meter, warn
from genoview.errors import BackendError, SettingsError
from genoview.models.configured_file import FILE_NAME, LargeModel, read_models
from genoview.models.contract import check_contract
from genoview.models.manifest import OWN
from genoview.models.registry import (
    always_here,
    card_of,
    create,
    measured_rows,
    own_models,
    plugin_faults,
    row_of,
    setups,
    shelf_rows,
)
from genoview.models.weights import ModelFolder, Presence, Row
from genoview.runtime.measured_inclusion import prepare
from genoview.runtime.settings import Settings, folder_of, read_settings


@dataclass(frozen=True, slots=True)
class ListModels:
    """Arguments of `list`."""

    as_json: bool = option(False, flags=("--json",))


@dataclass(frozen=True, slots=True)
class Named:
    """Arguments of `remove` and `check`."""

    name: str = positional("as `genoview models list` has it")


@dataclass(frozen=True, slots=True)
class Add(Named):
    """Arguments of `add`."""

    accept_terms: bool = option(False, "where a licence asks")


def add_arguments(parser: ArgumentParser, given: Sequence[str]) -> None:
    """The actions with their arguments, and what runs each."""
    actions = parser.add_subparsers(dest="action", required=True)
    listed = "models that come with genoview, and those to add"
    define(actions.add_parser("list", help=listed), ListModels, list_models)
    define(actions.add_parser("add", help="fetch a model's files"), Add, add)
    define(actions.add_parser("remove", help="delete them"), Named, remove)
    compared = "compare them with what was published"
    define(actions.add_parser("check", help=compared), Named, check)
    use_words = "set up a service, a server, or weights that lie elsewhere"
    use = actions.add_parser("use", help=use_words)
    if given[:1] == ["use"]:  # knows every kind of model, which takes a while to import
        import_module("genoview.cli.models_use").add_arguments(use)


def add(arguments: Add) -> None:
    """Fetch a model's files.

    Raises:
        BackendError: no such model, its terms were not accepted, or a file cannot be had.
    """
    settings = read_settings()
    folder, row = folder_of(settings), _row(settings, arguments.name, "add")
    _say_facts(row, folder)
    folder.add(row, Meter(arguments.name), arguments.accept_terms)
    if row in measured_rows():
        prepare(settings, Meter("its tables"))
    print(f"{row.title} is here: {folder.of(row.name)}")
    if folder.presence(row) is Presence.UNREADABLE:
        print(f"It is read with {row.needs}, which is missing: {folder.how(row)}")


def remove(arguments: Named) -> None:
    """Delete a model's files, or forget one that was set up.

    Raises:
        BackendError: no such model, or one that stays.
    """
    settings, name = read_settings(), arguments.name
    if name in setups():
        from genoview.models.configured import LargeModels  # with torch, which takes a while

        LargeModels(settings.config_path.parent).remove(name)
        title = setups()[name].card.title
        print(f"{title} is not used any longer; its key is forgotten, and its weights stay.")
        return
    folder, row = folder_of(settings), _row(settings, name, "remove")
    folder.remove(row)
    print(f"{row.title} is gone from {folder.path}")


def check(arguments: Named) -> None:
    """Compare a model's files with what was published; one's own with the contract of a model.

    Raises:
        BackendError: no such model, or something is not right.
    """
    settings = read_settings()
    if arguments.name.startswith(OWN):
        _check_own(settings, arguments.name)
        return
    row = _row(settings, arguments.name, "check")
    problems = folder_of(settings).problems(row)
    if problems:
        raise BackendError(" ".join(problems))
    print(f"{row.title}: all files are here, as published.")


def _row(settings: Settings, name: str, action: str) -> Row:
    """Facts of a model that can be added; of others, what is to be done in place of the action."""
    if name in setups():
        raise BackendError(f"{setups()[name].card.title} is set up by {setups()[name].how}.")
    if name.startswith(OWN):
        folder = settings.models_dir / name
        raise BackendError(f"Your own model is the folder {folder}: {action} it by hand.")
    for entry in always_here():
        if entry.name == name:
            package = entry.package or "genoview"
            raise BackendError(f"{entry.card.title} comes with {package} and is always here.")
    return row_of(name)


def _check_own(settings: Settings, name: str) -> None:
    from genoview.models.devices import chosen_device

    backend = create(name, chosen_device(settings.device), "float32", settings.models_dir)
    findings = check_contract(backend)
    for finding in findings:
        print(finding.words)
    if not all(finding.holds for finding in findings):
        raise BackendError(f"{backend.card.title} does not keep the contract of a model.")


def _say_facts(row: Row, folder: ModelFolder) -> None:
    """What is about to be fetched, on stderr."""
    if not row.files:
        return
    print(f"{row.title}, licence {row.licence}, {row.size / 1e6:.1f} MB:", file=sys.stderr)
    for file in row.files:
        print(f"  {folder.address(row, file)}", file=sys.stderr)


def list_models(arguments: ListModels) -> None:
    """Print the models that are here, and those that can be."""
    settings = read_settings()
    folder = folder_of(settings)
    rows = shelf_rows()
    facts = [_facts(row, folder) for row in rows]
    packages = {entry.name: entry.package for entry in always_here() if entry.package}
    for fault in plugin_faults():
        warn(str(fault))
    further = {kind: list(model.names) for kind, model in _set_up(settings).items()}
    if arguments.as_json:
        document = {"folder": str(folder.path), "models": facts, "further_models": further}
        if packages:
            document["of_packages"] = packages
        print(json.dumps(document, indent=2))
        return
    for entry in always_here():
        print(f"{entry.name:18} comes with {entry.package or 'genoview'}  {entry.card.licence}")
    for row, fact in zip(rows, facts, strict=True):
        size = f"{row.size / 1e6:.1f} MB, " if row.size else ""
        print(f"{row.name:18} {folder.words(row):19}  {size}{row.licence}, {row.source}")
        if folder.presence(row) is not Presence.HERE:
            print(f"{'':18} add it with: {fact['add']}")
    for name in own_models(folder.path):
        print(f"{name:18} your own            {card_of(name, folder.path).licence}")
    for kind, setup in setups().items():
        state = "set up" if kind in further else "not set up"
        print(f"{kind:18} {state:19}  {setup.card.licence}")
        names = further.get(kind)
        words = f"set it up: {setup.how}" if names is None else ", ".join(names or (kind,))
        print(f"{'':18} {words}")
    print(f"Models that are added lie in {folder.path}")


def _set_up(settings: Settings) -> dict[str, LargeModel]:
    """Models beyond those on the shelf; none where their file cannot be read."""
    with suppress(SettingsError):
        return read_models(settings.config_path.parent / FILE_NAME)
    return {}


def _facts(row: Row, folder: ModelFolder) -> dict[str, object]:
    presence = folder.presence(row)
    readable = presence is not Presence.UNREADABLE
    return {
        "name": row.name,
        "title": row.title,
        "presence": presence.value if readable else folder.words(row),
        "bytes": row.size,
        "licence": row.licence,
        "terms": row.terms,
        "source": row.source,
        "add": folder.how(row),
        "files": {
            file.name: {"url": folder.address(row, file), "sha256": file.sha256}
            for file in row.files
        },
    }
