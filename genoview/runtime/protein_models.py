"""Language models of proteins, loaded within the memory of all models."""

from genoview.models.configured_file import LargeModel
from genoview.models.protein import configured
from genoview.models.protein.contract import ResidueModel
from genoview.runtime.workbench import Workbench


def protein_model(bench: Workbench, model: LargeModel) -> ResidueModel:
    """With its weights, loaded at its first use.

    Raises:
        BackendError: it cannot be loaded, or is no model of proteins.
    """

    def make() -> ResidueModel:
        return configured.create(model, bench.device, bench.settings.dtype)

    loaded = bench.models.get(_name(model), make, model.kind)
    assert isinstance(loaded, ResidueModel)  # as it was made
    return loaded


def loaded_protein_model(bench: Workbench, model: LargeModel) -> ResidueModel | None:
    """If it is in memory already."""
    loaded = bench.models.find(_name(model))
    return loaded if isinstance(loaded, ResidueModel) else None


def _name(model: LargeModel) -> str:
    return f"{model.kind}@{model.digest}"
