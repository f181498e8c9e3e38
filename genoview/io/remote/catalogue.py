"""assets/remote_genomes.toml -> genomes and chain files that can be read from where they lie."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from genoview.data.assets import ASSETS
from genoview.errors import GenomeError
from genoview.io.remote.remote_file import RemoteFile

TABLE = ASSETS / "remote_genomes.toml"
DBSNP = "dbSNP"
DBSNP_RELEASE = "155"
DBSNP_LEARNS = (
    "some thousands of neighbouring numbers of which it is one, the stretch of the chromosome "
    "around it, and this address; never the number itself"
)
CHAIN_LEARNS = "that a table between two builds is read, and this address"


@dataclass(frozen=True, slots=True)
class GenomeEntry:
    """A genome that is read as needed.

    Attributes:
        family: what links and other builds' names go by.
        chrom_sizes: lengths in bp; only these chromosomes can be read.
        left_out: a sentence for each chromosome of the file that must not be read.
    """

    name: str
    family: str
    description: str
    file: RemoteFile
    chrom_sizes: Path
    left_out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """How one build maps onto another.

    Attributes:
        md5: of the file as it is published; may be empty.
    """

    source: str
    target: str
    url: str
    md5: str
    provider: str

    @property
    def file(self) -> RemoteFile:
        """Of unknown length."""
        name = self.url.rpartition("/")[2]
        return RemoteFile(name, (self.url,), None, self.md5, learns=CHAIN_LEARNS)


def read_entries(path: Path = TABLE, mirror: str = "") -> dict[str, GenomeEntry]:
    """By name.

    Args:
        mirror: an address of a folder that has all files, in place of the published addresses.

    Raises:
        GenomeError: the table is absent or damaged.
    """
    try:
        return {row["name"]: _genome(path, row, mirror) for row in _rows(path)["genome"]}
    except (KeyError, TypeError) as error:
        raise GenomeError(f"{path} cannot be read ({error}); restore it.") from error


def read_chains(path: Path = TABLE, mirror: str = "") -> tuple[ChainEntry, ...]:
    """All chain files with an open licence.

    Args:
        mirror: as of `read_entries`.

    Raises:
        GenomeError: the table is absent or damaged.
    """
    try:
        return tuple(
            ChainEntry(
                **row | {"url": _addresses(row["url"].rpartition("/")[2], mirror, row["url"])[0]}
            )
            for row in _rows(path)["chain"]
        )
    except (KeyError, TypeError) as error:
        raise GenomeError(f"{path} cannot be read ({error}); restore it.") from error


def read_dbsnp(path: Path = TABLE, mirror: str = "") -> dict[str, RemoteFile]:
    """dbSNP's table of each family that has one.

    Args:
        mirror: as of `read_entries`.

    Raises:
        GenomeError: the table is absent or damaged.
    """
    try:
        return {
            row["family"]: RemoteFile(
                row["file"],
                _addresses(row["file"], mirror, *row["mirrors"]),
                learns=DBSNP_LEARNS,
                purpose=DBSNP,
            )
            for row in _rows(path)["dbsnp"]
        }
    except (KeyError, TypeError) as error:
        raise GenomeError(f"{path} cannot be read ({error}); restore it.") from error


@cache
def _rows(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GenomeError(f"{path} cannot be read ({error}); restore it.") from error


def _addresses(file: str, mirror: str, *published: str) -> tuple[str, ...]:
    return (f"{mirror.rstrip('/')}/{file}",) if mirror else published


def _genome(path: Path, row: Mapping[str, Any], mirror: str) -> GenomeEntry:
    mirrors = _addresses(row["file"], mirror, *row["mirrors"])
    return GenomeEntry(
        row["name"],
        row["family"],
        row["description"],
        RemoteFile(row["file"], mirrors, row.get("size"), row.get("sha256", "")),
        path.parent / row["chrom_sizes"],
        row.get("left_out", {}),
    )
