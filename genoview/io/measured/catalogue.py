"""assets/measured_tracks.toml -> tracks that can be shown beside predictions."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from genoview.data.assets import ASSETS
from genoview.errors import TrackError
from genoview.io.remote.remote_file import RemoteFile

TABLE = ASSETS / "measured_tracks.toml"
INDEX = ".tbi"


@dataclass(frozen=True, slots=True)
class TrackEntry:
    """A track of one build.

    Attributes:
        track_id: names it in links; of a track by its address, the address.
        entries: how its rows are drawn and worded; empty for those of any file.
        format: bigWig, bigBed, or that of the lines of a file with a tabix index; empty where
            the file itself must say.
        family: build; empty for that of whichever genome it is drawn on.
        dataset: of the source's own pages.
    """

    track_id: str
    title: str
    file: RemoteFile
    what: str = ""
    entries: str = ""
    format: str = ""
    family: str = ""
    version: str = ""
    licence: str = ""
    citation: str = ""
    source: str = ""
    dataset: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.file.hosts

    def index(self, ending: str = INDEX) -> RemoteFile:
        """The tabix index beside the file, at each of its addresses."""
        urls = tuple(_with_ending(url, ending) for url in self.file.mirrors)
        return RemoteFile(f"{self.file.name}{ending}", urls, identity=self.file.identity)


def read_tracks(path: Path = TABLE, mirror: str = "") -> tuple[TrackEntry, ...]:
    """All tracks of all builds, in the order of the shelf.

    Args:
        mirror: an address of a folder that has all files by their paths, in place of the
            published addresses.

    Raises:
        TrackError: the table is absent or damaged.
    """
    try:
        table = _table(path)
        hosts = [mirror.rstrip("/")] if mirror else table["ucsc"]
        return tuple(
            _entry(row, file, hosts, mirror) for row in table["track"] for file in row["file"]
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise TrackError(f"{path} cannot be read ({error}); restore it.") from error


@cache
def _table(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TrackError(f"{path} cannot be read ({error}); restore it.") from error


def _entry(
    row: Mapping[str, Any], file: Mapping[str, str], hosts: Sequence[str], mirror: str
) -> TrackEntry:
    urls = list(file.get("urls", ())) or [f"{host}/{file['path']}" for host in hosts]
    if mirror and "urls" in file:
        urls = [f"{hosts[0]}{urlsplit(url).path}" for url in urls]
    name = urls[0].rpartition("/")[2]
    remote = RemoteFile(name, tuple(urls), identity=f"{file['family']} {row['id']}")
    return TrackEntry(
        track_id=row["id"],
        title=row["title"],
        file=remote,
        what=row["what"],
        entries=row["entries"],
        format=file["format"],
        family=file["family"],
        version=file["version"],
        licence=row["licence"],
        citation=row["citation"],
        source=row["source"],
        dataset=file.get("dataset", ""),
    )


def _with_ending(url: str, ending: str) -> str:
    """`https://host/a.vcf.gz?key=1` -> `https://host/a.vcf.gz.tbi?key=1`."""
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path}{ending}").geturl()
