"""A line of GTF or GFF3 -> its columns and attributes, for gene files and tracks alike.

GTF: https://mblab.wustl.edu/GTF22.html; GFF3: Sequence Ontology's specification 1.26.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from genoview.io.formats.text_lines import BadLine, Namer, place, strand_of

Attributes = dict[str, str]
Span = tuple[int, int]
BIOTYPES = ("gene_type", "gene_biotype", "biotype")  # keys, as GENCODE, Ensembl and RefSeq name it
TRANSCRIPT_BIOTYPES = ("transcript_type", "transcript_biotype", "biotype")
CODING = frozenset({"CDS", "stop_codon"})
EXONS = frozenset(
    {"exon", "coding_exon", "noncoding_exon", "pseudogenic_exon", "transposon_fragment"}
)
MATCHES = frozenset({"match_part"})  # of an alignment
PARTS = CODING | EXONS  # of a transcript
FASTA_STARTS = (b"##FASTA", b">")  # of lines behind the features; the first may be left out
_VALUE = r'\s+(?:"([^"]*)"|([^";]*))'
_GTF_PAIR = re.compile(rf"(\w+){_VALUE}")
_TRANSCRIPT_ID = re.compile(rf"transcript_id{_VALUE}")
_GTF_START = re.compile(r"\s*\w+\s+\S")
_PREFIX = re.compile(r"^(gene|transcript|rna)[:-]")  # of Ensembl's and RefSeq's GFF3 ids
_TRANSCRIPT = re.compile(r".*(RNA|transcript)|[A-Z]_gene_segment")  # SO:0000673, and below it
_GENE = re.compile(r"(\w+_)?(pseudo)?gene")  # SO:0000704, SO:0000336 and what is named by them


class GffLine(NamedTuple):
    """Columns of one line, without the phase; `start` is 0-based."""

    chrom: str
    source: str
    feature: str
    start: int
    end: int
    score: str
    strand: str
    attributes: str

    @property
    def is_gene(self) -> bool:
        """Whether the Sequence Ontology calls it a gene or a pseudogene."""
        return _GENE.fullmatch(self.feature) is not None

    @property
    def is_transcript(self) -> bool:
        """Whether the Sequence Ontology calls it a transcript."""
        return _TRANSCRIPT.fullmatch(self.feature) is not None


def parse_gff(text: str, chrom_name: Namer) -> GffLine:
    """One line of either format.

    Raises:
        BadLine: it has not nine columns, or no place.
    """
    columns = text.split("\t")
    if len(columns) != 9:
        raise BadLine("it does not have 9 columns, separated by tabs")
    seqid, source, feature, first, last, score, strand, _, attributes = columns
    start, end = place(first, last, first=1)
    chrom = chrom_name(seqid)
    return GffLine(chrom, source, feature, start, end, score, strand_of(strand), attributes)


def is_gtf(cell: str) -> bool:
    """Whether a ninth column is GTF's `key "value";`, not GFF3's `key=value`."""
    return _GTF_START.match(cell) is not None


def gtf_attributes(cell: str) -> Attributes:
    """Values with quotes or without; of a key that comes twice the last."""
    return {key: quoted or bare.strip() for key, quoted, bare in _GTF_PAIR.findall(cell)}


def gff3_attributes(cell: str) -> Attributes:
    """Values decoded, `%2C` as a comma; not Parent's, which commas part: see `parents_of`."""
    pairs = (pair.partition("=") for pair in cell.strip().split(";"))
    attributes = {key.strip(): value.strip() for key, _, value in pairs if key.strip()}
    return {
        key: unquote(value) if "%" in value and key != "Parent" else value
        for key, value in attributes.items()
    }


def parents_of(attributes: Attributes) -> list[str]:
    """Ids of the features that one of GFF3 is a part of."""
    return [unquote(parent) for parent in attributes.get("Parent", "").split(",") if parent]


def transcript_id(cell: str) -> str:
    """Of GTF, without reading the other attributes; empty where there is none."""
    match = _TRANSCRIPT_ID.search(cell)
    return (match[1] or match[2] or "").strip() if match else ""


def first_of(attributes: Attributes, *keys: str) -> str:
    """The first value that is not empty."""
    return next((attributes[key] for key in keys if attributes.get(key)), "")


def bare_id(text: str) -> str:
    """`ENST01` of `transcript:ENST01`."""
    return _PREFIX.sub("", text)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted, with those that touch made one."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union
