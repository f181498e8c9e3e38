"""Lines of GFF3 -> genes: exons name their transcript, transcripts their gene."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from genoview.io.formats.gff_lines import (
    BIOTYPES,
    CODING,
    PARTS,
    TRANSCRIPT_BIOTYPES,
    Attributes,
    GffLine,
    bare_id,
    first_of,
    gff3_attributes,
    parents_of,
)
from genoview.io.gene_table import RawGene, RawTranscript

_MAX_STEPS = 5  # from a transcript to its gene; RefSeq's microRNAs take two


@dataclass(slots=True)
class _Node:
    """A GFF3 feature that has an ID: a gene, a transcript, a coding part alone, or neither."""

    line: GffLine
    attributes: Attributes
    transcript: RawTranscript | None = None


@dataclass
class Gff3Genes:
    """The genes of a file, whose lines may come in any order."""

    nodes: dict[tuple[str, str], _Node] = field(default_factory=dict)
    parts: list[tuple[str, str, str, int, int]] = field(default_factory=list)

    def add(self, line: GffLine) -> None:
        attributes = gff3_attributes(line.attributes)
        own = attributes.get("ID", "")
        owners = parents_of(attributes)
        if line.feature in CODING and own and not owners:  # as Prokka's, which have no gene
            owners = [own]
            self.nodes.setdefault((line.chrom, own), _Node(line, attributes))
        if line.feature in PARTS:
            for parent in owners:
                self.parts.append((line.chrom, parent, line.feature, line.start, line.end))
        elif own:
            self.nodes.setdefault((line.chrom, own), _Node(line, attributes))

    def genes(self) -> Iterator[RawGene]:
        genes: dict[int, RawGene] = {}
        for node in self.nodes.values():
            if node.line.is_gene and "Parent" not in node.attributes:
                genes[id(node)] = _gff3_gene(node)
        for chrom, parent, feature, start, end in self.parts:
            owner = self._owner(chrom, parent)
            root = self._root(owner) if owner else None
            if owner is None or root is None or not _has_genes(root.line):
                continue
            if owner.transcript is None:
                owner.transcript = _gff3_transcript(owner)
                gene = genes.setdefault(id(root), _gff3_gene(root))
                gene.transcripts.append(owner.transcript)
            owner.transcript.add(feature, start, end)
        yield from genes.values()

    def _owner(self, chrom: str, parent: str) -> _Node | None:
        """The transcript of a part; of a part of a protein the one that it derives from."""
        node = self.nodes.get((chrom, parent))
        derived = node.attributes.get("Derives_from", "") if node else ""
        return self.nodes.get((chrom, derived), node)

    def _root(self, node: _Node) -> _Node:
        """The gene of a transcript, over as many steps as there are."""
        for _ in range(_MAX_STEPS):
            for parent in parents_of(node.attributes)[:1]:
                node = self.nodes.get((node.line.chrom, parent), node)
        return node


def _has_genes(line: GffLine) -> bool:
    """Of a feature that is part of none: a gene, or what stands for one in files without genes."""
    return line.is_gene or line.is_transcript or line.feature in CODING


def _gff3_gene(node: _Node) -> RawGene:
    line, attributes = node.line, node.attributes
    symbol = first_of(attributes, "gene_name", "gene", "Name", "locus_tag")
    gene_id = attributes.get("gene_id") or bare_id(attributes["ID"])
    gene = RawGene(gene_id, line.chrom, line.strand, symbol)
    gene.biotype = first_of(attributes, *BIOTYPES)
    gene.widen(line.start, line.end)
    return gene


def _gff3_transcript(node: _Node) -> RawTranscript:
    attributes = node.attributes
    name = attributes.get("transcript_id") or bare_id(attributes["ID"])
    biotype = first_of(attributes, *TRANSCRIPT_BIOTYPES) or node.line.feature
    return RawTranscript(name, node.line.source, biotype)
