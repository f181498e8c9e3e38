"""A published file: its name, its addresses and what it is recognised by."""

import hashlib
from dataclasses import dataclass

from genoview.io.remote.consent import LEARNS, host_of


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A published file, the same at all its addresses.

    Attributes:
        mirrors: addresses, in the order they are tried.
        size: bytes; None where it is not known beforehand.
        sha256: of the whole file; may be empty.
        identity: what sets it apart from other files of that name, as two builds have one.
        learns: what a host learns of who reads it.
        purpose: what is agreed to apart from genomes, such as dbSNP; "" of genomes.
    """

    name: str
    mirrors: tuple[str, ...]
    size: int | None = None
    sha256: str = ""
    identity: str = ""
    learns: str = LEARNS
    purpose: str = ""

    @property
    def key(self) -> str:
        """Of the content, whatever its address."""
        facts = f"{self.name}|{self.size}|{self.sha256}"
        facts += f"|{self.identity}" if self.identity else ""
        return f"{self.name}-{hashlib.sha256(facts.encode()).hexdigest()[:16]}"

    @property
    def agreements(self) -> tuple[str, ...]:
        """As they are written down: a host alone, or with what else it may be read for."""
        before = f"{self.purpose}@" if self.purpose else ""
        return tuple(before + host for host in self.hosts)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that would receive the request."""
        return tuple(dict.fromkeys(map(host_of, self.mirrors)))
