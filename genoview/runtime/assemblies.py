"""The genomes of an installation, each opened at its first use."""

import threading
from collections import defaultdict

from genoview.data.progress import Progress, no_progress
from genoview.errors import SettingsError
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.runtime.garbage import freeze
from genoview.runtime.settings import AssemblyConfig, Settings


class Assemblies:
    """Thread safe: while one is opened, others stay within reach."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._opening: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._open: dict[str, Assembly] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(config.name for config in self._settings.assemblies)

    def get(self, name: str = "", progress: Progress = no_progress) -> Assembly:
        """The genome of that name; the first one for an empty name.

        Raises:
            GenoviewError: there is none, or its files cannot be read; at each try.
        """
        config = self._config(name or self.names[0])
        with self._lock:
            opening = self._opening[config.name]
        with opening:
            if config.name not in self._open:
                self._open[config.name] = open_assembly(config, self._settings, progress)
                freeze()
            return self._open[config.name]

    def find(self, name: str) -> Assembly | None:
        """The genome if it is open."""
        return self._open.get(name)

    def replace_settings(self, settings: Settings) -> None:
        """Take new genomes in; those that are open and still named stay open."""
        with self._lock:
            self._settings = settings
            self._open = {name: each for name, each in self._open.items() if name in self.names}

    def _config(self, name: str) -> AssemblyConfig:
        for config in self._settings.assemblies:
            if config.name == name:
                return config
        raise SettingsError(
            f"There is no genome {name!r} here. There are: {', '.join(self.names)}. "
            "Add it on the page Models and data."
        )


def open_assembly(
    config: AssemblyConfig, settings: Settings, progress: Progress = no_progress
) -> Assembly:
    """FASTA and gene file -> Assembly; builds the index of the FASTA where it is absent."""
    reference = ReferenceGenome.open(
        config.name,
        config.fasta,
        config.chrom_sizes,
        index_dir=settings.index_dir,
        progress=progress,
    )
    annotation = Annotation.empty()
    if config.genes:
        annotation = Annotation.open(config.genes, cache_dir=settings.cache_dir, progress=progress)
    return Assembly(config.name, reference, annotation, config.family)
