"""GTF or GFF3 lines -> a feature a transcript, or a line where lines are not tied together.

GTF: https://mblab.wustl.edu/GTF22.html; GFF3: Sequence Ontology's specification 1.26.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from genoview.io.formats.bed import Namer
from genoview.io.formats.detect import Kind
from genoview.io.formats.text_lines import BadLine, place, strand_of

BLOCKS = {"exon"}
CODING = {"CDS", "stop_codon"}
_WITHIN = {  # said by exons and coding parts already
    "start_codon",
    "UTR",
    "five_prime_utr",
    "three_prime_utr",
    "five_prime_UTR",
    "three_prime_UTR",
    "Selenocysteine",
    "intron",
}
_LANDMARKS = {"region", "chromosome", "supercontig", "contig", "scaffold"}  # from base 1 on
_GTF_PAIR = re.compile(r'(\w+)\s+"?([^";]*)"?')
_NAMES = ("gene_name", "gene", "Name", "transcript_id", "ID", "gene_id")
_TOLD = ("transcript_id", "gene_type", "gene_biotype", "biotype", "cov", "FPKM", "TPM", "Note")
_PREFIX = re.compile(r"^(gene|transcript|rna)[:-]")

Attributes = dict[str, str]
Span = tuple[int, int]


@dataclass(slots=True)
class Group:
    """Lines of one transcript, or one line alone."""

    chrom: str
    strand: str
    score: str
    start: int
    end: int
    name: str = ""
    details: str = ""
    blocks: list[Span] = field(default_factory=list)
    coding: list[Span] = field(default_factory=list)
    parents: tuple[str, ...] = ()
    is_told: bool = False

    def widen(self, span: Span) -> None:
        self.start, self.end = min(self.start, span[0]), max(self.end, span[1])

    @property
    def bed_line(self) -> str:
        """As BED12, details behind."""
        boxes = _joined(self.blocks or self.coding)
        coding = self.coding or [(self.start, self.start)]
        cells = [self.chrom, self.start, self.end, self.name, self.score, self.strand]
        cells += [min(start for start, _ in coding), max(end for _, end in coding), 0, len(boxes)]
        cells += [",".join(str(end - start) for start, end in boxes)]
        cells += [",".join(str(start - self.start) for start, _ in boxes), self.details]
        return "\t".join(str(cell).replace("\t", " ") for cell in cells)


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted, with those that touch made one."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union


class Grouper:
    """Takes lines in any order; then gives what they make together."""

    def __init__(self, kind: Kind, chrom_name: Namer) -> None:
        self._is_gtf = kind is Kind.GTF
        self._chrom_name = chrom_name
        self._groups: dict[tuple[str, str], Group] = {}
        self._n_alone = 0

    def add(self, line: str, is_here: Callable[[str, int], bool]) -> bool:
        """Take a line if the genome has its chromosome; returns whether it has.

        Args:
            is_here: of a chromosome and the end of a line.

        Raises:
            BadLine: it has no place, or not nine columns.
        """
        columns = line.split("\t")
        if len(columns) != 9:
            raise BadLine("it has not 9 columns with tabs between them")
        chrom, span = self._chrom_name(columns[0]), place(columns[3], columns[4], first=1)
        if not is_here(chrom, span[1]):
            return False
        attributes = self._attributes(columns[8])
        kind, owners = columns[2], self._owners(columns[2], attributes)
        if kind in BLOCKS | CODING and owners:
            for owner in owners:
                self._add_part(self._group(chrom, owner, columns, span), kind, span, attributes)
        elif kind in _WITHIN and owners:
            pass
        elif kind not in _LANDMARKS or span[0] > 0:
            self._add_whole(chrom, columns, span, attributes)
        return True

    def groups(self) -> Iterator[Group]:
        """What is drawn: not the gene of a transcript that is drawn itself."""
        parents = {
            (group.chrom, parent) for group in self._groups.values() for parent in group.parents
        }
        for key, group in self._groups.items():
            if key not in parents:
                yield group

    def _attributes(self, cell: str) -> Attributes:
        if self._is_gtf:
            return dict(_GTF_PAIR.findall(cell))
        pairs = (pair.partition("=") for pair in cell.strip().split(";"))
        return {key.strip(): unquote(value) for key, _, value in pairs if key.strip()}

    def _owners(self, kind: str, attributes: Attributes) -> list[str]:
        """Ids of the transcripts that a line is a part of."""
        if self._is_gtf:
            found = attributes.get("transcript_id", "") if kind != "gene" else ""
            return [found] if found else []
        return [one for one in attributes.get("Parent", "").split(",") if one]

    def _group(self, chrom: str, owner: str, columns: list[str], span: Span) -> Group:
        key = (chrom, owner)
        if key not in self._groups:
            self._groups[key] = Group(chrom, strand_of(columns[6]), ".", *span, name=owner)
        return self._groups[key]

    def _add_part(self, group: Group, kind: str, span: Span, attributes: Attributes) -> None:
        group.widen(span)
        (group.blocks if kind in BLOCKS else group.coding).append(span)
        if self._is_gtf and not group.is_told:
            self._tell(group, attributes, ())

    def _add_whole(
        self, chrom: str, columns: list[str], span: Span, attributes: Attributes
    ) -> None:
        """A gene, a transcript, or a line that stands for itself."""
        own = attributes.get("ID", "")
        parents = tuple(self._owners(columns[2], attributes))
        if self._is_gtf:
            is_gene = columns[2] == "gene"
            own = f"gene {attributes.get('gene_id')}" if is_gene else "".join(parents)
            parents = ()
            if own and not is_gene and columns[2] != "transcript":
                own = ""
        if not own:
            self._n_alone += 1
            own = f"line {self._n_alone}"
        group = self._group(chrom, own, columns, span)
        group.widen(span)
        group.score, group.strand = columns[5], strand_of(columns[6])
        self._tell(group, attributes, parents, columns[2])

    def _tell(
        self, group: Group, attributes: Attributes, parents: tuple[str, ...], kind: str = ""
    ) -> None:
        name = next((attributes[key] for key in _NAMES if attributes.get(key)), "")
        told = [f"{attributes[key]}" for key in _TOLD[:1] if attributes.get(key, name) != name]
        told += [f"{key} {attributes[key]}" for key in _TOLD[1:] if attributes.get(key)]
        group.name = _PREFIX.sub("", name) or kind
        group.details = ", ".join([*filter(None, [kind if kind != group.name else ""]), *told])
        if self._is_gtf and kind != "gene" and attributes.get("gene_id"):
            parents = (f"gene {attributes['gene_id']}",)
        group.parents, group.is_told = parents, True
