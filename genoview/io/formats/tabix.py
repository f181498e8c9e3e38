"""Large BED, bedGraph and VCF files through their tabix index, read where they lie.

Index: Li 2011, doi:10.1093/bioinformatics/btq671, through pysam. Each reading opens the file again:
a handle of htslib must not be shared between threads.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pysam

from genoview.data.features import Feature
from genoview.data.genome import Interval, canonical_chrom
from genoview.data.site_data import IntArray
from genoview.io.bgzf import compression
from genoview.io.formats.bedgraph import SignalBuilder, parse_bedgraph
from genoview.io.formats.contents import Contents
from genoview.io.formats.coverage import Signal, no_signal
from genoview.io.formats.feature_table import overlap_counts
from genoview.io.formats.text_lines import (
    BadLine,
    Chromosomes,
    LocalFileError,
    Namer,
    Skips,
    chrom_names,
)

INDEXED_FROM = 20_000_000  # bytes; a smaller file is read whole, and its bad lines counted
NOTE = "It is read by its index: the lines in view alone, bad ones left out without being counted."
_ENDINGS = (".tbi", ".csi")
Parse = Callable[[str, Namer], Feature]


def is_indexed(path: Path) -> bool:
    """Whether a file is so large that its index, which is there, is worth using."""
    return (
        path.stat().st_size >= INDEXED_FROM
        and any(Path(f"{path}{ending}").is_file() for ending in _ENDINGS)
        and compression(path) == "bgzf"
    )


def indexed_features(path: Path, title: str, genome: Chromosomes, parse: Parse) -> Contents:
    """Features of lines that are read when they are looked at."""
    source = Indexed(path, title, genome.assembly)
    own = dict.fromkeys(source.chromosomes)
    return Contents(own, notes=(NOTE,), features=IndexedFeatures(source, parse))


def indexed_signal(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Values of a bedGraph that are read when they are looked at."""
    source = Indexed(path, title, genome.assembly)
    own = dict.fromkeys(source.chromosomes)
    return Contents(own, notes=(NOTE,), signals=IndexedSignal(source))


class LineSource(Protocol):
    """Lines of a file by place."""

    @property
    def namer(self) -> Namer: ...

    @property
    def chromosomes(self) -> tuple[str, ...]: ...

    def lines(self, interval: Interval) -> Iterator[str]: ...


class Indexed:
    """Lines of a bgzipped file by place.

    Attributes:
        chromosomes: canonical names.
    """

    def __init__(self, path: Path, name: str, assembly: str = "") -> None:
        """Args: name: by which the reader knows the file; `assembly`: the genome's.

        Raises:
            LocalFileError: the index cannot be read.
        """
        self._path = path
        self._name = name
        self.namer = chrom_names(assembly)
        ending = next(end for end in _ENDINGS if Path(f"{path}{end}").is_file())
        self._index = f"{path}{ending}"
        try:
            with pysam.TabixFile(str(path), index=self._index) as file:
                self._file_names = {self.namer(given): given for given in file.contigs}
        except (OSError, ValueError) as error:
            raise LocalFileError(f"The index of {name} cannot be read: {error}.") from error
        self.chromosomes = tuple(self._file_names)

    def lines(self, interval: Interval) -> Iterator[str]:
        """Lines that overlap the interval, by start.

        Raises:
            LocalFileError: the file is gone or damaged.
        """
        given = self._file_names.get(canonical_chrom(interval.chrom))
        if given is None or interval.end <= 0:
            return
        if not self._path.is_file():
            raise LocalFileError(f"{self._name} no longer exists: there is no file {self._path}.")
        try:
            with pysam.TabixFile(str(self._path), index=self._index, encoding="utf-8") as file:
                yield from file.fetch(given, max(interval.start, 0), interval.end)
        except (OSError, ValueError) as error:
            raise LocalFileError(f"{self._name} is damaged or cut off: {error}.") from error


class IndexedSignal:
    """Values of a bedGraph file."""

    def __init__(self, source: LineSource) -> None:
        self._source = source

    def signal(self, interval: Interval, n_points: int) -> Signal:
        """Every base where they fit in `n_points`, else minimum and maximum of each stretch."""
        chrom = canonical_chrom(interval.chrom)
        if chrom not in self._source.chromosomes:
            return no_signal()
        builder = SignalBuilder()
        for line in self._source.lines(interval):
            try:
                builder.add(*parse_bedgraph(line, self._source.namer), 0)
            except BadLine:
                continue
        return builder.runs(chrom, Skips()).signal(interval, n_points)


class IndexedFeatures:
    """Features of a file with one a line."""

    def __init__(self, source: Indexed, parse: Parse) -> None:
        self._source = source
        self._parse = parse

    def count(self, interval: Interval) -> int:
        """Features that overlap the interval."""
        return len(self._overlapping(interval))

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        """At most `limit` that overlap the interval, by start; the widest where there are more."""
        overlapping = self._overlapping(interval)
        if len(overlapping) > limit:
            overlapping = sorted(overlapping, key=lambda feature: -feature.interval.width)[:limit]
        return tuple(
            sorted(overlapping, key=lambda feature: (feature.interval.start, feature.interval.end))
        )

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        """int64[n_bins]: features that overlap each of as many equal parts of the interval."""
        places = [feature.interval for feature in self._overlapping(interval)]
        starts, ends = [place.start for place in places], [place.end for place in places]
        return overlap_counts(starts, ends, interval, n_bins)

    def _overlapping(self, interval: Interval) -> list[Feature]:
        features = []
        for line in self._source.lines(interval):
            try:
                feature = self._parse(line, self._source.namer)
            except BadLine:
                continue
            if feature.interval.start < interval.end and interval.start < feature.interval.end:
                features.append(feature)
        return features
