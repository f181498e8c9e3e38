"""Every substitution of a few bases -> what it does to splice sites nearby, by delta scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.progress import Progress
from genoview.scoring import DeltaScores
from genoview.scoring.mutagenesis.facts import Meaning
from genoview.scoring.mutagenesis.score import Score, Stretch
from genoview.scoring.splicing.delta_scores import SpliceScorer, masked
from genoview.scoring.splicing.genes import GeneSource, SpliceGene, annotated_genes
from genoview.scoring.splicing.rules import FARTHEST, rules_of
from genoview.scoring.variant_line import VariantLine

DISTANCE = 50  # bp on each side, the usual one of delta scores
CHUNK = 16  # bases computed together, a few seconds on two cores: so often the reader sees more
MEANING = Meaning(
    unit="change of probability",
    formula=(
        f"ALT − REF probability of the acceptor or donor within {DISTANCE} bp that changes most: a "
        "gain is positive, a loss negative. Read on one strand, with N outside of the gene, as "
        "delta scores are; where no gene of the strand is, the sequence as it is."
    ),
    most_bases=500,
)


@dataclass(frozen=True, slots=True)
class SpliceChange(Score):
    """The splice site that changes most, on one strand."""

    strand: str

    def contents(self, stretch: Stretch) -> list[str]:
        """What the model can see of each base, as it is read."""
        backend, interval = stretch.backend, stretch.interval
        rules, genes = rules_of(backend.card.name), self._genes(stretch)
        beside = 2 * DISTANCE + backend.context_length
        whole, bases = interval.expanded(beside), stretch.bases(beside)
        contents = []
        for start in range(interval.start, interval.end):
            span = rules.span(Variant(interval.chrom, start + 1, "A", "C"), DISTANCE)
            window = span.expanded(backend.context_length)
            part = bases[window.start - whole.start : window.end - whole.start]
            seen = [masked(part, window, gene.interval) for gene in genes.at(whole.chrom, start)]
            if self.strand == "-":
                seen = [reverse_complement(sequence) for sequence in seen]
            contents.append(f"{self.strand} {DISTANCE} {' '.join(seen)}")
        return contents

    def values(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> list[float]:
        reference, genes = stretch.assembly.reference, self._genes(stretch)
        scorer = SpliceScorer(stretch.backend, reference, genes, DISTANCE)
        scored = scorer.score(lines, len(lines), progress, first_chunk=max(len(lines), 1))
        return [signed_change(result.raw) for result in scored]

    def _genes(self, stretch: Stretch) -> "OnStrand":
        return OnStrand(annotated_genes(stretch.assembly.annotation), self.strand)


@dataclass(frozen=True, slots=True)
class OnStrand:
    """The genes of one strand; where there is none, one without an end."""

    genes: GeneSource
    strand: str

    def at(self, chrom: str, position: int) -> Sequence[SpliceGene]:
        genes = [gene for gene in self.genes.at(chrom, position) if gene.strand == self.strand]
        everywhere = Interval(chrom, -FARTHEST, FARTHEST, self.strand)
        return genes or [SpliceGene(self.strand, everywhere)]


def signed_change(scores: Sequence[DeltaScores]) -> float:
    """The largest gain, or minus the largest loss, over genes; NaN where nothing was scored."""
    signed = [
        sign * change.score
        for delta in scores
        for sign, change in zip((1, -1, 1, -1), delta.changes, strict=True)
    ]
    return max(signed, key=abs, default=float("nan"))
