"""Genes and a variant -> what a model of promoters says of each gene, REF and ALT.

Gene -> its start -> promoter of REF and of ALT -> GeneModel -> GeneLevel
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.alignment import alt_to_ref
from genoview.backends.gene_model import GeneModel
from genoview.genome import Gene, Interval, Variant, reverse_complement
from genoview.reference import ReferenceGenome

MOST_GENES = 60  # of which levels are told at once


@dataclass(frozen=True, slots=True)
class GeneLevel:
    """What the promoter of a gene says.

    Attributes:
        tss: first transcribed base, 0-based.
        alt: None where no variant lies in the promoter.
    """

    gene: str
    strand: str
    tss: int
    ref: float
    alt: float | None = None

    @property
    def change(self) -> float | None:
        """ALT - REF."""
        return None if self.alt is None else self.alt - self.ref


def tss_of(gene: Gene) -> int:
    """The start that most of its transcripts share, of several the first as it is read; 0-based."""
    reverse = gene.interval.strand == "-"
    if not gene.transcripts:
        return gene.interval.end - 1 if reverse else gene.interval.start
    counts = Counter(one.tss for one in gene.transcripts)
    return max(counts, key=lambda tss: (counts[tss], tss if reverse else -tss))


def promoter_of(gene: Gene, model: GeneModel) -> Interval:
    """What the model reads of a gene, with its strand."""
    tss, before, behind = tss_of(gene), model.upstream, model.downstream
    if gene.interval.strand == "-":
        return Interval(gene.interval.chrom, tss + 1 - behind, tss + 1 + before, "-")
    return Interval(gene.interval.chrom, tss - before, tss + behind, "+")


def gene_levels(
    model: GeneModel,
    genes: Sequence[Gene],
    reference: ReferenceGenome,
    variant: Variant | None = None,
) -> tuple[GeneLevel, ...]:
    """A level each, in the order of the genes; those without a strand are left out.

    Of a variant only the genes whose promoter it lies in.
    """
    stranded = [gene for gene in genes if gene.interval.strand in "+-"]
    chosen = [
        gene
        for gene in stranded
        if variant is None or promoter_of(gene, model).overlaps(variant.interval)
    ][:MOST_GENES]
    texts = [_read(reference, promoter_of(gene, model)) for gene in chosen]
    if variant is not None:
        texts += [_altered(reference, gene, model, variant) for gene in chosen]
    levels = model.levels(texts) if texts else []
    alts: list[float | None] = [*levels[len(chosen) :]] or [None] * len(chosen)
    return tuple(
        GeneLevel(gene.symbol or gene.gene_id, gene.interval.strand, tss_of(gene), ref, alt)
        for gene, ref, alt in zip(chosen, levels, alts, strict=False)
    )


def _read(reference: ReferenceGenome, promoter: Interval) -> str:
    bases = reference.fetch(promoter)
    return reverse_complement(bases) if promoter.strand == "-" else bases


def _altered(reference: ReferenceGenome, gene: Gene, model: GeneModel, variant: Variant) -> str:
    """The promoter of ALT, of its full length, with the start where it was."""
    promoter = promoter_of(gene, model)
    margin = sum(len(one.ref) + len(one.alt) for one in variant.changes)
    around = Interval(
        promoter.chrom,
        min(promoter.start, variant.start) - margin,
        max(promoter.end, variant.end) + margin,
    )
    bases = variant.apply(reference.fetch(around), around)
    lifted = alt_to_ref(variant, around.start, len(bases))
    if promoter.strand == "-":
        at = int(np.searchsorted(lifted, tss_of(gene), side="right"))  # behind the start
        first = at - model.downstream
    else:
        first = int(np.searchsorted(lifted, tss_of(gene))) - model.upstream
    text = bases[first : first + promoter.width]
    return reverse_complement(text) if promoter.strand == "-" else text
