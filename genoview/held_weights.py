"""All outputs of one model of this machine: the one thing that holds its weights in memory."""

import threading
from collections.abc import Callable

from genoview.models.base import Backend


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
