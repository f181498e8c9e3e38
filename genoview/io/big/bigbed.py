"""Entries of a bigBed: each, or how many where there are too many to be read."""

import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.features import Feature
from genoview.data.genome import Interval, canonical_chrom
from genoview.data.site_data import IntArray
from genoview.io.big.byte_source import damaged
from genoview.io.big.file import BigFile, TooMuch, number_of, spread_over
from genoview.io.big.header import BIGBED, Header
from genoview.io.formats.bed import BED6, feature_of
from genoview.io.formats.feature_table import overlap_counts
from genoview.io.formats.text_lines import BadLine, LocalFileError

REMEMBERED = 8  # places whose entries stay in memory

Make = Callable[["Entry"], Feature]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as the file has it; `cells` are those behind chromosome, start and end.

    Attributes:
        names: of the cells, by the file's own schema; may be fewer.
    """

    chrom: str
    start: int
    end: int
    cells: Sequence[str]
    names: Sequence[str]
    n_defined: int = 12

    def __getitem__(self, name: str) -> str:
        """The cell of that name; empty where there is none."""
        if name not in self.names:
            return ""
        at = self.names.index(name)
        return self.cells[at] if at < len(self.cells) else ""

    def first(self, *names: str) -> str:
        """Of the first name whose cell has something."""
        return next((text for name in names if (text := self[name])), "")


def rows_of(name: str, content: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    """Of an unpacked block: each row with the number of its chromosome.

    Raises:
        LocalFileError: the last one breaks off.
    """
    at, width = 0, 12  # chromosome, start, end
    while at + width < len(content):
        behind = content.find(b"\0", at + width)
        if behind < 0:
            raise damaged(name, "an entry breaks off")
        yield struct.unpack_from(f"{order}I", content, at)[0], content[at:behind]
        at = behind + 1


def entry_of(chrom: str, row: bytes, header: Header) -> Entry:
    """Cells are parted by tabs alone: words of a cell may have blanks between them."""
    _, start, end = struct.unpack_from(f"{header.order}III", row)
    text = row[12:].decode("utf-8", "replace")
    cells = text.split("\t") if text else []
    return Entry(chrom, start, end, cells, header.fields[3:], header.n_defined)


def plain_feature(entry: Entry) -> Feature:
    """As BED's columns say, the others as details.

    Raises:
        BadLine: not even its first six columns can be read.
    """
    place = entry.chrom, entry.start, entry.end, entry.cells
    try:
        return feature_of(*place, entry.n_defined, entry.names)
    except BadLine:
        return feature_of(*place, min(entry.n_defined, BED6), entry.names)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Entries that overlap a place, by start; what is 0 bp wide takes the bases on both sides."""

    start: IntArray
    end: IntArray
    text: Sequence[bytes]


class BigBed:
    """A feature source; thread safe. Rows that cannot be read are left out of what is shown."""

    def __init__(self, file: BigFile, make: Make = plain_feature) -> None:
        """Raises: LocalFileError: it is no bigBed, or cannot be had."""
        if file.header.kind != BIGBED:
            raise LocalFileError(f"{file.source.name} is a {file.header.kind}, not a bigBed.")
        self._file = file
        self._make = make
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[int, int, int, int], _Rows] = OrderedDict()

    def is_exact(self, interval: Interval) -> bool:
        """Whether the entries of an interval are counted, not estimated by the file's index."""
        return self._rows(interval) is not None

    def count(self, interval: Interval) -> int:
        """Entries that overlap the interval; about, where they are too many to be read."""
        rows = self._rows(interval)
        if rows is not None:
            return len(rows.start)
        place = self._file.place(interval)
        assert place is not None  # else there were no rows too many
        return number_of(
            self._file.blocks(self._file.header.index_at, place), self._file.header, place
        )

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        """At most `limit` that overlap the interval, by start; the widest where there are more.

        Raises:
            TooMuch: they are too many to be read.
        """
        rows = self._rows(interval)
        if rows is None:
            raise TooMuch(f"{self._file.source.name} has too much here to be read: zoom in.")
        places = np.arange(len(rows.start))
        if len(places) > limit:
            places = np.sort(np.argsort(rows.start - rows.end, kind="stable")[:limit])
        chrom = canonical_chrom(interval.chrom)
        made = (self._feature(chrom, rows, int(i)) for i in places)
        return tuple(feature for feature in made if feature is not None)

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        """int64[n_bins]: entries on each of as many equal parts; about, as `count`."""
        rows = self._rows(interval)
        if rows is not None:
            return overlap_counts(rows.start, rows.end, interval, n_bins)
        place = self._file.place(interval)
        assert place is not None  # else there were no rows too many
        blocks = self._file.blocks(self._file.header.index_at, place)
        number = number_of(blocks, self._file.header, place)
        whole = (place[0], interval.start, interval.end)
        return np.rint(spread_over(blocks, whole, number, n_bins)).astype(np.int64)

    def entries(self, interval: Interval) -> list[Entry]:
        """All rows that overlap the interval.

        Raises:
            TooMuch: they are too many to be read.
        """
        rows = self._rows(interval)
        if rows is None:
            raise TooMuch(f"{self._file.source.name} has too much here to be read: zoom in.")
        chrom = canonical_chrom(interval.chrom)
        return [entry_of(chrom, rows.text[i], self._file.header) for i in range(len(rows.text))]

    def feature_of(self, entry: Entry) -> Feature:
        """Raises: BadLine: the row cannot be read."""
        return self._make(entry)

    def _rows(self, interval: Interval) -> _Rows | None:
        """None where they are too many."""
        place = self._file.place(interval)
        if place is None:
            return _Rows(np.empty(0, np.int64), np.empty(0, np.int64), ())
        key = (self._file.opened().generation, *place)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        number, start, end = place
        around = number, max(start - 1, 0), end + 1  # for what is 0 bp wide
        try:
            contents = self._file.contents(self._file.blocks(self._file.header.index_at, around))
        except TooMuch:
            return None
        rows = self._read(contents, place)
        with self._lock:
            self._known[key] = rows
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return rows

    def _read(self, contents: Sequence[bytes], place: tuple[int, int, int]) -> _Rows:
        number, left, right = place
        name, order = self._file.source.name, self._file.header.order
        matching: list[tuple[int, int, bytes]] = []
        for content in contents:
            for chrom, row in rows_of(name, content, order):
                start, end = struct.unpack_from(f"{order}II", row, 4)
                wide = (start, end) if start < end else (max(start - 1, 0), start + 1)
                if chrom == number and wide[0] < right and wide[1] > left and start <= end:
                    matching.append((*wide, row))
        matching.sort(key=lambda row: row[:2])
        columns = [np.array([row[i] for row in matching], np.int64) for i in (0, 1)]
        return _Rows(columns[0], columns[1], [row[2] for row in matching])

    def _feature(self, chrom: str, rows: _Rows, i: int) -> Feature | None:
        try:
            return self._make(entry_of(chrom, rows.text[i], self._file.header))
        except BadLine:
            return None
