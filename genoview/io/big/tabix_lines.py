"""Lines of a bgzipped file with a tabix index, read by range."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator

from genoview.data.features import Feature
from genoview.data.genome import Interval, canonical_chrom
from genoview.data.site_data import IntArray
from genoview.io.big.bgzf_blocks import BLOCK_LENGTH, unpack_blocks
from genoview.io.big.byte_source import ByteSource, damaged, read_spans
from genoview.io.big.file import MOST_UNPACKED, TooMuch
from genoview.io.big.tabix_index import Chunk, TabixIndex
from genoview.io.formats.bed import parse_bed
from genoview.io.formats.feature_table import FeatureTable, TableBuilder
from genoview.io.formats.gff import Grouper
from genoview.io.formats.gff_lines import parse_gff
from genoview.io.formats.tabix import Parse
from genoview.io.formats.text_lines import BadLine, chrom_names

REMEMBERED = 4  # places whose lines stay in memory
MOST_BYTES = 1_500_000  # packed, of the lines that are read for one place
LONGEST_GENE = 2_500_000  # bp


class TabixLines:
    """Thread safe.

    Attributes:
        chromosomes: canonical names.
        namer: the file's name of a chromosome -> the canonical one.
    """

    def __init__(self, source: ByteSource, index: ByteSource, assembly: str = "") -> None:
        """Raises: LocalFileError: the index is damaged, or cannot be had."""
        self._source = source
        self._index = TabixIndex(index)
        self.namer = chrom_names(assembly)
        self._file_names = {self.namer(given): given for given in self._index.names}
        self.chromosomes = tuple(self._file_names)
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[int, Interval], list[str]] = OrderedDict()

    def lines(self, interval: Interval) -> Iterator[str]:
        """Lines of the blocks that overlap the interval, in the file's order.

        Raises:
            TooMuch: they are too many. LocalFileError: they are damaged, or cannot be had.
        """
        key = (self._source.generation, interval)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = self._read(interval)
            with self._lock:
                self._known[key] = known
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        yield from known

    def _read(self, interval: Interval) -> list[str]:
        given = self._file_names.get(canonical_chrom(interval.chrom))
        start, end = max(interval.start - 1, 0), interval.end + 1
        if given is None or end <= 0:
            return []
        chunks = self._index.chunks(given, start, end)
        if sum((stop >> 16) - (begin >> 16) + BLOCK_LENGTH for begin, stop in chunks) > MOST_BYTES:
            raise TooMuch(f"{self._source.name} has too much here to be read at once: zoom in.")
        spans = [(begin >> 16, (stop >> 16) + BLOCK_LENGTH) for begin, stop in chunks]
        if any(begin >= self._source.size() for begin, _ in spans):
            raise damaged(self._source.name, "its index is of another file")
        packed = read_spans(self._source, spans)
        text = b"".join(
            self._text(packed[span], chunk) for span, chunk in zip(spans, chunks, strict=True)
        )
        return [
            raw.decode("utf-8", "replace").rstrip("\r")
            for raw in text.split(b"\n")
            if self._index.may_hold(raw, given, interval)
        ]

    def _text(self, packed: bytes, chunk: Chunk) -> bytes:
        """Of a part of the file, from its first byte to its last."""
        begin, stop = chunk
        offset = begin >> 16
        blocks = unpack_blocks(self._source.name, packed, (stop >> 16) - offset + 1, MOST_UNPACKED)
        text = b""
        for at, block in blocks:
            first = begin & 0xFFFF if at == 0 else 0
            behind = stop & 0xFFFF if at + offset == stop >> 16 else len(block)
            text += block[first:behind]
        return text


class TabixFeatures:
    """Features of the lines of a place; the last few places stay in memory."""

    def __init__(self, source: TabixLines, table: Callable[[TabixLines, Interval], FeatureTable]):
        self._source = source
        self._make = table
        self._lock = threading.Lock()
        self._known: OrderedDict[Interval, FeatureTable] = OrderedDict()

    def count(self, interval: Interval) -> int:
        """Features that overlap the interval."""
        return self._table(interval).count(interval)

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        """At most `limit` that overlap the interval, by start; the widest where there are more."""
        return self._table(interval).features(interval, limit)

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        """int64[n_bins]: features that overlap each of as many equal parts of the interval."""
        return self._table(interval).density(interval, n_bins)

    def _table(self, interval: Interval) -> FeatureTable:
        with self._lock:
            known = self._known.get(interval)
        if known is None:
            known = self._make(self._source, interval)
            with self._lock:
                self._known[interval] = known
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        return known


def line_table(parse: Parse, place: Parse | None = None) -> Callable[..., FeatureTable]:
    """A feature a line.

    Args:
        place: a quicker reader, where only the interval of a line is needed.
    """
    quick = place or parse

    def make(source: TabixLines, interval: Interval) -> FeatureTable:
        builder = TableBuilder()
        for line in source.lines(interval):
            try:
                builder.add(quick(line, source.namer).interval, line)
            except BadLine:
                continue
        return builder.table(lambda line: parse(line, source.namer))

    return make


def _reach(source: TabixLines, interval: Interval) -> Interval:
    """From the first to the last base of what overlaps, as far as a gene may be long."""
    start, end = interval.start, interval.end
    for line in source.lines(interval):
        try:
            entry = parse_gff(line, source.namer)
        except BadLine:
            continue
        start, end = min(start, entry.start), max(end, entry.end)
    return Interval(
        interval.chrom,
        max(start, interval.start - LONGEST_GENE),
        min(end, interval.end + LONGEST_GENE),
    )


def group_table(is_gtf: bool) -> Callable[..., FeatureTable]:
    """Of GFF3 or GTF, whose lines are tied together: all lines of what overlaps a place."""

    def make(source: TabixLines, interval: Interval) -> FeatureTable:
        grouper, builder = Grouper(is_gtf, source.namer), TableBuilder()
        for line in source.lines(_reach(source, interval)):
            try:
                grouper.add(line, lambda *_: True)
            except BadLine:
                continue
        for group in grouper.groups():
            bed = group.bed_line
            builder.add(parse_bed(bed, source.namer).interval, bed)
        return builder.table(lambda line: parse_bed(line, source.namer))

    return make
