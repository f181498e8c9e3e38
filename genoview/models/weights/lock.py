"""One process at a time adds to or removes from a model's folder, command and page alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from genoview.errors import BackendError

POLL_S = 0.2  # between two looks whether the other is done


@contextmanager
def alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Wait for whoever is at the folder; a process that dies lets go.

    Args:
        waiting: called at every look; what it raises ends the wait.

    Raises:
        BackendError: the parent folder cannot be written.
    """
    lock = _lock(folder)
    try:
        while True:
            try:
                lock.acquire(timeout=POLL_S)
                break
            except Timeout:
                waiting()
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def at_once(folder: Path, title: str) -> Iterator[None]:
    """The same without waiting.

    Raises:
        BackendError: another is at it, or the place cannot be written.
    """
    lock = _lock(folder)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BackendError(
            f"{title} is being added by another process; stop that, or wait until it is done."
        ) from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _lock(folder: Path) -> FileLock:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return FileLock(folder.parent / f".{folder.name}.lock")


def _unwritable(folder: Path, error: OSError) -> BackendError:
    return BackendError(f"{folder.parent} cannot be written: {error.strerror or error}.")
