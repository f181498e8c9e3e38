"""Genes, transcripts and exons as columns, fast to load and save; a Gene is made on demand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from genoview.data.genome import Exon, Gene, Interval, Transcript
from genoview.io.formats.gff_lines import CODING, joined

IntArray = npt.NDArray[np.int64]
SCHEMA_VERSION = 2  # raised when the meaning of the columns changes


@dataclass(slots=True)
class RawTranscript:
    """A transcript while its file is being read; parts in any order."""

    transcript_id: str
    source: str
    biotype: str
    exons: list[tuple[int, int]] = field(default_factory=list)
    coding: list[tuple[int, int]] = field(default_factory=list)

    def add(self, feature: str, start: int, end: int) -> None:
        """One line of the file: an exon, or a part of the coding sequence."""
        (self.coding if feature in CODING else self.exons).append((start, end))

    def settle(self) -> bool:
        """Exons in order; coding parts stand for exons where the file has none of these."""
        self.exons = sorted(set(self.exons)) or joined(self.coding)
        return bool(self.exons)

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Start, end and coding part of each exon: what lies between first and last codon."""
        first = min((start for start, _ in self.coding), default=0)
        last = max((end for _, end in self.coding), default=0)
        for start, end in self.exons:
            coding = max(start, first), min(end, last)
            yield start, end, *(coding if coding[0] < coding[1] else (start, start))


@dataclass(slots=True)
class RawGene:
    """A gene while its file is being read; spans its transcripts and its own line."""

    gene_id: str
    chrom: str
    strand: str
    symbol: str = ""
    biotype: str = ""
    transcripts: list[RawTranscript] = field(default_factory=list)
    extent: tuple[int, int] | None = None

    def widen(self, start: int, end: int) -> None:
        """Reach over these places too."""
        known = self.extent or (start, end)
        self.extent = (min(start, known[0]), max(end, known[1]))

    def settle(self) -> bool:
        """Transcripts by place, and the span of all; False where nothing has a place."""
        self.transcripts = [transcript for transcript in self.transcripts if transcript.settle()]
        self.transcripts.sort(
            key=lambda transcript: (transcript.exons[0][0], -transcript.exons[-1][1])
        )
        for transcript in self.transcripts:
            self.widen(transcript.exons[0][0], transcript.exons[-1][1])
        return self.extent is not None


@dataclass(frozen=True)
class GeneTable:
    """Columns; genes by chromosome and place, their transcripts and exons by place.

    Attributes:
        transcript_first: int64[genes + 1]; gene i has transcripts first[i] to first[i + 1].
        exon_first: int64[transcripts + 1], likewise.
        exon_start: int64[exons], 0-based; exon_end lies behind the last base.
        coding_start: int64[exons]; equal to coding_end where nothing is coding, or unknown.
    """

    gene_id: list[str]
    symbol: list[str]
    biotype: list[str]
    chrom: list[str]
    strand: list[str]
    start: IntArray
    end: IntArray
    transcript_first: IntArray
    transcript_id: list[str]
    source: list[str]
    transcript_biotype: list[str]
    exon_first: IntArray
    exon_start: IntArray
    exon_end: IntArray
    coding_start: IntArray
    coding_end: IntArray

    @property
    def n_genes(self) -> int:
        return len(self.gene_id)

    @classmethod
    def build(cls, raw_genes: Iterable[RawGene]) -> Self:
        """Columns of the genes that have a place."""
        genes = [gene for gene in raw_genes if gene.settle()]
        genes.sort(key=lambda gene: (gene.chrom, gene.extent))
        transcripts = [transcript for gene in genes for transcript in gene.transcripts]
        rows = [row for transcript in transcripts for row in transcript.rows()]
        exons = np.array(rows, dtype=np.int64).reshape(-1, 4).T
        extents = np.array([gene.extent for gene in genes], dtype=np.int64).reshape(-1, 2).T
        return cls(
            gene_id=[gene.gene_id for gene in genes],
            symbol=[gene.symbol or gene.gene_id for gene in genes],
            biotype=[gene.biotype for gene in genes],
            chrom=[gene.chrom for gene in genes],
            strand=[gene.strand for gene in genes],
            start=extents[0],
            end=extents[1],
            transcript_first=_offsets([len(gene.transcripts) for gene in genes]),
            transcript_id=[transcript.transcript_id for transcript in transcripts],
            source=[transcript.source for transcript in transcripts],
            transcript_biotype=[transcript.biotype for transcript in transcripts],
            exon_first=_offsets([len(transcript.exons) for transcript in transcripts]),
            exon_start=exons[0],
            exon_end=exons[1],
            coding_start=exons[2],
            coding_end=exons[3],
        )

    def gene(self, row: int) -> Gene:
        """One gene with all of its transcripts."""
        span = self._span(row)
        transcripts = range(*self.transcript_first[row : row + 2])
        return Gene(
            self.gene_id[row],
            self.symbol[row],
            span,
            tuple(self._transcript(i, span) for i in transcripts),
            self.biotype[row],
        )

    def transcript(self, row: int) -> Transcript:
        """One transcript."""
        return self._transcript(row, self._span(self.gene_of_transcript(row)))

    def _span(self, row: int) -> Interval:
        return Interval(self.chrom[row], int(self.start[row]), int(self.end[row]), self.strand[row])

    def _transcript(self, row: int, gene: Interval) -> Transcript:
        exons = tuple(self._exon(i, gene) for i in range(*self.exon_first[row : row + 2]))
        return Transcript(
            self.transcript_id[row],
            replace(gene, start=exons[0].interval.start, end=exons[-1].interval.end),
            exons,
            self.source[row],
            self.transcript_biotype[row],
        )

    def _exon(self, row: int, gene: Interval) -> Exon:
        place = replace(gene, start=int(self.exon_start[row]), end=int(self.exon_end[row]))
        start, end = int(self.coding_start[row]), int(self.coding_end[row])
        return Exon(place, replace(gene, start=start, end=end) if start < end else None)

    def gene_of_transcript(self, row: int) -> int:
        """Row of the gene that has this transcript."""
        return int(np.searchsorted(self.transcript_first, row, side="right")) - 1

    def save(self, folder: Path) -> None:
        """Three Parquet files.

        Raises:
            OSError: the folder cannot be written.
        """
        for level, names in _LEVELS.items():
            columns = {name: getattr(self, name) for name in names}
            if level in _OFFSETS:
                columns["n_children"] = np.diff(getattr(self, _OFFSETS[level]))
            pq.write_table(pa.table(columns), folder / f"{level}.parquet", compression="zstd")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote.

        Raises:
            OSError, ValueError, KeyError: absent, or something else.
        """
        columns: dict[str, list[str] | IntArray] = {}
        for level, names in _LEVELS.items():
            table = pq.read_table(folder / f"{level}.parquet")
            for name in names:
                texts = pa.types.is_string(table[name].type)
                columns[name] = table[name].to_pylist() if texts else table[name].to_numpy()
            if level in _OFFSETS:
                columns[_OFFSETS[level]] = _offsets(table["n_children"].to_numpy())
        return cls(**columns)  # type: ignore[arg-type]


_LEVELS = {
    "genes": ("gene_id", "symbol", "biotype", "chrom", "strand", "start", "end"),
    "transcripts": ("transcript_id", "source", "transcript_biotype"),
    "exons": ("exon_start", "exon_end", "coding_start", "coding_end"),
}
_OFFSETS = {"genes": "transcript_first", "transcripts": "exon_first"}


def _offsets(counts: Sequence[int] | IntArray) -> IntArray:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
