"""What is minimised: distance from measurements, from a teacher, and from its differences."""

import torch
from torch import Tensor


def masked_error(predicted: Tensor, measured: Tensor, trust: Tensor) -> Tensor:
    """Mean squared error over what was measured, weighted by trust; NaN marks what was not."""
    known = ~torch.isnan(measured)
    error = torch.where(known, predicted - torch.nan_to_num(measured), 0.0)
    return (trust * error.square()).sum() / (trust * known).sum().clamp(min=1e-6)


def lesson_error(predictions: Tensor, wanted: Tensor, spread: Tensor) -> Tensor:
    """Squared error of levels and, in units of their own spread, of differences.

    `predictions` and `wanted` are [pairs, 2, outputs], `spread` [outputs]: a substitution moves a
    level by little, so that its difference would count for nothing beside the levels.
    """
    level = (predictions - wanted).square().mean()
    difference = ((predictions - wanted)[:, 1] - (predictions - wanted)[:, 0]) / spread
    return level + difference.square().mean()


def effect_error(predictions: Tensor, wanted: Tensor) -> Tensor:
    """1 - correlation of differences, [pairs, cells] both; their scale is left to measurements."""
    x, y = predictions - predictions.mean(0), wanted - wanted.mean(0)
    r = (x * y).sum(0) / (x.square().sum(0) * y.square().sum(0)).clamp(min=1e-12).sqrt()
    return (1 - r).mean()
