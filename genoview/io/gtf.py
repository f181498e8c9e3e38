"""GTF or GFF3 file -> GeneTable: columns of genes, transcripts and exons.

Reads GENCODE, Ensembl and RefSeq. Lines are parsed here, one by one: pyranges' readers load
every column of the file, and warn under pandas 3.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from genoview.data.accessions import load_accessions
from genoview.data.genome import canonical_chrom
from genoview.errors import AnnotationError
from genoview.io.bgzf import Progress, no_progress, opened
from genoview.io.gene_table import GeneTable, RawGene, RawTranscript

PARTS = {"exon", "CDS", "stop_codon"}
_TRANSCRIPT = re.compile(r'transcript_id "([^"]+)"')
_GTF_PAIR = re.compile(r'(\w+) "([^"]*)"')
_BIOTYPES = ("gene_type", "gene_biotype", "biotype")
_TRANSCRIPT_BIOTYPES = ("transcript_type", "transcript_biotype", "biotype")
_PREFIX = re.compile(r"^(gene|transcript|rna)[:-]")  # of Ensembl's and RefSeq's GFF3 ids
_LINES_A_REPORT = 100_000
_MAX_STEPS = 5  # from a transcript to its gene; RefSeq's microRNAs take two

Attributes = dict[str, str]


@dataclass(slots=True)
class _Line:
    """Columns of one line; `start` is 0-based."""

    chrom: str
    source: str
    feature: str
    start: int
    end: int
    strand: str
    attributes: str


def read_genes(path: Path, progress: Progress = no_progress) -> GeneTable:
    """All genes of a GTF or GFF3 file, plain or gzipped.

    Raises:
        AnnotationError: the file cannot be read, a line is malformed, or it has no genes.
    """
    lines = _lines(path, progress)
    first = next(lines, None)
    if first is None:
        raise AnnotationError(f"{path.name} is empty; a GTF or GFF3 file was expected.")
    reader: _Gtf | _Gff3
    if _GTF_PAIR.match(first.attributes.lstrip()):
        reader = _Gtf()
    elif "=" in first.attributes:
        reader = _Gff3()
    else:
        raise AnnotationError(
            f"{path.name}: the ninth column has {first.attributes[:60]!r}; GTF "
            '(gene_id "...";) or GFF3 (ID=...;) was expected.'
        )
    reader.add(first)
    for line in lines:
        reader.add(line)
    table = GeneTable.build(reader.genes())
    if not table.n_genes:
        raise AnnotationError(f"{path.name} has no gene with exons; was it cut to other features?")
    progress(1.0)
    return table


def _lines(path: Path, progress: Progress) -> Iterator[_Line]:
    """Lines with features, up to a ##FASTA part."""
    chrom, name = _chrom_names(), path.name
    try:
        with opened(path) as (file, share):
            for number, raw in enumerate(file, 1):
                if not number % _LINES_A_REPORT:
                    progress(share())
                if raw.startswith(b"##FASTA"):
                    return
                if raw.startswith(b"#") or not raw.strip():
                    continue
                yield _parse(raw, number, name, chrom)
    except UnicodeDecodeError as error:
        raise AnnotationError(f"{name} is not text in UTF-8: {error}.") from error
    except (OSError, EOFError) as error:
        raise AnnotationError(f"{path} cannot be read to its end: {error}.") from error


def _chrom_names() -> Callable[[str], str]:
    """Canonical name of a seqid, each worked out once."""
    accessions, known = load_accessions(), {}

    def name(seqid: str) -> str:
        if seqid not in known:
            found = accessions.get(seqid)
            known[seqid] = canonical_chrom(found.chrom if found else seqid)
        return known[seqid]

    return name


def _parse(raw: bytes, number: int, name: str, chrom: Callable[[str], str]) -> _Line:
    columns = raw.decode().rstrip("\r\n").split("\t")
    try:
        seqid, source, feature, start, end, _, strand, _, attributes = columns
        line = _Line(chrom(seqid), source, feature, int(start) - 1, int(end), strand, attributes)
    except ValueError as error:
        raise AnnotationError(
            f"{name}, line {number:,}: {raw[:60]!r} is no line of GTF or GFF3, which has nine "
            "columns, tab-separated, with numbers in the fourth and fifth."
        ) from error
    if not 0 <= line.start < line.end:
        raise AnnotationError(f"{name}, line {number:,}: {start} to {end} is no place.")
    if strand not in ("+", "-"):
        line.strand = "."
    return line


def _first(attributes: Attributes, keys: tuple[str, ...]) -> str:
    return next((attributes[key] for key in keys if attributes.get(key)), "")


@dataclass
class _Gtf:
    """GTF: each line names its gene and transcript; gene and transcript lines may be absent."""

    found: dict[tuple[str, str], RawGene] = field(default_factory=dict)
    transcripts: dict[tuple[str, str], RawTranscript] = field(default_factory=dict)

    def add(self, line: _Line) -> None:
        if line.feature in PARTS:
            match = _TRANSCRIPT.search(line.attributes)
            if match:
                self._transcript(line, match[1]).add(line.feature, line.start, line.end)
        elif line.feature == "transcript":
            match = _TRANSCRIPT.search(line.attributes)
            if match:
                self._transcript(line, match[1])
        elif line.feature == "gene":
            self._gene(line, dict(_GTF_PAIR.findall(line.attributes))).widen(line.start, line.end)

    def genes(self) -> Iterator[RawGene]:
        yield from self.found.values()

    def _transcript(self, line: _Line, transcript_id: str) -> RawTranscript:
        key = (line.chrom, transcript_id)
        if key not in self.transcripts:
            attributes = dict(_GTF_PAIR.findall(line.attributes))
            biotype = _first(attributes, _TRANSCRIPT_BIOTYPES)
            made = RawTranscript(transcript_id, line.source, biotype)
            self.transcripts[key] = made
            self._gene(line, attributes).transcripts.append(made)
        return self.transcripts[key]

    def _gene(self, line: _Line, attributes: Attributes) -> RawGene:
        gene_id = attributes.get("gene_id", "") or attributes.get("transcript_id", "")
        key = (line.chrom, gene_id)
        if key not in self.found:
            self.found[key] = RawGene(gene_id, line.chrom, line.strand)
        gene = self.found[key]
        gene.symbol = gene.symbol or _first(attributes, ("gene_name", "gene"))
        gene.biotype = gene.biotype or _first(attributes, _BIOTYPES)
        return gene


@dataclass(slots=True)
class _Node:
    """A GFF3 feature that has an ID: a gene, a transcript, or neither."""

    line: _Line
    attributes: Attributes
    transcript: RawTranscript | None = None


@dataclass
class _Gff3:
    """GFF3: exons name their transcript, transcripts their gene, in any order of lines."""

    nodes: dict[tuple[str, str], _Node] = field(default_factory=dict)
    parts: list[tuple[str, str, str, int, int]] = field(default_factory=list)

    def add(self, line: _Line) -> None:
        pairs = (pair.partition("=") for pair in line.attributes.split(";"))
        attributes = {key.strip(): value for key, _, value in pairs}
        if line.feature in PARTS:
            for parent in attributes.get("Parent", "").split(","):
                self.parts.append((line.chrom, parent, line.feature, line.start, line.end))
        elif "ID" in attributes:
            self.nodes.setdefault((line.chrom, attributes["ID"]), _Node(line, attributes))

    def genes(self) -> Iterator[RawGene]:
        genes: dict[int, RawGene] = {}
        for node in self.nodes.values():
            if "gene" in node.line.feature and "Parent" not in node.attributes:
                genes[id(node)] = _gff3_gene(node)
        for chrom, parent, feature, start, end in self.parts:
            owner = self.nodes.get((chrom, parent))
            if owner is None:
                continue
            if owner.transcript is None:
                owner.transcript = _gff3_transcript(owner)
                root = self._root(owner)
                gene = genes.setdefault(id(root), _gff3_gene(root))
                gene.transcripts.append(owner.transcript)
            owner.transcript.add(feature, start, end)
        yield from genes.values()

    def _root(self, node: _Node) -> _Node:
        """The gene of a transcript, over as many steps as there are."""
        for _ in range(_MAX_STEPS):
            parent = node.attributes.get("Parent", "").split(",")[0]
            node = self.nodes.get((node.line.chrom, parent), node)
        return node


def _gff3_gene(node: _Node) -> RawGene:
    line, attributes = node.line, node.attributes
    plain_id = _PREFIX.sub("", attributes["ID"])
    symbol = unquote(_first(attributes, ("gene_name", "gene", "Name")))
    gene = RawGene(_first(attributes, ("gene_id",)) or plain_id, line.chrom, line.strand, symbol)
    gene.biotype = _first(attributes, _BIOTYPES)
    gene.widen(line.start, line.end)
    return gene


def _gff3_transcript(node: _Node) -> RawTranscript:
    attributes = node.attributes
    name = attributes.get("transcript_id") or _PREFIX.sub("", attributes["ID"])
    biotype = _first(attributes, _TRANSCRIPT_BIOTYPES) or node.line.feature
    return RawTranscript(unquote(name), node.line.source, biotype)
