"""Intervals, variants and genes: coordinates and their arithmetic, without I/O.

`start` and `end` are 0-based and half-open on the forward strand; `pos` is VCF's 1-based POS.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from genoview.errors import GenomeError

STRANDS = ("+", "-", ".")
COMPLEMENT = str.maketrans("ACGTNacgtn", "TGCANtgcan")
_NUMBERED = re.compile(r"(?:chr)?(\d{1,2}|[XYWZ]|M|MT)", re.IGNORECASE)


def canonical_chrom(name: str) -> str:
    """`20`, `chr20` and `CHR20` are chr20; `MT` and `M` are chrM; other names stay as they are."""
    match = _NUMBERED.fullmatch(name)
    if not match:
        return name
    number = match[1].upper()
    return "chrM" if number == "MT" else f"chr{number.lstrip('0') or number}"


def reverse_complement(sequence: str) -> str:
    """`AACG` is `CGTT` read on the other strand."""
    return sequence.translate(COMPLEMENT)[::-1]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of a chromosome. May begin before 0 or end past the chromosome (read as N)."""

    chrom: str
    start: int
    end: int
    strand: str = "."

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise GenomeError(
                f"{self.chrom}:{self.start + 1:,}-{self.end:,} is empty: the end must not lie "
                "before the start."
            )
        if self.strand not in STRANDS:
            raise GenomeError(f"Strand {self.strand!r} is none of {', '.join(STRANDS)}.")

    @property
    def width(self) -> int:
        return self.end - self.start

    @property
    def center(self) -> int:
        return (self.start + self.end) // 2

    def contains(self, other: "Interval") -> bool:
        return self.chrom == other.chrom and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Interval") -> bool:
        return self.chrom == other.chrom and self.start < other.end and other.start < self.end

    def intersection(self, other: "Interval") -> "Interval | None":
        """The shared part, or None."""
        if not self.overlaps(other):
            return None
        return replace(self, start=max(self.start, other.start), end=min(self.end, other.end))

    def expanded(self, left: int, right: int | None = None) -> Self:
        """Longer by `left` bp before and `right` bp (or `left`) behind."""
        behind = left if right is None else right
        return replace(self, start=self.start - left, end=self.end + behind)

    def resized(self, width: int) -> Self:
        """`width` bp around the same centre."""
        start = self.center - width // 2
        return replace(self, start=start, end=start + width)

    def snapped(self, resolution: int) -> Self:
        """The smallest interval around this one that begins and ends on multiples."""
        first, last = self.start // resolution, -(-self.end // resolution)
        return replace(self, start=first * resolution, end=last * resolution)

    def to_ucsc(self) -> str:
        """`chr20:43,000,001-43,020,000`: 1-based, inclusive, as a person reads it."""
        return f"{self.chrom}:{self.start + 1:,}-{self.end:,}"


@dataclass(frozen=True, slots=True, order=True)
class Variant:
    """A change of `ref` (at 1-based `pos`) to `alt`, both in A, C, G, T, as in a VCF line.

    `parts` are the changes of a haplotype, from left to right; empty where it is one change.
    """

    chrom: str
    pos: int
    ref: str
    alt: str
    parts: tuple["Variant", ...] = ()

    def __post_init__(self) -> None:
        if self.pos < 1:
            raise GenomeError(
                f"Position {self.pos} lies before the chromosome: counting is from 1."
            )
        for name, allele in (("REF", self.ref), ("ALT", self.alt)):
            if not re.fullmatch("[ACGT]+", allele):
                raise GenomeError(
                    f"{name} allele {allele!r} is not a sequence of A, C, G and T; "
                    "write insertions and deletions with their anchor base, as in a VCF."
                )
        if self.ref == self.alt:
            raise GenomeError(f"REF and ALT are both {self.ref}: nothing changes.")

    def __str__(self) -> str:
        if self.parts:
            return " + ".join(map(str, self.parts))
        return f"{self.chrom}:{self.pos}:{self.ref}>{self.alt}"

    @property
    def changes(self) -> "tuple[Variant, ...]":
        """The parts of a haplotype, or the one change that it is."""
        return self.parts or (self,)

    @property
    def start(self) -> int:
        return self.pos - 1

    @property
    def end(self) -> int:
        return self.start + len(self.ref)

    @property
    def interval(self) -> Interval:
        return Interval(self.chrom, self.start, self.end)

    @property
    def length_change(self) -> int:
        """bp that ALT is longer than REF; negative for a deletion."""
        return len(self.alt) - len(self.ref)

    @property
    def kind(self) -> str:
        """substitution, insertion, deletion or indel; haplotype where there are several."""
        if self.parts:
            return "haplotype"
        if self.length_change == 0:
            return "substitution"
        if self.length_change > 0 and self.alt.startswith(self.ref):
            return "insertion"
        if self.length_change < 0 and self.ref.startswith(self.alt):
            return "deletion"
        return "indel"

    def deletes(self, start: int, end: int) -> bool:
        """Whether ALT lacks all of these 0-based bases of REF."""
        return any(
            change.start + len(change.alt) <= start and end <= change.end for change in self.changes
        )

    def apply(self, sequence: str, window: Interval) -> str:
        """ALT haplotype of `window`, whose reference is `sequence`.

        Raises:
            GenomeError: the variant lies outside the window, or REF is not in the sequence.
        """
        if not window.contains(self.interval):
            raise GenomeError(f"{self} lies outside of {window.to_ucsc()}.")
        left, right = self.start - window.start, self.end - window.start
        if sequence[left:right] != self.ref:
            raise GenomeError(f"{self}: the reference has {sequence[left:right]} there.")
        return sequence[:left] + self.alt + sequence[right:]

    def normalised(self, fetch: Callable[[Interval], str]) -> "Variant":
        """Trimmed and moved as far left as the sequence allows (Tan et al. 2015, vt normalize).

        Args:
            fetch: forward-strand bases of an interval, N where unknown.
        """
        start, ref, alt = self.start, self.ref, self.alt
        while True:
            if ref and alt and ref[-1] == alt[-1]:
                ref, alt = ref[:-1], alt[:-1]
            elif ref and alt:
                break
            if not ref or not alt:
                before = fetch(Interval(self.chrom, start - 1, start)) if start > 0 else "N"
                if before not in "ACGT":
                    after = fetch(Interval(self.chrom, start + len(ref), start + len(ref) + 1))
                    return Variant(self.chrom, start + 1, ref + after, alt + after)
                start, ref, alt = start - 1, before + ref, before + alt
        while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
            start, ref, alt = start + 1, ref[1:], alt[1:]
        return Variant(self.chrom, start + 1, ref, alt)


@dataclass(frozen=True, slots=True)
class Locus:
    """The requested region: the interval to draw, and its text."""

    interval: Interval
    label: str


@dataclass(frozen=True, slots=True)
class Exon:
    """One exon; `coding` is its translated part, None where there is none or it is unknown."""

    interval: Interval
    coding: Interval | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Exons in genome order, left to right on the forward strand."""

    transcript_id: str
    interval: Interval
    exons: tuple[Exon, ...]
    source: str = ""
    biotype: str = ""

    @property
    def introns(self) -> tuple[Interval, ...]:
        pairs = zip(self.exons, self.exons[1:], strict=False)
        return tuple(
            replace(self.interval, start=a.interval.end, end=b.interval.start)
            for a, b in pairs
            if a.interval.end < b.interval.start
        )

    @property
    def tss(self) -> int:
        """0-based position of the first transcribed base."""
        return self.interval.end - 1 if self.interval.strand == "-" else self.interval.start


@dataclass(frozen=True, slots=True)
class Gene:
    """A gene with its transcripts; `interval` spans them all and has the strand."""

    gene_id: str
    symbol: str
    interval: Interval
    transcripts: tuple[Transcript, ...] = ()
    biotype: str = ""
