"""Models that are loaded, within one budget; the one used longest ago goes first."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import TypeVar

from genoview.models.base import Backend
from genoview.models.memory import bytes_of, release_device_memory

T = TypeVar("T")


class ModelMemory:
    """Thread safe. A model that is dropped while it runs lives on until its run ends."""

    def __init__(self, budget_bytes: int) -> None:
        self.budget_bytes = budget_bytes
        self._lock = threading.Lock()
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._models: OrderedDict[str, object] = OrderedDict()  # the last one was used last

    def get(self, name: str, make: Callable[[], T]) -> T:
        """The model, made when first asked for; others may have to go for it."""
        with self._lock:
            making = self._making[name]
        with making:
            with self._lock:
                known = name in self._models
                if known:
                    self._models.move_to_end(name)
                    return self._models[name]  # type: ignore[return-value]  # of one make a name
            made = make()
            with self._lock:
                self._models[name] = made
        self.make_room()
        return made

    def find(self, name: str) -> object | None:
        """The model if it is loaded; asking is no use of it."""
        return self._models.get(name)

    def sizes(self) -> dict[str, int]:
        """Bytes of each loaded model, the one used last behind."""
        with self._lock:
            models = dict(self._models)
        return {name: bytes_of(model) for name, model in models.items()}

    def drop(self, name: str) -> None:
        """Forget a model; the next use loads it anew."""
        with self._lock:
            self._models.pop(name, None)
        release_device_memory()

    def make_room(self) -> None:
        """Drop the oldest until the rest fits; the last one used stays, however large."""
        sizes = self.sizes()
        total = sum(sizes.values())
        for name in list(sizes)[:-1]:
            if total <= self.budget_bytes:
                return
            self.drop(name)
            total -= sizes[name]


class HeldWeights:
    """Backends by name, each made when first asked for; what lets this go lets the weights go.

    Thread safe. A run that is under way keeps its backend, and with it the weights, to its end.
    """

    def __init__(self, make: Callable[[str], Backend]) -> None:
        """Args: make: one output's backend, by name; may raise BackendError."""
        self._make = make
        self._backends: dict[str, Backend] = {}
        self._lock = threading.Lock()

    def backend(self, name: str) -> Backend:
        """One output; errors are those of `make`, at each try."""
        with self._lock:
            if name not in self._backends:
                self._backends[name] = self._make(name)
            return self._backends[name]

    def find(self, name: str) -> Backend | None:
        """One output, if it was made."""
        return self._backends.get(name)
