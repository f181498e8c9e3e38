"""The contract of a model that compares residues at the places of a protein."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from genoview.data.model_card import ModelCard
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import FloatArray


class ResidueModel(ABC):
    """One model on one device; columns are those of `amino_acids.STANDARD`.

    Attributes:
        version: changes with weights, vocabulary and dtype.
        place: where it computes, in words.
    """

    card: ModelCard
    version: str
    place: str

    @abstractmethod
    def masked(
        self, protein: str, sites: Sequence[int], progress: Progress = no_progress
    ) -> FloatArray:
        """float32[sites, 20]: ln P(residue) - ln P(the residue there), the sites hidden together.

        Args:
            protein: one letter a residue.
            sites: 0-based, each once, in order.

        Raises:
            BackendError: the model fails. Cancelled: from `progress`.
        """

    @abstractmethod
    def wild_type(self, protein: str, progress: Progress = no_progress) -> FloatArray:
        """float32[residues, 20]: the same with nothing hidden; NaN at residues that are unknown."""
