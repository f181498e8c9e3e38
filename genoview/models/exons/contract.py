"""The contract of a model that predicts how alleles change the inclusion of an exon."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from genoview.data.model_card import ModelCard


@dataclass(frozen=True, slots=True)
class ExonSequence:
    """One allele of an exon with the introns beside it, read 5' to 3' of its strand.

    Attributes:
        before, after: of the introns; empty where the transcript begins or ends with the exon.
    """

    before: str
    exon: str
    after: str


@dataclass(frozen=True, slots=True)
class ExonChange:
    """What ALT does to one exon.

    Attributes:
        delta_logit_psi: change of the log odds of inclusion (natural logarithm).
        pathogenicity: probability from 0 to 1, as its authors trained it.
        efficiency: change of the log of splicing efficiency, from the sites and the exon.
        ref, alt: score of each module, in the model's order.
    """

    delta_logit_psi: float
    pathogenicity: float
    efficiency: float
    ref: tuple[float, ...]
    alt: tuple[float, ...]


class ExonModel(ABC):
    """One model on one device.

    Attributes:
        intron_length: bp of intron that are read on each side of an exon.
        modules: names of its scores.
    """

    card: ClassVar[ModelCard]
    intron_length: ClassVar[int]
    modules: ClassVar[tuple[str, ...]]

    @abstractmethod
    def changes(self, pairs: Sequence[tuple[ExonSequence, ExonSequence]]) -> list[ExonChange]:
        """One of each pair of REF and ALT; introns have `intron_length` bp, or none."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Changes with the weights."""


class TissueExonModel(ABC):
    """A model of how inclusion changes in single tissues, beside the change in all of them.

    Attributes:
        intron_length: bp of intron that are read on each side of an exon.
        tissues: names of its outputs.
    """

    card: ClassVar[ModelCard]
    intron_length: ClassVar[int]
    tissues: ClassVar[tuple[str, ...]]

    @abstractmethod
    def changes(
        self, pairs: Sequence[tuple[ExonSequence, ExonSequence]], *, shallow: bool = False
    ) -> npt.NDArray[np.float64]:
        """ALT - REF of the log odds of inclusion, float64[n, tissues], to add to those of all.

        Args:
            shallow: by the model's second, smaller ensemble.
        """

    @property
    @abstractmethod
    def version(self) -> str:
        """Changes with the weights."""
