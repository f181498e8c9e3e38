"""GTF or GFF3 lines -> a feature a transcript, or a line where lines are not tied together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from genoview.io.formats.gff_lines import (
    CODING,
    MATCHES,
    PARTS,
    Attributes,
    GffLine,
    Span,
    bare_id,
    first_of,
    gff3_attributes,
    gtf_attributes,
    joined,
    parents_of,
    parse_gff,
)
from genoview.io.formats.text_lines import Namer

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
_NAMES = ("gene_name", "gene", "Name", "transcript_id", "ID", "gene_id")
_DETAILS = ("gene_type", "gene_biotype", "biotype", "cov", "FPKM", "TPM", "Note")


@dataclass(slots=True)
class Group:
    """Lines of one transcript, or one line alone.

    Attributes:
        spans: of its own lines: several of a feature that is discontinuous.
        beside: ids of the others that its parts belong to.
        is_own: it has parts that belong to no other.
        is_described: it has a line of its own.
    """

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
    derived_from: str = ""
    spans: list[Span] = field(default_factory=list)
    beside: tuple[str, ...] = ()
    is_own: bool = False
    is_described: bool = False

    def widen(self, span: Span) -> None:
        self.start, self.end = min(self.start, span[0]), max(self.end, span[1])

    @property
    def bed_line(self) -> str:
        """As BED12, details behind."""
        lines = self.spans if len(self.spans) > 1 else []
        boxes = joined(self.blocks or self.coding or lines)
        coding = self.coding or [(self.start, self.start)]
        cells = [self.chrom, self.start, self.end, self.name, self.score, self.strand]
        cells += [min(start for start, _ in coding), max(end for _, end in coding), 0, len(boxes)]
        cells += [",".join(str(end - start) for start, end in boxes)]
        cells += [",".join(str(start - self.start) for start, _ in boxes), self.details]
        return "\t".join(str(cell).replace("\t", " ") for cell in cells)


class Grouper:
    """Takes lines in any order; then gives what they make together."""

    def __init__(self, is_gtf: bool, chrom_name: Namer) -> None:
        self._is_gtf = is_gtf
        self._chrom_name = chrom_name
        self._groups: dict[tuple[str, str], Group] = {}
        self._n_alone = 0

    def add(self, text: str, is_here: Callable[[str, int], bool]) -> bool:
        """Take a line if the genome has its chromosome; returns whether it has.

        Args:
            is_here: of a chromosome and the end of a line.

        Raises:
            BadLine: it has no place, or not nine columns.
        """
        line = parse_gff(text, self._chrom_name)
        if not is_here(line.chrom, line.end):
            return False
        read = gtf_attributes if self._is_gtf else gff3_attributes
        attributes = read(line.attributes)
        owners = self._owners(line.feature, attributes)
        if line.feature in PARTS | MATCHES and owners:
            for owner in owners:
                group = self._group(line, owner)
                group.is_own |= len(owners) == 1
                group.beside = group.beside or tuple(owners)
                self._add_part(group, line, attributes)
        elif line.feature in _WITHIN and owners:
            pass
        elif line.feature not in _LANDMARKS or line.start > 0:
            self._add_whole(line, attributes, owners)
        return True

    def groups(self) -> Iterator[Group]:
        """What is drawn: not the gene of a transcript that is drawn itself, nor its protein.

        TAIR's coding parts name a protein beside the transcript, which may have no line.
        """
        parents = {
            (group.chrom, parent) for group in self._groups.values() for parent in group.parents
        }
        for key, group in self._groups.items():
            is_protein = (group.chrom, group.derived_from) in self._groups
            if key not in parents and not is_protein and not self._has_twin(group):
                yield group

    def _has_twin(self, group: Group) -> bool:
        """Whether it has no line, and all of its parts are also those of one that has."""
        if group.is_described or group.is_own:
            return False
        twins = (self._groups[group.chrom, other] for other in group.beside)
        return any(twin.is_described for twin in twins)

    def _owners(self, kind: str, attributes: Attributes) -> list[str]:
        """Ids of the transcripts that a line is a part of."""
        if self._is_gtf:
            transcript = attributes.get("transcript_id", "") if kind != "gene" else ""
            return [transcript] if transcript else []
        return parents_of(attributes)

    def _group(self, line: GffLine, owner: str) -> Group:
        key = (line.chrom, owner)
        if key not in self._groups:
            self._groups[key] = Group(
                line.chrom, line.strand, ".", line.start, line.end, name=owner
            )
        return self._groups[key]

    def _add_part(self, group: Group, line: GffLine, attributes: Attributes) -> None:
        span = line.start, line.end
        group.widen(span)
        (group.coding if line.feature in CODING else group.blocks).append(span)
        if self._is_gtf and not group.is_described:
            self._describe(group, attributes, ())

    def _add_whole(self, line: GffLine, attributes: Attributes, owners: list[str]) -> None:
        """A gene, a transcript, or a line that stands for itself."""
        if not self._is_gtf:
            own, parents = attributes.get("ID", ""), tuple(owners)
        else:
            parents = ()
            named = {"gene": f"gene {attributes.get('gene_id')}", "transcript": "".join(owners)}
            own = named.get(line.feature, "")
        if not own:
            self._n_alone += 1
            own = f"line {self._n_alone}"
        group = self._group(line, own)
        group.widen((line.start, line.end))
        group.spans.append((line.start, line.end))
        group.score, group.strand = line.score, line.strand
        group.derived_from = attributes.get("Derives_from", "")
        self._describe(group, attributes, parents, line.feature)

    def _describe(
        self, group: Group, attributes: Attributes, parents: tuple[str, ...], kind: str = ""
    ) -> None:
        name = first_of(attributes, *_NAMES)
        details = [f"{key} {attributes[key]}" for key in _DETAILS if attributes.get(key)]
        if attributes.get("transcript_id", name) != name:
            details.insert(0, attributes["transcript_id"])
        group.name = bare_id(name) or kind
        group.details = ", ".join([kind] * (kind not in ("", group.name)) + details)
        if self._is_gtf and kind != "gene" and attributes.get("gene_id"):
            parents = (f"gene {attributes['gene_id']}",)
        group.parents, group.is_described = parents, True
