"""Scores of MMSplice's modules -> change of inclusion, pathogenicity, splicing efficiency.

The linear models of the package (Cheng et al. 2019), as numbers in a TOML file.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from genoview.models.weights.damage import loading

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """One linear model: (x - mean) times its coefficients, and an intercept."""

    coefficients: Array
    intercept: float
    mean: Array

    @classmethod
    def from_table(cls, table: dict[str, Any]) -> Self:
        """Of one table of the file; KeyError, TypeError or ValueError if it is none."""
        coefficients = np.array(table["coef"], dtype=np.float64)
        mean = np.array(table.get("mean", np.zeros(len(coefficients))), dtype=np.float64)
        if mean.shape != coefficients.shape:
            raise ValueError("mean and coef differ in length")
        return cls(coefficients, float(table["intercept"][0]), mean)

    def __call__(self, x: Array) -> Array:
        """float64[n] of [n, coefficients]."""
        values: Array = (x - self.mean) @ self.coefficients + self.intercept
        return values


@dataclass(frozen=True, slots=True, eq=False)
class LinearModels:
    """The three; each reads module scores of both alleles, float64[n, 5]."""

    delta: Linear
    logistic: Linear
    efficient: Linear

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises: BackendError: the file is missing or holds something else."""
        with loading(path, "the linear models of MMSplice"):
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            names = ("delta_logit_psi", "pathogenicity", "splicing_efficiency")
            return cls(*(Linear.from_table(tables[name]) for name in names))

    def delta_logit_psi(self, ref: Array, alt: Array) -> Array:
        """Change of the log odds of inclusion, [n]."""
        change = alt - ref
        return self.delta(np.hstack([change, _overlaps(change) * change[:, [2, 4, 0]]]))

    def pathogenicity(self, ref: Array, alt: Array) -> Array:
        """Probability, [n]."""
        log_odds = self.logistic(np.hstack([ref, alt, _overlaps(alt - ref)]))
        probability: Array = 1 / (1 + np.exp(-log_odds))
        return probability

    def splicing_efficiency(self, ref: Array, alt: Array) -> Array:
        """Change of its logarithm, [n]; from acceptor, exon and donor alone."""
        change = alt - ref
        overlap = _overlaps(change)[:, :1] * change[:, 2:3]
        return self.efficient(np.hstack([change[:, 1:4], overlap]))


def _overlaps(change: Array) -> Array:
    """1 where modules that share bases both change: exon, donor intron, acceptor intron; [n, 3].

    What is nearer to 0 than 1e-8 counts as no change, as in the package.
    """
    changed = ~np.isclose(change, 0)
    exon = (changed[:, 1] & changed[:, 2]) | (changed[:, 2] & changed[:, 3])
    donor_intron = changed[:, 3] & changed[:, 4]
    acceptor_intron = changed[:, 0] & changed[:, 1]
    both: Array = np.stack([exon, donor_intron, acceptor_intron], axis=1).astype(np.float64)
    return both
