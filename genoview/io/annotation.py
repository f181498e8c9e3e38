"""Gene file -> Annotation -> the genes of an interval, or the gene of a name."""

import difflib
import hashlib
import re
import tempfile
from bisect import bisect_left
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

import pandas as pd
import pyarrow as pa
import pyranges as pr

from genoview.data.genome import Gene, Interval, canonical_chrom
from genoview.data.input.decoding import decoding
from genoview.errors import AnnotationError
from genoview.io.bgzf import Progress, no_progress
from genoview.io.gene_table import SCHEMA_VERSION, GeneTable
from genoview.io.gtf import read_genes

WORTH_KEEPING = 1_000_000  # bytes of a gene file that takes longer to parse than its table to load
GENES_AT_HAND = 256  # of those made last: each run of a page wants the same ones
_VERSION = re.compile(r"\.\d+(_\d+)?$")  # `.16` and GENCODE's lifted `.16_4`
_N_NEAR = 5  # names offered in an error
_CHROMOSOME = re.compile(r"chr(\d+|[A-Z])")


class Annotation:
    """Genes of one genome; each Gene is made on demand. Safe to share between threads."""

    def __init__(self, table: GeneTable, name: str = "") -> None:
        """Args: name: of the file, for messages."""
        self._table = table
        self._gene = lru_cache(GENES_AT_HAND)(table.gene)
        self._rows_within = lru_cache(GENES_AT_HAND)(self._overlapping)
        self._name = name

    @classmethod
    def open(
        cls, path: Path, *, cache_dir: Path | None = None, progress: Progress = no_progress
    ) -> Self:
        """Read a GTF or GFF3 file of GENCODE, Ensembl or RefSeq, plain or gzipped.

        Args:
            cache_dir: where the parsed table of a large file is kept, by the file's content.

        Raises:
            AnnotationError: the file cannot be read, a line is malformed, or it has no genes.
        """
        try:
            large = path.stat().st_size >= WORTH_KEEPING
        except OSError as error:
            raise AnnotationError(f"{path} cannot be read: {error.strerror}.") from error
        with decoding(path.name, AnnotationError):
            if cache_dir is None or not large:
                return cls(read_genes(path, progress), path.name)
            return cls(_remembered(path, cache_dir, progress), path.name)

    @classmethod
    def empty(cls) -> Self:
        """Of a genome without genes."""
        return cls(GeneTable.build(()))

    def __len__(self) -> int:
        return self._table.n_genes

    @property
    def name(self) -> str:
        """Of the gene file; empty of a genome without genes."""
        return self._name

    def genes(self, interval: Interval) -> tuple[Gene, ...]:
        """Genes that overlap the interval, on either strand, sorted by start."""
        return tuple(self._gene(row) for row in self._rows_within(interval))

    def _overlapping(self, interval: Interval) -> tuple[int, ...]:
        """Rows of these genes."""
        if not len(self):
            return ()
        start = max(interval.start, 0)
        if interval.end <= start:
            return ()
        overlapping = self._ranges[canonical_chrom(interval.chrom), start : interval.end]
        return tuple(sorted(map(int, overlapping.df["row"]))) if len(overlapping) else ()

    def find(self, text: str) -> Gene:
        """The gene of a symbol, or of a gene or transcript id, with or without its version.

        Raises:
            AnnotationError: no gene has the name, said with near ones, or several have it.
        """
        wanted = text.strip().upper()
        rows = self._by_symbol.get(wanted) or self._by_id.get(_VERSION.sub("", wanted))
        if not rows:
            raise AnnotationError(self._absent(text.strip()))
        rows = self._preferred(rows)
        if len(rows) > 1:
            places = [self._gene(row) for row in rows[:_N_NEAR]]
            listed = ", ".join(f"{gene.gene_id} ({gene.interval.to_ucsc()})" for gene in places)
            raise AnnotationError(
                f"{text.strip()} names {len(rows):,} genes: {listed}"
                f"{' and others' if len(rows) > _N_NEAR else ''}. Type the id of one of them."
            )
        return self._gene(rows[0])

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """Symbols that begin so, in any case; short ones first."""
        typed = prefix.upper()
        first, last = (bisect_left(self._sorted_symbols, key) for key in (typed, typed + "\uffff"))
        keys = sorted(self._sorted_symbols[first:last], key=lambda key: (len(key), key))
        return [self._table.symbol[self._by_symbol[key][0]] for key in keys[:limit] if key]

    def has(self, name: str) -> bool:
        """Whether it is a symbol, or an id with or without its version."""
        key = name.upper()
        return key in self._by_symbol or _VERSION.sub("", key) in self._by_id

    def _preferred(self, rows: list[int]) -> list[int]:
        """Chromosomes before alternative contigs, X before Y where both have the gene."""
        chrom = self._table.chrom
        placed = [row for row in rows if _CHROMOSOME.fullmatch(chrom[row])] or rows
        if [chrom[row] for row in placed] == ["chrX", "chrY"]:
            return placed[:1]
        return placed

    def _absent(self, text: str) -> str:
        if not len(self):
            return (
                f"{text} cannot be looked up: this genome has no genes. Add a GTF or GFF3 file to "
                "it on the Models and data page, or type a position."
            )
        # Names of the same first letter only: over all of them it takes seconds.
        candidates = [name for name in self._by_symbol if name[:1] == text[:1].upper()]
        near = difflib.get_close_matches(text.upper(), candidates, _N_NEAR)
        symbols = [self._table.symbol[self._by_symbol[name][0]] for name in near]
        message = f"{text} is not among the {len(self):,} genes of {self._name}."
        return f"{message} Near it: {', '.join(symbols)}." if symbols else message

    @cached_property
    def _ranges(self) -> pr.PyRanges:
        table = self._table
        return pr.PyRanges(
            pd.DataFrame(
                {
                    "Chromosome": table.chrom,
                    "Start": table.start,
                    "End": table.end,
                    "row": range(table.n_genes),
                }
            )
        )

    @cached_property
    def _by_symbol(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, symbol in enumerate(self._table.symbol):
            rows.setdefault(symbol.upper(), []).append(row)
        return rows

    @cached_property
    def _sorted_symbols(self) -> list[str]:
        return sorted(self._by_symbol)

    @cached_property
    def _by_id(self) -> dict[str, list[int]]:
        """Gene and transcript ids without version; a transcript leads to its gene."""
        rows: dict[str, list[int]] = {}
        for row, gene_id in enumerate(self._table.gene_id):
            rows.setdefault(_VERSION.sub("", gene_id.upper()), []).append(row)
        for row, transcript_id in enumerate(self._table.transcript_id):
            genes = rows.setdefault(_VERSION.sub("", transcript_id.upper()), [])
            gene = self._table.gene_of_transcript(row)
            if gene not in genes:
                genes.append(gene)
        return rows


def _remembered(path: Path, cache_dir: Path, progress: Progress) -> GeneTable:
    """The parsed table, from the cache where it is there; a bad cache costs a reading."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    folder = cache_dir / "genes" / f"{digest[:32]}-s{SCHEMA_VERSION}"
    try:
        return GeneTable.load(folder)
    except (OSError, ValueError, KeyError, pa.ArrowException):
        table = read_genes(path, progress)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            whole = Path(scratch) / "table"
            whole.mkdir()
            table.save(whole)
            whole.replace(folder)
    except OSError:
        pass  # not writable, or another process was first: the table is here all the same
    return table
