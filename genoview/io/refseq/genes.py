"""RefSeqTable -> genes of a window, transcripts by any of their names, and suggestions."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from genoview.data.genome import Gene, Transcript
from genoview.errors import AnnotationError
from genoview.io.annotation import Annotation
from genoview.io.refseq.mane import SELECT, Mane, load_mane, stem
from genoview.io.refseq.symbols import SymbolIndex, load_symbols
from genoview.io.refseq.table import RefSeqTable

LONGEST_CODING, LONGEST = "longest coding transcript", "longest transcript"
_IDS = ("NM_", "NR_", "NP_", "ENST", "ENSP")
_AFTER = "\uffff"  # sorts behind every text that begins alike


@dataclass(frozen=True, slots=True)
class NamedTranscript:
    """A transcript of a gene.

    Attributes:
        label: MANE Select, MANE Plus Clinical, longest coding transcript, longest transcript, or
            "" of the others.
        irregular: the record differs from the genome by insertions or deletions.
    """

    transcript: Transcript
    symbol: str
    label: str = ""
    irregular: bool = False

    @property
    def coding_length(self) -> int:
        """bp, stop codon included; 0 where nothing is coding or known to be."""
        return sum(exon.coding.width for exon in self.transcript.exons if exon.coding)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a typed beginning may become: a name to search, its gene, and what kind of name."""

    name: str
    symbol: str
    kind: str
    title: str = ""


class RefSeqGenes(Annotation):
    """Curated RefSeq genes of GRCh37 or GRCh38; safe to share between threads."""

    def __init__(self, table: RefSeqTable, mane: Mane) -> None:
        super().__init__(table.genes, f"RefSeq of {table.family}")
        self.family = table.family
        self._refseq, self._mane = table, mane

    def find(self, text: str) -> Gene:
        """As of an Annotation; aliases, previous symbols, and Ensembl's and HGNC's ids too.

        Raises:
            AnnotationError: no gene has the name, or several have it.
        """
        return super().find(self._own_name(text.strip()))

    def transcripts(self, name: str) -> tuple[NamedTranscript, ...]:
        """Of a transcript's or protein's id, that one; of a gene, all, the chosen one first.

        A version is passed over: see `transcript.transcript_id` for the one that is here. Of a
        record that lies at several places, all; X before Y.

        Raises:
            AnnotationError: nothing here has the name.
        """
        own = self._own_name(name.strip())
        rows = self._rows.get(stem(own))
        if rows is not None:
            return tuple(self._named(row) for row in rows)
        genes = self._by_symbol.get(own.upper()) or [self._row_of(own)]
        matches = [row for gene in genes for row in self._transcripts_of(gene)]
        ranked = sorted(matches, key=self._rank)
        first = self._named(ranked[0], LONGEST_CODING if self._length(ranked[0]) else LONGEST)
        return (first, *(self._named(row) for row in ranked[1:]))

    def suggest(self, prefix: str, limit: int = 10) -> list[Suggestion]:
        """Names that begin so: symbols, then previous symbols and aliases; or transcripts' ids."""
        typed = prefix.strip().upper()
        if not typed:
            return []
        if typed.startswith(_IDS) or (len(typed) > 1 and any(i.startswith(typed) for i in _IDS)):
            suggested = self._suggested_ids(typed, limit)
            if suggested:
                return suggested
        hits = self._symbols.beginning(typed)[:limit]
        return [Suggestion(n, s, kind, self._mane.titles.get(s, "")) for n, s, kind in hits]

    def _suggested_ids(self, typed: str, limit: int) -> list[Suggestion]:
        names = self._ids
        first, last = (bisect_left(names, key) for key in (typed, typed + _AFTER))
        return [self._suggested_id(name) for name in names[first : min(last, first + limit)]]

    def _suggested_id(self, name: str) -> Suggestion:
        symbol, row = self._symbol_of_id[name], self._mane.by_id.get(stem(name))
        kind = f"MANE {row.status}" if row else "transcript"
        return Suggestion(name, symbol, kind, self._mane.titles.get(symbol, ""))

    def _own_name(self, name: str) -> str:
        """The name by which this table knows what is meant; the text itself where it knows none.

        Raises:
            AnnotationError: it is an alias of several genes.
        """
        key = name.upper()
        if key in self._by_symbol or stem(key) in self._rows:
            return name
        row = self._mane.by_id.get(stem(key))
        if row is not None:
            return row.refseq if stem(row.refseq) in self._rows else row.symbol
        symbol = self._mane.symbol_of_gene.get(stem(key))
        meant = [symbol] if symbol else self._symbols.meant(key)
        if len(meant) > 1:
            raise AnnotationError(
                f"{name} is an alias of {len(meant)} genes: {', '.join(meant)}. Type one of them."
            )
        return meant[0] if meant else name

    def _row_of(self, name: str) -> int:
        """Raises AnnotationError with names near it."""
        raise AnnotationError(self._absent(name))

    def _transcripts_of(self, gene: int) -> range:
        return range(*self._table.transcript_first[gene : gene + 2])

    def _named(self, row: int, label: str = "") -> NamedTranscript:
        mane = self._mane.by_id.get(stem(self._table.transcript_id[row]))
        return NamedTranscript(
            self._table.transcript(row),
            self._table.symbol[self._table.gene_of_transcript(row)],
            f"MANE {mane.status}" if mane else label,
            bool(self._refseq.irregular[row]),
        )

    def _rank(self, row: int) -> tuple[int, int, int, int]:
        """MANE Select, Plus Clinical, then by coding length and by length."""
        mane = self._mane.by_id.get(stem(self._table.transcript_id[row]))
        status = 2 if mane is None else int(mane.status != SELECT)
        exons = slice(*self._table.exon_first[row : row + 2])
        length = int((self._table.exon_end[exons] - self._table.exon_start[exons]).sum())
        return status, -self._length(row), -length, row

    def _length(self, row: int) -> int:
        return int(self._refseq.coding_length[row])

    @cached_property
    def _symbols(self) -> SymbolIndex:
        return load_symbols(frozenset(self._table.symbol))

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """Transcripts by id without version; a record may lie on X and Y."""
        rows: dict[str, list[int]] = {}
        for row, name in enumerate(self._table.transcript_id):
            rows.setdefault(name.partition(".")[0], []).append(row)
        return rows

    @cached_property
    def _by_id(self) -> dict[str, list[int]]:
        """Genes by the id of the gene or of a transcript, without version."""
        genes: dict[str, list[int]] = {}
        for gene, name in enumerate(self._table.gene_id):
            genes.setdefault(name.upper(), []).append(gene)
        for name, rows in self._rows.items():
            genes[name] = sorted({self._table.gene_of_transcript(row) for row in rows})
        return genes

    @cached_property
    def _symbol_of_id(self) -> dict[str, str]:
        """Of transcripts, and of MANE's transcripts and proteins; in the order of ids."""
        table = self._table
        per_gene = np.diff(table.transcript_first).tolist()
        symbols = (name for name, n in zip(table.symbol, per_gene, strict=True) for _ in range(n))
        known = dict(zip(table.transcript_id, symbols, strict=True))
        for row in self._mane.rows:
            if rows := self._rows.get(stem(row.refseq)):
                symbol = known[table.transcript_id[rows[0]]]
                known |= {row.ensembl: symbol, row.protein: symbol}
        return dict(sorted(known.items()))

    @cached_property
    def _ids(self) -> list[str]:
        return list(self._symbol_of_id)


@cache
def refseq_genes(family: str) -> RefSeqGenes:
    """The embedded genes of a build, decoded once.

    Raises:
        AnnotationError: there are none for this build, or they cannot be read.
    """
    return RefSeqGenes(RefSeqTable.load(family), load_mane())
