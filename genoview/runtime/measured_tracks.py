"""The measured tracks of an installation: what is offered, what may be read, what is open."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from genoview.data.genome import Variant
from genoview.errors import GenoviewError
from genoview.io.assembly import Assembly
from genoview.io.big.bigbed import BigBed
from genoview.io.formats import LocalFile, LocalFileError
from genoview.io.formats.catalogue import BUILT_IN
from genoview.io.formats.contents import Contents
from genoview.io.measured.address import refuse_private, track_at
from genoview.io.measured.catalogue import TrackEntry, read_tracks
from genoview.io.measured.lookup import Overlaps, find_entries
from genoview.io.measured.track import Connection, open_track
from genoview.io.measured.waiting import Readings, patient, unread
from genoview.io.remote.consent import agree
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import Settings

Key = tuple[str, str, str]


class MeasuredTracks:
    """Thread safe; files are open once for all readers."""

    def __init__(self, settings: Settings, genomes: RemoteGenomes) -> None:
        """Raises: TrackError: the catalogue is damaged."""
        self.entries = read_tracks(mirror=settings.tracks_mirror)
        self._reads_private = settings.allow_paths or bool(settings.tracks_mirror)
        self._genomes = genomes
        self._connection = Connection(genomes.cache, genomes.policy)
        self._lock = threading.Lock()
        self._readings: dict[Key, Readings] = {}
        self._open: dict[Key, LocalFile] = {}
        self._shown: dict[Key, tuple[object, LocalFile]] = {}

    def of_family(self, family: str) -> tuple[TrackEntry, ...]:
        """The shelf of a build."""
        return tuple(entry for entry in self.entries if entry.family == family)

    def chosen(
        self, family: str, ids: Iterable[str], urls: Iterable[str]
    ) -> tuple[TrackEntry, ...]:
        """Those of the shelf by their ids, where this build has them, then those by address."""
        wanted = set(ids)
        of_shelf = [entry for entry in self.of_family(family) if entry.track_id in wanted]
        return (*of_shelf, *(track_at(url) for url in urls))

    @property
    def is_allowed(self) -> bool:
        """Unless the settings have `network = false`."""
        return self._genomes.policy().allowed

    def is_agreed(self, entry: TrackEntry) -> bool:
        """Whether at least one of its hosts may be read."""
        policy = self._genomes.policy()
        return policy.allowed and not policy.hosts.isdisjoint(entry.hosts)

    def agree(self, entries: Iterable[TrackEntry]) -> None:
        """Write down that the person agrees to the hosts of these tracks.

        Raises:
            SettingsError: it cannot be written.
        """
        agree(self._genomes.agreements, {host for entry in entries for host in entry.hosts})

    def file(self, entry: TrackEntry, assembly: Assembly) -> LocalFile:
        """The track as a file; until it is open, or where it cannot be, one that says why.

        Another object whenever more of it has come than when a page drew it.
        """
        key, readings = self._key(entry, assembly), self._readings_of(entry, assembly)
        try:
            opened = patient(self.opened(entry, assembly), readings)
            state: object = (True, readings.n_late)
        except LocalFileError as error:
            opened, state = _unread(entry, assembly, str(error)), str(error)
        with self._lock:
            known = self._shown.get(key)
            if known is None or known[0] != state:
                self._shown[key] = known = (state, opened)
            return known[1]

    def opened(self, entry: TrackEntry, assembly: Assembly) -> LocalFile:
        """Opened once.

        Raises:
            LocalFileError: it cannot be had, or not as fast as this thread waits.
        """
        key = self._key(entry, assembly)
        with self._lock:
            if key in self._open:
                return self._open[key]
        if not self.is_agreed(entry):
            why = "agree to it first" if self.is_allowed else "the settings have network = false"
            raise LocalFileError(f"nothing is read from {entry.hosts[0]}: {why}")
        opened = self._readings_of(entry, assembly).call(
            "open", lambda: self._read(entry, assembly)
        )
        with self._lock:
            return self._open.setdefault(key, opened)

    def lookup(self, entry: TrackEntry, variant: Variant, assembly: Assembly) -> Overlaps:
        """What a track of the shelf has at a variant, the same alleles first.

        Raises:
            LocalFileError: it cannot be had.
        """
        source = self.opened(entry, assembly).contents.features
        if not isinstance(source, BigBed):
            raise LocalFileError(f"{entry.title} has no entries by allele.")
        return find_entries(source, entry.entries, variant, assembly.reference.fetch)

    def version(self, entry: TrackEntry, assembly: Assembly) -> str:
        """As the file's server says it where it is open, else the catalogue's."""
        opened = self._open.get(self._key(entry, assembly))
        return dict(opened.facts).get("Version", entry.version) if opened else entry.version

    def is_reading(self, entries: Iterable[TrackEntry], assembly: Assembly) -> bool:
        """Whether a page drew one of these without all of it."""
        return any(self._readings_of(entry, assembly).is_reading for entry in entries)

    def _read(self, entry: TrackEntry, assembly: Assembly) -> LocalFile:
        try:
            if not self._reads_private:
                for url in entry.file.mirrors:
                    refuse_private(url)
            lengths = assembly.reference.chromosomes
            return open_track(entry, self._connection, assembly.name, lengths)
        except LocalFileError:
            raise
        except GenoviewError as error:
            raise LocalFileError(str(error)) from error

    def _readings_of(self, entry: TrackEntry, assembly: Assembly) -> Readings:
        with self._lock:
            key = self._key(entry, assembly)
            return self._readings.setdefault(key, Readings(entry.hosts[0]))

    def _key(self, entry: TrackEntry, assembly: Assembly) -> Key:
        return entry.track_id, entry.family, assembly.name


def _unread(entry: TrackEntry, assembly: Assembly, words: str) -> LocalFile:
    contents = Contents(dict.fromkeys(assembly.reference.chromosomes), features=unread(words))
    kind = next((each for each in BUILT_IN if each.name == entry.format), BUILT_IN[1])
    kind = replace(kind, is_signal=False)
    facts = (("Version", entry.version),) if entry.version else ()
    return LocalFile(entry.title, Path(), kind, assembly.name, contents, (), facts)
