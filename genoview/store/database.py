"""A DuckDB file that several processes share: short opens, retries, migrations, repair.

An open DuckDB file locks every other process out, so it is open only while work is done.
"""

import errno
import random
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TypeVar

import duckdb

from genoview.errors import StoreError
from genoview.store.files.engine import attached, by_itself
from genoview.store.private import private_file, private_folder

WAIT_S = 20.0  # how long to wait for another process: saves of a busy server take their turn
NOTED_S = 2.0  # a longer wait is said
PAUSE_S = (0.005, 0.05)  # between tries, drawn at random so that waiting processes part
DAMAGE_SIGHTINGS = 3  # a file that another process creates just now looks damaged for a moment

T = TypeVar("T")
Migration = Callable[[duckdb.DuckDBPyConnection], None]
Warn = Callable[[str], None]


class _Fault(Enum):
    BUSY = "busy"
    DAMAGED = "damaged"
    NEWER = "newer"
    FULL = "full"
    OTHER = "other"


class Database:
    """One DuckDB file; a damaged one is moved aside and replaced, with a warning."""

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Migration],
        warn: Warn,
        seed: Migration | None = None,
    ) -> None:
        """Touches no file yet.

        Args:
            warn: called with a sentence when the file was damaged.
            seed: fills a file that was just created with what is known from elsewhere.
        """
        self.path = path
        self._migrations = migrations
        self._warn = warn
        self._seed = seed
        self._lock = threading.Lock()

    def run(self, work: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        """Do `work` in one transaction. It may be done again when another process interferes.

        Raises:
            StoreError: the file stayed locked, cannot be opened or written.
        """
        with self._lock:
            began, waited_s, damage_seen = time.monotonic(), 0.0, 0
            while True:
                inode = self._inode()
                try:
                    result = self._attempt(work)
                    self._note_wait(waited_s)
                    return result
                except OSError as error:
                    raise self._unusable(error) from error
                except duckdb.Error as error:
                    fault = self._fault_here(error)
                    damage_seen += fault is _Fault.DAMAGED
                    late = time.monotonic() - began > WAIT_S
                    if damage_seen >= DAMAGE_SIGHTINGS and inode == self._inode():
                        self._move_aside(inode, error)
                        damage_seen = 0
                    elif late or fault not in (_Fault.BUSY, _Fault.DAMAGED):
                        raise self._unusable(error) from error
                time.sleep(random.uniform(*PAUSE_S))
                waited_s = time.monotonic() - began if fault is _Fault.BUSY else waited_s

    def _note_wait(self, waited_s: float) -> None:
        if waited_s > NOTED_S:
            self._warn(
                f"{self.path.name} was in use by another process for {waited_s:.0f} s; then it "
                "was read or written as usual."
            )

    def _fault_here(self, error: duckdb.Error) -> _Fault:
        """A full disk makes files look damaged or locked: whether it is full is tried out."""
        fault = _fault(error)
        is_doubtful = fault in (_Fault.DAMAGED, _Fault.OTHER)
        return _Fault.FULL if is_doubtful and is_full(self.path.parent) else fault

    def _attempt(self, work: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        private_folder(self.path.parent)
        with attached(self.path) as connection:
            private_file(self.path)
            connection.begin()
            self._migrate(connection)
            result = work(connection)
            connection.commit()
            return result

    def _migrate(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
        row = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
        version = int(row[0]) if row else 0
        if version > len(self._migrations):
            raise StoreError(
                f"{self.path} was written by a newer genoview (schema {version}; this one knows "
                f"{len(self._migrations)}). Update genoview, or choose another cache folder."
            )
        for number, migration in enumerate(self._migrations[version:], start=version + 1):
            migration(connection)
            connection.execute("INSERT INTO schema_version VALUES (?)", [number])
        if version == 0 and self._seed is not None:
            self._seed(connection)

    def _inode(self) -> int | None:
        try:
            return self.path.stat().st_ino
        except OSError:
            return None

    def _move_aside(self, inode: int | None, error: duckdb.Error) -> None:
        """Keep the damaged file, and its log of unfinished writes, for a rescue by hand.

        Nothing where another process has it, or has replaced it: the next try says more.
        """
        try:
            with suppress(duckdb.IOException), by_itself(self.path):
                if inode == self._inode():
                    self._rename()
        except OSError as failure:
            raise self._unusable(failure) from error

    def _rename(self) -> None:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.broken-{number}")).exists():
            number += 1
        self.path.rename(aside)
        log = self.path.with_name(f"{self.path.name}.wal")
        if log.exists():
            log.rename(self.path.with_name(f"{aside.name}.wal"))
        words = f"It was moved to {aside.name} and replaced by a new one."
        self._warn(f"{self.path.name} was damaged. {words}")

    def _unusable(self, error: Exception) -> StoreError:
        if isinstance(error, duckdb.Error) and _fault(error) is _Fault.BUSY:
            return StoreError(
                f"{self.path} stayed locked by another process for {WAIT_S:g} s. "
                "Close the other program that has it open, and try again."
            )
        if isinstance(error, duckdb.Error) and _fault(error) is _Fault.NEWER:
            return StoreError(
                f"{self.path} was written by a newer DuckDB than {duckdb.__version__}. "
                "Update genoview, or choose another cache folder."
            )
        if is_no_space(error) or (
            isinstance(error, duckdb.Error) and self._fault_here(error) is _Fault.FULL
        ):
            return StoreError(
                f"The disk of {self.path.parent} is full: {self.path.name} could not be written, "
                "and what it had is kept. Free some space, or choose another cache folder."
            )
        reason = (str(error) or type(error).__name__).splitlines()[0]
        return StoreError(
            f"{self.path} cannot be opened or written: {reason}. Check that its folder can be "
            "written and has free space, or choose another cache folder."
        )


_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL = ("No space left", "File too large", "quota exceeded", "not enough space")
_PROBE = bytes(1 << 18)  # a block of DuckDB


def is_no_space(error: BaseException) -> bool:
    """Whether the disk, a quota or a limit leaves no room."""
    return isinstance(error, OSError) and error.errno in _NO_SPACE


def is_full(folder: Path) -> bool:
    """Whether a block more cannot be written there."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(_PROBE)
            file.flush()
    except OSError as error:
        return is_no_space(error)
    return False


def _fault(error: duckdb.Error) -> _Fault:
    """DuckDB distinguishes most of these by their messages only."""
    words = str(error)
    if any(phrase in words for phrase in _FULL):
        return _Fault.FULL
    # two connections of this process meet in one of these, two processes at the file's lock
    meetings = (
        duckdb.TransactionException,
        duckdb.ResourceInUseException,
        duckdb.ConstraintException,
    )
    if isinstance(error, meetings) or "Could not set lock" in words:
        return _Fault.BUSY
    if "Trying to read a database file with version number" in words:
        return _Fault.NEWER
    damaged = ("not a valid DuckDB", "Corrupt", "Could not read enough bytes", "replaying WAL")
    classes = (duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
    if isinstance(error, classes) or any(phrase in words for phrase in damaged):
        return _Fault.DAMAGED
    return _Fault.OTHER


def utc_now() -> datetime:
    """This moment, with its zone."""
    return datetime.now(UTC)


def to_stored(moment: datetime) -> datetime:
    """UTC without a zone, as a TIMESTAMP column holds it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def from_stored(moment: datetime) -> datetime:
    """The moment that a TIMESTAMP column holds, with its zone."""
    return moment.replace(tzinfo=UTC)
