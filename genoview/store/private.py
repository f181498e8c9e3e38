"""Folders and files that only their owner reads, and one process at a time.

Which genes are looked at is nobody's business.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077
_NO_LOCKS = (errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK)  # of a file system without them


def private_folder(folder: Path) -> Path:
    """Made where it is absent; closed to others where it was open.

    A folder that many share by intent stays as it is: one with the sticky or the set-group bit, the
    root of a disk, a home, or somebody else's.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(FOLDER, parents=True, exist_ok=True)
    facts = folder.stat()
    shared = facts.st_mode & (stat.S_ISVTX | stat.S_ISGID) or facts.st_uid != os.geteuid()
    if facts.st_mode & OTHERS and not shared and not folder.is_mount() and folder != Path.home():
        with suppress(OSError):
            folder.chmod(FOLDER)
    return folder


def private_file(path: Path) -> Path:
    """Closed to others where it was open; nothing of one that is absent or somebody else's."""
    with suppress(OSError):
        if path.stat().st_mode & OTHERS:
            path.chmod(FILE)
    return path


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """No other process has a DuckDB file, from before it is opened until it is closed.

    DuckDB 2.0 reads a file's header before it locks it, and does not read it again: what another
    process wrote in between would be lost.

    Raises:
        duckdb.IOException: another has it. OSError: the lock beside it cannot be made.
    """
    beside = path.with_name(f"{path.name}.lock")
    with beside.open("ab") as file:
        private_file(beside)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise duckdb.IOException("Could not set lock: another process has it.") from error
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        try:
            yield
        finally:  # closing is not enough: a forked process has the descriptor too
            with suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_UN)
