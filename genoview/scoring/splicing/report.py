"""A variant -> the delta scores of its genes, as a reader sees them.

report = known(question, store)                   # at once, or None
report = splice_report(question, backend, store)  # computes where it must
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from genoview.data.genome import Variant
from genoview.data.progress import Progress, no_progress
from genoview.models.base import Backend
from genoview.models.entry import SpliceRules
from genoview.scoring import DELTA_KINDS as KINDS
from genoview.scoring import Change, DeltaScores, Formula, certainty
from genoview.scoring.model_result import ModelResult
from genoview.scoring.splicing.delta_question import DeltaQuestion, SpliceDeltas
from genoview.scoring.splicing.rules import rules_of
from genoview.store import Store, cached, recalled

MASKS = {
    SpliceRules.KNOWN_SITES.value: "gains of annotated splice sites and losses of others",
    SpliceRules.NEAREST_BOUNDARY.value: (
        "gains on the exon boundary nearest to the variant and losses elsewhere"
    ),
}


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
    score_name: ClassVar[str] = "delta score"

    @property
    def position(self) -> int:
        """1-based base of the site with the largest change."""
        return self.pos + self.raw.position

    @property
    def certainty(self) -> str:
        """Of the masked score: `very likely`, `likely`, `possibly`; empty below 0.2."""
        return certainty(self.masked.score)

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
    """Delta scores by one model of one variant, gene by gene.

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
    def of(cls, question: DeltaQuestion, result: ModelResult) -> Self:
        """A model's result, with its question."""
        card = question.model.card
        return cls(
            card.title,
            question.model.version,
            rules_of(card.name).name,
            question.assembly.annotation.name or "no gene table",
            question.distance,
            tuple(gene.raw for gene in result.genes),
            tuple(gene.masked for gene in result.genes),
            result.reason,
        )

    def rows(self, variant: Variant) -> "list[DeltaRow]":
        """Four a gene, the gene with the largest masked change first."""
        pairs = sorted(
            zip(self.raw, self.masked, strict=True),
            key=lambda pair: (-pair[1].largest, -pair[0].largest),
        )
        return [
            DeltaRow(raw.gene, raw.strand, kind, change, hidden, variant.pos)
            for raw, masked in pairs
            for kind, change, hidden in zip(KINDS, raw.changes, masked.changes, strict=True)
        ]


def known(question: DeltaQuestion, store: Store | None) -> SpliceReport | None:
    """The report if the variant was scored before, on a page or in a file."""
    result = recalled(store, question)
    return None if result is None else SpliceReport.of(question, result)


def splice_report(
    question: DeltaQuestion,
    backend: Backend,
    store: Store | None = None,
    progress: Progress = no_progress,
) -> SpliceReport:
    """The report, computed where it is not known. A broken store costs the remembering alone.

    Raises:
        GenomeError: the distance is out of range.
        Cancelled: from `progress`.
    """

    def compute() -> ModelResult:
        scorer = SpliceDeltas(backend, question.assembly, question.distance, question.genes)
        return scorer.score([question.variant], progress)[0]

    return SpliceReport.of(question, cached(store, question, compute))


def known_parts(question: DeltaQuestion, store: Store | None) -> "list[SpliceReport] | None":
    """A report for each change of a haplotype alone, if all are cached."""
    reports = [known(part, store) for part in question.parts]
    return [report for report in reports if report] if all(reports) else None


def part_reports(
    question: DeltaQuestion,
    backend: Backend,
    store: Store | None = None,
    progress: Progress = no_progress,
) -> list[SpliceReport]:
    """A report for each change of a haplotype alone. Errors as in `splice_report`."""
    n = len(question.parts)

    def share_of(i: int) -> Progress:
        return lambda share: progress((i + share) / n)

    return [
        splice_report(part, backend, store, share_of(i)) for i, part in enumerate(question.parts)
    ]
