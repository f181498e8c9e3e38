"""Stacked matrices -> the places where a motif's p-value is below the cut-off.

On a CPU lightmotif finds the candidates; elsewhere matrix products do. Both add the same multiples
of 2^-17 bit without error, so that they find the same sites with the same scores.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from lightmotif.lib import ScoringMatrix, scan, stripe
from torch.nn import functional

from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray, IntArray
from genoview.models.binding.motifs import Float64
from genoview.models.inputs import one_hot

SCAN_LENGTH = 20_000  # bp of starts that are scored at once by products
BASES = "ACGT"
Matrix = tuple[int, ScoringMatrix, float]
"""Row of a group's weights, the matrix, and the least score of a candidate."""
LETTERS = np.frombuffer(BASES.encode("ascii"), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class MotifGroup:
    """The motifs of one length, stacked so that one matrix product scores them all.

    Attributes:
        length: bp.
        columns: int64[motifs], their tracks.
        weights: float32[2 * motifs, 4 * length], log2 odds; forward strand first, then reverse.
        half_bound: float32[motifs, 1], score at which a site is bound with probability 1/2.
        candidate: float32[2 * motifs, 1], a little below the score of p-value 1e-4.
        steps: int64[2 * motifs, length, 4], 1/1000 bits below the best word, as in `weights`.
        tails: float64, p-values by 1/1000 bits below the best word, one motif after the other.
        tail_starts: int64[motifs + 1], where each motif's p-values begin, and the end.
    """

    length: int
    columns: IntArray
    weights: torch.Tensor
    half_bound: torch.Tensor
    candidate: torch.Tensor
    steps: IntArray
    tails: Float64
    tail_starts: IntArray

    def scores(self, hot: torch.Tensor) -> torch.Tensor:
        """float32[n, 2 * motifs, starts] in log2 odds; minus infinity over N.

        A product of matrices rather than a convolution: on CUDA the latter may round to TF32.

        Args:
            hot: float32[n, 4, starts + length - 1].
        """
        words = hot.transpose(1, 2).flatten(1).unfold(1, 4 * self.length, 4)
        scores = self.weights @ words.transpose(1, 2)
        unknown = 1 - hot.sum(dim=1)
        if unknown.any():
            touched = functional.max_pool1d(unknown, self.length, stride=1) > 0
            scores.masked_fill_(touched[:, None], -torch.inf)
        return scores


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places that score as high as a site, or nearly, in one group.

    Attributes:
        rows: int64[n], of the group's weights.
        starts: int64[n], in the sequence that was scanned.
        scores: float32[n].
    """

    rows: IntArray
    starts: IntArray
    scores: FloatArray


class ProductScan:
    """By matrix products, on the device that holds the weights."""

    def __init__(self, groups: Sequence[MotifGroup]) -> None:
        self.groups = groups

    def candidates(
        self, sequence: str, first: int, last: int
    ) -> Iterator[tuple[MotifGroup, Candidates]]:
        """Of each group, those that begin from `first` to before `last`."""
        for start in range(first, last, SCAN_LENGTH):
            stop = min(start + SCAN_LENGTH, last)
            for group in self.groups:
                part = sequence[start : stop + group.length - 1]
                scores = group.scores(one_hot([part]).to(group.weights.device))[0]
                is_candidate = scores >= group.candidate
                rows, starts = is_candidate.nonzero().cpu().numpy().T
                yield group, Candidates(rows, starts + start, scores[is_candidate].cpu().numpy())


class LightmotifScan:
    """By lightmotif (Larralde, MIT), on as many threads as torch has; for CPUs."""

    def __init__(self, groups: Sequence[MotifGroup]) -> None:
        self.matrices = [(group, list(_matrices(group))) for group in groups]

    def candidates(
        self, sequence: str, first: int, last: int
    ) -> Iterator[tuple[MotifGroup, Candidates]]:
        """Of each group, those that begin from `first` to before `last`."""
        n_starts = last - first
        striped = stripe(sequence[first:])

        def hits(numbered: Matrix) -> list[tuple[int, int, float]]:
            row, matrix, least = numbered
            # A copy each, since a scan lays the sequence out anew for the motif's length.
            sites = scan(matrix, striped.copy(), threshold=least)
            return [(row, hit.position, hit.score) for hit in sites if hit.position < n_starts]

        with ThreadPoolExecutor(torch.get_num_threads()) as threads:
            for group, matrices in self.matrices:
                rows = sorted(hit for some in threads.map(hits, matrices) for hit in some)
                table = np.array(rows, dtype=np.float64).reshape(-1, 3)
                rows, starts = table[:, :2].T.astype(np.int64)
                yield group, Candidates(rows, starts + first, table[:, 2].astype(np.float32))


def _matrices(group: MotifGroup) -> Iterator[Matrix]:
    """Row, matrix and least score of those that can reach a site."""
    weights = group.weights.numpy().reshape(-1, group.length, len(BASES))
    unknown = [-np.inf] * group.length
    for row, least in enumerate(group.candidate.numpy()[:, 0].tolist()):
        if np.isfinite(least):
            columns = {base: weights[row, :, i].tolist() for i, base in enumerate(BASES)}
            yield row, ScoringMatrix(columns | {"N": unknown}), least


def sites_among(group: MotifGroup, candidates: Candidates, codes: IntArray) -> Sites:
    """The candidates with a p-value below the cut-off, counted as the sequence is.

    Args:
        codes: the sequence's bases as 0 to 3.
    """
    places = np.arange(group.length)
    bases = codes[candidates.starts[:, None] + places]
    below = group.steps[candidates.rows[:, None], places, bases].sum(axis=1)
    motifs = candidates.rows % len(group.columns)
    entries = group.tail_starts[motifs] + below
    rare = entries < group.tail_starts[motifs + 1]
    starts = candidates.starts[rare]
    return Sites(
        starts,
        starts + group.length,
        np.where(candidates.rows[rare] < len(group.columns), 1, -1).astype(np.int8),
        group.columns[motifs[rare]],
        candidates.scores[rare],
        group.tails[entries[rare]],
    )
