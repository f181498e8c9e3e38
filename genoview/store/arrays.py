"""Prediction <-> Parquet files: values, one column a track; other parts in their own files.

Float32 is kept to the bit. The first file describes itself, so that the index can be rebuilt.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from genoview.data.contact_map import ContactMap
from genoview.data.junction_data import Junctions
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray, TrackData
from genoview.errors import GenoviewError, StoreError
from genoview.store.header import ContactsHeader, Header, JunctionsHeader, parse_header
from genoview.store.junctions_contacts import (
    contact_table,
    junction_table,
    read_contacts,
    read_junctions,
)
from genoview.store.key import PredictionKey
from genoview.store.private import private_file, private_folder

ROW_GROUP_BINS = 65_536  # a stretch of a long locus is read without the rest
HEADER = b"genoview"
SITE_COLUMNS = ("start", "end", "strand", "track", "score", "p_value")
SITES, JUNCTIONS, CONTACTS = BESIDE = (".sites", ".junctions", ".contacts")
TEMPORARY_SUFFIX = ".tmp"


class DamagedFile(StoreError):
    """A file is missing, cut short or changed, or belongs to another key."""


def write_prediction(path: Path, key: PredictionKey, prediction: Prediction) -> None:
    """Write all files, each whole or not at all, values last.

    Raises:
        StoreError: the folder cannot be written.
    """
    header = _header_of(key, prediction)
    columns = [pa.array(column) for column in np.ascontiguousarray(prediction.data.values.T)]
    table = pa.Table.from_arrays(columns, names=[str(i) for i in range(len(columns))])
    try:
        private_folder(path.parent.parent)
        private_folder(path.parent)
        for suffix, rows in _tables_beside(prediction):
            _write_whole(path.with_suffix(suffix), rows, split=False)
        described = table.replace_schema_metadata({HEADER: header.to_json()})
        _write_whole(path, described, split=True)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            f"A prediction cannot be stored in {path.parent.parent}: {error}. It will be computed "
            "again next time. Check that the folder can be written and has free space."
        ) from error


def _header_of(key: PredictionKey, prediction: Prediction) -> Header:
    data, junctions, contacts = prediction.data, prediction.junctions, prediction.contacts
    return Header(
        key,
        data.interval,
        data.resolution,
        data.tracks,
        len(prediction.sites),
        None
        if junctions is None
        else JunctionsHeader(junctions.interval, junctions.tracks, len(junctions)),
        None
        if contacts is None
        else ContactsHeader(contacts.interval, contacts.tracks, contacts.resolution),
    )


def _tables_beside(prediction: Prediction) -> Iterator[tuple[str, pa.Table]]:
    """The other parts of a prediction, each under its suffix."""
    if len(prediction.sites):
        yield SITES, pa.table({name: getattr(prediction.sites, name) for name in SITE_COLUMNS})
    if prediction.junctions is not None:
        yield JUNCTIONS, junction_table(prediction.junctions)
    if prediction.contacts is not None:
        yield CONTACTS, contact_table(prediction.contacts)


def read_prediction(
    path: Path,
    key: PredictionKey,
    columns: Sequence[int] | None = None,
    bins: tuple[int, int] | None = None,
) -> Prediction:
    """Read a prediction, or some of its tracks over some of its bins.

    Args:
        columns: tracks wanted, in the order wanted; sites of others are left out. Junctions and
            contacts, which have tracks and intervals of their own, come whole.
        bins: first bin and the one behind the last; sites that touch none are left out.

    Raises:
        DamagedFile: a file is not what was written.
        StoreError: such a column or bin does not exist.
    """
    with _reading(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        header = _read_header(file)
        if header.key != key:
            raise DamagedFile(f"{path.name} belongs to another key.")
        wanted = list(range(len(header.tracks)) if columns is None else columns)
        first, last = (0, header.n_bins) if bins is None else bins
        header.check(wanted, first, last)
        tracks = tuple(header.tracks[i] for i in wanted)
        values = _read_values(file, wanted, first, last)
        data = TrackData(values, tracks, header.part(first, last), header.resolution)
        sites = _read_sites(path.with_suffix(SITES), header.n_sites)
        if columns is not None or bins is not None:
            sites = _pick_sites(sites.within(data.interval), wanted, len(header.tracks))
        return Prediction(data, sites, *_read_beside(path, header))


def _read_beside(path: Path, header: Header) -> tuple[Junctions | None, ContactMap | None]:
    """Junctions and contacts, where the prediction has any."""
    junctions = contacts = None
    if header.junctions is not None:
        junctions = read_junctions(_table(path.with_suffix(JUNCTIONS)), header.junctions)
    if header.contacts is not None:
        contacts = read_contacts(_table(path.with_suffix(CONTACTS)), header.contacts)
    return junctions, contacts


def is_kept(path: Path) -> bool:
    """Whether there is a prediction; False where the folder may not be entered."""
    with suppress(OSError):
        return path.is_file()
    return False


def read_key(path: Path) -> PredictionKey:
    """The key that a file was written under.

    Raises:
        DamagedFile: it cannot be read.
    """
    with _reading(path), pq.ParquetFile(path) as file:
        return _read_header(file).key


def file_bytes(path: Path) -> int:
    """Size of a prediction with its other files; 0 where there is none."""
    total = 0
    for file in _files(path):
        with suppress(OSError):
            total += file.stat().st_size
    return total


def remove_files(path: Path) -> None:
    """Remove a prediction; what cannot be removed stays."""
    for file in _files(path):
        with suppress(OSError):
            file.unlink()


def _files(path: Path) -> list[Path]:
    return [path, *map(path.with_suffix, BESIDE)]


def _table(path: Path) -> pa.Table:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Whatever a damaged file leads to becomes a DamagedFile."""
    try:
        yield
    except StoreError:
        raise
    except (OSError, pa.ArrowException, ValueError, LookupError, TypeError) as error:
        raise DamagedFile(f"{path.name} cannot be read: {error}") from error
    except GenoviewError as error:
        raise DamagedFile(f"{path.name} does not fit together: {error}") from error


def _write_whole(path: Path, table: pa.Table, *, split: bool) -> None:
    """Write to a temporary file, then put in place, so that no reader sees half a file."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")
    try:
        pq.write_table(
            table,
            temporary,
            compression="zstd",
            compression_level=1,
            row_group_size=ROW_GROUP_BINS,
            use_dictionary=False,
            use_byte_stream_split=split,  # halves the time for float32 of high entropy
            write_statistics=False,
            write_page_checksum=True,
        )
        private_file(temporary).replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _read_header(file: pq.ParquetFile) -> Header:
    return parse_header((file.schema_arrow.metadata or {})[HEADER])


def _read_values(file: pq.ParquetFile, columns: list[int], first: int, last: int) -> FloatArray:
    """float32[last - first, columns], each column's values together in memory."""
    values = np.empty((len(columns), last - first), dtype=np.float32)
    if not columns:
        return values.T
    first_group, last_group = first // ROW_GROUP_BINS, (last - 1) // ROW_GROUP_BINS
    names = [str(i) for i in columns]
    table = file.read_row_groups(range(first_group, last_group + 1), columns=names)
    skipped = first - first_group * ROW_GROUP_BINS
    for row, name in zip(values, names, strict=True):
        row[:] = table[name].slice(skipped, last - first).to_numpy()
    return values.T


def _read_sites(path: Path, n_sites: int) -> Sites:
    if n_sites == 0:
        return Sites()
    table = _table(path)
    if len(table) != n_sites:
        raise DamagedFile(f"{path.name} has {len(table)} sites; {n_sites} were written.")
    return Sites(**{name: table[name].to_numpy() for name in SITE_COLUMNS})


def _pick_sites(sites: Sites, columns: list[int], n_tracks: int) -> Sites:
    """Sites of `columns` only, their `track` renumbered to the place in `columns`."""
    place = np.full(n_tracks, -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    picked = sites.where(place[sites.track] >= 0)
    return Sites(
        picked.start, picked.end, picked.strand, place[picked.track], picked.score, picked.p_value
    )
