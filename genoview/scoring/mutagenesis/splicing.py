"""Every substitution of a few bases -> what it does to splice sites nearby, by delta scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.progress import Progress
from genoview.data.track_data import FloatArray
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.scoring import DeltaScores
from genoview.scoring.mutagenesis.facts import Meaning, ScoreFacts
from genoview.scoring.splicing.delta_scores import SpliceScorer, VariantLine, masked
from genoview.scoring.splicing.genes import GeneSource, SpliceGene, annotated_genes
from genoview.scoring.splicing.rules import FARTHEST, rules_of

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
class SpliceChange:
    """The splice site that changes most, on one strand."""

    facts: ScoreFacts
    strand: str
    chunk: int = CHUNK
    grid: int = 1

    def contents(self, backend: Backend, assembly: Assembly, interval: Interval) -> list[str]:
        """What the effects of each base depend on: what the model can see of it, as it is read."""
        rules = rules_of(backend.card.name)
        genes = OnStrand(annotated_genes(assembly.annotation), self.strand)
        whole = interval.expanded(2 * DISTANCE + backend.context_length)
        bases, contents = assembly.reference.fetch(whole), []
        for start in range(interval.start, interval.end):
            span = rules.span(Variant(interval.chrom, start + 1, "A", "C"), DISTANCE)
            window = span.expanded(backend.context_length)
            part = bases[window.start - whole.start : window.end - whole.start]
            seen = [masked(part, window, gene.interval) for gene in genes.at(whole.chrom, start)]
            if self.strand == "-":
                seen = [reverse_complement(sequence) for sequence in seen]
            contents.append(f"{self.strand} {DISTANCE} {' '.join(seen)}")
        return contents

    def effects(
        self,
        backend: Backend,
        assembly: Assembly,
        interval: Interval,
        lines: Sequence[VariantLine],
        progress: Progress,
    ) -> dict[str, FloatArray]:
        """float32[lines] by the score's id."""
        genes = OnStrand(annotated_genes(assembly.annotation), self.strand)
        scorer = SpliceScorer(backend, assembly.reference, genes, DISTANCE)
        scored = scorer.score(lines, len(lines), progress, first_chunk=max(len(lines), 1))
        values = [signed_change(result.raw) for result in scored]
        return {self.facts.score_id: np.array(values, dtype=np.float32)}


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
