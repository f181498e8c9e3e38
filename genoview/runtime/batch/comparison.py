"""Rows of a scored file -> one model's score against another's, disagreements first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from genoview.data.track_data import Family
from genoview.models.entry import VariantScore
from genoview.runtime.batch import Row, Score, scores_of
from genoview.runtime.batch.units import score_kind
from genoview.scoring.comparison.statistics import pearson, ranks, spearman


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scores of one kind, by two models of one family."""

    first: Score
    second: Score

    @property
    def key(self) -> str:
        """As in a link: `cispliceai:spliceai`, `a:b:K562`, `a:b:K562:K562-minP`."""
        cells = dict.fromkeys(
            cell.replace(" ", "-") for cell in (self.first.cell, self.second.cell)
        )
        return ":".join(filter(None, (self.first.model, self.second.model, *cells)))

    @property
    def same_unit(self) -> bool:
        """By the formulas of the scores."""
        return self.first.help == self.second.help


@dataclass(frozen=True, slots=True)
class Scatter:
    """Variants that both models scored, those on which they differ most first.

    Attributes:
        variants, genes, first, second: one a variant.
        apart: |first - second|; of other units the difference of ranks, as a share of all.
        n_left_out: variants that one of the two did not score.
        pearson: None for other units.
    """

    variants: tuple[str, ...]
    genes: tuple[str, ...]
    first: tuple[float, ...]
    second: tuple[float, ...]
    apart: tuple[float, ...]
    n_left_out: int
    pearson: float | None
    spearman: float | None


def comparisons(models: Sequence[str], rows: Iterable[Row], family: Family) -> list[Comparison]:
    """Each two models of a family; of reporter activity cell by cell, since a largest change may be
    of another cell in each. A model with several promoters in a cell is compared by each.
    """
    scores = [score for score in scores_of(models, rows) if score.family is family]
    cells = [score for score in scores if score.cell]
    return [
        Comparison(first, second)
        for first, second in combinations(cells or scores, 2)
        if first.model != second.model and first.sample == second.sample
    ]


def scatter(comparison: Comparison, rows: Sequence[Row]) -> Scatter:
    """Both scores of each variant; of a change of inclusion the size."""
    scored = [(row, _size(comparison.first, row), _size(comparison.second, row)) for row in rows]
    known = [(row, a, b) for row, a, b in scored if a is not None and b is not None]
    first = np.array([a for _, a, _ in known], np.float64)
    second = np.array([b for *_, b in known], np.float64)
    if comparison.same_unit:
        apart = np.abs(first - second)
    else:
        apart = np.abs(ranks(first) - ranks(second)) / max(len(known), 1)
    order = np.argsort(-apart, kind="stable").tolist()
    return Scatter(
        tuple(known[i][0].variant for i in order),
        tuple(", ".join(known[i][0].genes) for i in order),
        tuple(float(first[i]) for i in order),
        tuple(float(second[i]) for i in order),
        tuple(float(apart[i]) for i in order),
        len(rows) - len(known),
        pearson(first, second) if comparison.same_unit else None,
        spearman(first, second),
    )


def _size(score: Score, row: Row) -> float | None:
    """A change of inclusion without its sign: the scores that it is compared with have none."""
    value = score.of(row)
    return abs(value) if loses_sign(score) and value is not None else value


def loses_sign(score: Score) -> bool:
    """Whether its size alone is compared."""
    return score_kind(score.model) is VariantScore.INCLUSION
