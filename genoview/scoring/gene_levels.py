"""Genes and a variant -> level of each gene by a model of promoters, REF and ALT.

Gene -> its start -> promoter of REF and of ALT -> GeneModel -> GeneLevel, ModelLevels
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.allele_alignment import alt_to_ref
from genoview.data.genome import Gene, Interval, Variant, reverse_complement
from genoview.data.model_card import ModelCard
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.models.gene_model import GeneModel

MOST_GENES = 60  # whose levels are predicted at once


@dataclass(frozen=True, slots=True)
class GeneLevel:
    """Level of one gene, from its promoter.

    Attributes:
        extent: of the gene, with its strand.
        promoter: what was read, with the strand.
        tss: first transcribed base, 0-based.
        alt: None where no variant lies in the promoter.
    """

    gene: str
    gene_id: str
    extent: Interval
    promoter: Interval
    tss: int
    ref: float
    alt: float | None = None

    @property
    def strand(self) -> str:
        return self.extent.strand

    @property
    def change(self) -> float | None:
        """ALT - REF."""
        return None if self.alt is None else self.alt - self.ref


@dataclass(frozen=True, slots=True)
class ModelLevels:
    """Levels by one model of the genes of a region.

    Attributes:
        levels: in the order of the genes, those with an ALT first.
        beyond: genes whose promoter reaches out of the genome's known sequence; they have no level.
        n_left_out: genes behind the first `MOST_GENES`.
    """

    card: ModelCard
    version: str
    unit: str
    upstream: int
    downstream: int
    levels: tuple[GeneLevel, ...]
    beyond: tuple[str, ...] = ()
    n_left_out: int = 0

    @property
    def changed(self) -> tuple[GeneLevel, ...]:
        """Those whose promoter the variant lies in."""
        return tuple(level for level in self.levels if level.alt is not None)

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence each on genes without a level."""
        words = []
        if self.beyond:
            words.append(
                f"No level of {', '.join(self.beyond)}: the {self.upstream + self.downstream:,} bp "
                "around the start are not all in the genome that is here."
            )
        if self.n_left_out:
            words.append(f"{self.n_left_out:,} more genes have no level here.")
        return tuple(words)


def tss_of(gene: Gene) -> int:
    """The start that most of its transcripts share, of several the first as it is read; 0-based."""
    reverse = gene.interval.strand == "-"
    if not gene.transcripts:
        return gene.interval.end - 1 if reverse else gene.interval.start
    counts = Counter(transcript.tss for transcript in gene.transcripts)
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
) -> ModelLevels:
    """A level each; genes without a strand are left out.

    ALT is predicted for genes whose promoter the variant lies in.
    """
    stranded = [gene for gene in genes if gene.interval.strand in "+-"]
    known = [gene for gene in stranded if _is_known(reference, gene, model, variant)]
    touched = [gene for gene in known if _holds(promoter_of(gene, model), variant)]
    ordered = [*touched, *(gene for gene in known if gene not in touched)]
    chosen, touched = ordered[:MOST_GENES], touched[:MOST_GENES]
    texts = [_read(reference, promoter_of(gene, model)) for gene in chosen]
    if variant is not None:
        texts += [_altered(reference, gene, model, variant) for gene in touched]
    levels = model.levels(texts) if texts else []
    alts: list[float | None] = [*levels[len(chosen) :]]
    alts += [None] * (len(chosen) - len(touched))
    return ModelLevels(
        model.card,
        model.version,
        model.unit,
        model.upstream,
        model.downstream,
        tuple(
            GeneLevel(
                gene.symbol or gene.gene_id,
                gene.gene_id,
                gene.interval,
                promoter_of(gene, model),
                tss_of(gene),
                ref,
                alt,
            )
            for gene, ref, alt in zip(chosen, levels, alts, strict=False)
        ),
        tuple(gene.symbol or gene.gene_id for gene in stranded if gene not in known),
        len(ordered) - len(chosen),
    )


def _holds(promoter: Interval, variant: Variant | None) -> bool:
    return variant is not None and promoter.overlaps(variant.interval)


def _is_known(
    reference: ReferenceGenome, gene: Gene, model: GeneModel, variant: Variant | None
) -> bool:
    """Whether the genome has all bases of the promoter, and those that a deletion moves into it."""
    promoter = promoter_of(gene, model)
    if variant is not None and _holds(promoter, variant):
        promoter = promoter.expanded(max(-variant.length_change, 0))
    return any(part.contains(promoter) for part in reference.covered(promoter.chrom))


def _read(reference: ReferenceGenome, promoter: Interval) -> str:
    bases = reference.fetch(promoter)
    return reverse_complement(bases) if promoter.strand == "-" else bases


def _altered(reference: ReferenceGenome, gene: Gene, model: GeneModel, variant: Variant) -> str:
    """The promoter of ALT, of its full length, with the start where it was."""
    promoter = promoter_of(gene, model)
    margin = sum(len(change.ref) + len(change.alt) for change in variant.changes)
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


def gene_answer(request: Request, model: GeneModel, assembly: Assembly) -> ModelLevels:
    """Of the genes of what is predicted, and of those whose promoter the variant can lie in."""
    around = request.predicted
    if request.variant is not None:
        near = request.variant.interval.expanded(model.upstream + model.downstream)
        start, end = min(around.start, near.start), max(around.end, near.end)
        around = Interval(around.chrom, start, end)
    genes = assembly.annotation.genes(around)
    return gene_levels(model, genes, assembly.reference, request.variant)
