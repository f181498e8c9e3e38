"""SpliceAI-10k: DNA -> probability that a base is a splice acceptor or donor.

The published network (Jaganathan et al. 2019, doi:10.1016/j.cell.2018.12.015) is a stem, 16
residual units of two dilated convolutions, each behind a batch normalisation and a ReLU, and skip
connections into a linear output. Here the normalisations and the output are folded into the
convolutions, which leaves convolutions and ReLUs with the same result.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from genoview.errors import BackendError

UNITS = ((11, 1),) * 4 + ((11, 4),) * 4 + ((21, 10),) * 4 + ((41, 25),) * 4  # width, dilation
UNITS_A_SKIP = 4
CONTEXT_LENGTH = sum((width - 1) * dilation for width, dilation in UNITS)  # 5,000 bp each side
CHANNELS = 32
EPSILON = 1e-3  # added to the variance in every batch normalisation

Float64Array = npt.NDArray[np.float64]
Weights = Mapping[str, Float64Array]


class Convolution(nn.Module):
    """[n, in, 1, length] -> [n, out, 1, length - (width - 1) * dilation]; nothing is padded."""

    def __init__(self, weight: Float64Array, bias: Float64Array, dilation: int = 1) -> None:
        """Take `weight` [out, in, width] and `bias` [out]."""
        super().__init__()
        kernel = torch.from_numpy(weight.astype(np.float32)).unsqueeze(2)
        kernel = kernel.contiguous(memory_format=torch.channels_last)
        self.weight = nn.Parameter(kernel, requires_grad=False)
        self.bias = nn.Parameter(torch.from_numpy(bias.astype(np.float32)), requires_grad=False)
        self.dilation = dilation

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # An image of height 1: only images may lie channels-last in memory, the layout in which
        # convolutions on the CPU reach full speed.
        return functional.conv2d(x, self.weight, self.bias, dilation=(1, self.dilation))


class ResidualUnit(nn.Module):
    """[n, 32, 1, length] -> [n, 32, 1, length - 2 * (width - 1) * dilation]."""

    def __init__(self, weights: Weights, unit: int, shift: Float64Array) -> None:
        """`shift` [32] is added to the result."""
        super().__init__()
        dilation = UNITS[unit][1]
        scale1, _ = _normalisation(weights, f"units.{unit}.norm1")
        scale2, offset2 = _normalisation(weights, f"units.{unit}.norm2")
        first, second = f"units.{unit}.conv1", f"units.{unit}.conv2"
        self.first = Convolution(
            weights[f"{first}.weight"] * scale1[:, None] * scale2[:, None, None],
            weights[f"{first}.bias"] * scale2 + offset2,
            dilation,
        )
        self.second = Convolution(
            weights[f"{second}.weight"], weights[f"{second}.bias"] + shift, dilation
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = self.first(functional.relu(x))
        inner = self.second(functional.relu_(inner))
        return inner.add_(_centre(x, inner.shape[-1]))  # type: ignore[no-any-return]


class SpliceNetwork(nn.Module):
    """One model; several of one shape, trained separately, are averaged.

    relu(scale * x + offset) is scale * relu(x + offset / scale) where scale > 0. So the stream
    through the units is kept as x + offset / scale of the unit to come, each unit begins with a
    bare ReLU, and the scale is a factor of the convolution behind it.
    """

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        norms = [_normalisation(weights, f"units.{unit}.norm1") for unit in range(len(UNITS))]
        if any((scale <= 0).any() for scale, _ in norms):
            raise BackendError("The weights hold a normalisation with a scale below 0.")
        shifts = [offset / scale for scale, offset in norms] + [np.zeros(CHANNELS)]
        self.stem = Convolution(weights["stem.weight"], weights["stem.bias"] + shifts[0])
        self.units = nn.ModuleList(
            ResidualUnit(weights, unit, after - before)
            for unit, (before, after) in enumerate(pairwise(shifts))
        )
        self.readouts = nn.ModuleList(
            _readout(weights, skip, shift) for skip, shift in enumerate(shifts[::UNITS_A_SKIP])
        )

    @property
    def convolutions(self) -> list[tuple[Convolution, Convolution]]:
        """Both of each unit."""
        units = [unit for unit in self.units if isinstance(unit, ResidualUnit)]
        return [(unit.first, unit.second) for unit in units]

    @property
    def outputs(self) -> list[Convolution]:
        """From the stem and from every fourth unit to the logits."""
        return [readout for readout in self.readouts if isinstance(readout, Convolution)]

    def forward(self, bases: torch.Tensor) -> torch.Tensor:
        """Probability of neither, acceptor and donor.

        Args:
            bases: [n, 4, 1, bins + 10,000], one-hot A, C, G, T.

        Returns:
            float32[n, 3, 1, bins]
        """
        n_bins = bases.shape[-1] - 2 * CONTEXT_LENGTH
        x = self.stem(bases)  # [n, 32, 1, bins + 10,000]
        logits = self.readouts[0](_centre(x, n_bins))  # [n, 3, 1, bins]
        for i, unit in enumerate(self.units, start=1):
            x = unit(x)  # [n, 32, 1, bins + 2 * context of the units to come]
            if i % UNITS_A_SKIP == 0:
                logits += self.readouts[i // UNITS_A_SKIP](_centre(x, n_bins))
        return torch.softmax(logits.float(), dim=1)


def _centre(x: torch.Tensor, length: int) -> torch.Tensor:
    return x.narrow(-1, (x.shape[-1] - length) // 2, length)


def _normalisation(weights: Weights, layer: str) -> tuple[Float64Array, Float64Array]:
    """Scale and offset, [32] each, of a batch normalisation: y = scale * x + offset."""
    scale = weights[f"{layer}.scale"] / np.sqrt(weights[f"{layer}.variance"] + EPSILON)
    return scale, weights[f"{layer}.offset"] - scale * weights[f"{layer}.mean"]


def _readout(weights: Weights, skip: int, shift: Float64Array) -> Convolution:
    """32 channels -> 3 logits: a skip connection and the output behind it, both linear."""
    head = weights["head.weight"][:, :, 0]  # [3, 32]
    kernel = weights[f"skips.{skip}.weight"][:, :, 0]  # [32, 32]
    bias = head @ (weights[f"skips.{skip}.bias"] - kernel @ shift)
    if skip == 0:
        bias = bias + weights["head.bias"]
    return Convolution((head @ kernel)[:, :, None], bias)
