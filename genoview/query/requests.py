"""What a typed text may ask for, before any genome has been read."""

from dataclasses import dataclass, field

from genoview.data.genome import Interval, Variant
from genoview.errors import GenomeError, QueryError

BASES = frozenset("ACGT")


@dataclass(frozen=True, slots=True)
class ParsedLocus:
    """An interval to draw.

    Attributes:
        assembly: the one that the text names, as `GRCh37`; "" where it names none.
        notes: sentences on how the text was read; no part of equality.
    """

    interval: Interval
    assembly: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ParsedVariant:
    """A variant with both alleles; REF is not checked yet. Attributes as in ParsedLocus."""

    variant: Variant
    assembly: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ParsedEdit:
    """A change that becomes a Variant only with the genome's bases, as HGVS and SPDI write it.

    Attributes:
        start, end: 0-based half-open bases that change; equal for an insertion before `start`.
        deleted: what the text says is there; "" where it does not say.
        inserted: what comes in their place where `operation` is replace.
        operation: replace, duplicate (once more, in tandem) or invert.
    """

    chrom: str
    start: int
    end: int
    deleted: str = ""
    inserted: str = ""
    operation: str = "replace"
    assembly: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.end < self.start or self.start < 0:
            raise QueryError(f"{self}: the positions must rise, and they count from 1.")
        for bases in (self.deleted, self.inserted):
            if not BASES.issuperset(bases):
                raise QueryError(f"{self}: {bases} is not a sequence of A, C, G and T.")
        if self.start == self.end and not self.inserted:
            raise QueryError(f"{self}: nothing is deleted and nothing inserted.")
        if self.deleted and len(self.deleted) != self.end - self.start:
            raise QueryError(
                f"{self}: the bases {self.deleted} are {len(self.deleted)}, but the positions "
                f"span {self.end - self.start}."
            )

    def __str__(self) -> str:
        """HGVS on the chromosome's name: `chr20:g.100_102delinsTT`."""
        first, last = self.start + 1, self.end
        if self.start == self.end:
            return f"{self.chrom}:g.{self.start}_{first}ins{self.inserted}"
        place = f"{first}" if first == last else f"{first}_{last}"
        ins = f"ins{self.inserted}" if self.inserted else ""
        verb = {"replace": "del", "duplicate": "dup", "invert": "inv"}[self.operation]
        return f"{self.chrom}:g.{place}{verb}{self.deleted}{ins}"


@dataclass(frozen=True, slots=True)
class ParsedHaplotype:
    """Several changes on one haplotype, as they were typed. Other attributes as in ParsedLocus."""

    changes: tuple[ParsedVariant | ParsedEdit, ...]
    assembly: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return " + ".join(
            str(change.variant if isinstance(change, ParsedVariant) else change)
            for change in self.changes
        )


@dataclass(frozen=True, slots=True)
class ParsedGene:
    """A gene symbol, or the id of a gene or transcript with its version where one was typed."""

    name: str
    assembly: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def unversioned(self) -> str:
        """`ENSG00000101076.17` without `.17`; symbols stay as they are."""
        stem, dot, version = self.name.rpartition(".")
        is_id = stem[:3].upper() in {"ENS", "NM_", "NR_", "XM_", "XR_"}
        return stem if dot and is_id and version.isdigit() else self.name


Request = ParsedLocus | ParsedVariant | ParsedEdit | ParsedHaplotype | ParsedGene


def checked_variant(chrom: str, pos: int, ref: str, alt: str) -> Variant:
    """The variant of alleles in any case.

    Raises:
        QueryError: they are not a variant.
    """
    try:
        return Variant(chrom, pos, ref.upper(), alt.upper())
    except GenomeError as error:
        raise QueryError(str(error)) from error
