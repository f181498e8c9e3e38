"""Features: entries of files of intervals and variants, as plain data."""

from dataclasses import dataclass, field
from zlib import crc32

from genoview.data.genome import Interval


@dataclass(frozen=True, slots=True)
class Feature:
    """One entry of a BED, GTF, GFF3, VCF or bigBed file.

    Attributes:
        name: as the file has it; may be empty.
        interval: with its strand.
        score: as the file has it; None where it has none.
        blocks: the parts that are drawn as boxes, left to right; empty where all of it is.
        thick: what the file marks as thick, as the coding part.
        change: `C>T` of a variant; empty for others.
        passed: False for a variant that its caller filtered out.
        details: everything else, in words.
        alleles: of a variant, REF and then each ALT, in full; empty for others.
        category: what it is coloured by, such as `pathogenic`; empty where the file has none.
        weight: share of a lane's height, above 0 to 1.
        facts: labels and values for its card, in place of `details` there.
        links: labels and addresses of what its source says of it.
    """

    name: str
    interval: Interval
    score: float | None = None
    blocks: tuple[Interval, ...] = ()
    thick: Interval | None = None
    change: str = ""
    passed: bool = True
    details: str = ""
    alleles: tuple[str, ...] = ()
    category: str = field(default="", repr=False)
    weight: float = field(default=1.0, repr=False)
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    links: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """Names it among the features of its file: start, end, and a checksum of all of it."""
        return f"{self.interval.start}-{self.interval.end}-{crc32(repr(self).encode()):08x}"

    @property
    def label(self) -> str:
        """Its label: the change of a variant, the name of others."""
        return self.change or self.name

    @property
    def boxes(self) -> tuple[Interval, ...]:
        return self.blocks or (self.interval,)

    @property
    def gaps(self) -> tuple[Interval, ...]:
        """Between the boxes, with the strand."""
        pairs = zip(self.boxes, self.boxes[1:], strict=False)
        return tuple(
            Interval(a.chrom, a.end, b.start, self.interval.strand)
            for a, b in pairs
            if a.end < b.start
        )
