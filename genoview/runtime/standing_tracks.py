"""Tracks of the settings: one that failed, or under which genoview ended, is not tried again.

A note lies in the cache while a file is read, and stays where reading did not end well. It is of
the file as it was: a file that changed is read again.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from genoview import __version__
from genoview.errors import GenoviewError
from genoview.io.formats import LocalFile, LocalFileError, open_local
from genoview.runtime.settings_file import TrackConfig
from genoview.store.private import private_file, private_folder

ENDED = "genoview ended while it was read"
LONGEST = 500  # characters of a reason


class StandingTracks:
    """Of one installation; several threads and processes may read at once."""

    def __init__(self, folder: Path) -> None:
        """Touches no file yet."""
        self._folder = folder

    def open(self, track: TrackConfig, assembly: str, chroms: Mapping[str, int]) -> LocalFile:
        """The file of a track.

        Raises:
            LocalFileError: it cannot be read, or could not be before.
        """
        note = self._note(track.path, assembly)
        try:
            private_folder(self._folder)
            with FileLock(note.with_suffix(".lock"), timeout=0, mode=0o600):
                return self._read(note, track, assembly, chroms)
        except (Timeout, OSError):  # another thread reads it now, or nothing can be noted
            return open_local(track.path, title=track.title, assembly=assembly, chroms=chroms)

    def _read(
        self,
        note: Path,
        track: TrackConfig,
        assembly: str,
        chroms: Mapping[str, int],
    ) -> LocalFile:
        if note.exists():
            why = note.read_text(encoding="utf-8", errors="replace") or ENDED
            raise LocalFileError(
                f"{track.title or track.path.name} is switched off, since it could not be read: "
                f"{why.rstrip('.')}. It is read again when its file changes."
            )
        if track.path.is_file():
            note.write_text(ENDED, encoding="utf-8")
            private_file(note)
        try:
            opened = open_local(track.path, title=track.title, assembly=assembly, chroms=chroms)
        except GenoviewError as error:
            if note.exists():
                note.write_text(str(error)[:LONGEST], encoding="utf-8")
            raise
        note.unlink(missing_ok=True)
        return opened

    def _note(self, path: Path, assembly: str) -> Path:
        """Of the file as it is now."""
        facts: tuple[int, ...] = ()
        with suppress(OSError):
            stat = path.stat()
            facts = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        text = repr((__version__, str(path), assembly, facts))
        return self._folder / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.txt"
