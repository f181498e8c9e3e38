"""A bigWig or bigBed as a file of one genome: its chromosomes by canonical name, its blocks."""

import threading
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval, canonical_chrom
from genoview.io.big.byte_source import ByteSource, damaged, read_spans
from genoview.io.big.header import Header, read_header, unpacked
from genoview.io.big.index import Blocks, find_blocks
from genoview.io.formats.text_lines import LocalFileError, chrom_names

MOST_BYTES = 4_000_000  # packed, of the blocks that are read for one place
MOST_UNPACKED = 1 << 26  # of them together


class TooMuch(LocalFileError):
    """A place has more data than is read at once."""


@dataclass(frozen=True, slots=True)
class _Opened:
    generation: int
    header: Header
    names: dict[str, str]  # canonical -> the file's
    lengths: dict[str, int]  # by canonical name


class BigFile:
    """Thread safe; reads its header again when the file has changed."""

    def __init__(
        self, source: ByteSource, assembly: str = "", most_bytes: int | None = None
    ) -> None:
        """Args: assembly: the genome's name, for accessions such as NC_000020.10.

        most_bytes: packed, that are read for one place; MOST_BYTES by default.
        """
        self._most_bytes = most_bytes
        self.source = source
        self._assembly = assembly
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def opened(self) -> _Opened:
        """Header and names, read once.

        Raises:
            LocalFileError: it is of another kind, damaged, or cannot be had.
        """
        with self._lock:
            while self._opened is None or self._opened.generation != self.source.generation:
                generation = self.source.generation
                header, canonical = read_header(self.source), chrom_names(self._assembly)
                names = {canonical(given): given for given in header.chromosomes}
                lengths = {name: header.chromosomes[given][1] for name, given in names.items()}
                self._opened = _Opened(generation, header, names, lengths)
            return self._opened

    @property
    def header(self) -> Header:
        return self.opened().header

    @property
    def chromosomes(self) -> dict[str, int]:
        """Length in bp by canonical name."""
        return self.opened().lengths

    def place(self, interval: Interval) -> tuple[int, int, int] | None:
        """Number of the chromosome, and the part of the interval on it; None where none is."""
        opened, chrom = self.opened(), canonical_chrom(interval.chrom)
        given = opened.names.get(chrom)
        if given is None:
            return None
        number, length = opened.header.chromosomes[given]
        start, end = max(interval.start, 0), min(interval.end, length)
        return (number, start, end) if start < end else None

    def blocks(self, index_at: int, place: tuple[int, int, int]) -> Blocks:
        """Where the data of a place lie."""
        return find_blocks(self.source, self.header.order, index_at, place)

    def contents(self, blocks: Blocks) -> list[bytes]:
        """Blocks of data, unpacked.

        Raises:
            TooMuch: there are too many. LocalFileError: they are damaged, or cannot be had.
        """
        if not blocks.is_whole or blocks.n_bytes > (self._most_bytes or MOST_BYTES):
            raise TooMuch(f"{self.source.name} has too much here to be read at once: zoom in.")
        spans = list(zip(blocks.offset, blocks.offset + blocks.size, strict=True))
        packed = read_spans(self.source, [(int(start), int(end)) for start, end in spans])
        unpacked_bytes, contents = 0, []
        for span in spans:
            block = packed[int(span[0]), int(span[1])]
            if len(block) < span[1] - span[0]:
                raise damaged(self.source.name, "a block of data breaks off")
            contents.append(unpacked(self.source.name, block, self.header.is_packed))
            unpacked_bytes += len(contents[-1])
            if unpacked_bytes > MOST_UNPACKED:
                raise TooMuch(f"{self.source.name} has too much here to be read at once: zoom in.")
        return contents


def number_of(blocks: Blocks, header: Header, place: tuple[int, int, int]) -> int:
    """About how many entries lie in blocks, or at a place where there are too many blocks."""
    if blocks.is_whole or not header.chromosomes:
        return round(header.n_data * blocks.share)
    n_bases = sum(length for _, length in header.chromosomes.values())
    return round(header.n_data * min((place[2] - place[1]) / max(n_bases, 1), 1.0))


def spread_over(
    blocks: Blocks, place: tuple[int, int, int], n: int, n_bins: int
) -> npt.NDArray[np.float64]:
    """float64[n_bins]: `n` entries over equal parts of a place, as many of each block."""
    _, start, end = place
    edges = np.linspace(start, end, n_bins + 1)
    left, right = np.maximum(blocks.start, start), np.minimum(blocks.end, end)
    kept = left < right
    left, right = left[kept, None], right[kept, None]
    shared = np.minimum(right, edges[1:]) - np.maximum(left, edges[:-1])
    density: npt.NDArray[np.float64] = (np.maximum(shared, 0) / (right - left)).sum(axis=0)
    return np.asarray(density * (n / max(len(left), 1)), np.float64)
