"""Adds a genome to genoview.toml, or removes one; comments, order and layout stay as they are."""

import tempfile
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Comment, Item, Table

from genoview.data.input.decoding import decoding, path_of
from genoview.errors import SettingsError
from genoview.runtime.settings_file import (
    GENOMES,
    AssemblyConfig,
    check_unique,
    checked,
    not_toml,
    text_of,
)


def write_assembly(path: Path, config: AssemblyConfig) -> None:
    """Put a genome at the end of the file, which is made where it is absent.

    Raises:
        SettingsError: the name or a file of it is not right, or the file cannot be written.
    """
    document, genomes = _document(path)
    files = ("fasta", "genes", "chrom_sizes")
    entry = {key: getattr(config, key) for key in GENOMES.keys}
    paths = {key: path_of(str(entry[key]), SettingsError) for key in files if entry[key]}
    entry |= {key: str(path.absolute()) for key, path in paths.items()}
    entry = {key: value for key, value in entry.items() if value}
    checked(path, len(genomes) + 1, entry, GENOMES)
    check_unique(path, config.name, [str(each.get("name")) for each in genomes])
    table = tomlkit.table()
    table.update(entry)
    table.trivia.indent = "\n" if document.body else ""
    if not genomes:
        document["assembly"] = genomes
    genomes.append(table)
    _write(path, document)


def delete_assembly(path: Path, name: str) -> None:
    """Cut a genome out of the file; its FASTA and gene files stay.

    Raises:
        SettingsError: the name is not there, or the file cannot be written.
    """
    document, genomes = _document(path)
    row = next((i for i, entry in enumerate(genomes) if entry.get("name") == name), None)
    if row is None:
        raise SettingsError(f"{path} has no genome {name!r}; nothing was removed.")
    _keep_comments(document, genomes, row)
    del genomes[row]
    if not genomes:
        del document["assembly"]
    _write(path, document)


def _keep_comments(document: TOMLDocument, genomes: AoT, row: int) -> None:
    """Comments right above the next header are of that header, though they follow this entry."""
    above: list[Comment] = []
    for _, item in reversed(genomes.body[row].value.body):
        if not isinstance(item, Comment):
            break
        above.insert(0, item)
    behind = [item for _, item in document.body]
    later = [*genomes.body[row + 1 :], *behind[behind.index(genomes) + 1 :]]
    if later:
        lines = "".join(item.as_string() for item in above)
        header = _first_table(later[0])
        header.trivia.indent = lines + header.trivia.indent
        return
    for item in above:
        (genomes.body[row - 1] if row else document).add(item)


def _first_table(item: Item) -> Item:
    """Whose header is written first of a list of tables, or of a table of tables."""
    while True:
        if isinstance(item, AoT):
            item = item.body[0]
        elif isinstance(item, Table) and item.is_super_table():
            item = item.value.body[0][1]
        else:
            return item


def _document(path: Path) -> tuple[TOMLDocument, AoT]:
    """The file to edit, and its genomes; both empty of no file."""
    text = text_of(path)
    with decoding(str(path), SettingsError, "Correct it, then reload."):
        try:
            document = tomlkit.parse(text if not text or text.endswith("\n") else f"{text}\n")
        except (TOMLKitError, ValueError) as error:
            raise not_toml(path, error) from error
    genomes = document.get("assembly", tomlkit.aot())
    if not isinstance(genomes, AoT):
        raise SettingsError(
            f"{path} is written in a way that can't be changed here: edit it by hand."
        )
    return document, genomes


def _write(path: Path, document: TOMLDocument) -> None:
    """The file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, delete=False, encoding="utf-8"
        ) as file:
            file.write(document.as_string())
        Path(file.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(file.name).replace(path)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written ({error.strerror}); set GENOVIEW_CONFIG to a file in a "
            "folder that can."
        ) from error
