"""RefSeq transcripts of the demo genome, as hgvs-weaver takes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import weaver

from genoview.data.genome import Interval, Transcript, reverse_complement
from genoview.io.reference import ReferenceGenome
from genoview.io.refseq.table import RefSeqTable

ROOT = Path(__file__).parents[1]
GENOME = ROOT / "assets" / "genome"
CHROM, ACCESSION = "chr20", "NC_000020.10"
REGION = Interval(CHROM, 42_484_000, 43_484_000)


@dataclass(frozen=True)
class Record:
    """A transcript as weaver takes it, and its bases."""

    data: weaver.TranscriptData
    bases: str

    @property
    def coding(self) -> tuple[int, int]:
        """0-based half-open."""
        first, last = self.data["cds_start_index"], self.data["cds_end_index"]
        return first or 0, (last or 0) + 1


class Provider:
    """The demo's RefSeq transcripts, for weaver."""

    def __init__(self) -> None:
        self._genome = ReferenceGenome.open(
            "demo", GENOME / "GRCh37-demo.fa.gz", GENOME / "GRCh37.chrom.sizes"
        )
        table = RefSeqTable.load("GRCh37")
        self.records: dict[str, Record] = {}
        for row, chrom in enumerate(table.genes.chrom):
            if chrom != CHROM:
                continue
            gene = table.genes.gene(row)
            first = int(table.genes.transcript_first[row])
            for i, transcript in enumerate(gene.transcripts):
                coded = (
                    transcript.transcript_id.startswith("NM_") and not table.irregular[first + i]
                )
                if coded and REGION.contains(transcript.interval):
                    self.records[transcript.transcript_id] = self._record(transcript, gene.symbol)

    def _record(self, transcript: Transcript, symbol: str) -> Record:
        backward = transcript.interval.strand == "-"
        exons, bases, coded = [], "", []
        for exon in transcript.exons[::-1] if backward else transcript.exons:
            start, end = exon.interval.start, exon.interval.end
            if exon.coding:
                skipped = end - exon.coding.end if backward else exon.coding.start - start
                coded += [len(bases) + skipped, len(bases) + skipped + exon.coding.width - 1]
            forward = self._genome.fetch(exon.interval)
            exons.append(
                weaver.ExonData(
                    transcript_start=len(bases),
                    transcript_end=len(bases) + end - start,
                    reference_start=start,
                    reference_end=end - 1,  # the last base: its own provider counts so
                    alt_strand=-1 if backward else 1,
                    cigar=f"{end - start}=",
                )
            )
            bases += reverse_complement(forward) if backward else forward
        data = weaver.TranscriptData(
            ac=transcript.transcript_id,
            gene=symbol,
            cds_start_index=coded[0],
            cds_end_index=coded[-1],
            strand=-1 if backward else 1,
            reference_accession=ACCESSION,
            exons=exons,
        )
        return Record(data, bases)

    def get_transcript(self, name: str, _: str | None) -> weaver.TranscriptData:
        """By its id."""
        return self.records[name].data

    def get_seq(self, name: str, start: int, end: int | None, _: object) -> str:
        """Of the chromosome, a transcript, or its protein, which has the transcript's number."""
        if name == ACCESSION:
            stop = REGION.end if end is None else end
            return self._genome.fetch(Interval(CHROM, start, stop)) if start < stop else ""
        if name.startswith("NP_"):
            record = self.records[f"NM_{name[3:]}"]
            bases = record.bases[slice(*record.coding)]
            return "".join(translated(bases))[start:end]
        return self.records[name].bases[start:end]

    def get_symbol_accessions(self, name: str, *_: object) -> list[tuple[str, str]]:
        """A transcript's protein."""
        return [("p", f"NP_{name[3:]}")] if name.startswith("NM_") else []

    def get_identifier_type(self, name: str) -> str:
        """By the beginning of an accession."""
        kinds = {"NC_": "genomic", "NM_": "transcript", "NP_": "protein"}
        return f"{kinds[name[:3]]}_accession" if name[:3] in kinds else "gene_symbol"


def translated(bases: str) -> Iterator[str]:
    """Residues of NCBI's table 1."""
    order = "TCAG"
    residues = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
    for i in range(0, len(bases), 3):
        a, b, c = (order.index(base) for base in bases[i : i + 3])
        yield residues[16 * a + 4 * b + c]
