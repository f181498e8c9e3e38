"""How each original program goes about delta scores: what it looks at, aligns, masks, passes over.

`spliceai` (PyPI 1.3.1) and `cispliceai` (PyPI 1.2.2) differ in each of these; docs/splice-scores.md
describes how, and how the scores compare with theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import FloatArray
from genoview.models.entry import SpliceRules
from genoview.models.registry import splice_rules
from genoview.scoring import (
    DeltaScores,
    aligned,
    delta_scores,
    masked_by_nearest,
    masked_by_sites,
)
from genoview.scoring.splicing.genes import SpliceGene

CONTEXT_LENGTH = 5_000  # bp that spliceai reads on each side
FARTHEST = 1_000_000_000  # bp; beyond every chromosome


class Rules(Protocol):
    """One program's way."""

    @property
    def name(self) -> str:
        """Of the program."""

    def span(self, variant: Variant, distance: int) -> Interval:
        """Where REF's sites are compared with ALT's."""

    def refusal(self, variant: Variant, distance: int, chrom_length: int) -> str:
        """Why the program passes the variant over, in a sentence; empty where it does not."""

    def genes(self, variant: Variant, genes: Sequence[SpliceGene]) -> Sequence[SpliceGene]:
        """The genes to score the variant in, of those that hold its position."""

    def scores(
        self, variant: Variant, gene: SpliceGene, span: Interval, ref: FloatArray, alt: FloatArray
    ) -> tuple[DeltaScores, DeltaScores]:
        """Raw and masked, from values in genome order: [span, 2] and [span + length change, 2]."""


@dataclass(frozen=True, slots=True)
class NearestBoundary:
    """spliceai: places up to the distance on each side, in genes only, one base of REF or ALT."""

    name: str = SpliceRules.NEAREST_BOUNDARY.value

    def span(self, variant: Variant, distance: int) -> Interval:
        start = variant.start
        return Interval(variant.chrom, start - distance, start + distance + 1)

    def refusal(self, variant: Variant, distance: int, chrom_length: int) -> str:
        reach = distance + CONTEXT_LENGTH
        if variant.start < reach or variant.start + reach >= chrom_length:
            return (
                f"{variant.chrom}:{variant.pos:,} lies less than {reach:,} bp from the "
                f"chromosome's end, where {self.name} does not score."
            )
        if len(variant.ref) > 2 * distance:
            return (
                f"REF is {len(variant.ref):,} bp long; at a distance of {distance:,} bp "
                f"{self.name} scores up to {2 * distance:,} bp."
            )
        if len(variant.ref) > 1 and len(variant.alt) > 1:
            return f"REF and ALT are both longer than one base, which {self.name} does not score."
        return ""

    def genes(self, variant: Variant, genes: Sequence[SpliceGene]) -> Sequence[SpliceGene]:
        return genes

    def scores(
        self, variant: Variant, gene: SpliceGene, span: Interval, ref: FloatArray, alt: FloatArray
    ) -> tuple[DeltaScores, DeltaScores]:
        at = variant.start - span.start
        alt = aligned(alt, at, variant.length_change, zeros_behind_anchor=True)
        raw = delta_scores(alt - ref, at, gene.name, gene.strand)
        offsets = (place - variant.start for place in gene.boundaries)
        return raw, masked_by_nearest(raw, min(offsets, key=abs, default=FARTHEST))


@dataclass(frozen=True, slots=True)
class KnownSites:
    """cispliceai: up to the distance behind REF too, both strands where there is no gene."""

    name: str = SpliceRules.KNOWN_SITES.value

    def span(self, variant: Variant, distance: int) -> Interval:
        n_places = 2 * distance + len(variant.ref)
        start = variant.start - distance
        return Interval(variant.chrom, start, start + n_places + n_places % 2)

    def refusal(self, variant: Variant, distance: int, chrom_length: int) -> str:
        return ""

    def genes(self, variant: Variant, genes: Sequence[SpliceGene]) -> Sequence[SpliceGene]:
        if genes:
            return genes
        return [
            SpliceGene(strand, Interval(variant.chrom, -FARTHEST, FARTHEST, strand))
            for strand in "+-"
        ]

    def scores(
        self, variant: Variant, gene: SpliceGene, span: Interval, ref: FloatArray, alt: FloatArray
    ) -> tuple[DeltaScores, DeltaScores]:
        at = variant.start - span.start
        alt = aligned(alt, at, variant.length_change, zeros_behind_anchor=False)
        difference = alt - ref
        known = np.zeros(difference.shape, dtype=bool)
        for column, sites in enumerate((gene.acceptors, gene.donors)):
            places = np.array(sites, dtype=np.int64) - span.start
            known[places[(places >= 0) & (places < span.width)], column] = True
        return (
            delta_scores(difference, at, gene.name, gene.strand),
            delta_scores(masked_by_sites(difference, known), at, gene.name, gene.strand),
        )


RULES: dict[SpliceRules, Rules] = {
    SpliceRules.NEAREST_BOUNDARY: NearestBoundary(),
    SpliceRules.KNOWN_SITES: KnownSites(),
}


def rules_of(model: str) -> Rules:
    """As a model's entry states; by the nearest boundary where it states nothing."""
    return RULES[splice_rules(model) or SpliceRules.NEAREST_BOUNDARY]
