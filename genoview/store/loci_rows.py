"""SavedLocus <-> rows of the library, on an open connection."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import duckdb

from genoview.store.database import from_stored, to_stored
from genoview.store.exchange import parse_locus
from genoview.store.saved_locus import SavedLocus, new_short_id

COLUMNS = (
    "id, short_id, name, note, tags, assembly, text, url, summary, models, created, updated, "
    "gene, prediction"
)
JSON_COLUMNS = ("tags", "summary", "models")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many loci of an import were new, replaced an older state, or were here already."""

    added: int
    updated: int
    unchanged: int


def select(
    connection: duckdb.DuckDBPyConnection, condition: str, values: Sequence[str], tail: str = ""
) -> list[SavedLocus]:
    """Loci that fulfil an SQL condition, the one changed last first."""
    cursor = connection.execute(
        f"SELECT {COLUMNS} FROM saved_loci WHERE {condition} ORDER BY updated DESC, id {tail}",
        list(values),
    )
    names = COLUMNS.split(", ")
    return [_from_row(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def write(connection: duckdb.DuckDBPyConnection, locus: SavedLocus) -> SavedLocus:
    """Add or replace, deleted or not; a locus that is here keeps its short id."""
    row = connection.execute("SELECT short_id FROM saved_loci WHERE id = ?", [locus.id]).fetchone()
    saved = replace(locus, short_id=row[0] if row else _free_short_id(connection, locus.short_id))
    connection.execute(_UPSERT, _to_row(saved))
    return saved


def merge(connection: duckdb.DuckDBPyConnection, loci: Sequence[SavedLocus]) -> ImportReport:
    """Write the loci that are new, changed later than here, or deleted here."""
    rows = connection.execute("SELECT id, updated, deleted, short_id FROM saved_loci").fetchall()
    here = {locus_id: (from_stored(updated), deleted) for locus_id, updated, deleted, _ in rows}
    short_ids = {locus_id: short_id for locus_id, _, _, short_id in rows}
    taken, written, added = set(short_ids.values()), list[SavedLocus](), 0
    for locus in loci:
        if locus.id not in here:
            added += 1
        elif here[locus.id][1] is None and locus.updated <= here[locus.id][0]:
            continue
        short_id = short_ids.get(locus.id) or _not_among(taken, locus.short_id)
        taken.add(short_id)
        written.append(replace(locus, short_id=short_id))
    _write_all(connection, written)
    return ImportReport(added, len(written) - added, len(loci) - len(written))


def _write_all(connection: duckdb.DuckDBPyConnection, loci: Sequence[SavedLocus]) -> None:
    """In one statement: one each takes 100 times as long, while others wait."""
    if loci:
        columns = zip(*map(_to_row, loci), strict=True)
        connection.execute(_UPSERT_ALL, [list(column) for column in columns])


def _not_among(taken: set[str], wanted: str) -> str:
    while wanted in taken:
        wanted = new_short_id()
    return wanted


def _free_short_id(connection: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """`wanted`, or another where a locus, maybe a deleted one, has it."""
    taken = "SELECT 1 FROM saved_loci WHERE short_id = ?"
    while connection.execute(taken, [wanted]).fetchone():
        wanted = new_short_id()
    return wanted


def _from_row(fields: dict[str, object]) -> SavedLocus:
    for name in JSON_COLUMNS:
        fields[name] = json.loads(str(fields[name]))
    for name in ("created", "updated"):
        fields[name] = f"{fields[name]}+00:00"
    return parse_locus(fields)


def _to_row(locus: SavedLocus) -> list[object]:
    fields = asdict(locus)
    for name in JSON_COLUMNS:
        fields[name] = json.dumps(fields[name], ensure_ascii=False)
    for name in ("created", "updated"):
        fields[name] = to_stored(fields[name])
    return [fields[name] for name in COLUMNS.split(", ")]


_N_COLUMNS = len(COLUMNS.split(", "))
_INSERT = f"INSERT INTO saved_loci ({COLUMNS}, deleted)"
_ON_CONFLICT = """
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    note = excluded.note,
    tags = excluded.tags,
    assembly = excluded.assembly,
    text = excluded.text,
    url = excluded.url,
    summary = excluded.summary,
    models = excluded.models,
    created = excluded.created,
    updated = excluded.updated,
    gene = excluded.gene,
    prediction = excluded.prediction,
    deleted = NULL
"""
_UPSERT = f"{_INSERT} VALUES ({'?, ' * _N_COLUMNS}NULL) {_ON_CONFLICT}"
_UPSERT_ALL = f"{_INSERT} SELECT {'unnest(?), ' * _N_COLUMNS}NULL {_ON_CONFLICT}"
