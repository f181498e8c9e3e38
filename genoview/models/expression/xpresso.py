"""Xpresso: 10,500 bp around a gene's start -> its median level of mRNA over cell types.

Agarwal & Shendure 2020, doi:10.1016/j.celrep.2020.107663. The published network also reads six
features of the mRNA that predict its half-life, in standard deviations from the mean gene; here all
are 0, the mean gene, as in the authors' own model of promoters alone. The file is not passed on
with genoview.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from genoview.data.model_card import ModelCard
from genoview.errors import BackendError
from genoview.models.expression.cards import XPRESSO_CARD
from genoview.models.expression.published import XPRESSO
from genoview.models.gene_model import GeneModel
from genoview.models.inputs import file_digest, one_hot
from genoview.models.weights.installed import KerasLayers, keras_network, weight_paths

N_HALF_LIFE = 6  # features of the mRNA, behind those of the promoter
POOLS = (30, 10)  # bp, then places, of which the largest is taken
PLACES, CHANNELS = 35, 32  # behind the second pooling
AT_ONCE = 32  # promoters


class XpressoNetwork(nn.Module):
    """One-hot [n, 4, 10,500] -> [n], with mean half-life features."""

    def __init__(self, layers: KerasLayers) -> None:
        super().__init__()
        self.kernels = nn.ParameterList(
            _fixed(layers[f"conv1d_{k}"]["kernel"].transpose(2, 1, 0)) for k in (1, 2)
        )
        self.conv_biases = nn.ParameterList(_fixed(layers[f"conv1d_{k}"]["bias"]) for k in (1, 2))
        first = layers["dense_1"]["kernel"]
        if first.shape[0] != PLACES * CHANNELS + N_HALF_LIFE:
            raise ValueError(f"dense_1 reads {first.shape[0]} features")
        weights = [first[: PLACES * CHANNELS], *(layers[f"dense_{k}"]["kernel"] for k in (2, 3))]
        self.weights = nn.ParameterList(_fixed(weight.T) for weight in weights)
        self.biases = nn.ParameterList(_fixed(layers[f"dense_{k}"]["bias"]) for k in (1, 2, 3))

    def forward(self, x: Tensor) -> Tensor:
        for kernel, bias, pool in zip(self.kernels, self.conv_biases, POOLS, strict=True):
            width = kernel.shape[2]  # Keras pads an even width with one more on the right
            x = functional.pad(x, ((width - 1) // 2, width // 2))
            x = functional.max_pool1d(torch.relu(functional.conv1d(x, kernel, bias)), pool)
        x = x.transpose(1, 2).flatten(1)  # Keras flattens place by place
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = functional.linear(torch.relu(x) if i else x, weight, bias)
        return x[:, 0]


def _fixed(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> nn.Parameter:
    return nn.Parameter(torch.from_numpy(np.ascontiguousarray(values)), requires_grad=False)


class Xpresso(GeneModel):
    """The level of a gene from its promoter."""

    card: ClassVar[ModelCard] = XPRESSO_CARD
    upstream, downstream = 7_000, 3_500
    unit = "standard deviations of log10 median mRNA, not an amount"

    def __init__(self, folder: Path, device: str = "cpu", dtype: str = "float32") -> None:
        """`dtype` is always float32: the network takes no time."""
        [path] = weight_paths(XPRESSO, folder)
        self.device = torch.device(device)
        self._network = keras_network("Xpresso", path, XpressoNetwork).to(self.device)
        self._digest = file_digest(path)

    @property
    def version(self) -> str:
        return f"{self._digest[:16]}-float32"

    @torch.inference_mode()
    def levels(self, promoters: Sequence[str]) -> list[float]:
        width = self.upstream + self.downstream
        wrong = next((promoter for promoter in promoters if len(promoter) != width), None)
        if wrong is not None:
            raise BackendError(f"Xpresso was given {len(wrong):,} bp; it reads {width:,} bp.")
        with torch.backends.cudnn.flags(allow_tf32=False):
            parts = [
                self._network(one_hot(promoters[i : i + AT_ONCE]).to(self.device)).cpu()
                for i in range(0, len(promoters), AT_ONCE)
            ]
        return [float(value) for part in parts for value in part]
