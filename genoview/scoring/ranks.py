"""A score against the same score of other variants -> its rank, with ties counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.errors import TrackError


@dataclass(frozen=True, slots=True)
class Rank:
    """Where the size of one score stands among those of a background.

    Attributes:
        n_below: of the background, strictly smaller.
        n_equal: of the same size.
        n: of the background in all; 0 where there is none.
    """

    n_below: int
    n_equal: int
    n: int

    @property
    def share(self) -> float | None:
        """0 to 1: below, and half of the equal ones; None without a background."""
        return (self.n_below + self.n_equal / 2) / self.n if self.n else None

    def words(self, background: str) -> str:
        """`larger than 97 of 100 random substitutions within 500 bp, equal to 2`.

        Args:
            background: what it consists of, as `random substitutions within 500 bp`.
        """
        if not self.n:
            return "not calibrated"
        equal = f", equal to {self.n_equal:,}" if self.n_equal else ""
        return f"larger than {self.n_below:,} of {self.n:,} {background}{equal}"


def rank(value: float, background: Sequence[float], decimals: int = 6) -> Rank:
    """Of |value| among the background's sizes.

    Args:
        decimals: sizes that agree so far are equal: the same change computed in two batches
            differs in its last bits.

    Raises:
        TrackError: a score is not a number.
    """
    size = round(abs(value), decimals)
    sizes = [round(abs(other), decimals) for other in background]
    if any(number != number for number in (size, *sizes)):
        raise TrackError("A score is not a number, and has no rank.")
    below = sum(other < size for other in sizes)
    return Rank(below, sizes.count(size), len(sizes))
