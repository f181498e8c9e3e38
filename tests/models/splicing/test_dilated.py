"""Convolutions by Fourier transform, against torch's own in double precision."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from genoview.models.splicing.dilated import BLOCKS, DilatedConvolution
from genoview.models.splicing.splice_network import CHANNELS, Convolution

ROUNDING = 3e-5  # of values of about 1, sums of up to 1,312 products in any order


def convolution(width: int, dilation: int) -> Convolution:
    dice = np.random.default_rng(width)
    weight = dice.normal(0, (CHANNELS * width) ** -0.5, (CHANNELS, CHANNELS, width))
    return Convolution(weight, dice.normal(0, 1, CHANNELS), dilation)


def values(length: int, m: int) -> torch.Tensor:
    return torch.from_numpy(
        np.random.default_rng(length).normal(0, 1, (length, m, CHANNELS)).astype(np.float32)
    )


def by_torch(layer: Convolution, x: torch.Tensor) -> torch.Tensor:
    image = x.permute(1, 2, 0).unsqueeze(2).double()
    weight, bias = layer.weight.double(), layer.bias.double()
    y = functional.conv2d(image, weight, bias, dilation=(1, layer.dilation))
    return y[:, :, 0].permute(2, 0, 1)


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("m", [1, 2, 7])
@pytest.mark.parametrize(
    ("width", "dilation", "n_rows"),  # rows of one dilation: one, a few, a block, several blocks
    [
        *[(41, 25, n_rows) for n_rows in (1, 11, 12, 40, 41, 97)],
        *[(21, 10, n_rows) for n_rows in (12, 29, 150)],
        (21, 1, 500),
        (11, 4, 30),
        (11, 1, 64),
    ],
)
def test_convolution_equals_torch(
    width: int, dilation: int, n_rows: int, m: int, fast: bool
) -> None:
    layer = convolution(width, dilation)
    x = values((n_rows + width - 1) * dilation, m)
    expected = by_torch(layer, x)
    got = DilatedConvolution(layer, fast)(x)
    np.testing.assert_allclose(got, expected, rtol=0, atol=ROUNDING)
    residual = values(n_rows * dilation, m)
    got = DilatedConvolution(layer, fast)(x, residual)
    np.testing.assert_allclose(got, expected + residual, rtol=0, atol=ROUNDING)


def test_transform_rounds_no_worse_than_a_direct_convolution() -> None:
    layer = convolution(41, 25)
    x = values(4_000, 4)
    expected = by_torch(layer, x)
    errors = [(DilatedConvolution(layer, fast)(x) - expected).abs().max() for fast in (True, False)]
    assert errors[0] <= errors[1]


def test_reach_is_half_of_the_kernel() -> None:
    assert DilatedConvolution(convolution(41, 25), True).reach == 500


@pytest.mark.parametrize("width", sorted(BLOCKS))
def test_blocks_are_of_four_parts_and_hold_more_than_the_kernel(width: int) -> None:
    assert all(n % 4 == 0 and n > width for n in BLOCKS[width])
