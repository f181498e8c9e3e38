"""Every substitution of a few bases -> what it does to the best word of one motif over it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.progress import Progress
from genoview.models.binding.motifs import site_matrices
from genoview.scoring.mutagenesis.facts import Meaning
from genoview.scoring.mutagenesis.score import Score, Stretch
from genoview.scoring.variant_line import VariantLine

CHUNK = 100  # bases computed together
MEANING = Meaning(
    unit="bits",
    formula=(
        "ALT − REF of the score of the best word that holds the base, on either strand; the score "
        "is log2 odds over random sequence, and words below 0 bits count as 0."
    ),
    most_bases=2_000,
)


@dataclass(frozen=True, slots=True)
class MotifChange(Score):
    """The log odds of one motif."""

    matrix_id: str

    def contents(self, stretch: Stretch) -> list[str]:
        """The words that hold each base."""
        length = len(site_matrices()[self.matrix_id])
        bases = stretch.bases(length - 1).upper()
        return [bases[row : row + 2 * length - 1] for row in range(stretch.interval.width)]

    def values(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> list[float]:
        """Bits; NaN where every word holds an N."""
        matrix = site_matrices()[self.matrix_id]
        reach = len(matrix) - 1
        bases = stretch.bases(reach).upper()
        values = []
        for line in lines:
            at = line.pos - 1 - stretch.interval.start
            left, right = bases[at : at + reach], bases[at + reach + 1 : at + 2 * reach + 1]
            ref, alt = (best_word(left + base + right, matrix) for base in (line.ref, line.alt))
            values.append(max(alt, 0.0) - max(ref, 0.0) if np.isfinite(ref) else np.nan)
        progress(1.0)
        return values


def best_word(bases: str, matrix: np.ndarray) -> float:
    """The highest log2 odds of the words in `bases`, on either strand.

    Args:
        bases: as long as the motif, or longer.
        matrix: float64[length, 4], of A, C, G and T.

    Returns:
        Minus infinity where no word is free of N.
    """
    codes = np.array(["ACGT".find(base) for base in bases])
    unknown = np.full((len(matrix), 1), -np.inf)
    words = np.lib.stride_tricks.sliding_window_view(codes, len(matrix))
    places = np.arange(len(matrix))
    strands = (matrix, matrix[::-1, ::-1])  # the other strand: turned around, A for T, C for G
    odds = (np.hstack([strand, unknown])[places, words].sum(axis=1) for strand in strands)
    return float(max(table.max() for table in odds))
