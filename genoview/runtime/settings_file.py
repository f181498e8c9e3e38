"""genoview.toml -> genomes, files of measured data, and a sentence for what is wrong with each.

allow_paths = false
admins = ["anna@lab.example"]
alphamissense = "/data/AlphaMissense_hg38.tsv.gz"

[[assembly]]
name = "hg38"
family = "GRCh38"
fasta = "/data/hg38.fa.gz"
genes = "/data/gencode.v46.gtf.gz"

[[tracks]]
path = "/data/k562_h3k27ac.bw"
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, ValidationInfo

from genoview.data.input.decoding import decoding, path_of
from genoview.errors import SettingsError
from genoview.runtime.access import FORBIDDEN, NOTHING_WRITTEN, Access, read_access

T = TypeVar("T")


def _located(value: object, info: ValidationInfo) -> Path | None:
    """A path as it is written, from the folder of the settings file on; None of an empty one."""
    if not isinstance(value, str):
        raise ValueError(f"{info.field_name} is {value!r}; write it as text, in quotes.")
    folder = Path(str(info.context))
    return (folder / path_of(value, ValueError)).absolute() if value else None


def _existing(value: object, info: ValidationInfo) -> Path | None:
    path = _located(value, info)
    if path is not None and not path.is_file():
        raise ValueError(
            f"{info.field_name} is {value}, and there is no file {path}. Correct the path, "
            "which is relative to the settings file, or put the file there."
        )
    return path


@dataclass(frozen=True, slots=True)
class AssemblyConfig:
    """A genome to open.

    Attributes:
        family: what links and other builds' names go by: GRCh37, GRCh38, GRCm39 ...
        chrom_sizes: needed only where the FASTA file holds slices of chromosomes.
        embedded: comes with genoview, and can't be removed.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")]
    fasta: Annotated[Path, BeforeValidator(_existing)]
    genes: Annotated[Path | None, BeforeValidator(_existing)] = None
    chrom_sizes: Annotated[Path | None, BeforeValidator(_existing)] = None
    description: str = ""
    family: str = ""
    licence: str = ""
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class TrackConfig:
    """A file of measured data that every reader finds among the rows.

    Attributes:
        title: the file's name where none is given.
        assembly: a genome's name or family; empty for every genome.
    """

    path: Annotated[Path, BeforeValidator(_located)]
    title: str = ""
    assembly: str = ""


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A table of the file.

    Attributes:
        noun: what each is called in a sentence.
        incomplete: the message for one without its file.
    """

    table: str
    noun: str
    keys: tuple[str, ...]
    incomplete: str
    values: TypeAdapter[T]


GENOMES = Kind(
    "assembly",
    "genome",
    ("name", "family", "fasta", "genes", "chrom_sizes", "description", "licence"),
    'it has no sequence. Add fasta = "path of a FASTA file".',
    TypeAdapter(AssemblyConfig),
)
TRACKS = Kind(
    "tracks",
    "track",
    ("path", "title", "assembly"),
    'it has no file. Add path = "path of a file".',
    TypeAdapter(TrackConfig),
)


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a file holds.

    Attributes:
        access: who may do what. Where the file cannot be read, what it forbids is not known.
        alphamissense: a file of AlphaMissense's table, or a folder of such files.
    """

    assemblies: tuple[AssemblyConfig, ...] = ()
    tracks: tuple[TrackConfig, ...] = ()
    access: Access = NOTHING_WRITTEN
    problems: tuple[SettingsError, ...] = ()
    alphamissense: Path | None = None


def read_file(path: Path, embedded: bool = False) -> SettingsFile:
    """The good entries of a file, and what is wrong with the others; nothing of no file."""
    try:
        with decoding(str(path), SettingsError, "Correct it, then reload."):
            try:
                values = tomllib.loads(text_of(path))
            except tomllib.TOMLDecodeError as error:
                raise not_toml(path, error) from error
    except SettingsError as error:
        return SettingsFile(access=FORBIDDEN, problems=(error,))
    problems: list[SettingsError] = []
    assemblies: list[AssemblyConfig] = []
    for config in _entries(path, values, GENOMES, problems):
        try:
            check_unique(path, config.name, [other.name for other in assemblies])
            assemblies.append(replace(config, embedded=embedded))
        except SettingsError as error:
            problems.append(error)
    tracks = tuple(_entries(path, values, TRACKS, problems))
    access = read_access(path, values, problems)
    table = _table_path(path, values.get("alphamissense", ""), problems)
    return SettingsFile(tuple(assemblies), tracks, access, tuple(problems), table)


def _table_path(path: Path, given: object, problems: list[SettingsError]) -> Path | None:
    """From the folder of the settings file on; None of an empty one, or where nothing is there."""
    if not isinstance(given, str):
        sentence = f"{path}: alphamissense is {given!r}; write a path as text, in quotes."
        problems.append(SettingsError(sentence))
        return None
    try:
        table = (path.parent / path_of(given, SettingsError)).absolute() if given else None
    except SettingsError as error:
        problems.append(SettingsError(f"{path}: alphamissense: {error}"))
        return None
    if table is not None and not table.exists():
        problems.append(
            SettingsError(f"{path}: alphamissense is {given}, and {table} is not there.")
        )
        return None
    return table


def text_of(path: Path) -> str:
    """Of the file; empty where there is none.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error


def not_toml(path: Path, error: Exception) -> SettingsError:
    """What is said of a file that cannot be parsed."""
    return SettingsError(f"{path} is not TOML: {error}. Correct it, then reload.")


def _entries(
    path: Path, values: Mapping[str, Any], kind: Kind[T], problems: list[SettingsError]
) -> Iterator[T]:
    """Those that are right; a sentence for each of the others is added to the problems."""
    listed = values.get(kind.table, [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        sentence = f"{path}: write each {kind.noun} as a table [[{kind.table}]]."
        problems.append(SettingsError(sentence))
        return
    for number, entry in enumerate(listed, 1):
        try:
            yield checked(path, number, entry, kind)
        except SettingsError as error:
            problems.append(error)


def checked(path: Path, number: int, entry: Mapping[str, object], kind: Kind[T]) -> T:
    """An entry as it is written -> what it says.

    Raises:
        SettingsError: what is wrong with it, one thing at a time.
    """
    place = f"{path}, {kind.noun} {(entry.get('name') if kind is GENOMES else '') or number}"
    try:
        config = kind.values.validate_python(entry, context=path.parent)
    except ValidationError as error:
        fault = error.errors()[0]
        key = str(fault["loc"][0])
        if key == "name":
            raise SettingsError(
                f"{path}, {kind.noun} {number}: the name {entry.get(key)!r} stands in links; give "
                "it one of letters, digits, dot, hyphen and underscore."
            ) from error
        sentences = {
            "value_error": str(fault.get("ctx", {}).get("error")),
            "string_type": f"{key} is {fault['input']!r}; write it as text, in quotes.",
        }
        raise SettingsError(f"{place}: {sentences.get(fault['type'], kind.incomplete)}") from error
    for key in entry:
        if key not in kind.keys:
            raise SettingsError(f"{place}: {key!r} is none of {', '.join(kind.keys)}. Remove it.")
    return config


def check_unique(path: Path, name: str, others: Sequence[str]) -> None:
    """Raises SettingsError: one of the others has that name, in any case."""
    if name.lower() in (other.lower() for other in others):
        raise SettingsError(f"{path} has more than one genome {name!r}: give each its own name.")
