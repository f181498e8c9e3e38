"""The library of saved loci: save, find, edit, delete with undo, export and import."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import duckdb

from genoview.errors import StoreError
from genoview.store.database import Database, Warn, to_stored, utc_now
from genoview.store.exchange import export_text, parse_export
from genoview.store.history import words_condition
from genoview.store.loci_rows import ImportReport, merge, select, write
from genoview.store.private import private_file
from genoview.store.saved_locus import SavedLocus, clean_tags

T = TypeVar("T")


class SavedLoci:
    """Every method raises StoreError only.

    After each change all loci are also written to a JSON file next to the database, the same
    as an export, from which they are restored should the database be damaged.
    """

    def __init__(self, database: Database, mirror: Path) -> None:
        self._database = database
        self._mirror = mirror

    def save(self, locus: SavedLocus) -> SavedLocus:
        """Add or replace; returned as kept: its short id is new where another locus has it."""
        return self._change(lambda connection: write(connection, locus))

    def entries(self, search: str = "", limit: int = 1_000) -> list[SavedLocus]:
        """Loci with each word of `search` in name, note, tags, query or gene; newest first."""
        condition, words = words_condition("name, note, tags, text, assembly, gene", search)
        return self._database.run(
            lambda connection: select(
                connection, f"deleted IS NULL AND {condition}", words, f"LIMIT {int(limit)}"
            )
        )

    def by_id(self, locus_id: str) -> SavedLocus | None:
        """None where it is unknown or deleted."""
        return self._first("id = ?", locus_id)

    def by_short_id(self, short_id: str) -> SavedLocus | None:
        """What a short link means; None where it is unknown or deleted."""
        return self._first("short_id = ?", short_id)

    def edit(
        self,
        locus_id: str,
        *,
        name: str | None = None,
        note: str | None = None,
        tags: Sequence[str] | None = None,
    ) -> SavedLocus:
        """Change what is given, leave the rest."""

        def change(connection: duckdb.DuckDBPyConnection) -> SavedLocus:
            locus = _existing(connection, locus_id)
            changed = replace(
                locus,
                name=locus.name if name is None else name.strip(),
                note=locus.note if note is None else note,
                tags=locus.tags if tags is None else clean_tags(tags),
                updated=utc_now(),
            )
            return write(connection, changed)

        return self._change(change)

    def delete(self, locus_id: str) -> None:
        """Hide a locus and its short link; `restore` brings it back until `purge`."""

        def hide(connection: duckdb.DuckDBPyConnection) -> None:
            _existing(connection, locus_id)
            connection.execute(
                "UPDATE saved_loci SET deleted = ? WHERE id = ?", [to_stored(utc_now()), locus_id]
            )

        self._change(hide)

    def restore(self, locus_id: str) -> SavedLocus:
        """Undo `delete`."""

        def show(connection: duckdb.DuckDBPyConnection) -> SavedLocus:
            connection.execute("UPDATE saved_loci SET deleted = NULL WHERE id = ?", [locus_id])
            return _existing(connection, locus_id)

        return self._change(show)

    def purge(self) -> int:
        """Remove deleted loci for good; returns how many."""

        def remove(connection: duckdb.DuckDBPyConnection) -> int:
            removed = connection.execute(
                "DELETE FROM saved_loci WHERE deleted IS NOT NULL RETURNING id"
            )
            return len(removed.fetchall())

        return self._change(remove)

    def export_json(self) -> str:
        """Every saved locus as JSON text."""
        return self._database.run(lambda connection: _export(connection))

    def import_json(self, text: str) -> ImportReport:
        """Take in an export, all or nothing. Of two states of a locus the later one stays.

        Raises:
            StoreError: an entry is wrong; names it.
        """
        loci = parse_export(text)
        return self._change(lambda connection: merge(connection, loci))

    def _first(self, condition: str, value: str) -> SavedLocus | None:
        rows = self._database.run(
            lambda connection: select(connection, f"deleted IS NULL AND {condition}", [value])
        )
        return rows[0] if rows else None

    def _change(self, work: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        def change_and_mirror(connection: duckdb.DuckDBPyConnection) -> T:
            result = work(connection)
            temporary = self._mirror.with_name(f"{self._mirror.name}.{secrets.token_hex(8)}.tmp")
            try:
                temporary.write_text(_export(connection), encoding="utf-8")
                private_file(temporary).replace(self._mirror)
            finally:
                temporary.unlink(missing_ok=True)
            return result

        return self._database.run(change_and_mirror)


def restore_saved(connection: duckdb.DuckDBPyConnection, mirror: Path, warn: Warn) -> None:
    """Fill a new library from the JSON file that the one before it left."""
    if not mirror.exists():
        return
    try:
        report = merge(connection, parse_export(mirror.read_text(encoding="utf-8")))
    except (StoreError, ValueError) as error:
        unread = mirror.with_name(f"{mirror.name}.unread")
        mirror.replace(unread)  # or the next save would write over it
        warn(f"Saved loci could not be restored. Their copy was moved to {unread.name}: {error}")
        return
    warn(
        f"Saved loci restored from {mirror.name}: {report.added}. The history of queries starts "
        "empty."
    )


def _export(connection: duckdb.DuckDBPyConnection) -> str:
    return export_text(select(connection, "deleted IS NULL", []))


def _existing(connection: duckdb.DuckDBPyConnection, locus_id: str) -> SavedLocus:
    rows = select(connection, "deleted IS NULL AND id = ?", [locus_id])
    if not rows:
        raise StoreError("That saved locus is gone: it was deleted in another window.")
    return rows[0]
