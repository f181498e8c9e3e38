"""One DuckDB engine of this process; a file is attached to it only while work is done.

An engine of its own for each opening of a file costs 20 ms of the processor, attaching it 1 ms.
An attached file keeps every other process out; threads of this process wait for each other.
"""

import atexit
import itertools
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from genoview.store.private import alone

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "storage_compatibility_version": "v1.5.0",
}
_lock = threading.Lock()
_engines: dict[int, duckdb.DuckDBPyConnection] = {}  # by process: a forked one makes its own
_at_work: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_numbers = itertools.count()


@contextmanager
def attached(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose tables are those of the file; what is not committed is dropped.

    Raises:
        duckdb.Error: another process has the file, it is damaged, or cannot be opened.
        OSError: the lock beside it cannot be made.
    """
    name, text = f"file_{next(_numbers)}", str(path).replace("'", "''")
    with by_itself(path):
        connection = _engine().cursor()
        try:
            connection.execute(f"ATTACH '{text}' AS {name}")
            try:
                connection.execute(f"USE {name}")
                yield connection
            finally:
                _detach(connection, name)
        except (duckdb.FatalException, duckdb.InternalException):
            close()  # it takes no work any more
            raise
        finally:
            connection.close()


@contextmanager
def by_itself(path: Path) -> Iterator[None]:
    """Neither a thread nor another process has the file meanwhile.

    Raises:
        duckdb.IOException: another process has it. OSError: the lock beside it cannot be made.
    """
    with _lock:
        at_work = _at_work[os.path.realpath(path)]
    with at_work, alone(path):
        yield


def close() -> None:
    """Let go of the engine; the next work makes another."""
    with _lock:
        engine = _engines.pop(os.getpid(), None)
    if engine is not None:
        engine.close()


def _engine() -> duckdb.DuckDBPyConnection:
    with _lock:
        process = os.getpid()
        if process not in _engines:
            _engines[process] = duckdb.connect(":memory:", config=CONFIG)
        return _engines[process]


def _detach(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Give the file back, whatever became of the work; else the engine goes, and the file too."""
    with suppress(duckdb.Error):
        connection.rollback()
    try:
        connection.execute("USE memory")
        connection.execute(f"DETACH {name}")
    except duckdb.Error:
        close()


atexit.register(close)
