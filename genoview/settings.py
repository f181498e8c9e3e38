"""Environment and TOML file -> Settings, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from genoview.assemblies import (
    AssemblyConfig,
    delete_assembly,
    read_assemblies,
    write_assembly,
)
from genoview.errors import SettingsError

__all__ = ["AssemblyConfig", "Settings", "add_assembly", "read_settings", "remove_assembly"]

EMBEDDED = Path(__file__).resolve().parents[1] / "assets" / "assemblies.toml"
CACHE_LIMIT = 2_000  # MB of 10**6 bytes
DEVICES = ("auto", "cpu", "cuda")
DTYPES = ("float32", "bfloat16")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose.

    Attributes:
        device: auto, cpu, cuda or cuda:1; auto is cuda where torch sees one.
        threads: of the CPU, for the models.
        config_path: the reader's own TOML file; may be absent.
        assemblies: the embedded genome first, then those of the TOML file.
        problems: a sentence for each entry that was left out, or replaced by its default.
    """

    cache_dir: Path
    cache_limit_bytes: int
    device: str
    dtype: str
    threads: int
    config_path: Path
    assemblies: tuple[AssemblyConfig, ...]
    problems: tuple[SettingsError, ...] = ()

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
    GENOVIEW_THREADS, GENOVIEW_CONFIG.
    """
    reader = _Reader(os.environ if environment is None else environment, [])
    config_path = reader.path("GENOVIEW_CONFIG", "XDG_CONFIG_HOME", ".config", "genoview.toml")
    embedded, problems = read_assemblies(EMBEDDED, embedded=True)
    own, more = read_assemblies(config_path)
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
        problems=(*problems, *more, *taken, *reader.problems),
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
    return replace(settings, assemblies=now.assemblies, problems=now.problems)


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
