"""The genomes of an installation that are read from where they are published."""

from pathlib import Path

from genoview.errors import SettingsError
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.catalogue import GenomeEntry, read_entries
from genoview.io.remote.consent import (
    NetworkPolicy,
    agree,
    network_allowed,
    read_policy,
    withdraw,
)
from genoview.io.remote.genome import RemoteGenome
from genoview.runtime.settings import Settings


class RemoteGenomes:
    """Catalogue, consent and cache of blocks; thread safe."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.cache_dir / "remote"
        self.entries = read_entries(mirror=settings.genomes_mirror)
        self._config = settings.config_path
        self.cache = BlockCache(self.folder, settings.genomes_limit_bytes)

    @property
    def agreements(self) -> Path:
        """The file of hosts that the person has agreed to."""
        return self._config.parent / "network.json"

    def policy(self) -> NetworkPolicy:
        """As it is now."""
        return read_policy(self.agreements, network_allowed(self._config))

    def entry(self, name: str) -> GenomeEntry:
        """The genome of that name, or of that family, in any case.

        Raises:
            SettingsError: there is none.
        """
        for entry in self.entries.values():
            if name.lower() in (entry.name.lower(), entry.family.lower()):
                return entry
        known = ", ".join(self.entries)
        raise SettingsError(f"{name!r} is none of the genomes that can be read: {known}.")

    def open(self, name: str) -> RemoteGenome:
        """Nothing is requested before the first base is.

        Raises:
            SettingsError: there is none of that name.
            GenoviewError: its chromosome sizes cannot be read, or the cache cannot be written.
        """
        return RemoteGenome.connect(self.entry(name), self.cache, self.policy)

    def is_agreed(self, name: str) -> bool:
        """Whether at least one host of the genome may be read."""
        policy = self.policy()
        return policy.allowed and not policy.hosts.isdisjoint(self.entry(name).file.hosts)

    def agree(self, name: str) -> None:
        """Write down that the person agrees to the hosts of a genome.

        Raises:
            SettingsError: there is none of that name, or it cannot be written.
        """
        agree(self.agreements, self.entry(name).file.hosts)

    def withdraw(self, name: str) -> None:
        """Write down that the person no longer agrees to the hosts of a genome.

        Raises:
            SettingsError: there is none of that name, or it cannot be written.
        """
        withdraw(self.agreements, self.entry(name).file.hosts)
