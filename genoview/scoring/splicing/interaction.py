"""Delta scores of each change alone and of all on one haplotype -> how far they add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.scoring.splicing.delta import KINDS, DeltaScores


@dataclass(frozen=True, slots=True)
class Interaction:
    """One kind of change of splice sites in one gene.

    Attributes:
        alone: delta score of each change by itself, in their order on the chromosome.
        together: of all of them on one haplotype.
    """

    gene: str
    strand: str
    kind: str
    alone: tuple[float, ...]
    together: float

    @property
    def expected(self) -> float:
        """The sum of the changes alone; a difference of probabilities ends at 1."""
        return min(sum(self.alone), 1.0)

    @property
    def difference(self) -> float:
        """Together - expected: above 0 they add to each other, below 0 they overlap or repair."""
        return self.together - self.expected


def interactions(
    alone: Sequence[Sequence[DeltaScores]], together: Sequence[DeltaScores], smallest: float = 0.05
) -> tuple[Interaction, ...]:
    """Those where something reaches `smallest`, the largest difference first.

    Args:
        alone: of each change, one entry a gene; a gene that is absent counts as unchanged.
    """
    rows = []
    for scores in together:
        gene = (scores.gene, scores.strand)
        same = [next((s for s in some if (s.gene, s.strand) == gene), None) for some in alone]
        for i, kind in enumerate(KINDS):
            each = tuple(
                0.0 if gene_scores is None else gene_scores.changes[i].score for gene_scores in same
            )
            rows.append(Interaction(*gene, kind, each, scores.changes[i].score))
    shown = [row for row in rows if max(*row.alone, row.together) >= smallest]
    return tuple(sorted(shown, key=lambda row: -abs(row.difference)))
