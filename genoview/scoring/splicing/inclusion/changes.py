"""A variant, the genes around it and a model of exons -> change of inclusion of each exon near it.

Gene -> its exons within reach -> alleles of each -> ExonModel -> ExonEffect, ExonInclusion
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from genoview.data.genome import Gene, Interval, Transcript, Variant
from genoview.data.model_card import ModelCard
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.io.inclusion.table import ExonShares, InclusionTable
from genoview.models.exons.contract import ExonChange, ExonModel
from genoview.scoring.splicing.inclusion.alleles import Fetch, ReadExon, exon_alleles
from genoview.scoring.splicing.inclusion.effect import ExonEffect
from genoview.scoring.splicing.inclusion.tissues import TissueInclusion

MOST_EXONS = 200  # that are scored at once


@dataclass(frozen=True, slots=True)
class ExonInclusion:
    """By one model, the exons that a variant lies in or near.

    Attributes:
        effects: the largest change first.
        gene_table: the exons' file.
        n_left_out: exons behind the first MOST_EXONS.
        tissues: the first of them in single tissues, by each model of these.
    """

    card: ModelCard
    version: str
    intron_length: int
    modules: tuple[str, ...]
    effects: tuple[ExonEffect, ...]
    gene_table: str
    n_left_out: int = 0
    tissues: tuple[TissueInclusion, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence each on what the numbers start from, and on what isn't here."""
        words = []
        if any(effect.psi is None for effect in self.effects):
            words.append("Where GTEx has no such exon a change of inclusion is counted from 50%.")
        if not self.effects:
            words.append(
                f"No exon of {self.gene_table or 'the gene table'} that is joined to another lies "
                f"within {self.intron_length} bp of the variant."
            )
        if self.n_left_out:
            words.append(f"{self.n_left_out:,} more exons are not scored here.")
        return tuple(words)


def exon_inclusion(
    model: ExonModel, genes: Sequence[Gene], variant: Variant, fetch: Fetch
) -> tuple[tuple[ExonEffect, ...], int]:
    """Effects, the largest first, and how many exons are left out behind the first MOST_EXONS."""
    near = [row for gene in genes for row in exons_near(gene, variant, model.intron_length)]
    chosen = near[:MOST_EXONS]
    pairs = [exon_alleles(read, variant, fetch) for _, read, _ in chosen]
    effects = [
        _effect(gene, read, transcripts, change)
        for (gene, read, transcripts), change in zip(chosen, model.changes(pairs), strict=True)
    ]
    effects.sort(key=lambda effect: -abs(effect.change.delta_logit_psi))
    return tuple(effects), len(near) - len(chosen)


def largest_changes(
    model: ExonModel, genes: Sequence[Gene], variants: Sequence[Variant], fetch: Fetch
) -> list[float]:
    """Of each variant the change of log odds of the exon that changes most; NaN without an exon.

    Several variants are read at once: the numbers are those of `exon_inclusion`.
    """
    pairs, owners = [], []
    for i, variant in enumerate(variants):
        near = [row for gene in genes for row in exons_near(gene, variant, model.intron_length)]
        pairs += [exon_alleles(read, variant, fetch) for _, read, _ in near[:MOST_EXONS]]
        owners += [i] * len(near[:MOST_EXONS])
    largest = [math.nan] * len(variants)
    for i, change in zip(owners, model.changes(pairs), strict=True):
        delta = change.delta_logit_psi
        if math.isnan(largest[i]) or abs(delta) > abs(largest[i]):
            largest[i] = delta
    return largest


def inclusion_answer(request: Request, model: ExonModel, assembly: Assembly) -> ExonInclusion:
    """Of a variant; without effects of a locus."""
    return inclusion_by(model, request.variant, assembly)


def inclusion_by(model: ExonModel, variant: Variant | None, assembly: Assembly) -> ExonInclusion:
    """The same of a variant that stands in no request."""
    effects: tuple[ExonEffect, ...] = ()
    n_left_out = 0
    if variant is not None:
        genes = assembly.annotation.genes(variant.interval.expanded(model.intron_length))
        effects, n_left_out = exon_inclusion(model, genes, variant, assembly.reference.fetch)
    return ExonInclusion(
        model.card,
        model.version,
        model.intron_length,
        model.modules,
        effects,
        assembly.annotation.name,
        n_left_out,
    )


def with_shares(effects: Sequence[ExonEffect], table: InclusionTable) -> tuple[ExonEffect, ...]:
    """The effects with what was measured of their exons.

    Raises:
        AnnotationError: the table cannot be read.
    """
    known: dict[tuple[str, Interval], ExonShares] = {}
    for gene in {_gene_of(effect) for effect in effects}:
        exons = [effect.exon for effect in effects if _gene_of(effect) == gene]
        known |= {(gene, exon): row for exon, row in table.shares(exons, gene).items()}
    return tuple(
        replace(effect, shares=known.get((_gene_of(effect), effect.exon))) for effect in effects
    )


def _gene_of(effect: ExonEffect) -> str:
    """Its id, without the version."""
    return effect.gene_id.partition(".")[0]


def exons_near(
    gene: Gene, variant: Variant, intron_length: int
) -> list[tuple[Gene, ReadExon, tuple[Transcript, ...]]]:
    """Different exons within reach; a transcript of a single exon has no splicing."""
    rows: dict[ReadExon, list[Transcript]] = {}
    if gene.interval.strand not in "+-":
        return []
    for transcript in gene.transcripts:
        last = len(transcript.exons) - 1
        for i, exon in enumerate(transcript.exons):
            interval = replace(exon.interval, strand=gene.interval.strand)
            left, right = intron_length * (i > 0), intron_length * (i < last)
            read = ReadExon(interval, left, right)
            if last and read.is_near(variant):
                rows.setdefault(read, []).append(transcript)
    return [(gene, read, tuple(transcripts)) for read, transcripts in rows.items()]


def _effect(
    gene: Gene, read: ReadExon, transcripts: tuple[Transcript, ...], change: ExonChange
) -> ExonEffect:
    spans = [(exon.interval.start, exon.interval.end) for exon in transcripts[0].exons]
    at = spans.index((read.interval.start, read.interval.end))
    number = len(spans) - at if read.interval.strand == "-" else at + 1
    return ExonEffect(
        gene.symbol or gene.gene_id,
        gene.gene_id,
        read,
        tuple(transcript.transcript_id for transcript in transcripts),
        number,
        len(spans),
        change,
    )
