"""What one model predicts for a request."""

from collections.abc import Iterable
from dataclasses import dataclass

from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.track_data import AlleleTracks, Assay, Family


@dataclass(frozen=True, slots=True)
class Shown:
    """One model's tracks, as far as drawing goes; `alt` is on REF coordinates."""

    name: str
    title: str
    ref: Prediction
    alt: Prediction | None = None
    random_weights: bool = False

    @property
    def assay(self) -> Assay:
        return self.ref.tracks[0].assay


@dataclass(frozen=True, slots=True)
class Answer:
    """One model's answer to a request; `alt` is on REF coordinates.

    Attributes:
        reach: bp on each side of a base that its value depends on.
        members: REF and ALT by each network of an ensemble, where the model is one.
        cached: nothing was computed.
        seconds: to compute or to remember.
        warnings: a sentence each for what went wrong without losing the answer.
        notes: a sentence each that belongs to the values, such as what was read at once.
    """

    card: ModelCard
    version: str
    device: str
    ref: Prediction
    alt: Prediction | None = None
    reach: int = 0
    members: AlleleTracks | None = None
    cached: bool = False
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> Shown:
        """As far as drawing goes."""
        card = self.card
        return Shown(card.name, card.title, self.ref, self.alt, card.random_weights)

    @property
    def alleles(self) -> AlleleTracks | None:
        return None if self.alt is None else AlleleTracks(self.ref.data, self.alt.data)


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """By family, as a reader sees them, whichever model was ready first."""
    return sorted(answers, key=lambda answer: list(Family).index(answer.card.family))
