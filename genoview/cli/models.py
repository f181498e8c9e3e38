"""`genoview models list | add | remove | check | use NAME`: models, without a page."""

import argparse
import json
import sys

from genoview.cli import models_use
from genoview.data.progress import Progress
from genoview.errors import BackendError
from genoview.models.configured import LargeModels
from genoview.models.contract import check_contract
from genoview.models.devices import chosen_device
from genoview.models.manifest import OWN
from genoview.models.registry import (
    always_here,
    card_of,
    create,
    own_models,
    plugin_faults,
    row_of,
    setups,
    shelf_rows,
)
from genoview.models.weights import ModelFolder, Presence, Row
from genoview.runtime.settings import Settings, folder_of

ACTIONS = ("list", "add", "remove", "check", "use")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    listed = actions.add_parser("list", help="models that come with genoview, and those to add")
    listed.add_argument("--json", action="store_true")
    for name, words in (
        ("add", "fetch a model's files"),
        ("remove", "delete them"),
        ("check", "compare them with what was published"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("name", help="as `genoview models list` has it")
        if name == "add":
            action.add_argument("--accept-terms", action="store_true", help="where a licence asks")
    use = actions.add_parser(
        "use", help="set up a service, a server, or weights that lie elsewhere"
    )
    models_use.add_arguments(use)


def manage(settings: Settings, asked: argparse.Namespace, progress: Progress) -> None:
    """Run one action; what it found is printed.

    Raises:
        BackendError: no such model, a file that cannot be had, or one that is not right.
    """
    folder, large = folder_of(settings), LargeModels(settings.config_path.parent)
    if asked.action == "list":
        _list(folder, large, asked.json)
        return
    if asked.action == "use":
        print(models_use.use(large, asked))
        return
    if asked.name in setups():
        _large(large, asked)
        return
    if asked.name.startswith(OWN):
        _own(settings, asked)
        return
    for entry in always_here():
        if entry.name == asked.name:
            package = entry.package or "genoview"
            raise BackendError(f"{entry.card.title} comes with {package} and is always here.")
    row = row_of(asked.name)
    if asked.action == "add":
        _say_facts(row, folder)
        folder.add(row, progress, asked.accept_terms)
        print(f"{row.title} is here: {folder.of(row.name)}")
        if folder.presence(row) is Presence.UNREADABLE:
            print(f"It is read with {row.needs}, which is missing: {folder.how(row)}")
    elif asked.action == "remove":
        folder.remove(row)
        print(f"{row.title} is gone from {folder.path}")
    else:
        problems = folder.problems(row)
        if problems:
            raise BackendError(" ".join(problems))
        print(f"{row.title}: all files are here, as published.")


def _large(large: LargeModels, asked: argparse.Namespace) -> None:
    """What lies elsewhere: only forgetting it is done here."""
    setup = setups()[asked.name]
    title = setup.card.title
    if asked.action != "remove":
        raise BackendError(f"{title} is set up by {setup.how}.")
    large.remove(asked.name)
    print(f"{title} is not used any longer; its key is forgotten, and its weights stay.")


def _own(settings: Settings, asked: argparse.Namespace) -> None:
    """One's own model lies in its folder already; only checking is done here."""
    if asked.action != "check":
        folder = settings.models_dir / asked.name
        raise BackendError(f"Your own model is the folder {folder}: {asked.action} it by hand.")
    backend = create(asked.name, chosen_device(settings.device), "float32", settings.models_dir)
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


def _list(folder: ModelFolder, large: LargeModels, as_json: bool) -> None:
    rows = shelf_rows()
    facts = [_facts(row, folder) for row in rows]
    packages = {entry.name: entry.package for entry in always_here() if entry.package}
    for fault in plugin_faults():
        print(f"genoview: {fault}", file=sys.stderr)
    further = {kind: list(model.names) for kind, model in large.models.items()}
    if as_json:
        told = {"folder": str(folder.path), "models": facts, "further_models": further}
        if packages:
            told["of_packages"] = packages
        print(json.dumps(told, indent=2))
        return
    for entry in always_here():
        print(f"{entry.name:18} comes with {entry.package or 'genoview'}  {entry.card.licence}")
    for row, found in zip(rows, facts, strict=True):
        size = f"{row.size / 1e6:.1f} MB, " if row.size else ""
        print(f"{row.name:18} {found['presence']:19}  {size}{row.licence}, {row.source}")
        if found["presence"] != Presence.HERE.value:
            print(f"{'':18} add it with: {found['add']}")
    for name in own_models(folder.path):
        print(f"{name:18} your own            {card_of(name, folder.path).licence}")
    for kind, setup in setups().items():
        state = "set up" if kind in further else "not set up"
        print(f"{kind:18} {state:19}  {setup.card.licence}")
        print(f"{'':18} " + (", ".join(further.get(kind, ())) or f"set it up: {setup.how}"))
    print(f"Models that are added lie in {folder.path}")


def _facts(row: Row, folder: ModelFolder) -> dict[str, object]:
    return {
        "name": row.name,
        "title": row.title,
        "presence": folder.words(row),
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
