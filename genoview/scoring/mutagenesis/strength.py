"""Every substitution of a few bases -> what it does to splice sites nearby in four tissues."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Variant
from genoview.data.progress import Progress
from genoview.scoring import GainLoss, gain_loss
from genoview.scoring.mutagenesis.facts import Meaning
from genoview.scoring.mutagenesis.score import Score, Stretch
from genoview.scoring.splicing.strand_pairs import StrandPairs
from genoview.scoring.variant_line import VariantLine

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
class StrengthChange(Score):
    """The splice site that changes most in any tissue, on one strand."""

    strand: str

    def contents(self, stretch: Stretch) -> list[str]:
        """What the model can see of each base."""
        reach = DISTANCE + stretch.backend.context_length
        bases = stretch.bases(reach)
        seen = (bases[row : row + 2 * reach + 1] for row in range(stretch.interval.width))
        return [f"{self.strand} {DISTANCE} {sequence}" for sequence in seen]

    def values(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> list[float]:
        variants = [Variant(line.chrom, line.pos, line.ref, line.alt) for line in lines]
        scorer = StrandPairs(stretch.backend, stretch.assembly.reference, DISTANCE)
        pairs = scorer.pairs([(variant, self.strand) for variant in variants], progress)
        return [
            signed_gain(gain_loss(pair, variant, self.strand, DISTANCE))
            for pair, variant in zip(pairs, variants, strict=True)
        ]


def signed_gain(scores: GainLoss) -> float:
    """The gain, or minus the loss where that is larger."""
    gain, loss = scores.gain.score, scores.loss.score
    return gain if gain >= loss else -loss
