"""assets/remote_genomes.toml -> genomes and chain files that can be read from where they lie."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from genoview.data.assets import ASSETS
from genoview.errors import GenomeError
from genoview.io.remote.ranges import RemoteFile

TABLE = ASSETS / "remote_genomes.toml"


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
        return RemoteFile(self.url.rpartition("/")[2], (self.url,), None, self.md5)


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


def read_chains(path: Path = TABLE) -> tuple[ChainEntry, ...]:
    """All chain files with an open licence.

    Raises:
        GenomeError: the table is absent or damaged.
    """
    try:
        return tuple(ChainEntry(**row) for row in _rows(path)["chain"])
    except (KeyError, TypeError) as error:
        raise GenomeError(f"{path} cannot be read ({error}); restore it.") from error


@cache
def _rows(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GenomeError(f"{path} cannot be read ({error}); restore it.") from error


def _genome(path: Path, row: Mapping[str, Any], mirror: str) -> GenomeEntry:
    mirrors = (f"{mirror.rstrip('/')}/{row['file']}",) if mirror else tuple(row["mirrors"])
    return GenomeEntry(
        row["name"],
        row["family"],
        row["description"],
        RemoteFile(row["file"], mirrors, row.get("size"), row.get("sha256", "")),
        path.parent / row["chrom_sizes"],
        row.get("left_out", {}),
    )
