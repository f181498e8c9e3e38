"""The genomes of an installation that are read from where they are published."""

import threading
from pathlib import Path

from genoview.data.assembly_names import canonical_assembly
from genoview.data.progress import Progress, no_progress
from genoview.errors import SettingsError
from genoview.io.big.name_index import NameIndex
from genoview.io.dbsnp import SERVICE, DbSnp, KnownAllele, ask_ncbi
from genoview.io.liftover import Liftover
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.catalogue import (
    DBSNP,
    DBSNP_RELEASE,
    ChainEntry,
    GenomeEntry,
    read_chains,
    read_dbsnp,
    read_entries,
)
from genoview.io.remote.chains import fetch_liftover
from genoview.io.remote.connection import has_route
from genoview.io.remote.consent import (
    NetworkPolicy,
    agree,
    host_of,
    network_allowed,
    read_policy,
)
from genoview.io.remote.consent import (
    withdraw as withdraw_from,
)
from genoview.io.remote.genome import RemoteGenome
from genoview.io.remote.ranges import RangeClient
from genoview.io.remote.remote_file import RemoteFile
from genoview.runtime.settings import Settings


class RemoteGenomes:
    """Catalogue, consent and cache of blocks; thread safe."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.cache_dir / "remote"
        self.entries = read_entries(mirror=settings.genomes_mirror)
        self._config = settings.config_path
        self._mirror = settings.genomes_mirror
        self.cache = BlockCache(self.folder, settings.genomes_limit_bytes)
        self._chains = read_chains(mirror=settings.genomes_mirror)
        self.dbsnp = read_dbsnp(mirror=settings.genomes_mirror)
        self.service = settings.genomes_mirror.rstrip("/") or SERVICE
        self._snps: dict[str, DbSnp] = {}
        self._lock, self._chains_lock = threading.Lock(), threading.Lock()
        self._liftovers: dict[ChainEntry, Liftover] = {}

    @property
    def agreements(self) -> Path:
        """The file of hosts that the person has agreed to."""
        return self._config.parent / "network.json"

    def policy(self) -> NetworkPolicy:
        """As it is now."""
        return read_policy(self.agreements, network_allowed(self._config))

    def is_reachable(self) -> bool:
        """Whether this machine has a way out; nothing is sent to learn it."""
        return bool(self._mirror) or has_route()

    def entry(self, name: str) -> GenomeEntry:
        """The genome of that name, of that family, or of another name of it such as mm10.

        Raises:
            SettingsError: there is none.
        """
        wanted = (name.lower(), canonical_assembly(name).lower())
        for entry in self.entries.values():
            if entry.name.lower() in wanted or entry.family.lower() in wanted:
                return entry
        known = ", ".join(self.entries)
        raise SettingsError(f"There is no genome {name!r} to read as needed; there are: {known}.")

    def open(self, name: str) -> RemoteGenome:
        """Nothing is requested before the first base is.

        Raises:
            SettingsError: there is none of that name.
            GenoviewError: its chromosome sizes cannot be read, or the cache cannot be written.
        """
        return RemoteGenome.connect(self.entry(name), self.cache, self.policy)

    def snps(self, family: str) -> DbSnp | None:
        """dbSNP's table of a family; None where there is none."""
        with self._lock:
            file = self.dbsnp.get(family)
            if file is not None and family not in self._snps:
                self._snps[family] = DbSnp(lambda: self._name_index(file), DBSNP_RELEASE)
            return self._snps.get(family)

    def _name_index(self, file: RemoteFile) -> NameIndex:
        client = RangeClient(file, lambda: self.policy().of_purpose(DBSNP))
        return NameIndex(self.cache.open(file, client))

    def remove_dbsnp(self, withdraw: bool) -> None:
        """Delete what is here of dbSNP, and the agreement where that is wished."""
        files = self.dbsnp.values()
        for file in files:
            self.cache.open(file, RangeClient(file, self.policy)).remove()
        if withdraw:
            withdraw_from(self.agreements, (each for file in files for each in file.agreements))

    def ask_ncbi(self, name: str, family: str) -> list[KnownAllele]:
        """Alleles of a number of dbSNP from the service of NCBI, which learns it.

        Raises:
            NetworkError: it does not answer, or the settings have `network = false`.
        """
        NetworkPolicy(self.policy().allowed, frozenset((self.service_host,))).permitted(
            (self.service,)
        )
        return ask_ncbi(name, family, self.service)

    @property
    def service_host(self) -> str:
        """Who is asked for a number by its name."""
        return host_of(self.service)

    def chain(self, source: str, target: str) -> ChainEntry | None:
        """The chain file between two families; one with a published digest serves both ways."""
        ends = {source, target}
        between = [each for each in self._chains if {each.source, each.target} == ends]
        between.sort(key=lambda each: (not each.md5, each.source != source))
        return between[0] if between else None

    def liftover(self, source: str, target: str, progress: Progress = no_progress) -> Liftover:
        """From one family to another; the chain file is read once.

        Raises:
            SettingsError: there are no chains between them.
            NetworkError: they cannot be had. StoreError: they cannot be written.
            GenomeError: they are not what was published.
        """
        entry = self.chain(source, target)
        if entry is None:
            raise SettingsError(f"There are no chains from {source or 'this genome'} to {target}.")
        with self._chains_lock:
            if entry not in self._liftovers:
                self._liftovers[entry] = fetch_liftover(entry, self.cache, self.policy, progress)
            known = self._liftovers[entry]
        return known if entry.source == source else known.inverse()

    def is_agreed_to(self, file: RemoteFile) -> bool:
        """Whether at least one host of the file may be read."""
        return not self.policy().hosts.isdisjoint(file.agreements)

    def agree_to(self, *files: RemoteFile) -> None:
        """Write down that the person agrees to the hosts of files.

        Raises:
            SettingsError: it cannot be written.
        """
        agree(self.agreements, (each for file in files for each in file.agreements))

    def is_agreed(self, name: str) -> bool:
        """Whether at least one host of the genome may be read."""
        policy = self.policy()
        return policy.allowed and not policy.hosts.isdisjoint(self.entry(name).file.hosts)

    def agree(self, name: str) -> None:
        """Write down that the person agrees to the hosts of a genome.

        Raises:
            SettingsError: there is none of that name, or it cannot be written.
        """
        self.agree_to(self.entry(name).file)

    def withdraw(self, name: str) -> None:
        """Write down that the person no longer agrees to the hosts of a genome.

        Raises:
            SettingsError: there is none of that name, or it cannot be written.
        """
        withdraw_from(self.agreements, self.entry(name).file.hosts)
