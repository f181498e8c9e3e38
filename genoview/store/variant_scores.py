"""Scores of single variants by the key of what they depend on; text in, text out."""

from collections.abc import Mapping, Sequence

import duckdb

from genoview.store.database import Database, to_stored, utc_now

MAX_SCORES = 2_000_000  # answers of one model to one variant, about 0.5 kB each
FEW = 8  # keys that a page looks up at each of its runs
KEEP_LOOKUPS = 64


class Scores:
    """Every method raises StoreError only.

    To open the database takes long for a page that looks the same few keys up again and again:
    what these gave is remembered until the file changes.
    """

    def __init__(self, database: Database, most: int = MAX_SCORES) -> None:
        self._database = database
        self._most = most
        self._seen: tuple[int, ...] | None = None  # the file when the lookups were made
        self._lookups: dict[tuple[str, ...], dict[str, str]] = {}

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        """What is kept of the keys."""
        wanted, file = tuple(keys), self._file()
        if file != self._seen:
            self._seen, self._lookups = file, {}
        lookups = self._lookups  # another thread may replace it
        if file is not None and wanted in lookups:
            return dict(lookups[wanted])

        def read(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
            rows = connection.execute(
                "SELECT digest, answer FROM scores WHERE digest IN (SELECT unnest(?))", [list(keys)]
            )
            return dict(rows.fetchall())

        rows = self._database.run(read)
        if len(wanted) <= FEW:
            if len(lookups) >= KEEP_LOOKUPS:
                lookups.clear()
            lookups[wanted] = dict(rows)
        return rows

    def put(self, texts: Mapping[str, str]) -> None:
        """Keep all or nothing, the new ones of two; the oldest beyond the limit are forgotten."""
        fresh = [list(texts), list(texts.values()), to_stored(utc_now())]

        def write(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute(_UPSERT, fresh)
            row = connection.execute("SELECT count(*) FROM scores").fetchone()
            if row and row[0] > self._most:
                connection.execute(_TRIM, [self._most])

        self._database.run(write)

    def count(self) -> int:
        """How many answers are kept."""
        statement = "SELECT count(*) FROM scores"
        row = self._database.run(lambda connection: connection.execute(statement).fetchone())
        return int(row[0]) if row else 0

    def clear(self) -> None:
        """Forget every answer."""

        def empty(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute("DELETE FROM scores")

        self._database.run(empty)

    def _file(self) -> tuple[int, ...] | None:
        """Changes whenever any process writes; None while there is no file."""
        try:
            stat = self._database.path.stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_size, stat.st_mtime_ns


_UPSERT = """
INSERT INTO scores SELECT unnest(?), unnest(?), ?
ON CONFLICT (digest) DO UPDATE SET answer = excluded.answer, made = excluded.made
"""
_TRIM = """
DELETE FROM scores WHERE digest IN
    (SELECT digest FROM scores ORDER BY made DESC, digest OFFSET ?)
"""
