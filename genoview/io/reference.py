"""FASTA file -> ReferenceGenome -> sequence of an interval."""

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Self

import pyfaidx

from genoview.data.genome import Interval, canonical_chrom
from genoview.data.input.decoding import decoding
from genoview.errors import GenomeError
from genoview.io.bgzf import Progress, compression, no_progress
from genoview.io.chrom_sizes import read_sizes
from genoview.io.faidx import ensure_indexes
from genoview.io.fasta_reader import CODES, FastaReader
from genoview.io.fasta_records import RecordSlice, place_records
from genoview.io.sequence_reader import SequenceReader

_MANY = 26  # names in an error message


class ReferenceGenome:
    """Sequence by place on the chromosome, from one file; safe to share between threads.

    Attributes:
        name: of the assembly, as in links and exports.
        chromosomes: length in bp by canonical name, in the file's order; all that have sequence.
    """

    def __init__(
        self,
        name: str,
        reader: SequenceReader,
        slices: dict[str, tuple[RecordSlice, ...]],
        lengths: dict[str, int],
    ) -> None:
        self.name = name
        self._reader = reader
        self._slices = slices
        self._lengths = lengths
        self.chromosomes = {
            chrom: lengths.get(chrom, parts[-1].interval.end) for chrom, parts in slices.items()
        }

    @classmethod
    def open(
        cls,
        name: str,
        fasta: Path,
        chrom_sizes: Path | None = None,
        *,
        index_dir: Path | None = None,
        progress: Progress = no_progress,
    ) -> Self:
        """Open a plain or bgzipped FASTA file; index it first where no index fits it.

        A record named `chr20:42484001-43484000` is that part of chr20 (1-based, as `samtools
        faidx` writes it). Of two records of one chromosome the first is used.

        Args:
            chrom_sizes: name and length in bp, tab-separated; needed where records are slices.
            index_dir: for the index, where the FASTA file's folder is read-only.
            progress: of the indexing, 0 to 1.

        Raises:
            GenomeError: the file is no FASTA, is plain gzip, or does not fit `chrom_sizes`.
        """
        with decoding(fasta.name, GenomeError):
            return cls._open(name, fasta, chrom_sizes, index_dir, progress)

    @classmethod
    def _open(
        cls,
        name: str,
        fasta: Path,
        chrom_sizes: Path | None,
        index_dir: Path | None,
        progress: Progress,
    ) -> Self:
        _check_suffix(fasta)
        indexes = ensure_indexes(fasta, index_dir, progress)
        faidx = pyfaidx.Faidx(
            str(fasta),
            indexname=str(indexes.fai),
            gzi_indexname=str(indexes.gzi) if indexes.gzi else None,
            as_raw=True,
            duplicate_action="first",
            build_index=False,
            rebuild=False,
        )
        try:
            records = {record: int(row.rlen) for record, row in faidx.index.items() if row.rlen}
            lengths = read_sizes(chrom_sizes) if chrom_sizes else {}
            return cls(
                name, FastaReader(name, faidx), place_records(name, records, lengths), lengths
            )
        except GenomeError:
            faidx.close()
            raise

    @cached_property
    def records(self) -> frozenset[str]:
        """Names as the file has them."""
        return frozenset(part.record for parts in self._slices.values() for part in parts)

    @classmethod
    def of_chromosomes(cls, name: str, reader: SequenceReader, lengths: dict[str, int]) -> Self:
        """Over a file with whole chromosomes under their canonical names, lengths in bp."""
        slices: dict[str, tuple[RecordSlice, ...]] = {
            chrom: (RecordSlice(chrom, Interval(chrom, 0, n)),) for chrom, n in lengths.items()
        }
        return cls(name, reader, slices, lengths)

    def close(self) -> None:
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def length(self, chrom: str) -> int | None:
        """Of a chromosome, in bp; None where it is not in the genome, or only slices of it are."""
        chrom = canonical_chrom(chrom)
        whole = [part.interval.end for part in self._slices.get(chrom, ()) if not part.is_sliced]
        return self._lengths.get(chrom) or next(iter(whole), None)

    def covered(self, chrom: str) -> tuple[Interval, ...]:
        """The parts of a chromosome that have sequence, left to right.

        Raises:
            GenomeError: the chromosome is not in the genome.
        """
        return tuple(part.interval for part in self._parts(chrom))

    def fetch(self, interval: Interval) -> str:
        """Forward-strand bases, upper-case A, C, G, T, exactly `interval.width` long.

        N stands for every place outside the chromosome or its covered parts, and for letters of
        no base; a code of several bases is the first of them, as in VCF.

        Raises:
            GenomeError: the chromosome is not in the genome, or the file ended early.
        """
        return self._joined(interval, self._reader.read)

    def several(self, interval: Interval) -> dict[int, str]:
        """Codes of several bases (`R`) that the file has in an interval, by 0-based place.

        Raises:
            GenomeError: the chromosome is not in the genome, or the file ended early.
        """
        letters = self._joined(interval, self._reader.letters).upper()
        places = enumerate(letters, interval.start)
        return {place: letter for place, letter in places if letter in CODES}

    def _joined(self, interval: Interval, read: Callable[[str, int, int], str]) -> str:
        """Of the parts that lie in an interval, with N between them."""
        pieces: list[str] = []
        end = interval.start
        for part in self._parts(interval.chrom):
            start, stop = max(end, part.interval.start), min(interval.end, part.interval.end)
            if start >= stop:
                continue
            offset = part.interval.start
            bases = read(part.record, start - offset, stop - offset)
            pieces += ["N" * (start - end), bases]
            end = stop
        pieces.append("N" * (interval.end - end))
        return "".join(pieces)

    def check(self, interval: Interval) -> None:
        """Pass if any base of the interval has sequence; it may reach past what is covered.

        Raises:
            GenomeError: none has, said with what the genome has instead.
        """
        parts, chrom = self.covered(interval.chrom), canonical_chrom(interval.chrom)
        length = self.chromosomes[chrom]
        if interval.start >= length:
            raise GenomeError(
                f"{interval.to_ucsc()} lies past the end of {chrom}, which is {length:,} bp long "
                f"in {self.name}."
            )
        if interval.end <= 0:
            first, last = interval.start + 1, interval.end
            raise GenomeError(f"{first:,} to {last:,} lies before {chrom}, which begins at 1.")
        if not any(part.start < interval.end and interval.start < part.end for part in parts):
            raise GenomeError(
                f"{interval.to_ucsc()} lies outside of what {self.name} covers, "
                f"{', '.join(part.to_ucsc() for part in parts)}; add the whole genome on the "
                "Models and data page."
            )

    def _parts(self, chrom: str) -> tuple[RecordSlice, ...]:
        chrom = canonical_chrom(chrom)
        if chrom in self._slices:
            return self._slices[chrom]
        message = f"{chrom} is not in {self.name}. It has {_some(self._slices)}."
        if chrom in self._lengths:
            message += " Add the whole genome on the Models and data page."
        raise GenomeError(message)


def _check_suffix(fasta: Path) -> None:
    """pyfaidx goes by the name alone."""
    kind, named = compression(fasta), fasta.suffix.lower() in (".gz", ".bgz")
    if kind == "bgzf" and not named:
        raise GenomeError(f"{fasta.name} is bgzipped, but not named so; call it {fasta.name}.gz.")
    if kind == "plain" and named:
        raise GenomeError(f"{fasta.name} is not compressed; call it {fasta.stem}.")


def _some(names: Iterable[str]) -> str:
    """All names of a few, the first and the count of many."""
    listed = list(names)
    rest = len(listed) - _MANY
    return ", ".join(listed[:_MANY]) + (f" and {rest:,} more" if rest > 0 else "")
