"""The rows that say what the cache holds, and which prediction goes when it is full.

Each function works on an open connection, inside one transaction of `Database.run`.
"""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from genoview.store.arrays import (
    BESIDE,
    TEMPORARY_SUFFIX,
    DamagedFile,
    file_bytes,
    read_key,
    remove_files,
)
from genoview.store.database import to_stored, utc_now
from genoview.store.key import PredictionKey

STALE_S = 3600.0  # age of a half-written file whose writer must have died
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Use:
    """`hits` readings of one prediction, the last at `last_used`; none where it was just put."""

    key: PredictionKey
    last_used: datetime
    hits: int


def prediction_files(folder: Path) -> Iterator[Path]:
    """The predictions in a folder, and no other file that may lie there."""
    for path in folder.glob("??/*.parquet"):
        if _DIGEST.fullmatch(path.stem) and path.parent.name == path.stem[:2]:
            yield path


def record_uses(connection: duckdb.DuckDBPyConnection, folder: Path, uses: Iterable[Use]) -> None:
    """Add to the hits; a prediction that the index has not heard of is entered."""
    for use in uses:
        n_bytes = file_bytes(folder / use.key.path)
        if n_bytes:
            _upsert(connection, use, n_bytes)


def forget(connection: duckdb.DuckDBPyConnection, digest: str) -> None:
    """Remove a row; its files are the caller's."""
    connection.execute("DELETE FROM predictions WHERE digest = ?", [digest])


def total(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Number of predictions, and their bytes."""
    row = connection.execute("SELECT count(*), coalesce(sum(bytes), 0) FROM predictions").fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def evict(
    connection: duckdb.DuckDBPyConnection, folder: Path, limit_bytes: int, newest: str
) -> None:
    """Remove the least recently used until the limit holds; `kept`, just put, goes last."""
    rows = connection.execute(
        "SELECT digest, bytes FROM predictions ORDER BY digest = ?, last_used, created", [newest]
    ).fetchall()
    excess = sum(n_bytes for _, n_bytes in rows) - limit_bytes
    for digest, n_bytes in rows:
        if excess <= 0:
            return
        forget(connection, digest)
        remove_files(folder / digest[:2] / f"{digest}.parquet")
        excess -= n_bytes


def reconcile(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make the index say what the folder holds, and sweep away what writers left half done."""
    on_disk = {path.stem: path for path in prediction_files(folder)}
    rows = connection.execute("SELECT digest FROM predictions").fetchall()
    known = {str(digest) for (digest,) in rows}
    for digest in known - on_disk.keys():
        forget(connection, digest)
    for digest in on_disk.keys() - known:
        try:
            use = Use(read_key(on_disk[digest]), utc_now(), 0)
        except DamagedFile:
            remove_files(on_disk[digest])
        else:
            _upsert(connection, use, file_bytes(on_disk[digest]))
    _sweep(folder)


def _sweep(folder: Path) -> None:
    """Remove half-written files, and sites and such whose values never came, of dead writers."""
    parts = (path for suffix in BESIDE for path in folder.glob(f"??/*{suffix}"))
    lonely = (path for path in parts if not path.with_suffix(".parquet").exists())
    for path in [*folder.glob(f"??/*{TEMPORARY_SUFFIX}"), *lonely]:
        if not _DIGEST.fullmatch(path.name.partition(".")[0]):
            continue
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > STALE_S:
                path.unlink()


def _upsert(connection: duckdb.DuckDBPyConnection, use: Use, n_bytes: int) -> None:
    moment = to_stored(use.last_used)
    connection.execute(
        """
        INSERT INTO predictions VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (digest) DO UPDATE SET
            bytes = excluded.bytes,
            last_used = greatest(last_used, excluded.last_used),
            hits = hits + excluded.hits
        """,
        [use.key.digest, use.key.backend, use.key.version, n_bytes, moment, moment, use.hits],
    )
