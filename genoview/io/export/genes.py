"""Genes -> BED12: one line a transcript, its exons as blocks."""

from collections.abc import Sequence

from genoview.data.genome import Gene, Transcript
from genoview.io.export.provenance import Provenance
from genoview.io.export.track_columns import COORDINATES


def genes_bed(genes: Sequence[Gene], provenance: Provenance) -> bytes:
    """BED12; the coding part is thick."""
    text = [provenance.comments(COORDINATES), 'track name="genes" description="transcripts"\n']
    for gene in genes:
        text.extend(_line(gene, transcript) for transcript in gene.transcripts)
    return "".join(text).encode()


def _line(gene: Gene, transcript: Transcript) -> str:
    whole = transcript.interval
    exons = [exon.interval for exon in transcript.exons] or [whole]
    coding = [exon.coding for exon in transcript.exons if exon.coding]
    thick = (coding[0].start, coding[-1].end) if coding else (whole.start, whole.start)
    name = "_".join(f"{gene.symbol or gene.gene_id}|{transcript.transcript_id}".split())
    sizes = ",".join(str(exon.width) for exon in exons)
    starts = ",".join(str(exon.start - whole.start) for exon in exons)
    fields = (whole.chrom, whole.start, whole.end, name, 0, whole.strand, *thick, 0)
    return "\t".join(map(str, (*fields, len(exons), sizes, starts))) + "\n"
