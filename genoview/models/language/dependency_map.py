"""How a change at one base moves a language model's probabilities of the others.

Tomaz da Silva et al. 2024, doi:10.1101/2024.07.27.605418: nothing is hidden; with each of the three
substitutions of base i, the ln odds of A, C, G and T at base j are compared with those of the
sequence as it is. The entry is the largest absolute change. Here the map is made symmetric by the
larger of (i, j) and (j, i); the diagonal has no value.
"""

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import Assay, FloatArray, TrackData, TrackMetadata
from genoview.models.language.language_model import CONTEXT_LENGTH, middle_of
from genoview.models.language.masked_lm import MaskedNetwork
from genoview.models.language.tokenizer import BASES
from genoview.models.whole_window import WINDOW, WholeWindowBackend

WIDTH = 128  # bp of a map: three runs of the network a base
LEAST = 1e-10  # lower bound of a probability, as in the authors' own code
TRACK = TrackMetadata(
    "Nucleotide dependencies", Assay.DEPENDENCY, ".", "largest |change of ln odds|"
)


class DependencyMap(WholeWindowBackend):
    """A map of WIDTH bases around the middle of the requested interval."""

    tracks = (TRACK,)
    resolution = 1

    def __init__(self, card: ModelCard, network: MaskedNetwork) -> None:
        super().__init__(str(network.device), network.dtype)
        self.card = card  # type: ignore[misc]
        self._network = network
        self._width = width = min(WIDTH, network.most_bases)
        self.crop_length = min(CONTEXT_LENGTH, (network.most_bases - width) // 2)
        self.window_lengths = (width + 2 * self.crop_length,)
        self.context_length = self.window_lengths[0]

    def focus(self, interval: Interval, around: Interval) -> Interval:
        return middle_of(interval, around, self._width)

    @property
    def weights_digest(self) -> str:
        return self._network.digest

    def predict_window(self, sequence: str, progress: Progress = no_progress) -> Prediction:
        progress(0.0)
        place = Interval(WINDOW, self.crop_length, len(sequence) - self.crop_length)
        values = dependencies(self._network, sequence, place.start, place.end, progress)
        nothing = TrackData(np.zeros((place.width, 0), np.float32), (), place, self.resolution)
        return Prediction(nothing, contacts=ContactMap(values[..., None], (TRACK,), place, 1))


def dependencies(
    network: MaskedNetwork, sequence: str, first: int, last: int, progress: Progress = no_progress
) -> FloatArray:
    """float32[bases, bases] of the bases `first` to `last` of a sequence; the diagonal is NaN."""
    edits = [
        (place, sequence[:place] + base + sequence[place + 1 :])
        for place in range(first, last)
        for base in BASES
        if base != sequence[place]
    ]
    read = [sequence, *(edited for _, edited in edits)]
    odds = log_odds(network.seen(read, first, last, progress))
    moved = np.abs(odds[1:] - odds[0]).max(axis=2)
    largest = np.zeros((last - first, last - first), np.float32)
    for (place, _), change in zip(edits, moved, strict=True):
        np.maximum(largest[place - first], change, out=largest[place - first])
    largest = np.maximum(largest, largest.T)
    np.fill_diagonal(largest, np.nan)
    return largest


def log_odds(probabilities: FloatArray) -> FloatArray:
    """float32[..., 4]: ln p / (1 - p); 1 - p as the sum of the others, which is exact near 1."""
    raised = probabilities.astype(np.float64) + LEAST
    others = raised @ (1 - np.eye(len(BASES)))
    return np.log(raised / others).astype(np.float32)
