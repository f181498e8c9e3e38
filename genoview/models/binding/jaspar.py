"""JASPAR2024's human motifs: sequence -> score on both strands -> sites and modelled occupancy.

Rauluseviciute et al. 2024, doi:10.1093/nar/gkad1059. No measurement of binding enters but the
matrices; chromatin, cofactors and the amount of each factor are unknown to the model.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, FloatArray, IntArray, TrackMetadata
from genoview.errors import BackendError
from genoview.models.base import Backend
from genoview.models.binding.cards import JASPAR_CARD
from genoview.models.binding.motif_scan import (
    LETTERS,
    LightmotifScan,
    MotifGroup,
    ProductScan,
    sites_among,
)
from genoview.models.binding.motifs import (
    ASSET,
    P_VALUE,
    STEPS,
    Float64,
    Motif,
    Scored,
    deficits,
    on_grid,
    read_motifs,
)
from genoview.models.inputs import one_hot

FAINT = 1e-3  # a site bound with less than this probability counts as not bound at all
UNIT = "modelled occupancy"


class Jaspar(Backend):
    """755 position weight matrices, each scored at every position on both strands.

    A site with log-odds score S is bound with probability 1 / (1 + 2^(S0 - S)), where S0 is the
    lowest score with a p-value below 1e-4: the concentration is chosen such that this site is
    bound half the time. For the 75 motifs too short for such a score, S0 lies log2(p / 1e-4)
    above the best score, p being its p-value. The better strand counts; probabilities below
    1/1000 count as 0. A bin's value is 1 - prod(1 - probability) over all sites that cover any
    of its bases: the probability that at least one of them is bound.

    Scores are sums of multiples of 2^-17 bit, which float32 adds without error: tiles, batches,
    strands and devices see the same scores to the last bit. Another dtype would spoil that: it is
    always float32.
    """

    card = JASPAR_CARD
    resolution = 10
    tile_length = 20_000

    def __init__(self, device: str = "cpu", dtype: str = "float32", asset: Path = ASSET) -> None:
        super().__init__(device, dtype)
        self.dtype = torch.float32
        self.motifs = read_motifs(asset)
        self.tracks = _tracks(self.motifs)
        self._lengths = np.array([len(motif.counts) for motif in self.motifs])
        self.context_length = int(self._lengths.max())  # 33 bp; a site reaches one less past a base

    @cached_property
    def _groups(self) -> tuple[MotifGroup, ...]:
        """Made for the first sequence: what is remembered needs the names alone."""
        scored, lengths = [Scored.of(motif) for motif in self.motifs], self._lengths
        return tuple(
            self._group(length, np.flatnonzero(lengths == length), scored)
            for length in np.unique(lengths).tolist()
        )

    @cached_property
    def _scan(self) -> LightmotifScan | ProductScan:
        on_cpu = self.device.type == "cpu"
        return (LightmotifScan if on_cpu else ProductScan)(self._groups)

    @property
    def weights_digest(self) -> str:
        """sha256 of the names, the matrices and the numbers that turn scores into values."""
        digest = hashlib.sha256(f"{P_VALUE} {STEPS} {FAINT}".encode("ascii"))
        for motif in self.motifs:
            digest.update(f"\n{motif.matrix_id} {motif.name}\n".encode())
            digest.update(np.ascontiguousarray(motif.counts, dtype="<f8").tobytes())
        return digest.hexdigest()

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, tracks], modelled occupancy."""
        hot = one_hot(sequences).to(self.device)
        n_bins = (hot.shape[2] - 2 * self.context_length) // self.resolution
        values = np.empty((len(sequences), n_bins, len(self.tracks)), dtype=np.float32)
        for group in self._groups:
            first = self.context_length - group.length + 1  # the first start that touches a bin
            last = self.context_length + n_bins * self.resolution
            scores = group.scores(hot[:, :, first : last + group.length - 1])
            occupancy = self._occupancy(group, torch.maximum(*scores.chunk(2, dim=1)))
            values[:, :, group.columns] = occupancy.transpose(1, 2).cpu().numpy()
        return values

    @torch.inference_mode()
    def scan_sites(self, sequence: str, interval: Interval) -> Sites:
        """Sites with a p-value below 1e-4 that begin in `interval`, on either strand.

        `sequence` is `interval` and `context_length` more on each side, or a BackendError.
        """
        context = self.context_length
        if len(sequence) != interval.width + 2 * context:
            raise BackendError(
                f"Sites of {interval.to_ucsc()} were requested with {len(sequence):,} bp; "
                f"{interval.width + 2 * context:,} bp were expected."
            )
        letters = np.frombuffer(sequence.encode("ascii"), dtype=np.uint8)
        codes = np.searchsorted(LETTERS, letters)  # sites have no other letters than these
        by_group = self._scan.candidates(sequence, context, context + interval.width)
        parts = [sites_among(group, candidates, codes) for group, candidates in by_group]
        return Sites.concatenate(parts).shifted(interval.start - context)

    def _group(self, length: int, columns: IntArray, scored: Sequence[Scored]) -> MotifGroup:
        chosen = [scored[column] for column in columns]
        forward = np.stack([motif.log_odds for motif in chosen])
        both = np.concatenate([forward, forward[:, ::-1, ::-1]])
        half_bound = np.array([motif.half_bound for motif in chosen])
        rounding = length / STEPS  # no score moves further when its deficits are rounded
        reachable = np.array([len(motif.tail) > 0 for motif in chosen])
        return MotifGroup(
            length,
            columns,
            self._tensor(on_grid(both).reshape(len(both), -1)),
            self._tensor(on_grid(half_bound)[:, None]),
            self._tensor(np.tile(np.where(reachable, half_bound - rounding, np.inf), 2)[:, None]),
            np.stack([deficits(matrix) for matrix in both]),
            np.concatenate([motif.tail for motif in chosen]),
            np.cumsum([0, *(len(motif.tail) for motif in chosen)]),
        )

    def _tensor(self, values: Float64) -> torch.Tensor:
        return torch.from_numpy(values.astype(np.float32)).to(self.device)

    def _occupancy(self, group: MotifGroup, scores: torch.Tensor) -> torch.Tensor:
        """float32[n, motifs, bins] from the better strand's float32[n, motifs, starts]."""
        log_odds_bound = scores.sub_(group.half_bound).mul_(math.log(2))
        faint = math.log(FAINT / (1 - FAINT))
        functional.threshold(log_odds_bound, faint, -torch.inf, inplace=True)
        free = functional.softplus(log_odds_bound)  # -ln of the probability of being free
        width = group.length - 1 + self.resolution  # starts of the sites that touch a bin
        all_free = functional.avg_pool1d(free, width, stride=self.resolution) * width
        return -torch.expm1(-all_free)


def _tracks(motifs: Sequence[Motif]) -> tuple[TrackMetadata, ...]:
    """Named by factor; by factor and matrix id where a factor has several matrices."""
    n_matrices = Counter(motif.name for motif in motifs)
    plain = (
        TrackMetadata(motif.name, Assay.TF_MOTIF, ".", UNIT, group=motif.matrix_id)
        for motif in motifs
    )
    return tuple(
        replace(track, name=f"{track.name} ({track.group})")
        if n_matrices[track.name] > 1
        else track
        for track in plain
    )
