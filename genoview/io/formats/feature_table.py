"""Features of a whole file in compact columns; a Feature is made on demand."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.features import Feature
from genoview.data.genome import Interval, canonical_chrom
from genoview.data.site_data import IntArray

Maker = Callable[[str], Feature]


@dataclass(frozen=True, slots=True)
class _Column:
    """Features of one chromosome, by start.

    Attributes:
        start, end: int64[features], 0-based half-open.
        reach: int64[features], the largest end up to each.
        row: int64[features], of the text.
    """

    start: IntArray
    end: IntArray
    reach: IntArray
    row: IntArray

    def touching(self, interval: Interval) -> IntArray:
        """int64[overlapping]: places in the column of features that overlap the interval."""
        first = int(np.searchsorted(self.reach, interval.start, side="right"))
        last = int(np.searchsorted(self.start, interval.end, side="left"))
        return np.flatnonzero(self.end[first:last] > interval.start) + first


class FeatureTable:
    """Read-only once built, so safe to share between threads."""

    def __init__(self, columns: dict[str, _Column], text: bytes, offsets: IntArray, make: Maker):
        self._columns = columns
        self._text = text
        self._offsets = offsets
        self._make = make

    @property
    def chromosomes(self) -> tuple[str, ...]:
        return tuple(self._columns)

    def count(self, interval: Interval) -> int:
        """Features that overlap the interval."""
        overlapping = self._overlapping(interval)
        return 0 if overlapping is None else len(overlapping[1])

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        """At most `limit` that overlap the interval, by start; the widest where there are more."""
        overlapping = self._overlapping(interval)
        if overlapping is None:
            return ()
        column, places = overlapping
        if len(places) > limit:
            width = column.end[places] - column.start[places]
            places = np.sort(places[np.argsort(-width, kind="stable")[:limit]])
        return tuple(self._make(self._line(int(row))) for row in column.row[places])

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        """int64[n_bins]: features that overlap each of as many equal parts of the interval."""
        overlapping = self._overlapping(interval)
        if overlapping is None:
            return np.zeros(n_bins, dtype=np.int64)
        column, places = overlapping
        return overlap_counts(column.start[places], column.end[places], interval, n_bins)

    def _overlapping(self, interval: Interval) -> tuple[_Column, IntArray] | None:
        column = self._columns.get(canonical_chrom(interval.chrom))
        return None if column is None else (column, column.touching(interval))

    def _line(self, row: int) -> str:
        return self._text[self._offsets[row] : self._offsets[row + 1]].decode()


def overlap_counts(
    start: npt.ArrayLike, end: npt.ArrayLike, interval: Interval, n_bins: int
) -> IntArray:
    """int64[n_bins]: how many of the stretches, which all overlap the interval, each part has."""
    left = np.maximum(np.asarray(start, dtype=np.int64) - interval.start, 0)
    right = np.minimum(np.asarray(end, dtype=np.int64), interval.end) - interval.start - 1
    steps = np.zeros(n_bins + 1, dtype=np.int64)
    np.add.at(steps, left * n_bins // interval.width, 1)
    np.add.at(steps, right * n_bins // interval.width + 1, -1)
    return np.cumsum(steps)[:n_bins]


class TableBuilder:
    """Takes places and their text, one by one, in any order."""

    def __init__(self) -> None:
        self._chrom_ids: dict[str, int] = {}
        self._chrom = array("i")
        self._start = array("q")
        self._end = array("q")
        self._offsets = array("q", [0])
        self._text = bytearray()

    def __len__(self) -> int:
        return len(self._start)

    def add(self, interval: Interval, line: str) -> None:
        self._chrom.append(self._chrom_ids.setdefault(interval.chrom, len(self._chrom_ids)))
        self._start.append(interval.start)
        self._end.append(interval.end)
        self._text += line.encode()
        self._offsets.append(len(self._text))

    def table(self, make: Maker) -> FeatureTable:
        """Args: make: a feature of a line that was added."""
        chrom = np.array(self._chrom, dtype=np.int32)
        start = np.array(self._start, dtype=np.int64)
        end = np.array(self._end, dtype=np.int64)
        columns = {}
        for name, number in self._chrom_ids.items():
            rows = np.flatnonzero(chrom == number)
            rows = rows[np.lexsort((end[rows], start[rows]))]
            reach = np.maximum.accumulate(end[rows])
            columns[name] = _Column(start[rows], end[rows], reach, rows)
        offsets = np.array(self._offsets, dtype=np.int64)
        return FeatureTable(columns, bytes(self._text), offsets, make)
