"""Every substitution of a few bases -> what it does to splice sites nearby in four tissues."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress
from genoview.data.track_data import FloatArray
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.scoring import GainLoss, gain_loss
from genoview.scoring.mutagenesis.facts import Meaning, ScoreFacts
from genoview.scoring.splicing.delta_scores import VariantLine
from genoview.scoring.splicing.strand_pairs import StrandPairs

DISTANCE = 50  # bp on each side, the usual one of gain and loss
CHUNK = 8  # bases computed together: so often the reader sees more


def meaning(title: str, tissues: Sequence[str]) -> Meaning:
    """Of a model by its title and its tissues, two or more."""
    words = f"{', '.join(tissues[:-1])} and {tissues[-1]}"
    return Meaning(
        "change of probability",
        f"{title}'s gain, or minus its loss where that is larger, within {DISTANCE} bp: the "
        f"largest change of the probability of a splice site over {words}, read on one strand, not "
        "masked.",
        most_bases=500,
    )


@dataclass(frozen=True, slots=True)
class StrengthChange:
    """The splice site that changes most in any tissue, on one strand."""

    facts: ScoreFacts
    strand: str
    chunk: int = CHUNK
    grid: int = 1

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
        pairs = scorer.pairs([(variant, self.strand) for variant in variants], progress)
        values = [
            signed_gain(gain_loss(pair, variant, self.strand, DISTANCE))
            for pair, variant in zip(pairs, variants, strict=True)
        ]
        return {self.facts.score_id: np.array(values, dtype=np.float32)}


def signed_gain(scores: GainLoss) -> float:
    """The gain, or minus the loss where that is larger."""
    gain, loss = scores.gain.score, scores.loss.score
    return gain if gain >= loss else -loss
