"""The models on the shelf: one row each; a module is imported when its model is first used."""

from dataclasses import dataclass
from importlib import import_module

from genoview.backends.base import Backend, ModelCard
from genoview.errors import BackendError


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a model's class lives."""

    name: str
    module: str
    class_name: str

    def load_class(self) -> type[Backend]:
        loaded: type[Backend] = getattr(import_module(self.module), self.class_name)
        return loaded


MODELS = (
    Entry("jaspar", "genoview.backends.jaspar", "Jaspar"),
    Entry("promoter-activity", "genoview.backends.promoter_activity", "PromoterActivity"),
    Entry("promid", "genoview.backends.promid", "PromID"),
    Entry("cispliceai", "genoview.backends.cispliceai", "CISpliceAI"),
)
"""In the order in which they run, quickest first."""

EXTRA_MODELS = (Entry("spliceai", "genoview.backends.spliceai", "SpliceAI"),)
"""Those whose weights genoview may not pass on: they run where a person has installed them."""

NAMES = tuple(entry.name for entry in MODELS)


def entry_of(name: str) -> Entry:
    """The row of a model.

    Raises:
        BackendError: no model has that name.
    """
    for entry in (*MODELS, *EXTRA_MODELS):
        if entry.name == name:
            return entry
    raise BackendError(f"There is no model {name!r}. There are: {', '.join(NAMES)}.")


def card_of(name: str) -> ModelCard:
    """What a reader should know of a model, without loading its weights."""
    return entry_of(name).load_class().card


def create(name: str, device: str = "cpu", dtype: str = "float32") -> Backend:
    """A model with its weights on a device.

    Raises:
        BackendError: unknown model, missing weights, or no such device.
    """
    return entry_of(name).load_class()(device=device, dtype=dtype)
