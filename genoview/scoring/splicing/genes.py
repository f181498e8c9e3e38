"""Genes as delta scores need them: extent, strand, splice sites; from three kinds of table."""

import csv
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, Self

import numpy as np

from genoview.data.genome import Gene, Interval, canonical_chrom
from genoview.errors import AnnotationError
from genoview.io.annotation import Annotation

BLOCK = 1_000_000  # bp of genes that are looked up together
KEEP_BLOCKS = 64


@dataclass(frozen=True, slots=True)
class SpliceGene:
    """One gene; places are 0-based.

    Attributes:
        interval: the bases that a model may see, with the strand.
        acceptors: first bases of exons behind an intron.
        donors: last bases of exons before an intron.
        boundaries: first and last bases of all exons, left to right.
    """

    name: str
    interval: Interval
    acceptors: tuple[int, ...] = ()
    donors: tuple[int, ...] = ()
    boundaries: tuple[int, ...] = ()

    @property
    def strand(self) -> str:
        return self.interval.strand


class GeneSource(Protocol):
    """What knows the genes of a place."""

    def at(self, chrom: str, position: int) -> Sequence[SpliceGene]:
        """Genes that hold the 0-based position, in the order in which they are reported."""


class SpliceGenes:
    """Genes of a table in the format of an original program."""

    def __init__(self, genes: Iterable[SpliceGene]) -> None:
        self._genes: dict[str, list[SpliceGene]] = {}
        for gene in genes:
            self._genes.setdefault(gene.interval.chrom, []).append(gene)
        self._extents = {
            chrom: np.array([(gene.interval.start, gene.interval.end) for gene in genes])
            for chrom, genes in self._genes.items()
        }

    @classmethod
    def from_spliceai(cls, path: Path) -> Self:
        """NAME, CHROM, STRAND, TX_START, TX_END, EXON_START, EXON_END; starts are 0-based.

        Raises:
            AnnotationError: the file cannot be read or lacks a column.
        """
        return cls(_spliceai_gene(row) for row in _rows(path, "\t", "TX_START"))

    @classmethod
    def from_cispliceai(cls, path: Path) -> Self:
        """gene_id, chr, strand, start, end, jn_start, jn_end; 1-based, the end is left out.

        Raises:
            AnnotationError: the file cannot be read or lacks a column.
        """
        return cls(_cispliceai_gene(row) for row in _rows(path, ",", "jn_start"))

    def at(self, chrom: str, position: int) -> Sequence[SpliceGene]:
        chrom = canonical_chrom(chrom)
        if chrom not in self._genes:
            return ()
        extents = self._extents[chrom]
        holds = (extents[:, 0] <= position) & (position < extents[:, 1])
        return [self._genes[chrom][row] for row in np.flatnonzero(holds)]


class AnnotatedGenes:
    """Genes of genoview's own annotation: the sites of all transcripts of a gene together.

    They are read a block at a time, since to ask the annotation takes as long for a base.
    """

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._block = lru_cache(maxsize=KEEP_BLOCKS)(self._read_block)

    def at(self, chrom: str, position: int) -> Sequence[SpliceGene]:
        return self._block(chrom, position // BLOCK).at(chrom, position)

    def _read_block(self, chrom: str, number: int) -> SpliceGenes:
        genes = self._annotation.genes(Interval(chrom, number * BLOCK, (number + 1) * BLOCK))
        return SpliceGenes(_annotated_gene(gene) for gene in genes if gene.interval.strand != ".")


@lru_cache(maxsize=8)
def annotated_genes(annotation: Annotation) -> AnnotatedGenes:
    """Those of an annotation, which many questions share."""
    return AnnotatedGenes(annotation)


def _rows(path: Path, separator: str, column: str) -> list[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines, delimiter=separator))
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path} cannot be read as a table of genes: {error}.") from error
    if not rows or column not in rows[0]:
        raise AnnotationError(f"{path.name} has no column {column}: is it another kind of table?")
    return rows


def _spliceai_gene(row: dict[str, str]) -> SpliceGene:
    starts = _numbers(row["EXON_START"])
    lasts = [end - 1 for end in _numbers(row["EXON_END"])]
    start, end = int(row["TX_START"]), int(row["TX_END"])
    interval = Interval(canonical_chrom(row["CHROM"]), start, end, row["STRAND"])
    return _gene(row["#NAME"], interval, starts, lasts)


def _cispliceai_gene(row: dict[str, str]) -> SpliceGene:
    left = [place - 1 for place in _numbers(row["jn_start"])]
    right = [place - 1 for place in _numbers(row["jn_end"])]
    acceptors, donors = (right, left) if row["strand"] == "+" else (left, right)
    start, end = int(row["start"]) - 1, int(row["end"]) - 1
    interval = Interval(canonical_chrom(row["chr"]), start, end, row["strand"])
    bounds = tuple(sorted({*left, *right}))
    return SpliceGene(row["gene_id"], interval, tuple(acceptors), tuple(donors), bounds)


def _annotated_gene(gene: Gene) -> SpliceGene:
    exons = [transcript.exons for transcript in gene.transcripts]
    starts = [exon.interval.start for several in exons for exon in several]
    lasts = [exon.interval.end - 1 for several in exons for exon in several]
    inner_starts = {exon.interval.start for several in exons for exon in several[1:]}
    inner_lasts = {exon.interval.end - 1 for several in exons for exon in several[:-1]}
    acceptors, donors = (inner_starts, inner_lasts)
    if gene.interval.strand == "-":
        acceptors, donors = donors, acceptors
    bounds = tuple(sorted({*starts, *lasts}))
    return SpliceGene(
        gene.symbol, gene.interval, tuple(sorted(acceptors)), tuple(sorted(donors)), bounds
    )


def _gene(name: str, interval: Interval, starts: list[int], lasts: list[int]) -> SpliceGene:
    """Of one transcript; the outer ends of its first and last exon are no splice sites."""
    inner_starts, inner_lasts = tuple(starts[1:]), tuple(lasts[:-1])
    acceptors, donors = (
        (inner_starts, inner_lasts) if interval.strand == "+" else (inner_lasts, inner_starts)
    )
    return SpliceGene(name, interval, acceptors, donors, tuple(sorted({*starts, *lasts})))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]
