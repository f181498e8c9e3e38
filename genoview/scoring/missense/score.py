"""Protein + changed residues -> log-likelihood ratios by a language model, cached.

score = missense_score(change, model, store)       # masked sites, and a map of the whole protein
score = known_score(change, card, version, store)  # at once, or None
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from genoview.data.model_card import ModelCard
from genoview.data.progress import Progress, no_progress, step_progress
from genoview.data.track_data import FloatArray
from genoview.data.transcript.amino_acids import STANDARD
from genoview.models.protein.contract import ResidueModel
from genoview.scoring.missense.change import ProteinChange
from genoview.scoring.model_result import digest
from genoview.scoring.tracks.formula import Formula
from genoview.store import Store
from genoview.store.cached import cached, recalled

LAYOUT = 1  # raised when cached scores change their meaning
MASKED_SHARE = 0.3  # of the work
MEIER = "Meier et al. 2021, doi:10.1101/2021.07.09.450648"
MASKED = Formula(
    "Masked marginals",
    "Σ over changed residues of ln P(ALT) − ln P(REF), all of them hidden from the model and the "
    "rest of the protein as in REF",
    "natural logarithm",
    MEIER,
)
WILD_TYPE = Formula(
    "Wild-type marginals",
    "Σ over changed residues of ln P(ALT) − ln P(REF), the model reading the protein of REF with "
    "nothing hidden",
    "natural logarithm",
    MEIER,
)


@dataclass(frozen=True)
class RatioQuestion:
    """Ratios at hidden sites, or of the whole protein where there are none; a `store.Question`."""

    model: str
    version: str
    protein: str
    sites: tuple[int, ...] = ()

    @cached_property
    def key(self) -> str:
        """sha256 over model, protein and sites, hexadecimal."""
        return digest("missense", LAYOUT, self.model, self.version, self.protein, self.sites)

    @property
    def document_key(self) -> str:
        """Earlier versions cached none as documents."""
        return ""

    def to_plain(self, answer: FloatArray) -> Any:
        """float32, little-endian, row by row."""
        return base64.b64encode(answer.astype("<f4").tobytes()).decode()

    def from_plain(self, plain: Any) -> FloatArray:
        """Inverse of `to_plain`; raises ValueError where it is of another shape."""
        n_rows = len(self.sites) or len(self.protein)
        values = np.frombuffer(base64.b64decode(plain), "<f4").astype(np.float32)
        return values.reshape(n_rows, len(STANDARD))


@dataclass(frozen=True, slots=True, eq=False)
class MissenseScore:
    """What one model says of changed residues; columns are those of STANDARD.

    Attributes:
        masked: float32[sites, 20], ln P(residue) - ln P(REF), the sites hidden together.
        wild_type: float32[residues, 20], the same with nothing hidden; NaN where REF is unknown.
    """

    card: ModelCard
    version: str
    change: ProteinChange
    masked: FloatArray
    wild_type: FloatArray

    @property
    def notes(self) -> tuple[str, ...]:
        """For files."""
        return (self.change.note,) if self.change.note else ()

    @property
    def by_residue(self) -> tuple[tuple[float, float], ...]:
        """Masked and wild-type, of each substitution."""
        columns = [STANDARD.index(substitution.alt) for substitution in self.change.substitutions]
        hidden = self.masked[np.arange(len(columns)), columns]
        seen = self.wild_type[list(self.change.sites), columns]
        return tuple(zip(hidden.tolist(), seen.tolist(), strict=True))

    @property
    def total(self) -> tuple[float, float]:
        """Masked and wild-type, summed over the substitutions."""
        masked, wild_type = zip(*self.by_residue, strict=True)
        return sum(masked), sum(wild_type)


def missense_score(
    change: ProteinChange,
    model: ResidueModel,
    store: Store | None = None,
    progress: Progress = no_progress,
) -> MissenseScore:
    """The score, computed where it is not cached; a variant of the same protein shares its map.

    Args:
        change: with substitutions.

    Raises:
        BackendError: the model fails. Cancelled: from `progress`.
    """
    hidden, seen = _questions(change, model.card.name, model.version)
    first = step_progress(progress, 0, MASKED_SHARE)
    rest = step_progress(progress, MASKED_SHARE, 1)
    masked = cached(store, hidden, lambda: model.masked(change.protein, change.sites, first))
    wild_type = cached(store, seen, lambda: model.wild_type(change.protein, rest))
    progress(1.0)
    return MissenseScore(model.card, model.version, change, masked, wild_type)


def known_score(
    change: ProteinChange, card: ModelCard, version: str, store: Store | None
) -> MissenseScore | None:
    """The score if it is cached."""
    hidden, seen = _questions(change, card.name, version)
    masked = recalled(store, hidden)
    wild_type = None if masked is None else recalled(store, seen)
    if masked is None or wild_type is None:
        return None
    return MissenseScore(card, version, change, masked, wild_type)


def _questions(change: ProteinChange, model: str, version: str) -> Sequence[RatioQuestion]:
    whole = RatioQuestion(model, version, change.protein)
    return RatioQuestion(model, version, change.protein, change.sites), whole
