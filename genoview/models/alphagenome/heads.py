"""Heads of AlphaGenome: the wanted tracks of one, and introns from pairs of sites."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from genoview.data.track_data import FloatArray


def signal(
    head: Any, embeddings: Any, organism: int, columns: list[int], resolution: int
) -> torch.Tensor:
    """[bins, columns] of a head of genome tracks: its layer, cut to the wanted columns."""
    from alphagenome_pt.heads import predictions_scaling

    layer, key = head.multiorg_linear[str(resolution)], str(resolution)
    x = embeddings.get_sequence_embeddings(resolution)[0]
    with torch.autocast(device_type=x.device.type, enabled=False):
        linear = x.float() @ layer.weight[organism][:, columns].float()
    linear = linear + layer.bias[organism][columns].to(x.dtype).float()
    scale = head.residual_scales[key][organism][columns]
    softplus = torch.nn.functional.softplus
    scaled = (softplus(linear) * softplus(scale)).to(x.dtype)
    means = head._track_means[organism][columns][None]
    values: torch.Tensor = predictions_scaling(
        scaled[None],
        track_means=means,
        resolution=resolution,
        apply_squashing=head._apply_squashing,
    )[0]
    return values


class Intron:
    """0-based half-open, on the sequence that was read."""

    def __init__(self, start: int, end: int, strand: str) -> None:
        self.start, self.end, self.strand = start, end, strand


def introns(
    probabilities: FloatArray, places: Any, columns: Sequence[int]
) -> tuple[FloatArray, list[Intron]]:
    """Donors x acceptors of both strands -> the pairs that can be introns.

    A donor is the last base of an exon, an acceptor the first one; a minus strand reads leftward.

    Args:
        probabilities: float32[donors, acceptors, 2 * tissues], plus strand first.
        places: int[4, sites]: donors and acceptors of the plus, then of the minus strand; -1: none.
    """
    n_tissues = probabilities.shape[2] // 2
    values: list[FloatArray] = [np.empty((0, len(columns)), np.float32)]
    found_introns: list[Intron] = []
    for i, strand in enumerate("+-"):
        donors, acceptors = places[2 * i], places[2 * i + 1]
        left, right = (donors, acceptors) if strand == "+" else (acceptors, donors)
        start = left[:, None] + 1 if strand == "+" else left[None, :] + 1
        end = right[None, :] if strand == "+" else right[:, None]
        known = (donors >= 0)[:, None] & (acceptors >= 0)[None, :]
        pairs = np.argwhere(known & (start < end))
        start, end = np.broadcast_arrays(start, end)
        own = probabilities[..., i * n_tissues : (i + 1) * n_tissues][..., list(columns)]
        values.append(own[pairs[:, 0], pairs[:, 1]])
        found_introns += [Intron(int(start[d, a]), int(end[d, a]), strand) for d, a in pairs]
    return np.concatenate(values).astype(np.float32), found_introns
