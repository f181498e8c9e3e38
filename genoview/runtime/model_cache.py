"""Models that are loaded, within one budget; what was used longest ago goes first."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable

from genoview.models.base import Backend
from genoview.models.exons.contract import ExonModel, TissueExonModel
from genoview.models.gene_model import GeneModel
from genoview.models.protein.contract import ResidueModel
from genoview.runtime.garbage import freeze

Model = Backend | GeneModel | ResidueModel | ExonModel | TissueExonModel
ELSEWHERE = ""  # weights of the models of services: they take no memory here


class ModelCache:
    """Thread safe. A model that is dropped while it runs lives on until its run ends.

    Models that share weights, as the outputs of one network, are counted once, and go together.
    """

    def __init__(self, budget_bytes: int, prepare: Callable[[], None] = lambda: None) -> None:
        """Args: prepare: is called before each model is made."""
        self.budget_bytes, self._prepare = budget_bytes, prepare
        self._lock = threading.Lock()
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        # By weights, those used last behind; then by name.
        self._models: OrderedDict[str, dict[str, Model]] = OrderedDict()

    def get(self, name: str, make: Callable[[], Model], weights: str | None = None) -> Model:
        """The model, made at its first use; others may have to go for it.

        Args:
            weights: what its weights are known by, ELSEWHERE of a service's; else its name.
        """
        weights = name if weights is None else weights
        with self._lock:
            making = self._making[weights or name]
        with making:
            with self._lock:
                if name in self._models.get(weights, {}):
                    self._models.move_to_end(weights)
                    return self._models[weights][name]
            self._prepare()
            model = make()
            freeze()
            with self._lock:
                self._models.setdefault(weights, {})[name] = model
                self._models.move_to_end(weights)
        self.make_room()
        return model

    def find(self, name: str) -> Model | None:
        """The model if it is loaded; this does not count as a use."""
        with self._lock:
            return next((each[name] for each in self._models.values() if name in each), None)

    def sizes(self) -> dict[str, int]:
        """Bytes of all weights that are loaded here, those used last behind."""
        with self._lock:
            models = {weights: list(sharing.values()) for weights, sharing in self._models.items()}
        if not models:
            return {}
        from genoview.models.memory import bytes_of  # with torch, which takes a while

        return {key: bytes_of(sharing) for key, sharing in models.items() if key != ELSEWHERE}

    def drop(self, weights: str) -> None:
        """Forget the models of these weights; the next use loads them again."""
        from genoview.models.memory import release_device_memory

        with self._lock:
            self._models.pop(weights, None)
        release_device_memory()

    def make_room(self) -> None:
        """Drop the oldest until the rest fits; the last one used stays, however large."""
        sizes = self.sizes()
        total = sum(sizes.values())
        for weights in list(sizes)[:-1]:
            if total <= self.budget_bytes:
                return
            self.drop(weights)
            total -= sizes[weights]
