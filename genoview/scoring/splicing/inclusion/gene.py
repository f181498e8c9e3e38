"""A transcript and a table of measured inclusion -> what share of RNA has each exon, by tissue."""

from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.site_data import FloatArray
from genoview.io.inclusion.table import ExonShares, InclusionTable
from genoview.io.refseq.genes import NamedTranscript

VARIES = 0.05  # of inclusion: tissues that differ by less are called alike


@dataclass(frozen=True, slots=True)
class GeneExon:
    """One exon of a transcript.

    Attributes:
        number: from 1, as it is read.
        interval: with its strand.
        shares: None where the table has no such exon.
    """

    number: int
    interval: Interval
    is_coding: bool
    shares: ExonShares | None = None

    @property
    def psi(self) -> float | None:
        """Median of the tissues that have RNA with it."""
        seen = self.shares.seen.values() if self.shares else ()
        return median(seen) if seen else None

    @property
    def extremes(self) -> tuple[tuple[str, float], tuple[str, float]] | None:
        """Tissue and share of the least and the most, of tissues that have RNA with it."""
        seen = self.shares.seen if self.shares else {}
        if not seen:
            return None
        least, most = min(seen, key=seen.__getitem__), max(seen, key=seen.__getitem__)
        return (least, seen[least]), (most, seen[most])

    @property
    def spread(self) -> float:
        """Between these; 0 where nothing is measured."""
        ends = self.extremes
        return ends[1][1] - ends[0][1] if ends else 0.0


@dataclass(frozen=True, eq=False)
class GeneInclusion:
    """Every exon of one transcript of a gene.

    Attributes:
        exons: from 5' to 3'.
        tissues: of the table, in its order; none where there is no table.
    """

    named: NamedTranscript
    exons: tuple[GeneExon, ...]
    tissues: tuple[str, ...]
    source: str

    @property
    def measured(self) -> tuple[GeneExon, ...]:
        """Exons of which the table has numbers."""
        return tuple(exon for exon in self.exons if exon.shares is not None)

    @property
    def absent(self) -> tuple[GeneExon, ...]:
        """Exons that it does not have."""
        return tuple(exon for exon in self.exons if exon.shares is None)

    @cached_property
    def expressing(self) -> tuple[str, ...]:
        """Tissues with RNA of any of the exons."""
        seen = {tissue for exon in self.exons if exon.shares for tissue in exon.shares.seen}
        return tuple(tissue for tissue in self.tissues if tissue in seen)

    @property
    def silent(self) -> tuple[str, ...]:
        """The others: the gene is off there, or was not measured."""
        return tuple(tissue for tissue in self.tissues if tissue not in self.expressing)

    @property
    def words(self) -> str:
        """What is measured, and how tissues differ, in two or three sentences."""
        n, n_measured = len(self.exons), len(self.measured)
        measured = f"All {n}" if n_measured == n else f"{n_measured} of {n}"
        exons = "Its one exon" if n == 1 else f"{measured} exons"
        begin = (
            f"{exons} measured, with RNA in {len(self.expressing)} of {len(self.tissues)} tissues."
        )
        return " ".join((begin, *self._zero_words(), *self._varied_words()))

    def _zero_words(self) -> tuple[str, ...]:
        """Of the exon that the most of these tissues have no RNA with."""
        counts = {exon.number: self._n_zero(exon) for exon in self.measured}
        number = max(counts, key=counts.__getitem__, default=0)
        n = counts.get(number, 0)
        where = "any" if n == len(self.expressing) else f"{n}"
        return (f"No RNA with exon {number} was seen in {where} of them.",) if n else ()

    def _n_zero(self, exon: GeneExon) -> int:
        shares = exon.shares.by_tissue if exon.shares else {}
        return sum(shares.get(tissue) == 0 for tissue in self.expressing)

    def _varied_words(self) -> tuple[str, ...]:
        """Of the exon whose inclusion differs most."""
        varied = max(self.measured, key=lambda exon: exon.spread, default=None)
        ends = None if varied is None else varied.extremes
        if varied is None or ends is None:
            return ()
        if varied.spread < VARIES:
            return (f"Where RNA has an exon, tissues differ by less than {VARIES:.0%}.",)
        (least, low), (most, high) = ends
        return (
            f"Exon {varied.number} differs most between tissues: {low:.0%} of RNA has it in "
            f"{least}, {high:.0%} in {most}.",
        )

    def matrix(self, tissues: tuple[str, ...]) -> FloatArray:
        """float32[tissues, exons], shares from 0 to 1; NaN where an exon is not in the table."""
        columns = [
            [np.nan if exon.shares is None else exon.shares.by_tissue[tissue] for tissue in tissues]
            for exon in self.exons
        ]
        return np.array(columns, dtype=np.float32).T

    def place_of(self, variant: Variant) -> float | None:
        """Number of the exon that a variant changes, or between two of them; None outside."""
        change = variant.interval
        spans = [exon.interval for exon in self.exons]
        for exon in self.exons:
            if exon.interval.overlaps(change):
                return float(exon.number)
        if not spans or change.end <= min(span.start for span in spans):
            return None
        behind = sum(span.end <= change.start for span in spans)
        if behind == len(spans):
            return None
        backward = spans[0].strand == "-"
        return (len(spans) - behind if backward else behind) + 0.5


def gene_inclusion(named: NamedTranscript, table: InclusionTable | None) -> GeneInclusion:
    """Of a transcript; without numbers where there is no table.

    Raises:
        AnnotationError: the table cannot be read.
    """
    strand = named.transcript.interval.strand
    exons_here = named.transcript.exons  # in genome order
    ordered = exons_here[::-1] if strand == "-" else exons_here
    places = [replace(exon.interval, strand=strand) for exon in ordered]
    shares = {} if table is None else table.shares(places, named.symbol)
    exons = tuple(
        GeneExon(number, place, exon.coding is not None, shares.get(place))
        for number, (exon, place) in enumerate(zip(ordered, places, strict=True), 1)
    )
    if table is None or not shares:
        return GeneInclusion(named, exons, (), "")
    return GeneInclusion(named, exons, table.tissues, table.source)
