"""TOML file <-> the genomes that it names.

    [[assembly]]
    name = "hg38"
    family = "GRCh38"
    fasta = "/data/hg38.fa.gz"
    genes = "/data/gencode.v46.gtf.gz"

Writing keeps the rest of the file as it is, comments too: a block is put at its end, or cut out.
"""

import json
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from genoview.errors import SettingsError

_NAME = re.compile(r"[A-Za-z0-9._-]+")  # stands in links as it is
_HEADER = re.compile(r"^\s*\[\[\s*assembly\s*\]\]\s*(#.*)?$")
_ANY_HEADER = re.compile(r"^\s*\[")
_FILES = ("fasta", "genes", "chrom_sizes")
_KEYS = ("name", "family", *_FILES, "description")


@dataclass(frozen=True, slots=True)
class AssemblyConfig:
    """A genome to open.

    Attributes:
        family: what links and other builds' names go by: GRCh37, GRCh38, GRCm39 ...
        chrom_sizes: needed only where the FASTA file holds slices of chromosomes.
        embedded: comes with genoview, and can't be removed.
    """

    name: str
    fasta: Path
    genes: Path | None = None
    chrom_sizes: Path | None = None
    description: str = ""
    family: str = ""
    embedded: bool = False


def read_assemblies(
    path: Path, embedded: bool = False
) -> tuple[list[AssemblyConfig], list[SettingsError]]:
    """The good entries of a file, and what is wrong with the others; nothing of no file."""
    try:
        entries = _parse(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [SettingsError(f"{path} cannot be read: {error}.")]
    except SettingsError as error:
        return [], [error]
    good: list[AssemblyConfig] = []
    bad: list[SettingsError] = []
    for number, entry in enumerate(entries, 1):
        try:
            config = _config(path, number, entry, embedded)
            _check_unique(path, config.name, [other.name for other in good])
            good.append(config)
        except SettingsError as error:
            bad.append(error)
    return good, bad


def write_assembly(path: Path, config: AssemblyConfig) -> None:
    """Put a genome at the end of the file, which is made where it is absent.

    Raises:
        SettingsError: the name or a file of it is not right, or the file cannot be written.
    """
    text = _text(path)
    known = _parse(path, text)
    entry = _entry(config)
    _config(path, len(known) + 1, entry, embedded=False)
    _check_unique(path, config.name, [str(each.get("name")) for each in known])
    block = [f"{key} = {_quoted(value)}" for key, value in entry.items()]
    before = text if not text or text.endswith("\n") else text + "\n"
    added = "\n".join(["[[assembly]]", *block, ""])
    _replace(path, before + ("\n" if before else "") + added, [*known, entry])


def delete_assembly(path: Path, name: str) -> None:
    """Cut a genome out of the file; its FASTA and gene files stay.

    Raises:
        SettingsError: the name is not there, or the file cannot be written.
    """
    text = _text(path)
    known = _parse(path, text)
    rows = [row for row, entry in enumerate(known) if entry.get("name") == name]
    if not rows:
        raise SettingsError(f"{path} has no genome {name!r}; nothing was removed.")
    lines = text.splitlines(keepends=True)
    starts = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    if len(starts) != len(known):
        raise SettingsError(f"{path} does not write its genomes as [[assembly]]: edit it by hand.")
    start = starts[rows[0]]
    later = (at for at, line in enumerate(lines) if at > start and _ANY_HEADER.match(line))
    end = next(later, len(lines))
    while end > start + 1 and lines[end - 1].lstrip().startswith("#"):
        end -= 1  # comments right above the next header are of that header
    kept = [entry for row, entry in enumerate(known) if row != rows[0]]
    _replace(path, "".join(lines[:start] + lines[end:]), kept)


def _parse(path: Path, text: str) -> list[Mapping[str, object]]:
    try:
        entries = tomllib.loads(text).get("assembly", [])
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}. Correct it, then reload.") from error
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise SettingsError(f"{path}: write each genome as a table [[assembly]].")
    return entries


def _config(path: Path, number: int, entry: Mapping[str, object], embedded: bool) -> AssemblyConfig:
    """One entry, checked."""
    name = entry.get("name")
    place = f"{path}, genome {name or number}"
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise SettingsError(
            f"{path}, genome {number}: the name {name!r} stands in links; give it one of letters, "
            "digits, dot, hyphen and underscore."
        )
    for key, value in entry.items():
        if key not in _KEYS:
            raise SettingsError(f"{place}: {key!r} is none of {', '.join(_KEYS)}. Remove it.")
        if not isinstance(value, str):
            raise SettingsError(f"{place}: {key} is {value!r}; write it as text, in quotes.")
    if not entry.get("fasta"):
        raise SettingsError(f'{place}: it has no sequence. Add fasta = "path of a FASTA file".')
    files = {key: _file(path, place, key, str(entry[key])) for key in _FILES if entry.get(key)}
    return AssemblyConfig(
        name,
        files["fasta"],
        files.get("genes"),
        files.get("chrom_sizes"),
        str(entry.get("description", "")),
        str(entry.get("family", "")),
        embedded,
    )


def _file(path: Path, place: str, key: str, value: str) -> Path:
    found = (path.parent / Path(value).expanduser()).absolute()
    if not found.is_file():
        raise SettingsError(
            f"{place}: {key} is {value}, and there is no file {found}. Correct the path, which is "
            "relative to the settings file, or put the file there."
        )
    return found


def _check_unique(path: Path, name: str, others: list[str]) -> None:
    if name.lower() in (other.lower() for other in others):
        raise SettingsError(f"{path} has more than one genome {name!r}: give each its own name.")


def _entry(config: AssemblyConfig) -> dict[str, object]:
    """What is written of a genome; files by their whole path."""
    values = {key: getattr(config, key) for key in _KEYS}
    for key in _FILES:
        if values[key] is not None:
            values[key] = str(Path(values[key]).expanduser().absolute())
    return {key: value for key, value in values.items() if value}


def _quoted(value: object) -> str:
    """A TOML basic string; JSON's escapes are among TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error


def _replace(path: Path, text: str, expected: list[Mapping[str, object]]) -> None:
    """Write the file whole or not at all, if it then holds what is expected."""
    if _parse(path, text) != expected:
        raise SettingsError(
            f"{path} is written in a way that can't be changed here: edit it by hand."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
        Path(file.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(file.name).replace(path)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written ({error.strerror}); set GENOVIEW_CONFIG to a file in a "
            "folder that can."
        ) from error
