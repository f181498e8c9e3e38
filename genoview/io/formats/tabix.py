"""Large BED, bedGraph and VCF files through their tabix index, read where they lie.

`io.big` reads the index and the blocks, in Python: a damaged one cannot end the process. It reads
BED's columns by this room, so it is imported when a file is opened.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

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
    Namer,
    Skips,
)

if TYPE_CHECKING:
    from genoview.io.big.indexed_lines import IndexedLines

INDEXED_FROM = 20_000_000  # bytes; a smaller file is read whole, and its bad lines counted
NOTE = "It is read by its index: the lines in view alone, bad ones left out without being counted."
_ENDINGS = (".tbi", ".csi")
Parse = Callable[[str, Namer], Feature]


def is_indexed(path: Path) -> bool:
    """Whether a file is so large that its index, which is there, is worth using."""
    return (
        path.stat().st_size >= INDEXED_FROM
        and index_of(path) is not None
        and compression(path) == "bgzf"
    )


def indexed_features(path: Path, title: str, genome: Chromosomes, parse: Parse) -> Contents:
    """Features of lines that are read when they are looked at."""
    source = _indexed(path, title, genome)
    own = dict.fromkeys(source.chromosomes)
    return Contents(own, notes=(NOTE,), features=IndexedFeatures(source, parse))


def indexed_signal(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Values of a bedGraph that are read when they are looked at."""
    source = _indexed(path, title, genome)
    own = dict.fromkeys(source.chromosomes)
    return Contents(own, notes=(NOTE,), signals=IndexedSignal(source))


def index_of(path: Path) -> Path | None:
    """Beside a file, where there is one."""
    beside = (Path(f"{path}{ending}") for ending in _ENDINGS)
    return next((each for each in beside if each.is_file()), None)


def _indexed(path: Path, title: str, genome: Chromosomes) -> "IndexedLines":
    from genoview.io.big.indexed_lines import IndexedLines

    return IndexedLines(path, title, genome.assembly)


class LineSource(Protocol):
    """Lines of a file by place."""

    @property
    def namer(self) -> Namer: ...

    @property
    def chromosomes(self) -> tuple[str, ...]: ...

    def lines(self, interval: Interval) -> Iterator[str]: ...


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

    def __init__(self, source: LineSource, parse: Parse) -> None:
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
