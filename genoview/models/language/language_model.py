"""A language model along the genome: what it expects at each base that it does not see.

Each base has a window of its own, in the middle of which it is hidden: its value depends on the
bases within `context_length` and on nothing else, wherever a tile begins.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, FloatArray, TrackMetadata
from genoview.errors import BackendError
from genoview.models.base import Backend
from genoview.models.language.masked_lm import MaskedNetwork
from genoview.models.language.tokenizer import BASES

CONTEXT_LENGTH = 250  # bp on each side, where the network has room for so many
OWN, ENTROPY = "own", "entropy"  # groups of the first two tracks; of the others, their base
TRACKS = (
    TrackMetadata("Probability of the base", Assay.LANGUAGE, ".", "probability", group=OWN),
    TrackMetadata("Entropy", Assay.LANGUAGE, ".", "bits", group=ENTROPY),
    *(
        TrackMetadata(f"Probability of {base}", Assay.LANGUAGE, ".", "probability", group=base)
        for base in BASES
    ),
)


class LanguageModel(Backend):
    """Probability of the base that is there, entropy, and probability of A, C, G and T."""

    tracks = TRACKS
    resolution = 1

    def __init__(self, card: ModelCard, network: MaskedNetwork, span: int) -> None:
        """Args: span: bp that are predicted, in the middle of the requested interval."""
        super().__init__(str(network.device), network.dtype)
        self.card = card  # type: ignore[misc]  # of the class elsewhere; here of its weights
        self._network, self._span = network, span
        # bp between two moments at which a run can stop: seconds each on a CPU
        self.tile_length = 64 if self.device.type == "cuda" else 4
        self.context_length = min(CONTEXT_LENGTH, (network.most_bases - 1) // 2)
        if self.context_length < network.vocabulary.longest:
            raise BackendError(
                f"{card.title} reads {network.most_bases:,} bp at most, less than three of its "
                "longest tokens: a model of longer sequences was expected."
            )

    @property
    def weights_digest(self) -> str:
        return self._network.digest

    def focus(self, interval: Interval, around: Interval) -> Interval:
        return middle_of(interval, around, self._span)

    def notes(self, interval: Interval, variant: Variant | None) -> tuple[str, ...]:
        return (
            f"{self.card.title} cuts DNA into {self._network.scheme.value} and read "
            f"{self.context_length:,} bp on each side of each base of {interval.to_ucsc()}; beyond "
            "that it predicts nothing.",
        )

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 6]; N is any base, so that its probability is 1."""
        middle, width = self.context_length, 2 * self.context_length + 1
        n_bins = len(sequences[0]) - width + 1
        windows = [sequence[i : i + width] for sequence in sequences for i in range(n_bins)]
        probabilities = self._network.hidden(windows, middle)
        there = np.array([_allowed(window[middle]) for window in windows])
        own = (probabilities * there).sum(axis=1, keepdims=True)
        values = np.concatenate(
            [own, entropy(probabilities), probabilities], axis=1, dtype=np.float32
        )
        return values.reshape(len(sequences), n_bins, len(TRACKS))


def middle_of(interval: Interval, around: Interval, width: int) -> Interval:
    """`width` bp of an interval with the middle of `around` in theirs, as far as it goes."""
    if interval.width <= width:
        return interval
    start = min(max(around.center - width // 2, interval.start), interval.end - width)
    return replace(interval, start=start, end=start + width)


def _allowed(letter: str) -> list[bool]:
    return [letter in (base, "N") for base in BASES]


def entropy(probabilities: FloatArray) -> FloatArray:
    """float32[n, 1], bits, of float32[n, 4]."""
    logs = np.log2(np.where(probabilities > 0, probabilities, 1))
    bits: FloatArray = -(probabilities * logs).sum(axis=1, keepdims=True)
    return np.asarray(np.maximum(bits, 0), np.float32)
