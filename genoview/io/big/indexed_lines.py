"""Lines of a bgzipped file on this machine by place, through its tabix index."""

from collections.abc import Iterator
from pathlib import Path

from genoview.data.genome import Interval, canonical_chrom
from genoview.io.big.bgzf_blocks import lines_between
from genoview.io.big.byte_source import LocalBytes
from genoview.io.big.tabix_index import TabixIndex
from genoview.io.formats.tabix import index_of
from genoview.io.formats.text_lines import LocalFileError, chrom_names


class IndexedLines:
    """Thread safe: each reading opens the file again.

    Attributes:
        namer: the file's name of a chromosome -> the canonical one.
        chromosomes: canonical names.
    """

    def __init__(self, path: Path, name: str, assembly: str = "") -> None:
        """Args: name: by which the reader knows the file; `assembly`: the genome's.

        Raises:
            LocalFileError: the index is absent, or cannot be read.
        """
        self._source = LocalBytes(name, path)
        self.namer = chrom_names(assembly)
        index = index_of(path)
        if index is None:
            raise LocalFileError(f"{name} has no index: make one with tabix.")
        try:
            self._index = TabixIndex(LocalBytes(index.name, index))
        except LocalFileError as error:
            raise LocalFileError(f"The index of {name} cannot be read: {error}") from error
        self._file_names = {self.namer(given): given for given in self._index.names}
        self.chromosomes = tuple(self._file_names)

    def lines(self, interval: Interval) -> Iterator[str]:
        """Lines that may overlap the interval, in the file's order.

        Raises:
            LocalFileError: the file is gone or damaged, or the index is of another.
        """
        given = self._file_names.get(canonical_chrom(interval.chrom))
        if given is None or interval.end <= 0:
            return
        for begin, stop in self._index.chunks(given, max(interval.start, 0), interval.end):
            for line in lines_between(self._source, begin, stop):
                if self._index.may_hold(line, given, interval):
                    yield line.decode("utf-8", "replace").rstrip("\r")
