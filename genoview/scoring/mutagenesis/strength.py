"""Every substitution of a few bases -> what it does to splice sites nearby in four tissues."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress
from genoview.data.track_data import Family, FloatArray
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.scoring import GainLoss, gain_loss
from genoview.scoring.mutagenesis.facts import ScoreFacts
from genoview.scoring.splicing.delta_scores import VariantLine
from genoview.scoring.splicing.strand_pairs import StrandPairs

DISTANCE = 50  # bp on each side, the usual one of gain and loss
CHUNK = 8  # bases computed together: so often the reader sees more
FORMULA = (
    f"Pangolin's gain, or minus its loss where that is larger, within {DISTANCE} bp: the largest "
    "change of the probability of a splice site over heart, liver, brain and testis, read on one "
    "strand, not masked."
)


@dataclass(frozen=True, slots=True)
class StrengthChange:
    """The splice site that changes most in any tissue, on one strand."""

    strand: str
    chunk: int = CHUNK
    grid: int = 1

    @property
    def facts(self) -> ScoreFacts:
        words = "forward" if self.strand == "+" else "reverse"
        return ScoreFacts(
            score_id=f"pangolin{self.strand}",
            title=f"Pangolin, {words} strand",
            label=f"Pangolin ({self.strand})",
            unit="change of probability",
            formula=FORMULA,
            model="pangolin",
            family=Family.SPLICING,
            most_bases=500,
        )

    def contents(self, backend: Backend, assembly: Assembly, interval: Interval) -> list[str]:
        """What the effects of each base depend on: what the model can see of it."""
        reach = DISTANCE + backend.context_length
        bases = assembly.reference.fetch(interval.expanded(reach))
        parts = (bases[row : row + 2 * reach + 1] for row in range(interval.width))
        return [f"{self.strand} {DISTANCE} {part}" for part in parts]

    def effects(
        self,
        backend: Backend,
        assembly: Assembly,
        interval: Interval,
        lines: Sequence[VariantLine],
        progress: Progress,
    ) -> dict[str, FloatArray]:
        """float32[lines] by the score's id."""
        variants = [Variant(line.chrom, line.pos, line.ref, line.alt) for line in lines]
        scorer = StrandPairs(backend, assembly.reference, DISTANCE)
        pairs = scorer.pairs([(one, self.strand) for one in variants], progress)
        values = [
            signed_gain(gain_loss(pair, variant, self.strand, DISTANCE))
            for pair, variant in zip(pairs, variants, strict=True)
        ]
        return {self.facts.score_id: np.array(values, dtype=np.float32)}


def signed_gain(found: GainLoss) -> float:
    """The gain, or minus the loss where that is larger."""
    gain, loss = found.gain.score, found.loss.score
    return gain if gain >= loss else -loss
