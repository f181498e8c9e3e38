"""GTF or GFF3 file -> GeneTable: columns of genes, transcripts and exons.

Reads GENCODE, Ensembl and RefSeq. Lines are parsed here, one by one: pyranges' readers load
every column of the file, and warn under pandas 3.
"""

import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from genoview.data.accessions import load_accessions
from genoview.data.assembly_names import header_assembly, known_assembly
from genoview.data.input.decoding import text_of
from genoview.errors import AnnotationError
from genoview.io.bgzf import Progress, TooLarge, no_progress, open_text
from genoview.io.formats.gff_lines import (
    BIOTYPES,
    FASTA_STARTS,
    PARTS,
    TRANSCRIPT_BIOTYPES,
    Attributes,
    GffLine,
    first_of,
    gtf_attributes,
    is_gtf,
    parse_gff,
    transcript_id,
)
from genoview.io.formats.text_lines import BadLine, BadPlace, chrom_names
from genoview.io.gene_table import GeneTable, RawGene, RawTranscript
from genoview.io.gff3_genes import Gff3Genes

_LINES_OF_HEAD = 200
MAX_LINES = 20_000_000  # five times those of the largest file of GENCODE
_LINES_A_REPORT = 100_000


def read_genes(path: Path, progress: Progress = no_progress) -> GeneTable:
    """All genes of a GTF or GFF3 file, plain or gzipped.

    Raises:
        AnnotationError: the file cannot be read, a line is malformed, or it has no genes.
    """
    lines = _lines(path, progress)
    first = next(lines, None)
    if first is None:
        raise AnnotationError(f"{path.name} is empty; a GTF or GFF3 file was expected.")
    reader: _Gtf | Gff3Genes
    if is_gtf(first.attributes):
        reader = _Gtf()
    elif "=" in first.attributes:
        reader = Gff3Genes()
    else:
        raise AnnotationError(
            f"{path.name}: the ninth column of its first line is neither of GTF "
            '(gene_id "...";) nor of GFF3 (ID=...;).'
        )
    reader.add(first)
    for line in lines:
        reader.add(line)
    table = GeneTable.build(reader.genes())
    if not table.n_genes:
        raise AnnotationError(f"{path.name} has no gene with exons; was it cut to other features?")
    progress(1.0)
    return table


def check_assembly(path: Path, assembly: str) -> None:
    """Pass where a gene file does not say that it is of another known assembly.

    Raises:
        AnnotationError: its header, or the accession of its first line, is of another one.
    """
    wanted = known_assembly(assembly)
    try:
        with open_text(path) as (file, _):
            head = [raw.decode("utf-8", "replace") for raw in islice(file, _LINES_OF_HEAD)]
    except (OSError, EOFError, zlib.error):
        return  # whoever reads it says so
    first = next((line for line in head if not line.startswith("#")), "").split("\t")[0]
    accession = load_accessions().get(first)
    named = accession.family if accession else header_assembly(head)
    if named and wanted and named != wanted:
        said = f"{first} is of {named}" if accession else f"its header names {named}"
        raise AnnotationError(
            f"{path.name} is not of {wanted}: {said}. Give the gene file of the same assembly."
        )


def _lines(path: Path, progress: Progress) -> Iterator[GffLine]:
    """Lines with features, up to a FASTA part."""
    chrom_name, name = chrom_names(), path.name
    try:
        with open_text(path) as (file, share):
            for number, raw in enumerate(file, 1):
                if not number % _LINES_A_REPORT:
                    progress(share())
                raw = raw.removeprefix(BOM_UTF8)  # of a file put together of several
                if raw.startswith(FASTA_STARTS):
                    return
                if number > MAX_LINES:
                    raise AnnotationError(f"{name} has more than {MAX_LINES:,} lines.")
                if raw.startswith(b"#") or not raw.strip():
                    continue
                try:
                    yield parse_gff(text_of(raw).rstrip("\r\n"), chrom_name)
                except BadLine as error:
                    raise _refusal(raw, f"{name}, line {number:,}", error) from error
    except TooLarge as error:
        raise AnnotationError(str(error)) from error
    except (OSError, EOFError, zlib.error) as error:
        raise AnnotationError(f"{path} cannot be read to its end: {error}.") from error


def _refusal(raw: bytes, where: str, error: BadLine) -> AnnotationError:
    if isinstance(error, BadPlace):
        start, end = text_of(raw).split("\t")[3:5]
        place = f"{start:.12} to {end:.12}" if (start + end).isdecimal() else "columns 4 and 5"
        return AnnotationError(f"{where}: {place} is not a valid interval.")
    return AnnotationError(
        f"{where}: it is not a line of GTF or GFF3, which has nine columns, tab-separated, with "
        "numbers in the fourth and fifth."
    )


@dataclass
class _Gtf:
    """GTF: each line names its gene and transcript; gene and transcript lines may be absent."""

    by_key: dict[tuple[str, str], RawGene] = field(default_factory=dict)
    transcripts: dict[tuple[str, str], RawTranscript] = field(default_factory=dict)

    def add(self, line: GffLine) -> None:
        if line.feature == "gene":
            self._gene(line, gtf_attributes(line.attributes)).widen(line.start, line.end)
        elif line.feature in PARTS or line.feature == "transcript":
            named = transcript_id(line.attributes)
            transcript = self._transcript(line, named) if named else None
            if transcript and line.feature in PARTS:
                transcript.add(line.feature, line.start, line.end)

    def genes(self) -> Iterator[RawGene]:
        yield from self.by_key.values()

    def _transcript(self, line: GffLine, named: str) -> RawTranscript:
        key = (line.chrom, named)
        if key not in self.transcripts:
            attributes = gtf_attributes(line.attributes)
            biotype = first_of(attributes, *TRANSCRIPT_BIOTYPES)
            transcript = RawTranscript(named, line.source, biotype)
            self.transcripts[key] = transcript
            self._gene(line, attributes).transcripts.append(transcript)
        return self.transcripts[key]

    def _gene(self, line: GffLine, attributes: Attributes) -> RawGene:
        gene_id = attributes.get("gene_id", "") or attributes.get("transcript_id", "")
        key = (line.chrom, gene_id)
        if key not in self.by_key:
            self.by_key[key] = RawGene(gene_id, line.chrom, line.strand)
        gene = self.by_key[key]
        gene.symbol = gene.symbol or first_of(attributes, "gene_name", "gene")
        gene.biotype = gene.biotype or first_of(attributes, *BIOTYPES)
        return gene
