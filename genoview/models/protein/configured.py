"""Language models of proteins that a reader set up -> card and model."""

from genoview.data.model_card import ModelCard
from genoview.errors import BackendError
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.entry import Access
from genoview.models.language.loading import Source
from genoview.models.protein.cards import protein_card
from genoview.models.protein.contract import ResidueModel
from genoview.models.protein.place import folder_of
from genoview.models.registry import setups
from genoview.models.weights.untrained import is_untrained


def protein_kinds() -> tuple[str, ...]:
    """Names of all kinds, set up or not."""
    kinds = setups().items()
    return tuple(name for name, setup in kinds if setup.access is Access.PROTEIN)


def protein_models(large: LargeModels) -> tuple[LargeModel, ...]:
    """Those that are set up, in the catalogue's order."""
    return tuple(large.models[kind] for kind in protein_kinds() if kind in large.models)


def card_of(model: LargeModel) -> ModelCard:
    """Without the network, and without loading weights."""
    try:
        random_weights = is_untrained(str(folder_of(model.place)))
    except BackendError:  # raised where it is run
        random_weights = False
    return protein_card(setups()[model.kind].card, model.place, random_weights)


def create(model: LargeModel, device: str, dtype: str) -> ResidueModel:
    """With its weights on a device.

    Raises:
        BackendError: it cannot be loaded, or is no model of proteins.
    """
    from genoview.models.protein.esm import EsmModel  # with torch, which takes a while

    is_untrained(str(folder_of(model.place)))  # a broken genoview.json is no trained model
    return EsmModel(card_of(model), Source(model.place, model.revision), device, dtype)
