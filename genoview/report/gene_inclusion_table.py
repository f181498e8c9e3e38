"""Measured inclusion of a gene's exons -> named columns for files, an exon a row."""

from datetime import date

from genoview.io.export import ModelUsed, NamedColumn, Provenance
from genoview.models.exons.measured import GTEX_INCLUSION_CARD
from genoview.scoring.splicing.inclusion.gene import GeneExon, GeneInclusion

NOT_TOLD_APART = (
    "A share of 0: the exon is skipped in the tissue, or the gene is off there; the table does not "
    "tell these apart."
)


def gene_inclusion_columns(inclusion: GeneInclusion) -> list[NamedColumn]:
    """The exons from 5' to 3'; empty cells of those that are not measured."""
    exons, named = inclusion.exons, inclusion.named
    ends = [exon.extremes for exon in exons]
    n, transcript = len(exons), named.transcript.transcript_id
    return [
        NamedColumn("gene", str, "symbol", [named.symbol] * n),
        NamedColumn("transcript", str, "id", [transcript] * n),
        NamedColumn("exon", int, "number, from 5' to 3'", [exon.number for exon in exons]),
        NamedColumn("chrom", str, "chromosome", [exon.interval.chrom for exon in exons]),
        NamedColumn("first", int, "base, from 1", [exon.interval.start + 1 for exon in exons]),
        NamedColumn("last", int, "base", [exon.interval.end for exon in exons]),
        NamedColumn("strand", str, "of the gene", [exon.interval.strand for exon in exons]),
        NamedColumn(
            "median",
            float,
            "share of RNA with the exon, median of the tissues that have some",
            [exon.psi for exon in exons],
        ),
        NamedColumn("least", float, "the least of them", [e and e[0][1] for e in ends]),
        NamedColumn("least_in", str, "tissue", [e and e[0][0] for e in ends]),
        NamedColumn("most", float, "the most of them", [e and e[1][1] for e in ends]),
        NamedColumn("most_in", str, "tissue", [e and e[1][0] for e in ends]),
        *(
            NamedColumn(tissue, float, "share of RNA with the exon", _shares(exons, tissue))
            for tissue in inclusion.tissues
        ),
    ]


def gene_inclusion_provenance(inclusion: GeneInclusion, genome: str, link: str) -> Provenance:
    """Of such a file."""
    card, named = GTEX_INCLUSION_CARD, inclusion.named
    used = ModelUsed(card.title, card.source, card.licence, card.citation)
    query = f"{named.symbol} {named.transcript.transcript_id}"
    notes = (inclusion.source, NOT_TOLD_APART)
    return Provenance(genome, query, (used,), date.today().isoformat(), link, notes)


def _shares(exons: tuple[GeneExon, ...], tissue: str) -> list[float | None]:
    return [None if exon.shares is None else exon.shares.by_tissue[tissue] for exon in exons]
