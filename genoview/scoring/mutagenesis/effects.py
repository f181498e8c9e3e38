"""What every substitution over a range does, for one score, and where it does most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.answer import Answer
from genoview.data.genome import Interval, Variant
from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray, TrackMetadata
from genoview.errors import TrackError
from genoview.scoring.mutagenesis.facts import ScoreFacts

BASES = "ACGT"


@dataclass(frozen=True, slots=True)
class Top:
    """A base where a substitution does much.

    Attributes:
        variant: the substitution that does most there.
        value: what it does, in the score's unit.
        mean: of all that is known of the base.
    """

    variant: Variant
    value: float
    mean: float


@dataclass(frozen=True, slots=True)
class Substitutions:
    """Effects over a range, as far as they are known.

    Attributes:
        bases: of the genome, one a base of `interval`.
        values: float32[bases, 4], of A, C, G and T in place of the base, in the score's unit; NaN
            for the genome's own base, and for what is not known.
        n_done: bases that were looked at.
    """

    score: ScoreFacts
    interval: Interval
    bases: str
    values: FloatArray
    n_done: int

    def __post_init__(self) -> None:
        if self.values.shape != (self.interval.width, 4) or len(self.bases) != self.interval.width:
            raise TrackError(
                f"Substitutions came as {list(self.values.shape)} with {len(self.bases)} bases; "
                f"[{self.interval.width}, 4] was expected for {self.interval.to_ucsc()}."
            )

    @property
    def is_complete(self) -> bool:
        return self.n_done == self.interval.width

    @property
    def means(self) -> FloatArray:
        """float32[bases]: mean effect of the substitutions of a base, NaN where none is known."""
        known = np.isfinite(self.values)
        n_known = known.sum(axis=1)
        total = np.where(known, self.values, 0).sum(axis=1, dtype=np.float64)
        with np.errstate(invalid="ignore"):
            return np.asarray(total / np.where(n_known, n_known, np.nan), dtype=np.float32)

    @property
    def largest(self) -> float:
        """The largest effect without its sign; 0 where none is known."""
        return float(np.nanmax(np.abs(self.values), initial=0.0))

    def variant(self, row: int, column: int) -> Variant:
        """The substitution of one cell."""
        pos = self.interval.start + row + 1
        return Variant(self.interval.chrom, pos, self.bases[row], BASES[column])

    def top(self, n: int) -> list[Top]:
        """Bases with the largest effects, the largest first; of equal ones the leftmost."""
        sizes = np.nan_to_num(np.abs(self.values), nan=-1.0)
        columns, means = sizes.argmax(axis=1), self.means
        order = np.argsort(-sizes.max(axis=1, initial=-1.0), kind="stable")[:n]
        return [
            Top(self.variant(row, columns[row]), float(self.values[row, columns[row]]), means[row])
            for row in order.tolist()
            if sizes[row, columns[row]] >= 0
        ]


def factors_at(answers: Iterable[Answer], position: int) -> list[str]:
    """Factors of all answers with a site over a 0-based position, as `factors_over` has them."""
    return [
        name
        for answer in answers
        for name in factors_over(position, answer.ref.sites, answer.ref.data.tracks)
    ]


def factors_over(
    position: int, sites: Sites, tracks: Sequence[TrackMetadata], most: int = 4
) -> list[str]:
    """Factors with a site over a 0-based position, the best site first, each once."""
    over = sites.where((sites.start <= position) & (sites.end > position))
    order = np.argsort(-over.score, kind="stable").tolist()
    return list(dict.fromkeys(tracks[int(over.track[i])].name for i in order))[:most]
