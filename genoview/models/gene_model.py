"""The contract of a model that predicts one number per gene from the sequence around its start."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from genoview.data.model_card import ModelCard


class GeneModel(ABC):
    """One model on one device; it reads a promoter as the gene's strand does.

    Attributes:
        upstream, downstream: bp that are read before the first transcribed base, and from it on.
        unit: of the level, in words.
    """

    card: ClassVar[ModelCard]
    upstream: ClassVar[int]
    downstream: ClassVar[int]
    unit: ClassVar[str]

    @abstractmethod
    def levels(self, promoters: Sequence[str]) -> list[float]:
        """A level each; A, C, G, T, N, each `upstream + downstream` long, read 5' to 3'."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Changes with the weights."""
