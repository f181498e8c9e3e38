"""bigWig and bigBed files through pyBigWig, read where they lie.

Each reading opens the file again: a handle of pyBigWig must not be shared between threads.
"""

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyBigWig

from genoview.data.features import Feature
from genoview.data.genome import Interval, canonical_chrom
from genoview.data.site_data import FloatArray, IntArray
from genoview.io.formats.bed import BED6, BED12, feature_of
from genoview.io.formats.contents import Contents
from genoview.io.formats.coverage import (
    Signal,
    extremes_of_bases,
    no_signal,
    pairs,
    stretch_length,
)
from genoview.io.formats.feature_table import overlap_counts
from genoview.io.formats.text_lines import BadLine, Chromosomes, LocalFileError, chrom_names

WHOLE_UP_TO = 1 << 20  # bp read base by base; wider from the file's own summaries
_FIELD = re.compile(r"^\s*[\w.]+(?:\s*[\[(][^\])]*[\])])?\s+(\w+)\s*;", re.MULTILINE)  # of autoSql
_COUNT_STEP = 1 << 20  # bp of a bigBed read at a time where entries are only counted


class BigFile:
    """What both kinds have in common.

    Attributes:
        chromosomes: length in bp by canonical name.
    """

    def __init__(self, path: Path, name: str, assembly: str = "") -> None:
        """Args: name: by which the reader knows the file; `assembly`: the genome's.

        Raises:
            LocalFileError: the file is damaged.
        """
        self._path = path
        self._name = name
        canonical = chrom_names(assembly)
        with self._opened() as file:
            lengths: dict[str, int] = file.chroms() or {}
            self._file_names = {canonical(given): given for given in lengths}
            self.chromosomes = {canonical(given): int(n) for given, n in lengths.items()}
            self._header: dict[str, Any] = file.header()

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """A handle of this reading alone; pyBigWig says what is wrong by RuntimeError."""
        if not self._path.is_file():  # else pyBigWig would take the path for an address
            raise LocalFileError(f"{self._name} no longer exists: there is no file {self._path}.")
        try:
            with pyBigWig.open(str(self._path)) as file:
                yield file
        except (RuntimeError, OSError) as error:
            raise LocalFileError(f"{self._name} is damaged or cut off: {error}") from error

    def _covered(self, interval: Interval) -> tuple[str, Interval] | None:
        """The file's name of the chromosome, and what of the interval lies on it."""
        chrom = canonical_chrom(interval.chrom)
        given = self._file_names.get(chrom)
        if given is None:
            return None
        inside = Interval(chrom, 0, self.chromosomes[chrom]).intersection(
            Interval(chrom, interval.start, interval.end)
        )
        return None if inside is None else (given, inside)


class BigWig(BigFile):
    """Values along the genome."""

    @property
    def n_read(self) -> int:
        """Bases with a value."""
        return int(self._header["nBasesCovered"])

    def signal(self, interval: Interval, n_points: int) -> Signal:
        """Every base where they fit in `n_points`, else minimum and maximum of each stretch.

        Of more than WHOLE_UP_TO bp the stretches come from the file's summaries, which may reach
        a little over a stretch's ends: no extreme is lost, some is seen twice.
        """
        place = self._covered(interval)
        if place is None:
            return no_signal()
        given, inside = place
        with self._opened() as file:
            if inside.width <= WHOLE_UP_TO:
                values = np.asarray(
                    file.values(given, inside.start, inside.end, numpy=True), dtype=np.float32
                )
                return _drawn(values, inside, n_points)
            n = max(n_points // 2, 1)
            low, high = (_summary(file, given, inside, kind, n) for kind in ("min", "max"))
        centres = np.floor(inside.start + (np.arange(n) + 0.5) * inside.width / n - 0.5)
        return np.repeat(centres, 2), np.stack([low, high], axis=1).reshape(-1)


def _drawn(values: FloatArray, inside: Interval, n_points: int) -> Signal:
    if inside.width <= n_points:
        return np.arange(inside.start, inside.end, dtype=np.float64), values
    length = stretch_length(inside.width, n_points)
    return pairs(inside, length, *extremes_of_bases(values, length))


def _summary(file: Any, given: str, inside: Interval, kind: str, n: int) -> FloatArray:
    values = file.stats(given, inside.start, inside.end, type=kind, nBins=n)
    return np.array(values, dtype=np.float32)  # None, where nothing is, becomes NaN


class BigBed(BigFile):
    """Features; those that cannot be read are left out of what is shown."""

    def __init__(self, path: Path, name: str, assembly: str = "") -> None:
        super().__init__(path, name, assembly)
        self.n_read, self._n_defined = _bigbed_header(path, name)
        with self._opened() as file:
            self._labels = _FIELD.findall(_text(file.SQL()))[3:]

    def count(self, interval: Interval) -> int:
        """Features that overlap the interval."""
        return sum(len(start) for start, _ in self._places(interval))

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        """At most `limit` that overlap the interval, by start; the widest where there are more."""
        place = self._covered(interval)
        if place is None:
            return ()
        given, inside = place
        with self._opened() as file:
            entries = file.entries(given, inside.start, inside.end) or []
        if len(entries) > limit:
            entries = sorted(sorted(entries, key=lambda e: e[0] - e[1])[:limit])
        features = (self._feature(inside.chrom, *entry) for entry in entries)
        return tuple(feature for feature in features if feature is not None)

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        """int64[n_bins]: features that overlap each of as many equal parts of the interval."""
        counts = np.zeros(n_bins, dtype=np.int64)
        for start, end in self._places(interval):
            counts += overlap_counts(start, end, interval, n_bins)
        return counts

    def _places(self, interval: Interval) -> Iterator[tuple[IntArray, IntArray]]:
        """Starts and ends, a part of the interval at a time, each feature once."""
        place = self._covered(interval)
        if place is None:
            return
        given, inside = place
        with self._opened() as file:
            for left in range(inside.start, inside.end, _COUNT_STEP):
                right = min(left + _COUNT_STEP, inside.end)
                entries = file.entries(given, left, right, withString=False) or []
                table = np.array(entries, dtype=np.int64).reshape(-1, 2)
                if left > inside.start:
                    table = table[table[:, 0] >= left]
                yield table[:, 0], table[:, 1]

    def _feature(self, chrom: str, start: int, end: int, text: str) -> Feature | None:
        cells = text.split("\t") if text else []
        try:
            return feature_of(chrom, start, end, cells, self._n_defined, self._labels)
        except BadLine:
            n_defined = min(self._n_defined, BED6)
            return feature_of(chrom, start, end, cells, n_defined, self._labels)


def read_bigwig(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Values, read when they are looked at."""
    file = BigWig(path, title, genome.assembly)
    return Contents(dict(file.chromosomes), file.n_read, signals=file)


def read_bigbed(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Features, read when they are looked at."""
    file = BigBed(path, title, genome.assembly)
    return Contents(dict(file.chromosomes), file.n_read, features=file)


def _text(text: bytes | str | None) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text or ""


def _bigbed_header(path: Path, name: str) -> tuple[int, int]:
    """Number of entries, and of columns with BED's meaning.

    Header of 64 bytes, and the count where the data begin: Kent et al. 2010, supplement.
    """
    try:
        with path.open("rb") as file:
            head = file.read(64)
            order = "<" if struct.unpack_from("<I", head)[0] == 0x8789F2EB else ">"
            (data_at,) = struct.unpack_from(f"{order}Q", head, 16)
            (n_defined,) = struct.unpack_from(f"{order}H", head, 34)
            file.seek(data_at)
            (count,) = struct.unpack(f"{order}Q", file.read(8))
    except (OSError, struct.error) as error:
        raise LocalFileError(f"{name} is damaged or cut off: {error}.") from error
    return int(count), int(n_defined) if n_defined > 3 else BED12  # 3: written without a schema
