"""Look a prediction up, compute it where absent, and keep it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from genoview.data.genome import Interval
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.track_data import TrackMetadata
from genoview.errors import StoreError
from genoview.store.cache import Store
from genoview.store.key import PredictionKey


class Model(Protocol):
    """What a key needs to know of a model."""

    @property
    def card(self) -> ModelCard: ...

    @property
    def tracks(self) -> tuple[TrackMetadata, ...]: ...

    @property
    def version(self) -> str: ...


@dataclass
class PredictionCache:
    """Predictions of one window by one model; a broken store costs a computation and a warning.

    Attributes:
        sequence: bases of REF that the model reads.
        interval: what is predicted.
        keeps: whether what is computed is kept; what was kept before is read all the same.
        cached: nothing was computed so far.
    """

    store: Store | None
    model: Model
    sequence: str
    interval: Interval
    keeps: bool = True
    cached: bool = True
    warnings: list[str] = field(default_factory=list)

    def recall(self, alignment: str, compute: Callable[[], Prediction]) -> Prediction:
        """The kept prediction of an allele, or what `compute` makes of it."""
        key = self.key(alignment)
        cached = self._try(lambda store: store.get(key))
        if cached is not None:
            return cached.moved_to(self.interval).named(self.model.tracks)
        self.cached = False
        prediction = compute()
        if self.keeps:
            self._try(lambda store: store.put(key, prediction))
        return prediction

    def key(self, alignment: str) -> PredictionKey:
        """Of REF where `alignment` is empty."""
        model = self.model
        return PredictionKey.of(model.card.name, model.version, self.sequence, alignment)

    def _try(self, use: Callable[[Store], Prediction | None]) -> Prediction | None:
        if self.store is None:
            return None
        try:
            result = use(self.store)
            self.warnings.extend(self.store.take_warnings())
            return result
        except StoreError as error:
            self.warnings.append(str(error))
            self.store = None  # one warning a run is enough
            return None
