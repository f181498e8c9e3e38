"""A tabix index, .tbi or .csi, in memory -> the parts of its file that hold a place.

Formats: Li 2011, doi:10.1093/bioinformatics/btq671; https://samtools.github.io/hts-specs/CSIv1.pdf.
"""

import struct
import zlib
from collections.abc import Iterator

from genoview.data.genome import Interval
from genoview.io.bgzf import unpacked
from genoview.io.big.byte_source import ByteSource, damaged

MOST_PACKED, MOST_UNPACKED = 1 << 25, 1 << 26  # bytes; gnomAD's largest is 3 MB
MOST_SEQUENCES = 200_000
VCF = 2  # of an index: lines without an end
Chunk = tuple[int, int]  # virtual offsets: block << 16 | place within


class TabixIndex:
    """Read as a whole.

    Attributes:
        names: of the file's sequences, in its order.
    """

    def __init__(self, source: ByteSource) -> None:
        """Raises: LocalFileError: it is no tabix index, damaged, or cannot be had."""
        self._name = source.name
        if source.size() > MOST_PACKED:
            raise damaged(self._name, f"an index of {source.size():,} bytes is too large")
        try:
            self._content = unpacked(source.read(0, source.size()), MOST_UNPACKED)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise damaged(self._name, "it cannot be unpacked") from error
        self._min_shift, self._depth, self._has_linear = 14, 5, True
        try:
            self._read()
        except struct.error as error:
            raise damaged(self._name, "the index breaks off") from error

    def chunks(self, name: str, start: int, end: int) -> list[Chunk]:
        """Parts of the file that may hold what overlaps a place, in its order.

        Raises:
            LocalFileError: the index is damaged.
        """
        at = self._starts.get(name)
        if at is None:
            return []
        try:
            return self._merged(self._chunks(at, start, end))
        except struct.error as error:
            raise damaged(self._name, "the index breaks off") from error

    def may_hold(self, line: bytes, name: str, place: Interval) -> bool:
        """Whether a line may overlap a place: most lines of a block do not."""
        at, first, last = self._columns
        cells = line.split(b"\t", max(at, first, last, 0) + 1)
        if not 0 <= at < len(cells) or cells[at] != name.encode():
            return False
        if not 0 < first < len(cells) or not cells[first].isdigit():
            return True
        start = int(cells[first][:18]) - (not self._is_zero_based)
        if self._is_vcf or not 0 < last < len(cells) or not cells[last].isdigit():
            return start <= place.end
        return start <= place.end and int(cells[last][:18]) >= place.start

    def _read(self) -> None:
        magic, at = self._content[:4], 4
        if magic == b"CSI\1":
            self._has_linear = False
            self._min_shift, self._depth, length = struct.unpack_from("<iii", self._content, 4)
            if not (0 < self._min_shift < 32 and 0 < self._depth < 10 and length >= 28):
                raise damaged(self._name, "its index has no names")
            names_at, at = 16, 16 + length
            (n_sequences,) = struct.unpack_from("<i", self._content, at)
            at += 4
        elif magic == b"TBI\1":
            (n_sequences,) = struct.unpack_from("<i", self._content, 4)
            names_at = 8
        else:
            raise damaged(self._name, "it is no tabix index")
        form, name, start, end, _, _, length = struct.unpack_from("<7i", self._content, names_at)
        self._columns = name - 1, start - 1, end - 1  # end is start where lines have none
        self._is_zero_based, self._is_vcf = bool(form & 0x10000), form & 0xFFFF == VCF
        names_at += 28
        if not 0 <= n_sequences <= MOST_SEQUENCES or length < 0:
            raise damaged(self._name, "its index has too many names")
        text = self._content[names_at : names_at + length]
        self.names = [
            each.decode("utf-8", "replace") for each in text.split(b"\0", n_sequences)[:n_sequences]
        ]
        at = names_at + length if self._has_linear else at
        self._starts: dict[str, int] = {}
        for name in self.names:
            self._starts[name] = at
            at = self._behind(at)

    def _behind(self, at: int) -> int:
        """Where the next sequence begins."""
        for _ in self._bins(at):
            at = self._at
        at = self._at
        if self._has_linear:
            (n_intervals,) = struct.unpack_from("<i", self._content, at)
            at += 4 + 8 * max(n_intervals, 0)
        return at

    def _bins(self, at: int) -> Iterator[tuple[int, int, int, int]]:
        """Number, lowest offset (of .csi), where its chunks lie and how many."""
        form = struct.Struct("<Ii" if self._has_linear else "<IQi")
        (n_bins,) = struct.unpack_from("<i", self._content, at)
        self._at = at + 4
        for _ in range(n_bins):
            row = form.unpack_from(self._content, self._at)
            lowest, n_chunks = (0, row[1]) if self._has_linear else row[1:]
            first = self._at + form.size
            if n_chunks < 0 or first + 16 * n_chunks > len(self._content):
                raise damaged(self._name, "the index breaks off")
            self._at = first + 16 * n_chunks
            yield row[0], lowest, first, n_chunks

    def _chunks(self, at: int, start: int, end: int) -> Iterator[Chunk]:
        wanted = self._wanted(start, end)
        listed: list[Chunk] = []
        for number, lowest, first, n_chunks in self._bins(at):
            if any(low <= number <= high for low, high in wanted):
                rows = struct.iter_unpack("<QQ", self._content[first : first + 16 * n_chunks])
                listed += [(max(begin, lowest), stop) for begin, stop in rows]
        least = 0
        if self._has_linear:
            (n_intervals,) = struct.unpack_from("<i", self._content, self._at)
            window = min(start >> 14, n_intervals - 1)
            if window >= 0:
                (least,) = struct.unpack_from("<Q", self._content, self._at + 4 + 8 * window)
        for begin, stop in listed:
            if stop > max(least, begin):
                yield max(begin, least), stop

    def _wanted(self, start: int, end: int) -> list[tuple[int, int]]:
        """First and last number of the bins of each level that overlap the place."""
        levels, first = [], 0
        for level in range(self._depth + 1):
            shift = self._min_shift + 3 * (self._depth - level)
            levels.append((first + (start >> shift), first + ((end - 1) >> shift)))
            first += 1 << 3 * level
        return levels

    def _merged(self, chunks: Iterator[Chunk]) -> list[Chunk]:
        merged: list[Chunk] = []
        for begin, stop in sorted(chunks):
            if merged and begin >> 16 <= merged[-1][1] >> 16:
                merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
            else:
                merged.append((begin, stop))
        return merged
