"""The genomes of an installation, each opened at its first use."""

import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace

from genoview.data.assembly_names import known_assembly
from genoview.data.progress import Progress, no_progress
from genoview.errors import SettingsError
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.gtf import check_assembly
from genoview.io.reference import ReferenceGenome
from genoview.io.refseq.genes import refseq_genes
from genoview.io.refseq.table import FAMILIES
from genoview.runtime.garbage import freeze
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import AssemblyConfig, Settings
from genoview.store.private import private_folder


class Assemblies:
    """Thread safe: while one is opened, others stay within reach."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._opening: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._open: dict[str, Assembly] = {}
        self.remote = RemoteGenomes(settings)

    @property
    def names(self) -> tuple[str, ...]:
        """Of those whose files are on this machine."""
        return tuple(config.name for config in self._settings.assemblies)

    @property
    def remote_names(self) -> tuple[str, ...]:
        """Of those that are read as needed; none where the settings have `network = false`."""
        if not self.remote.policy().allowed:
            return ()
        taken = {name.lower() for name in self.names}
        return tuple(name for name in self.remote.entries if name.lower() not in taken)

    def own_name(self, name: str) -> str:
        """`GRCh38` of `hg38`, where a genome is read as needed; other names stay as they are."""
        if not name or name in self.names:
            return name
        with suppress(SettingsError):
            known = self.remote.entry(name).name
            return known if known in self.remote_names else name
        return name

    def get(self, name: str = "", progress: Progress = no_progress) -> Assembly:
        """The genome of that name; the first one for an empty name.

        Raises:
            GenoviewError: there is none, or its files cannot be read; at each try.
        """
        name = self.own_name(name) or self.names[0]
        is_remote = name not in self.names and name in self.remote_names
        config = None if is_remote else self._config(name)
        with self._lock:
            opening = self._opening[name]
        with opening:
            if name not in self._open:
                opened = (
                    open_remote(name, self.remote)
                    if config is None
                    else open_assembly(config, self._settings, progress)
                )
                self._open[name] = replace(opened, snps=self.remote.snps(self.family(name)))
                freeze()
            return self._open[name]

    def family(self, name: str) -> str:
        """The assembly that a genome is of, such as GRCh38; "" where it is none that is known."""
        if name in self.remote_names:
            return self.remote.entry(name).family
        config = self._config(name or self.names[0])
        return known_assembly(config.family, config.name)

    def find(self, name: str) -> Assembly | None:
        """The genome if it is open."""
        return self._open.get(name)

    def replace_settings(self, settings: Settings) -> None:
        """Take new genomes in; those that are open and still named stay open."""
        with self._lock:
            self._settings = settings
            named = (*self.names, *self.remote_names)
            self._open = {name: each for name, each in self._open.items() if name in named}

    def _config(self, name: str) -> AssemblyConfig:
        for config in self._settings.assemblies:
            if config.name == name:
                return config
        raise SettingsError(
            f"There is no genome {name!r} here. There are: "
            f"{', '.join((*self.names, *self.remote_names))}. "
            "Add it on the page Models and data."
        )


def open_assembly(
    config: AssemblyConfig, settings: Settings, progress: Progress = no_progress
) -> Assembly:
    """FASTA and gene file -> Assembly; builds the index of the FASTA where it is absent."""
    with suppress(OSError):  # a cache that cannot be written costs a reading
        private_folder(settings.cache_dir)
    reference = ReferenceGenome.open(
        config.name,
        config.fasta,
        config.chrom_sizes,
        index_dir=settings.index_dir,
        progress=progress,
    )
    annotation = Annotation.empty()
    if config.genes:
        check_assembly(config.genes, known_assembly(config.family, config.name))
        annotation = Annotation.open(config.genes, cache_dir=settings.cache_dir, progress=progress)
    return Assembly(config.name, reference, annotation, config.family)


def open_remote(name: str, genomes: RemoteGenomes) -> Assembly:
    """A genome that is read as needed, with RefSeq's genes of human builds; requests nothing."""
    reference = genomes.open(name)
    family = reference.entry.family
    annotation = refseq_genes(family) if family in FAMILIES else Annotation.empty()
    return Assembly(reference.name, reference, annotation, family)
