"""Effects of every substitution of a base, stored base by base, by the content it depends on."""

from collections.abc import Mapping, Sequence

import duckdb

from genoview.store.database import Database, to_stored, utc_now

MOST_BASES = 1_000_000  # kept, about 100 MB; beyond it those put first go

Effects = tuple[float, float, float, float]
"""Of A, C, G and T in place of the base; NaN where there is nothing to say."""


class Substitutions:
    """Effects by the digest of what they depend on. Every method raises StoreError only."""

    def __init__(self, database: Database, most_bases: int = MOST_BASES) -> None:
        self._database = database
        self._most_bases = most_bases

    def get(self, digests: Sequence[str]) -> dict[str, Effects]:
        """Those that are kept."""
        if not digests:
            return {}
        rows = self._database.run(
            lambda connection: connection.execute(
                "SELECT digest, a, c, g, t FROM substitutions "
                "WHERE digest IN (SELECT unnest(?::VARCHAR[]))",
                [list(digests)],
            ).fetchall()
        )
        return {str(digest): (a, c, g, t) for digest, a, c, g, t in rows}

    def put(self, effects: Mapping[str, Effects]) -> None:
        """Keep them; of a digest that is kept already, the new ones."""
        if not effects:
            return
        columns = [list(column) for column in zip(*effects.values(), strict=True)]
        moment = to_stored(utc_now())

        def enter(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute(_UPSERT, [list(effects), *columns, moment])
            connection.execute(_EVICT, [self._most_bases])

        self._database.run(enter)

    def count(self) -> int:
        """How many bases are kept."""
        row = self._database.run(
            lambda connection: connection.execute("SELECT count(*) FROM substitutions").fetchone()
        )
        return int(row[0]) if row else 0

    def clear(self) -> None:
        """Forget all."""
        self._database.run(lambda connection: connection.execute("DELETE FROM substitutions"))


_UPSERT = """
INSERT INTO substitutions
SELECT unnest(?::VARCHAR[]), unnest(?::FLOAT[]), unnest(?::FLOAT[]), unnest(?::FLOAT[]),
       unnest(?::FLOAT[]), ?
ON CONFLICT (digest) DO UPDATE SET
    a = excluded.a, c = excluded.c, g = excluded.g, t = excluded.t, made = excluded.made
"""
_EVICT = """
DELETE FROM substitutions WHERE digest IN (
    SELECT digest FROM substitutions ORDER BY made DESC, digest OFFSET ?
)
"""
