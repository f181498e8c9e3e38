"""A variant -> the delta scores of its genes, remembered where they were made before.

report = known(question, store)          # at once, or None
report = splice_report(question, store)  # computes where it must
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from genoview.data.genome import Variant
from genoview.data.progress import Progress, no_progress
from genoview.errors import StoreError
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.entry import SpliceRules
from genoview.scoring import DELTA_KINDS as KINDS
from genoview.scoring import Change, DeltaScores, Formula, certainty
from genoview.scoring.splicing.delta_scores import SpliceScorer, VariantLine
from genoview.scoring.splicing.genes import annotated_genes
from genoview.scoring.splicing.rules import rules_of
from genoview.store import Store

DISTANCE = 50  # bp on each side, as the original programs do where nothing is said
DISTANCES = (50, 100, 500, 1_000, 2_000, 5_000)  # offered; any between is read from a link
LAYOUT_VERSION = 1  # raised when what was kept before no longer means the same
MASKS = {
    SpliceRules.KNOWN_SITES.value: "gains of sites that the gene table knows and losses of others",
    SpliceRules.NEAREST_BOUNDARY.value: (
        "gains on the exon boundary nearest to the variant and losses elsewhere"
    ),
}


@dataclass(frozen=True, slots=True)
class SpliceQuestion:
    """One variant for one model; what the answer depends on."""

    variant: Variant
    backend: Backend
    assembly: Assembly
    distance: int = DISTANCE

    @property
    def parts(self) -> "tuple[SpliceQuestion, ...]":
        """The same of each change of a haplotype alone; none where it is one change."""
        return tuple(replace(self, variant=one) for one in self.variant.parts)

    @property
    def key(self) -> str:
        """sha256 over model, bases, genes and distance, hexadecimal."""
        reach = self.distance + self.backend.context_length + 2
        window = self.variant.interval.expanded(reach)
        genes = annotated_genes(self.assembly.annotation).at(self.variant.chrom, self.variant.start)
        facts = (
            *("delta scores", LAYOUT_VERSION, self.backend.card.name, self.backend.version),
            *(self.distance, str(self.variant), self.assembly.name, self.assembly.annotation.name),
            hashlib.sha256(self.assembly.reference.fetch(window).encode()).hexdigest(),
            [asdict(gene) for gene in genes],
        )
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DeltaRow:
    """One kind of change in one gene.

    Attributes:
        kind: one of `scoring.DELTA_KINDS`.
        pos: of the variant, 1-based.
    """

    gene: str
    strand: str
    kind: str
    raw: Change
    masked: Change
    pos: int

    @property
    def position(self) -> int:
        """1-based base of the site with the largest change."""
        return self.pos + self.raw.position

    @property
    def certainty(self) -> str:
        """`very likely`, `likely`, `possibly` by the published cut-offs; empty below 0.2."""
        return certainty(self.raw.score)

    @property
    def words(self) -> str:
        """`ADA (-): acceptor gain 0.90, very likely, at -2 bp (43,249,074); masked 0.90`."""
        sure = f"{self.certainty}, " if self.certainty else ""
        place = f"at {self.raw.position:+,} bp ({self.position:,})"
        amount = f"{self.kind} {self.raw.score:.2f}"
        return (
            f"{self.gene} ({self.strand}): {amount}, {sure}{place}; masked {self.masked.score:.2f}"
        )


@dataclass(frozen=True, slots=True)
class SpliceReport:
    """What one model says of one variant, gene by gene.

    Attributes:
        rules: the program whose way was followed.
        gene_table: where extents, strands and splice sites of the genes come from.
        distance: bp on each side of the variant in which sites are compared.
        raw, masked: one entry a gene and strand; empty where there is a reason.
        reason: why nothing was computed, in one sentence.
    """

    model: str
    version: str
    rules: str
    gene_table: str
    distance: int
    raw: tuple[DeltaScores, ...] = ()
    masked: tuple[DeltaScores, ...] = ()
    reason: str = ""

    @property
    def formula(self) -> Formula:
        """Of the raw scores."""
        return Formula(
            "Delta score",
            "the largest ALT − REF (gain) or REF − ALT (loss) of the probability of such a site "
            f"within {self.distance:,} bp of the variant, with N for bases outside of the gene; "
            "0.2 or more: possible, 0.5: likely, 0.8: very likely",
            "difference of probabilities, 0 to 1",
            "Jaganathan et al. 2019, Cell 176:535",
        )

    @property
    def masked_formula(self) -> Formula:
        """Of the masked scores."""
        return Formula(
            "Masked delta score",
            f"as the delta score, but {MASKS[self.rules]} count as 0",
            self.formula.unit,
            f"the mask of {self.rules}",
        )

    @classmethod
    def from_plain(cls, plain: Any) -> Self:
        """What `asdict` made, by way of JSON.

        Raises:
            KeyError, TypeError, ValueError: it is something else.
        """
        scores = {name: tuple(map(_read, plain[name])) for name in ("raw", "masked")}
        return cls(**{**plain, **scores})

    def rows(self, variant: Variant) -> "list[DeltaRow]":
        """Four a gene, the gene with the largest change first."""
        pairs = sorted(zip(self.raw, self.masked, strict=True), key=lambda pair: -pair[0].largest)
        return [
            DeltaRow(raw.gene, raw.strand, kind, one, hidden, variant.pos)
            for raw, masked in pairs
            for kind, one, hidden in zip(KINDS, raw.changes, masked.changes, strict=True)
        ]


def known(question: SpliceQuestion, store: Store | None) -> SpliceReport | None:
    """The report if it was made before."""
    kept = store.documents.get(question.key) if store else None
    if kept is None:
        return None
    try:
        return SpliceReport.from_plain(kept)
    except (KeyError, TypeError, ValueError):
        return None  # made again, and written over


def splice_report(
    question: SpliceQuestion, store: Store | None = None, progress: Progress = no_progress
) -> SpliceReport:
    """The report, computed where it is not known. A broken store costs the remembering alone.

    Raises:
        GenomeError: the distance is out of range.
        Cancelled: from `progress`.
    """
    found = known(question, store)
    if found is not None:
        return found
    assembly, backend, variant = question.assembly, question.backend, question.variant
    genes = annotated_genes(assembly.annotation)
    scorer = SpliceScorer(backend, assembly.reference, genes, question.distance)
    line = VariantLine(variant.chrom, variant.pos, variant.ref, variant.alt)
    [scored] = scorer.score([line], 1, progress)
    table = assembly.annotation.name or "no gene table"
    report = SpliceReport(
        backend.card.title,
        backend.version,
        rules_of(backend.card.name).name,
        table,
        question.distance,
        scored.raw,
        scored.masked,
        scored.reason,
    )
    if store is not None:
        with suppress(StoreError):
            store.documents.put(question.key, asdict(report))
    return report


def known_parts(question: SpliceQuestion, store: Store | None) -> "list[SpliceReport] | None":
    """A report for each change of a haplotype alone, if all were made before."""
    reports = [known(part, store) for part in question.parts]
    return [one for one in reports if one] if all(reports) else None


def part_reports(
    question: SpliceQuestion, store: Store | None = None, progress: Progress = no_progress
) -> list[SpliceReport]:
    """A report for each change of a haplotype alone. Errors as in `splice_report`."""
    n = len(question.parts)

    def share_of(i: int) -> Progress:
        return lambda share: progress((i + share) / n)

    return [splice_report(part, store, share_of(i)) for i, part in enumerate(question.parts)]


def _read(plain: dict[str, Any]) -> DeltaScores:
    names = [kind.replace(" ", "_") for kind in KINDS]
    changes = {name: Change(**plain[name]) for name in names}
    return DeltaScores(**{**plain, **changes})
