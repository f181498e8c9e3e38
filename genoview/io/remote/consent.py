"""Which hosts may be read from: nothing is requested before the person agrees."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from genoview.errors import NetworkError, SettingsError
from genoview.io.remote.private_files import write_private

LEARNS = "which stretch of which chromosome is read, of 262,144 bp or more, and this address"
"""What a host with a genome learns; never an allele, a variant's name or a file."""


class ConsentNeeded(NetworkError):
    """Nobody has agreed yet; `hosts` are those to ask for."""

    def __init__(self, hosts: tuple[str, ...], learns: str = LEARNS) -> None:
        super().__init__(
            f"Nothing has been requested from {' or '.join(hosts)} yet, who would learn {learns}: "
            "agree to it first."
        )
        self.hosts = hosts


def host_of(url: str) -> str:
    """`igv.org` of `https://igv.org/genomes/data/hg38/hg38.2bit`, with a port that is written."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class NetworkPolicy:
    """What the installation and the person allow.

    Attributes:
        allowed: False where the settings have `network = false`; then nothing is requested.
        hosts: those the person has agreed to.
    """

    allowed: bool = True
    hosts: frozenset[str] = frozenset()

    def of_purpose(self, purpose: str) -> Self:
        """With the hosts alone that were agreed to for something else than genomes."""
        before = f"{purpose}@"
        hosts = (host.removeprefix(before) for host in self.hosts if host.startswith(before))
        return replace(self, hosts=frozenset(hosts))

    def permitted(self, urls: Iterable[str], learns: str = LEARNS) -> tuple[str, ...]:
        """The addresses that may be read, in their order; at least one.

        Args:
            learns: what a host would learn, for the question.

        Raises:
            NetworkError: the network is switched off.
            ConsentNeeded: there are hosts, but none was agreed to.
        """
        urls = tuple(urls)
        hosts = tuple(dict.fromkeys(map(host_of, urls)))
        if not self.allowed:
            raise NetworkError(
                f"{' and '.join(hosts)} cannot be read: the settings have network = false."
            )
        permitted = tuple(url for url in urls if host_of(url) in self.hosts)
        if not permitted:
            raise ConsentNeeded(hosts, learns)
        return permitted


def read_policy(agreed: Path, allowed: bool) -> NetworkPolicy:
    """The policy by the file of agreements; none where it is absent or damaged."""
    try:
        hosts = json.loads(agreed.read_text(encoding="utf-8"))["hosts"]
        return NetworkPolicy(allowed, frozenset(map(str, hosts)))
    except (OSError, ValueError, KeyError, TypeError):
        return NetworkPolicy(allowed)


def agree(agreed: Path, hosts: Iterable[str]) -> None:
    """Write down that the person agrees to these hosts too.

    Raises:
        SettingsError: it cannot be written.
    """
    _write(agreed, read_policy(agreed, True).hosts | set(hosts))


def withdraw(agreed: Path, hosts: Iterable[str]) -> None:
    """Write down that the person no longer agrees to these hosts.

    Raises:
        SettingsError: it cannot be written.
    """
    _write(agreed, read_policy(agreed, True).hosts - set(hosts))


def _write(agreed: Path, hosts: frozenset[str]) -> None:
    try:
        write_private(agreed, json.dumps({"hosts": sorted(hosts)}))
    except OSError as error:
        raise SettingsError(f"{agreed} cannot be written: {error.strerror or error}.") from error


def network_allowed(config: Path) -> bool:
    """Unless the settings file has `network = false`, or cannot be read: who knows what it says."""
    try:
        return tomllib.loads(config.read_text(encoding="utf-8")).get("network", True) is True
    except FileNotFoundError:
        return True
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
