"""Environment and TOML file -> Settings, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from genoview.data.assets import ASSETS
from genoview.data.input.decoding import path_of
from genoview.errors import SettingsError
from genoview.io.remote.block_file import LIMIT_MB
from genoview.models.weights import ModelFolder
from genoview.runtime.access import FORBIDDEN
from genoview.runtime.settings_edit import delete_assembly, write_assembly
from genoview.runtime.settings_file import AssemblyConfig, TrackConfig, read_file

__all__ = [
    "AssemblyConfig",
    "Settings",
    "TrackConfig",
    "add_assembly",
    "read_settings",
    "remove_assembly",
]

EMBEDDED = ASSETS / "assemblies.toml"
MODEL_MEMORY = 4_000  # MB of 10**6 bytes, on one device
Count = Annotated[int, Field(gt=0, description="a whole number above 0")]
Device = Annotated[
    str, Field(pattern=r"^(auto|cpu|cuda(:\d+)?)$", description="one of auto, cpu, cuda")
]
Dtype = Annotated[Literal["float32", "bfloat16"], Field(description="one of float32, bfloat16")]
Place = Annotated[
    Path,
    BeforeValidator(lambda text: path_of(str(text), ValueError)),
    Field(description="the path of a file or folder"),
]


class _Variables(BaseModel):
    """As they come from the environment; a field's description says what is expected."""

    cache: Place | None = Field(None, alias="GENOVIEW_CACHE")
    cache_home: Place = Field(Path("~/.cache"), alias="XDG_CACHE_HOME")
    cache_limit_mb: Count = Field(2_000, alias="GENOVIEW_CACHE_LIMIT_MB")
    config: Place | None = Field(None, alias="GENOVIEW_CONFIG")
    config_home: Place = Field(Path("~/.config"), alias="XDG_CONFIG_HOME")
    device: Device = Field("auto", alias="GENOVIEW_DEVICE")
    dtype: Dtype = Field("float32", alias="GENOVIEW_DTYPE")
    models: Place | None = Field(None, alias="GENOVIEW_MODELS")
    data_home: Place = Field(Path("~/.local/share"), alias="XDG_DATA_HOME")
    models_mirror: str = Field("", alias="GENOVIEW_MODELS_MIRROR")
    genomes_mirror: str = Field("", alias="GENOVIEW_GENOMES_MIRROR")
    tracks_mirror: str = Field("", alias="GENOVIEW_TRACKS_MIRROR")
    genomes_limit_mb: Count = Field(LIMIT_MB, alias="GENOVIEW_GENOMES_LIMIT_MB")
    model_memory_mb: Count = Field(MODEL_MEMORY, alias="GENOVIEW_MODEL_MEMORY_MB")
    threads: Count = Field(os.cpu_count() or 1, alias="GENOVIEW_THREADS")


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
        is_shared: others than the machine's users can reach this server.
        allow_paths: a reader may type the path of a file of this machine, as the TOML file says;
            where it says nothing, unless the server is shared. `access.typed_path` asks.
        admins: who may set up models and genomes on a page, by the name they sign in with; None
            where the TOML file has none. `access.may_set_up` asks.
        own_library: each signed-in reader's saved loci, history and runs are their own.
        models_dir: where models that were added lie, each in a folder by its name.
        models_mirror: an address to fetch models from in place of their own; may be empty.
        model_memory_bytes: what loaded models may take on a device before the one used longest
            ago goes.
        genomes_mirror: the address of a folder that has all genomes which are read as needed, in
            place of their own; may be empty.
        tracks_mirror: the address of a folder that has all measured tracks by their paths, in place
            of their own; may be empty.
        genomes_limit_bytes: what is cached of them, without what is kept on purpose.
        alphamissense: a file of AlphaMissense's table, or a folder of such files, from the TOML
            file.
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
    is_shared: bool = False
    allow_paths: bool = True
    admins: tuple[str, ...] | None = None
    own_library: bool = False
    models_dir: Path = Path("models")
    models_mirror: str = ""
    model_memory_bytes: int = MODEL_MEMORY * 10**6
    genomes_mirror: str = ""
    tracks_mirror: str = ""
    genomes_limit_bytes: int = LIMIT_MB * 10**6
    alphamissense: Path | None = None

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


def read_settings(
    environment: Mapping[str, str] | None = None, *, is_shared: bool = False
) -> Settings:
    """Settings of this installation; a bad one is named in `problems` and takes its default.

    Environment: GENOVIEW_CACHE, GENOVIEW_CACHE_LIMIT_MB, GENOVIEW_DEVICE, GENOVIEW_DTYPE,
    GENOVIEW_THREADS, GENOVIEW_CONFIG, GENOVIEW_MODELS, GENOVIEW_MODELS_MIRROR,
    GENOVIEW_MODEL_MEMORY_MB, GENOVIEW_GENOMES_MIRROR, GENOVIEW_TRACKS_MIRROR,
    GENOVIEW_GENOMES_LIMIT_MB.

    Args:
        is_shared: others than the machine's users can reach this server.
    """
    given, problems = _variables(os.environ if environment is None else environment)
    config_path = _path(given.config, given.config_home, "genoview.toml")
    embedded, own = read_file(EMBEDDED, embedded=True), read_file(config_path)
    names = {config.name.lower() for config in embedded.assemblies}
    taken = [
        SettingsError(
            f"{config_path}: the name {config.name} is the embedded genome's; give another."
        )
        for config in own.assemblies
        if config.name.lower() in names
    ]
    added = (each for each in own.assemblies if each.name.lower() not in names)
    return Settings(
        cache_dir=_path(given.cache, given.cache_home, ""),
        cache_limit_bytes=given.cache_limit_mb * 10**6,
        device=given.device,
        dtype=given.dtype,
        threads=given.threads,
        config_path=config_path,
        assemblies=(*embedded.assemblies, *added),
        problems=(*embedded.problems, *own.problems, *taken, *problems),
        tracks=own.tracks,
        is_shared=is_shared,
        allow_paths=not is_shared if own.access.paths is None else own.access.paths,
        admins=own.access.admins,
        own_library=own.access.own_library and (is_shared or own.access is not FORBIDDEN),
        models_dir=_path(given.models, given.data_home, "models"),
        models_mirror=given.models_mirror,
        model_memory_bytes=given.model_memory_mb * 10**6,
        genomes_mirror=given.genomes_mirror,
        tracks_mirror=given.tracks_mirror,
        genomes_limit_bytes=given.genomes_limit_mb * 10**6,
        alphamissense=own.alphamissense,
    )


def _variables(environment: Mapping[str, str]) -> tuple[_Variables, list[SettingsError]]:
    """What is set, and a sentence for each that is wrong, whose default stands."""
    given = {key: value for key, value in environment.items() if value}
    problems: list[SettingsError] = []
    try:
        return _Variables.model_validate(given), problems
    except ValidationError as error:
        faults = error.errors()
    fields = {field.alias: field for field in _Variables.model_fields.values()}
    for fault in faults:
        name = str(fault["loc"][0])
        expected = fields[name].description or "the path of a file or folder"
        default = fields[name].default or "The usual place"
        problems.append(
            SettingsError(
                f"{name} is {given.pop(name)[:80]!r}; {expected} was expected. {default} is used."
            )
        )
    return _Variables.model_validate(given), problems


def _path(given: Path | None, home: Path, file: str) -> Path:
    if given is not None:
        return given.expanduser().absolute()
    return home.expanduser() / "genoview" / file


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
    environment = {"GENOVIEW_CONFIG": str(settings.config_path)}
    now = read_settings(environment, is_shared=settings.is_shared)
    return replace(
        settings,
        assemblies=now.assemblies,
        problems=now.problems,
        tracks=now.tracks,
        allow_paths=now.allow_paths,
        admins=now.admins,
        own_library=now.own_library,
        alphamissense=now.alphamissense,
    )


def folder_of(settings: Settings) -> ModelFolder:
    """Where this installation keeps models."""
    return ModelFolder(settings.models_dir, settings.models_mirror)
