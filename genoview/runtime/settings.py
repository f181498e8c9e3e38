"""Environment and TOML file -> Settings, read once."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from genoview.data.assets import ASSETS
from genoview.errors import SettingsError
from genoview.models.weights import ModelFolder
from genoview.runtime.assembly_config import (
    AssemblyConfig,
    delete_assembly,
    read_assemblies,
    write_assembly,
)

__all__ = [
    "AssemblyConfig",
    "Settings",
    "TrackConfig",
    "add_assembly",
    "read_settings",
    "remove_assembly",
]

EMBEDDED = ASSETS / "assemblies.toml"
CACHE_LIMIT = 2_000  # MB of 10**6 bytes
MODEL_MEMORY = 4_000  # MB on one device
DEVICES = ("auto", "cpu", "cuda")
DTYPES = ("float32", "bfloat16")
TRACK_KEYS = ("path", "title", "assembly")


@dataclass(frozen=True, slots=True)
class TrackConfig:
    """A file of measured data that every reader finds among the rows.

    [[tracks]]
    path = "/data/k562_h3k27ac.bw"
    title = "K562 H3K27ac"
    assembly = "hg38"

    Attributes:
        title: the file's name where none is given.
        assembly: a genome's name or family; empty for every genome.
    """

    path: Path
    title: str = ""
    assembly: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose.

    Attributes:
        device: auto, cpu, cuda or cuda:1; auto is cuda where torch sees one.
        threads: of the CPU, for the models.
        config_path: the reader's own TOML file; may be absent.
        assemblies: the embedded genome first, then those of the TOML file.
        problems: a sentence for each entry that was left out, or replaced by its default.
        tracks: files of measured data, from the TOML file.
        allow_paths: a reader may type the path of a file of this machine; `allow_paths = false`
            in the TOML file forbids it, as where others than the machine's users can reach it.
        models_dir: where models that were added lie, each in a folder by its name.
        models_mirror: an address to fetch models from in place of their own; may be empty.
        model_memory_bytes: what loaded models may take on a device before the one used longest
            ago goes.
    """

    cache_dir: Path
    cache_limit_bytes: int
    device: str
    dtype: str
    threads: int
    config_path: Path
    assemblies: tuple[AssemblyConfig, ...]
    problems: tuple[SettingsError, ...] = ()
    tracks: tuple[TrackConfig, ...] = ()
    allow_paths: bool = True
    models_dir: Path = Path("models")
    models_mirror: str = ""
    model_memory_bytes: int = MODEL_MEMORY * 10**6

    @property
    def index_dir(self) -> Path:
        """For indexes of FASTA files in folders that are read-only."""
        return self.cache_dir / "indexes"

    def assembly(self, name: str) -> AssemblyConfig:
        """The genome of that name, in any case.

        Raises:
            SettingsError: there is none.
        """
        for config in self.assemblies:
            if config.name.lower() == name.lower():
                return config
        known = ", ".join(config.name for config in self.assemblies)
        raise SettingsError(
            f"There is no genome {name!r} here, only {known}. Add it on the page Models and data."
        )


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of this installation; a bad one is named in `problems` and takes its default.

    Environment: GENOVIEW_CACHE, GENOVIEW_CACHE_LIMIT_MB, GENOVIEW_DEVICE, GENOVIEW_DTYPE,
    GENOVIEW_THREADS, GENOVIEW_CONFIG, GENOVIEW_MODELS, GENOVIEW_MODELS_MIRROR,
    GENOVIEW_MODEL_MEMORY_MB.
    """
    reader = _Reader(os.environ if environment is None else environment, [])
    config_path = reader.path("GENOVIEW_CONFIG", "XDG_CONFIG_HOME", ".config", "genoview.toml")
    embedded, problems = read_assemblies(EMBEDDED, embedded=True)
    own, more = read_assemblies(config_path)
    tracks, allow_paths, unfit = _read_tracks(config_path)
    names = {config.name.lower() for config in embedded}
    taken = [
        SettingsError(
            f"{config_path}: the name {config.name} is the embedded genome's; give another."
        )
        for config in own
        if config.name.lower() in names
    ]
    return Settings(
        cache_dir=reader.path("GENOVIEW_CACHE", "XDG_CACHE_HOME", ".cache", ""),
        cache_limit_bytes=reader.count("GENOVIEW_CACHE_LIMIT_MB", CACHE_LIMIT) * 10**6,
        device=reader.choice("GENOVIEW_DEVICE", DEVICES),
        dtype=reader.choice("GENOVIEW_DTYPE", DTYPES),
        threads=reader.count("GENOVIEW_THREADS", os.cpu_count() or 1),
        config_path=config_path,
        assemblies=(*embedded, *(each for each in own if each.name.lower() not in names)),
        problems=(*problems, *more, *taken, *unfit, *reader.problems),
        tracks=tracks,
        allow_paths=allow_paths,
        models_dir=reader.path("GENOVIEW_MODELS", "XDG_DATA_HOME", ".local/share", "models"),
        models_mirror=reader.environment.get("GENOVIEW_MODELS_MIRROR", ""),
        model_memory_bytes=reader.count("GENOVIEW_MODEL_MEMORY_MB", MODEL_MEMORY) * 10**6,
    )


def add_assembly(settings: Settings, config: AssemblyConfig) -> Settings:
    """Write a genome into the TOML file; returns the settings with it.

    Raises:
        SettingsError: its name is taken or unfit, a file is absent, or nothing can be written.
    """
    if config.name.lower() in (each.name.lower() for each in settings.assemblies):
        raise SettingsError(f"There is a genome {config.name} already; give another name.")
    write_assembly(settings.config_path, config)
    return _reread(settings)


def remove_assembly(settings: Settings, name: str) -> Settings:
    """Cut a genome out of the TOML file; its files stay. Returns the settings without it.

    Raises:
        SettingsError: it is embedded or unknown, or nothing can be written.
    """
    if any(config.embedded and config.name == name for config in settings.assemblies):
        raise SettingsError(f"{name} comes with genoview and stays.")
    delete_assembly(settings.config_path, name)
    return _reread(settings)


def _reread(settings: Settings) -> Settings:
    """The same choices, with the genomes that the file now has."""
    now = read_settings({"GENOVIEW_CONFIG": str(settings.config_path)})
    return replace(
        settings,
        assemblies=now.assemblies,
        problems=now.problems,
        tracks=now.tracks,
        allow_paths=now.allow_paths,
    )


def _read_tracks(path: Path) -> tuple[tuple[TrackConfig, ...], bool, list[SettingsError]]:
    """Files of measured data, whether paths may be typed, and what is wrong with the entries.

    A file that cannot be read is told by `read_assemblies`; what it forbids is not known, so no
    path may be typed.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return (), True, []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return (), False, []
    problems = []
    allowed = entries.get("allow_paths", True)
    if not isinstance(allowed, bool):
        problems.append(
            SettingsError(f"{path}: allow_paths is {allowed!r}; true or false was expected.")
        )
        allowed = False
    listed = entries.get("tracks", [])
    if not isinstance(listed, list):
        listed = []
        problems.append(SettingsError(f"{path}: write each file of data as a table [[tracks]]."))
    tracks = []
    for number, entry in enumerate(listed, 1):
        try:
            tracks.append(_track(path, number, entry))
        except SettingsError as error:
            problems.append(error)
    return tuple(tracks), allowed, problems


def _track(path: Path, number: int, entry: object) -> TrackConfig:
    """One entry; whether its file can be read is found out when it is opened."""
    place = f"{path}, track {number}"
    if not isinstance(entry, dict) or not entry.get("path"):
        raise SettingsError(f'{place}: it has no file. Add path = "path of a file".')
    for key, value in entry.items():
        if key not in TRACK_KEYS:
            raise SettingsError(f"{place}: {key!r} is none of {', '.join(TRACK_KEYS)}. Remove it.")
        if not isinstance(value, str):
            raise SettingsError(f"{place}: {key} is {value!r}; write it as text, in quotes.")
    file = (path.parent / Path(entry["path"]).expanduser()).absolute()
    return TrackConfig(file, entry.get("title", ""), entry.get("assembly", ""))


@dataclass
class _Reader:
    """Reads variables; one that is wrong is noted, and the default stands."""

    environment: Mapping[str, str]
    problems: list[SettingsError]

    def path(self, name: str, base: str, folder: str, file: str) -> Path:
        if given := self.environment.get(name):
            return Path(given).expanduser().absolute()
        home = self.environment.get(base) or Path.home() / folder
        return Path(home) / "genoview" / file

    def count(self, name: str, default: int) -> int:
        given = self.environment.get(name, "")
        if given.isdecimal() and int(given) > 0:
            return int(given)
        if given:
            self._note(f"{name} is {given!r}; a whole number above 0 was expected", default)
        return default

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        given = self.environment.get(name, "") or choices[0]
        kind, _, number = given.partition(":")  # cuda:1
        if given in choices or (kind == "cuda" in choices and number.isdecimal()):
            return given
        self._note(f"{name} is {given!r}; one of {', '.join(choices)} was expected", choices[0])
        return choices[0]

    def _note(self, message: str, default: object) -> None:
        self.problems.append(SettingsError(f"{message}. {default} is used."))


def folder_of(settings: Settings) -> ModelFolder:
    """Where this installation keeps models."""
    return ModelFolder(settings.models_dir, settings.models_mirror)
