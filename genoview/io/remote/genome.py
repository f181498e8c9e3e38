"""A genome whose sequence lies elsewhere: read by range, cached in blocks, or downloaded."""

import hashlib
from collections.abc import Callable
from typing import Self

from genoview.data.genome import Interval, canonical_chrom
from genoview.data.progress import Progress, no_progress, step_progress
from genoview.errors import GenomeError, NetworkError
from genoview.io.chrom_sizes import read_sizes
from genoview.io.reference import ReferenceGenome
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.block_file import BLOCK
from genoview.io.remote.catalogue import GenomeEntry
from genoview.io.remote.connection import PATIENCE, Patience
from genoview.io.remote.consent import ConsentNeeded, NetworkPolicy
from genoview.io.remote.ranges import RangeClient
from genoview.io.remote.two_bit import TwoBit

WHOLE = "whole"  # what all of a genome is kept as
HASHED = 64 * BLOCK  # bytes read at once


class RemoteGenome(ReferenceGenome):
    """The same as a genome of a FASTA file, and what is kept of it on this machine."""

    @classmethod
    def connect(
        cls,
        entry: GenomeEntry,
        cache: BlockCache,
        policy: Callable[[], NetworkPolicy],
        patience: Patience = PATIENCE,
    ) -> Self:
        """Make it ready; nothing is requested before the first base is.

        Raises:
            GenomeError: its chromosome sizes cannot be read.
            StoreError: the cache cannot be written.
        """
        file = cache.open(entry.file, RangeClient(entry.file, policy, patience))
        sizes = read_sizes(entry.chrom_sizes)
        lengths = {chrom: n for chrom, n in sizes.items() if chrom not in entry.left_out}
        reader = _Reader(entry, TwoBit(file), lengths)
        genome = cls.of_chromosomes(entry.name, reader, lengths)
        genome.entry, genome._remote = entry, reader
        return genome

    entry: GenomeEntry
    _remote: "_Reader"

    def covered(self, chrom: str) -> tuple[Interval, ...]:
        """A chromosome as a whole.

        Raises:
            GenomeError: the chromosome is not in the genome, or is another one there.
        """
        if canonical_chrom(chrom) in self.entry.left_out:
            raise GenomeError(self.entry.left_out[canonical_chrom(chrom)])
        return super().covered(chrom)

    def fetch(self, interval: Interval) -> str:
        """As that of a FASTA file.

        Raises:
            GenomeError: the chromosome is not in the genome, or not on this machine and not to
                be had.
        """
        self.covered(interval.chrom)
        return super().fetch(interval)

    def keep(self, chrom: str, progress: Progress = no_progress) -> None:
        """Bring a chromosome here to stay; goes on where it was stopped.

        Raises:
            GenomeError: the chromosome is not in the genome.
            NetworkError: it cannot be had; what came stays.
            StoreError: it cannot be written.
            Cancelled: as `progress` says.
        """
        self.covered(chrom)
        chrom = canonical_chrom(chrom)
        self._remote.check_length(chrom)
        two_bit = self._remote.two_bit
        two_bit.file.keep(chrom, two_bit.stretches(chrom), progress)

    def keep_all(self, progress: Progress = no_progress) -> None:
        """Bring the whole file here to stay, and compare its digest with the published one.

        Raises:
            NetworkError: it cannot be had; what came stays.
            StoreError: it cannot be written.
            GenomeError: it is not what was published; then nothing of it stays.
            Cancelled: as `progress` says.
        """
        file = self._remote.two_bit.file
        file.keep(WHOLE, [(0, file.size())], step_progress(progress, 0, 0.9))
        if not self.entry.file.sha256:
            return
        digest = hashlib.sha256()
        for start in range(0, file.size(), HASHED):
            step_progress(progress, 0.9, 1)(start / file.size())
            digest.update(file.read(start, start + HASHED))
        if digest.hexdigest() != self.entry.file.sha256:
            file.remove()
            raise GenomeError(
                f"{self.entry.file.name} has the sha256 {digest.hexdigest()[:12]}… where "
                f"{self.entry.file.sha256[:12]}… was published, so it was deleted: download again, "
                "from another mirror if it happens again."
            )
        progress(1.0)

    def kept(self) -> dict[str, float]:
        """Chromosomes, or `whole`, that are to stay here, and which share of each has come."""
        return self._remote.two_bit.file.kept()

    def remove(self, name: str = "") -> None:
        """Delete what is kept by that name, or all that is here of the genome."""
        file = self._remote.two_bit.file
        if name:
            file.release(canonical_chrom(name))
        else:
            file.remove()

    def bytes_here(self) -> int:
        """What it takes on this machine."""
        return self._remote.two_bit.file.bytes_here()


class _Reader:
    """Chromosomes of a 2bit, with a sentence for one that cannot be had."""

    def __init__(self, entry: GenomeEntry, two_bit: TwoBit, lengths: dict[str, int]) -> None:
        self.two_bit = two_bit
        self._entry = entry
        self._lengths = lengths

    def close(self) -> None:
        """Nothing to let go of: connections go with their threads, blocks with the cache."""

    def read(self, record: str, start: int, end: int) -> str:
        name = self._entry.name
        try:
            self.check_length(record)
            return self.two_bit.fetch(record, start, end)
        except ConsentNeeded as error:
            raise GenomeError(f"{name} {record} is not on this machine. {error}") from error
        except NetworkError as error:
            raise GenomeError(
                f"{name} {record} is not on this machine: connect, or keep it "
                f"({megabytes(self._lengths[record])}). {error}"
            ) from error

    def letters(self, record: str, start: int, end: int) -> str:
        """A 2bit has no codes of several bases."""
        return self.read(record, start, end)

    def check_length(self, record: str) -> None:
        """Pass if a chromosome is as long as this genome has it.

        Raises:
            NetworkError: it cannot be had.
            GenomeError: it is of another assembly.
        """
        stored, length = self.two_bit.record(record).length, self._lengths[record]
        if stored != length:
            raise GenomeError(
                f"{record} of {self._entry.file.name} has {stored:,} bp where {length:,} were "
                f"expected: it is not {self._entry.name}, so it is not used."
            )


def megabytes(length: int) -> str:
    """What a chromosome of that many bp takes: `21 MB`, `4 kB`."""
    n_bytes = length / 4
    return f"{n_bytes / 1e6:.0f} MB" if n_bytes >= 1e6 else f"{n_bytes / 1e3:.0f} kB"
