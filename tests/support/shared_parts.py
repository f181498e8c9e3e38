"""The embedded genome and networks, read once a worker, whose answers are computed once a run."""

import hashlib
import os
import pickle
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from genoview.data.progress import Progress, no_progress
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.base import Backend
from genoview.runtime import assemblies
from genoview.runtime.settings import AssemblyConfig, Settings

EMBEDDED = tuple(entry for entry in registry.MODELS if entry.runs_by_default)
QUESTIONS: dict[str, Callable[..., Hashable]] = {
    "predict": lambda sequence, interval, *_: (sequence, interval),
    "predict_alternate": lambda ref, sequence, variant, *_: (ref.data.interval, sequence, variant),
    "predict_strands": lambda strands, *_: tuple((s.sequence, tuple(s.edits)) for s in strands),
}
"""What an answer of each method depends on."""


def share_parts(patch: pytest.MonkeyPatch, demo: Assembly) -> None:
    """Workbenches take the genome and networks as they are in memory already."""
    open_assembly, create = assemblies.open_assembly, registry.create

    def opened(
        config: AssemblyConfig, settings: Settings, progress: Progress = no_progress
    ) -> Assembly:
        if config == settings.assemblies[0]:
            return demo
        return open_assembly(config, settings, progress)

    def created(name: str, device: str, dtype: str, models_dir: Path) -> Backend:
        if registry.entry_of(name) in EMBEDDED:
            return embedded(name, device, dtype)
        return create(name, device, dtype, models_dir)

    patch.setattr(assemblies, "open_assembly", opened)
    patch.setattr(registry, "create", created)


@cache
def embedded(name: str, device: str = "cpu", dtype: str = "float32") -> Backend:
    """A model that ships with genoview, with its weights; a question is computed once."""
    [entry] = [entry for entry in EMBEDDED if entry.name == name]
    model = entry.load_class()(device=device, dtype=dtype)
    for method, question in QUESTIONS.items():
        known = Answers((name, device, dtype, method))
        setattr(model, method, known.once(getattr(model, method), question))
    return model


class Answers:
    """Of one method: in memory, and in the folder that the workers of this run share."""

    folder: Path | None = None

    def __init__(self, method: Hashable) -> None:
        self._method = method
        self._known: dict[Hashable, Any] = {}

    def once(
        self, compute: Callable[..., Any], question: Callable[..., Hashable]
    ) -> Callable[..., Any]:
        """The method, which computes what no worker has computed."""

        def answer(*given: Any) -> Any:
            key = question(*given)
            if key not in self._known:
                path = self._path(key)
                if path and path.exists():
                    self._known[key] = pickle.loads(path.read_bytes())
                else:
                    self._known[key] = compute(*given)
                    self._share(path, self._known[key])
                    return self._known[key]
            progress = next(filter(callable, given), no_progress)
            progress(1.0)
            return self._known[key]

        return answer

    def _path(self, key: Hashable) -> Path | None:
        name = hashlib.sha256(repr((self._method, key)).encode()).hexdigest()
        return self.folder / name if self.folder else None

    def _share(self, path: Path | None, value: Any) -> None:
        if path:
            part = path.with_name(f"{path.name}.{os.getpid()}")
            part.write_bytes(pickle.dumps(value))
            part.rename(path)  # whole, or not there
