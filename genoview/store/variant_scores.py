"""Scores of single variants by the key of what they depend on; text in, text out."""

from collections.abc import Mapping, Sequence

import duckdb

from genoview.store.database import Database, to_stored, utc_now

MAX_SCORES = 2_000_000  # answers of one model to one variant, about 0.5 kB each


class Scores:
    """Every method raises StoreError only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        """What is kept of the keys."""

        def read(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
            found = connection.execute(
                "SELECT digest, answer FROM scores WHERE digest IN (SELECT unnest(?))", [list(keys)]
            )
            return dict(found.fetchall())

        return self._database.run(read)

    def put(self, texts: Mapping[str, str]) -> None:
        """Keep all or nothing; the oldest beyond MAX_SCORES are forgotten."""
        fresh = [list(texts), list(texts.values()), to_stored(utc_now())]

        def write(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute(
                "INSERT INTO scores SELECT unnest(?), unnest(?), ? ON CONFLICT DO NOTHING", fresh
            )
            row = connection.execute("SELECT count(*) FROM scores").fetchone()
            if row and row[0] > MAX_SCORES:
                connection.execute(_TRIM, [MAX_SCORES])

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


_TRIM = """
DELETE FROM scores WHERE digest IN
    (SELECT digest FROM scores ORDER BY made DESC, digest OFFSET ?)
"""
