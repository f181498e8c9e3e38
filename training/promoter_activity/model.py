"""The network that is trained, as the product defines it, and what it reads."""

import math

import torch
from torch import Tensor

from genoview.models.binding.motifs import site_matrices
from genoview.models.expression.promoter_motifs import MotifBank
from genoview.models.expression.promoter_network import (
    Architecture,
    PromoterEnsemble,
    PromoterNetwork,
)

from .data import UNKNOWN

__all__ = [
    "Architecture",
    "MotifBank",
    "PromoterEnsemble",
    "PromoterNetwork",
    "jaspar_motifs",
    "one_hot",
]


def one_hot(codes: Tensor) -> Tensor:
    """int8[n, width] -> float32[n, 4, width]; N is four zeros."""
    table = torch.zeros(UNKNOWN + 1, 4)
    table[:4] = torch.eye(4)
    return table[codes.long()].transpose(1, 2)


def jaspar_motifs() -> MotifBank:
    """The 755 human matrices of JASPAR2024 that the product ships for binding sites."""
    bits = site_matrices().values()
    return MotifBank.of(torch.from_numpy(matrix * math.log(2)) for matrix in bits).eval()
