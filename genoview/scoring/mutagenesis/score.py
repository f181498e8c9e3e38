"""What a score of mutagenesis is: facts, the genome it depends on, and a value a substitution."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from genoview.data.genome import Interval
from genoview.data.progress import Progress
from genoview.data.track_data import FloatArray
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.exons.contract import ExonModel
from genoview.scoring.mutagenesis.facts import ScoreFacts
from genoview.scoring.variant_line import VariantLine

ScanModel = Backend | ExonModel


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bases of a genome, and the model that scores their substitutions."""

    model: ScanModel
    assembly: Assembly
    interval: Interval

    @property
    def backend(self) -> Backend:
        """The model, of a score of tracks."""
        assert isinstance(self.model, Backend)  # as the score's entry says
        return self.model

    @property
    def exon_model(self) -> ExonModel:
        """The model, of a score of exons."""
        assert isinstance(self.model, ExonModel)  # as the score's entry says
        return self.model

    def bases(self, beside: int) -> str:
        """Of the interval and so many bp on each side."""
        return self.assembly.reference.fetch(self.interval.expanded(beside))


@dataclass(frozen=True, slots=True)
class Score(ABC):
    """One measure of a substitution's effect.

    Attributes:
        chunk: bases that are computed and cached together.
        grid: bp; chunks begin at multiples of it.
    """

    facts: ScoreFacts
    chunk: int
    grid: int = field(default=1, kw_only=True)

    @abstractmethod
    def contents(self, stretch: Stretch) -> list[str]:
        """For each base, all of the genome that its effects depend on."""

    @abstractmethod
    def values(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> Sequence[float] | FloatArray:
        """One a substitution of the stretch, in order of place; NaN where there is none."""

    def effects(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> dict[str, FloatArray]:
        """float32[lines] by score id; of others too that come with this score for nothing."""
        values = self.values(stretch, lines, progress)
        return {self.facts.score_id: np.array(values, dtype=np.float32)}
