"""The history of queries, newest first; a repeated query only counts up."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from genoview.store.database import Database, from_stored, to_stored

MAX_ENTRIES = 5_000  # the oldest beyond are forgotten
COLUMNS = "query, normalised, assembly, kind, url, seconds, used, times, gene, prediction"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One query.

    Attributes:
        query: as it was typed last.
        normalised: as it was understood.
        kind: "locus" or "variant".
        url: query string that reopens the view.
        seconds: that the answer took last.
        when: with time zone.
        times: how often it was queried; 0 where an entry alone is brought up to date.
        gene: symbol, of a variant in or near one.
        prediction: of a variant, in one sentence.
    """

    query: str
    normalised: str
    assembly: str
    kind: str
    url: str
    seconds: float
    when: datetime
    times: int = 1
    gene: str = ""
    prediction: str = ""

    @property
    def entry_id(self) -> str:
        """The same for the same question, however it was typed."""
        question = json.dumps([self.assembly, self.kind, self.normalised])
        return hashlib.sha256(question.encode()).hexdigest()[:16]


class History:
    """Every method raises StoreError only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, entry: HistoryEntry) -> None:
        """Add a query; if repeated, its count goes up and the rest becomes as in `entry`."""
        values = [
            entry.entry_id,
            entry.query,
            entry.normalised,
            entry.assembly,
            entry.kind,
            entry.url,
            entry.seconds,
            to_stored(entry.when),
            entry.times,
            entry.gene,
            entry.prediction,
        ]

        def add(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute(_UPSERT, values)
            connection.execute(_TRIM, [MAX_ENTRIES])

        self._database.run(add)

    def entries(self, limit: int = 100, search: str = "") -> list[HistoryEntry]:
        """The newest queries that hold each word of `search`, in any case."""
        condition, words = words_condition("query, normalised, assembly, kind, gene", search)
        statement = (
            f"SELECT {COLUMNS} FROM history WHERE {condition} ORDER BY used DESC, entry_id LIMIT ?"
        )
        rows = self._database.run(
            lambda connection: connection.execute(statement, [*words, limit]).fetchall()
        )
        return [_from_row(row) for row in rows]

    def delete(self, entry_id: str) -> None:
        """Forget one query; a missing one is not an error."""

        def remove(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute("DELETE FROM history WHERE entry_id = ?", [entry_id])

        self._database.run(remove)

    def clear(self) -> None:
        """Forget every query."""

        def remove(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute("DELETE FROM history")

        self._database.run(remove)


def words_condition(columns: str, search: str) -> tuple[str, list[str]]:
    """SQL that is true where each word of `search` stands in `columns`, and its parameters."""
    words = search.lower().split()
    test = f"contains(lower(concat_ws(' ', {columns})), ?)"
    return " AND ".join([test] * len(words)) or "true", words


def _from_row(row: tuple[Any, ...]) -> HistoryEntry:
    fields = dict(zip(COLUMNS.split(", "), row, strict=True))
    return HistoryEntry(when=from_stored(fields.pop("used")), **fields)


_UPSERT = f"""
INSERT INTO history (entry_id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (entry_id) DO UPDATE SET
    query = excluded.query,
    url = excluded.url,
    seconds = excluded.seconds,
    used = greatest(used, excluded.used),
    times = times + excluded.times,
    gene = excluded.gene,
    prediction = excluded.prediction
"""
_TRIM = """
DELETE FROM history WHERE entry_id IN
    (SELECT entry_id FROM history ORDER BY used DESC, entry_id OFFSET ?)
"""
