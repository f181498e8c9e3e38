"""A prediction is recalled where it can be, computed where not, and kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.errors import StoreError
from genoview.models.base import Backend
from genoview.store import PredictionKey, Store


@dataclass
class Memory:
    """Looks a prediction up, computes it where absent, and keeps it; never fails for the store.

    Attributes:
        keeps: whether what is computed is kept; what was kept before is recalled all the same.
    """

    store: Store | None
    backend: Backend
    sequence: str
    interval: Interval
    keeps: bool = True
    cached: bool = True
    warnings: list[str] = field(default_factory=list)

    def recall(self, alignment: str, compute: Callable[[], Prediction]) -> Prediction:
        key = PredictionKey.of(
            self.backend.card.name, self.backend.version, self.sequence, alignment
        )
        found = self._try(lambda store: store.get(key))
        if found is not None:
            return found.moved_to(self.interval).named(self.backend.tracks)
        self.cached = False
        made = compute()
        if self.keeps:
            self._try(lambda store: store.put(key, made))
        return made

    def _try(self, use: Callable[[Store], Prediction | None]) -> Prediction | None:
        if self.store is None:
            return None
        try:
            found = use(self.store)
            self.warnings.extend(self.store.take_warnings())
            return found
        except StoreError as error:
            self.warnings.append(str(error))
            self.store = None  # one warning a run is enough
            return None
