"""Junctions and contact maps <-> a Parquet file each, next to the values of their prediction."""

from typing import Any

import numpy as np
import pyarrow as pa

from genoview.data.contact_map import ContactMap
from genoview.data.junction_data import Junctions
from genoview.data.track_data import FloatArray
from genoview.store.header import ContactsHeader, JunctionsHeader

PLACES = ("start", "end", "strand")


def junction_table(junctions: Junctions) -> pa.Table:
    """A row a junction, a column a track behind its place."""
    columns: dict[str, Any] = {name: getattr(junctions, name) for name in PLACES}
    return pa.table(columns | _columns(junctions.values))


def contact_table(contacts: ContactMap) -> pa.Table:
    """A row a pair of bins, a column a track."""
    return pa.table(_columns(contacts.values.reshape(-1, len(contacts.tracks))))


def read_junctions(table: pa.Table, header: JunctionsHeader) -> Junctions:
    """What `junction_table` made.

    Raises:
        ValueError, LookupError, GenoviewError: it is something else.
    """
    if len(table) != header.n_junctions:
        raise ValueError(f"{len(table)} junctions; {header.n_junctions} were written")
    places = {name: table[name].to_numpy() for name in PLACES}
    values = _values(table, len(header.tracks))
    return Junctions(**places, values=values, tracks=header.tracks, interval=header.interval)


def read_contacts(table: pa.Table, header: ContactsHeader) -> ContactMap:
    """What `contact_table` made.

    Raises:
        ValueError, LookupError, GenoviewError: it is something else.
    """
    n_bins = header.interval.width // header.resolution
    values = _values(table, len(header.tracks)).reshape(n_bins, n_bins, len(header.tracks))
    return ContactMap(values, header.tracks, header.interval, header.resolution)


def _columns(values: FloatArray) -> dict[str, Any]:
    return {str(i): np.ascontiguousarray(column) for i, column in enumerate(values.T)}


def _values(table: pa.Table, n_tracks: int) -> FloatArray:
    """float32[rows, tracks]."""
    values = np.empty((len(table), n_tracks), dtype=np.float32)
    for column in range(n_tracks):
        values[:, column] = table[str(column)].to_numpy()
    return values
