"""Tracks of the settings: one that failed, or under which genoview ended, is not tried again.

A note lies in the cache while a file is read, and stays where reading did not end well. It is of
the file as it was: a file that changed is read again.
"""

import fcntl
import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from genoview import __version__
from genoview.errors import GenoviewError
from genoview.io.formats import LocalFile, LocalFileError, open_tracks
from genoview.io.remote.private_files import open_private
from genoview.runtime.settings_file import TrackConfig
from genoview.store.private import private_file, private_folder

ENDED = "genoview ended while it was read"
LONGEST = 500  # characters of a reason


class StandingTracks:
    """Of one installation; several threads and processes may read at once."""

    def __init__(self, folder: Path) -> None:
        """Touches no file yet."""
        self._folder = folder

    def open(
        self, track: TrackConfig, assembly: str, chroms: Mapping[str, int]
    ) -> tuple[LocalFile, ...]:
        """The files of a track: one, or each track of a file that has several.

        Raises:
            LocalFileError: it cannot be read, or could not be before.
        """
        note = self._note(track.path, assembly)
        try:
            private_folder(self._folder)
            descriptor = open_private(note.with_suffix(".lock"))
        except OSError:  # nothing can be noted
            return open_tracks(track.path, title=track.title, assembly=assembly, chroms=chroms)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return self._read(note, track, assembly, chroms)
        except BlockingIOError:  # another thread or process reads it now
            return open_tracks(track.path, title=track.title, assembly=assembly, chroms=chroms)
        finally:
            os.close(descriptor)

    def _read(
        self, note: Path, track: TrackConfig, assembly: str, chroms: Mapping[str, int]
    ) -> tuple[LocalFile, ...]:
        if note.exists():
            why = note.read_bytes().decode(errors="replace") or ENDED
            raise LocalFileError(
                f"{track.title or track.path.name} is switched off, since it could not be read: "
                f"{why.rstrip('.')}. It is read again when its file changes."
            )
        if track.path.is_file():
            _write(note, ENDED)
        try:
            opened = open_tracks(track.path, title=track.title, assembly=assembly, chroms=chroms)
        except GenoviewError as error:
            if note.exists():
                _write(note, str(error)[:LONGEST])
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


def _write(note: Path, words: str) -> None:
    with suppress(OSError):  # a full disk
        note.write_text(words, encoding="utf-8")
        private_file(note)
