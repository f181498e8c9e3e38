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
from genoview.models.exons.contract import ExonChange, ExonModel
from genoview.scoring.splicing.inclusion.alleles import Fetch, ReadExon, exon_alleles

MOST_EXONS = 200  # that are scored at once
HALF = 0.5  # inclusion that a change begins from where none is measured
CLIP = 1e-3  # least and most inclusion (from 1) that a change begins from, as in the package
SMALL = 0.5  # change of log odds below which an exon counts as hardly changed


@dataclass(frozen=True, slots=True)
class ExonEffect:
    """One exon, as one or more transcripts of a gene have it.

    Attributes:
        read: the exon and how much of its introns is read.
        transcripts: that have it so, in the order of the gene table.
        number, n_exons: of the exon along the first of them.
    """

    gene: str
    gene_id: str
    read: ReadExon
    transcripts: tuple[str, ...]
    number: int
    n_exons: int
    change: ExonChange

    @property
    def exon(self) -> Interval:
        return self.read.interval

    @property
    def place(self) -> str:
        """`exon 5 of 12`."""
        return f"exon {self.number} of {self.n_exons}"

    @property
    def delta_psi(self) -> float:
        """Change of inclusion, from one half."""
        return delta_psi(self.change.delta_logit_psi, HALF)

    @property
    def words(self) -> str:
        """A sentence without its end."""
        delta = self.change.delta_logit_psi
        size = "hardly changed" if abs(delta) < SMALL else "less of it" if delta < 0 else "more"
        return (
            f"{self.gene} {self.place} ({self.transcripts[0]}): log odds of inclusion "
            f"{delta:+.2f}, {size}; inclusion of 50% would become {HALF + self.delta_psi:.0%}"
        )


@dataclass(frozen=True, slots=True)
class ExonInclusion:
    """By one model, the exons that a variant lies in or near.

    Attributes:
        effects: the largest change first.
        gene_table: the exons' file.
        n_left_out: exons behind the first MOST_EXONS.
    """

    card: ModelCard
    version: str
    intron_length: int
    modules: tuple[str, ...]
    effects: tuple[ExonEffect, ...]
    gene_table: str
    n_left_out: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence each on what the numbers start from, and on what isn't here."""
        words = [
            "The change of inclusion is counted from 50%: how much RNA has the exon is not "
            "measured here."
        ]
        if not self.effects:
            words = [
                f"No exon of {self.gene_table or 'the gene table'} that is joined to another lies "
                f"within {self.intron_length} bp of the variant."
            ]
        if self.n_left_out:
            words.append(f"{self.n_left_out:,} more exons are not scored here.")
        return tuple(words)


def delta_psi(delta_logit_psi: float, psi: float) -> float:
    """Change of inclusion, from -1 to 1, of an exon that a share `psi` of the RNA has."""
    psi = min(max(psi, CLIP), 1 - CLIP)
    log_odds = math.log(psi / (1 - psi)) + delta_logit_psi
    return 1 / (1 + math.exp(-log_odds)) - psi


def exon_inclusion(
    model: ExonModel, genes: Sequence[Gene], variant: Variant, fetch: Fetch
) -> tuple[tuple[ExonEffect, ...], int]:
    """Effects, the largest first, and how many exons are left out behind the first MOST_EXONS."""
    near = [row for gene in genes for row in _near(gene, variant, model.intron_length)]
    chosen = near[:MOST_EXONS]
    pairs = [exon_alleles(read, variant, fetch) for _, read, _ in chosen]
    effects = [
        _effect(gene, read, transcripts, change)
        for (gene, read, transcripts), change in zip(chosen, model.changes(pairs), strict=True)
    ]
    effects.sort(key=lambda effect: -abs(effect.change.delta_logit_psi))
    return tuple(effects), len(near) - len(chosen)


def inclusion_answer(request: Request, model: ExonModel, assembly: Assembly) -> ExonInclusion:
    """Of a variant; without effects of a locus."""
    effects: tuple[ExonEffect, ...] = ()
    n_left_out, variant = 0, request.variant
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


def _near(
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
