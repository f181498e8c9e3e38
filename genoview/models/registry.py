"""The models on the shelf: one row each; a module is imported when its model is first used."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from genoview.data.model_card import ModelCard
from genoview.errors import BackendError
from genoview.models.base import Backend
from genoview.models.gene_model import GeneModel
from genoview.models.manifest import MANIFEST, OWN, read_manifest


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a model's class lives; one that reads files of the shelf takes their folder."""

    name: str
    module: str
    class_name: str
    on_shelf: bool = False

    def load_class(self) -> type[Backend]:
        loaded: type[Backend] = getattr(import_module(self.module), self.class_name)
        return loaded

    def load_gene_class(self) -> type[GeneModel]:
        loaded: type[GeneModel] = getattr(import_module(self.module), self.class_name)
        return loaded


MODELS = (
    Entry("jaspar", "genoview.models.binding.jaspar", "Jaspar"),
    Entry("promoter-activity", "genoview.models.expression.promoter_activity", "PromoterActivity"),
    Entry("promid", "genoview.models.expression.promid", "PromID"),
    Entry("cispliceai", "genoview.models.splicing.cispliceai", "CISpliceAI"),
)
"""In the order in which they run, quickest first."""

EXTRA_MODELS = (
    Entry("spliceai", "genoview.models.splicing.spliceai", "SpliceAI"),
    Entry("mpra-dragonn", "genoview.models.expression.mpra_dragonn", "MPRADragoNN", on_shelf=True),
    Entry("pangolin", "genoview.models.splicing.pangolin", "Pangolin", on_shelf=True),
)
"""Those whose weights genoview does not pass on: they run where a person has added them."""

GENE_MODELS = (Entry("xpresso", "genoview.models.expression.xpresso", "Xpresso", on_shelf=True),)
"""Those that say one number of a gene, and draw no tracks."""

NAMES = tuple(entry.name for entry in MODELS)


def entry_of(name: str) -> Entry:
    """The row of a model.

    Raises:
        BackendError: no model has that name.
    """
    for entry in (*MODELS, *EXTRA_MODELS, *GENE_MODELS):
        if entry.name == name:
            return entry
    if name.startswith(OWN):
        return Entry(name, "genoview.models.own_model", "OwnModel", on_shelf=True)
    known = ", ".join(entry.name for entry in (*MODELS, *EXTRA_MODELS))
    raise BackendError(f"There is no model {name!r}. There are: {known}.")


def card_of(name: str, models_dir: Path = Path("models")) -> ModelCard:
    """What a reader should know of a model, without loading its weights.

    Raises:
        BackendError: unknown model, or an own model without a manifest.
    """
    if name.startswith(OWN):
        return read_manifest(models_dir / name).card
    return entry_of(name).load_class().card


def own_models(models_dir: Path) -> tuple[str, ...]:
    """Names of the models that a person has put into the folder, by their manifests."""
    return tuple(sorted(path.parent.name for path in models_dir.glob(f"{OWN}*/{MANIFEST}")))


def create(
    name: str,
    device: str = "cpu",
    dtype: str = "float32",
    models_dir: Path = Path("models"),
) -> Backend:
    """A model with its weights on a device.

    Args:
        models_dir: where models of the shelf lie, each in a folder by its name.

    Raises:
        BackendError: unknown model, missing weights, or no such device.
    """
    entry = entry_of(name)
    facts: dict[str, Any] = {"folder": models_dir / name} if entry.on_shelf else {}
    return entry.load_class()(device=device, dtype=dtype, **facts)


def create_gene_model(
    name: str, device: str = "cpu", models_dir: Path = Path("models")
) -> GeneModel:
    """A model of genes with its weights on a device; errors as in `create`."""
    facts: dict[str, Any] = {"folder": models_dir / name, "device": device}
    return entry_of(name).load_gene_class()(**facts)
