"""The network that is trained, as the product defines it, and the one-hot that it reads."""

import torch
from torch import Tensor

from genoview.backends.promoter_network import Architecture, PromoterNetwork

from .data import UNKNOWN

__all__ = ["Architecture", "PromoterNetwork", "one_hot"]


def one_hot(codes: Tensor) -> Tensor:
    """int8[n, width] -> float32[n, 4, width]; N is four zeros."""
    table = torch.zeros(UNKNOWN + 1, 4)
    table[:4] = torch.eye(4)
    return table[codes.long()].transpose(1, 2)
