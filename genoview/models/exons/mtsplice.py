"""MTSplice: an exon and 300 bp of its introns -> its inclusion in 56 tissues against their mean.

Cheng et al. 2021, doi:10.1186/s13059-021-02273-7: twelve networks, eight shallow and four deep,
each of which reads the acceptor and the donor with 100 bp of exon and 300 bp of intron.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from genoview.data.assets import ASSETS
from genoview.data.model_card import ModelCard
from genoview.models.exons.cards import MTSPLICE_CARD
from genoview.models.exons.contract import ExonSequence, TissueExonModel
from genoview.models.exons.linear import Array
from genoview.models.exons.tissues import TISSUES
from genoview.models.inputs import file_digest, one_hot
from genoview.models.weights.damage import loading

WEIGHTS = ASSETS / "models" / "mtsplice.safetensors"
INTRON, EXON = 300, 100  # bp of each half
N_NETWORKS = {"shallow": 8, "deep": 4}  # of each ensemble
N_BLOCKS = 8  # of a deep network; block n is dilated 2**n
EPSILON = 1e-3  # added to the variance in every normalisation

Weights = Mapping[str, Tensor]


class TissueNetwork(nn.Module):
    """One network: both halves, one-hot [n, 4, 400] each -> log odds [n, 56]."""

    def __init__(self, weights: Weights, basis: Tensor, *, is_deep: bool) -> None:
        super().__init__()
        self.is_deep = is_deep
        self.weights = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(value, requires_grad=False)
                for name, value in weights.items()
            }
        )
        for half in ("left", "right"):  # weight of each place, [64, 400]
            places = 1 + self.weights[f"{half}/spline/weight"] @ basis.T
            self.register_buffer(f"places_{half}", places)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Mean over both halves, then two dense layers."""
        halves = [self._half(left, "left"), self._half(right, "right")]
        x = self._normed(torch.cat(halves, 2).mean(2), "norm_mean")
        x = self._normed(torch.relu(self._dense(x, "dense1")), "norm_dense")
        return self._dense(x, "dense2")

    def _half(self, x: Tensor, half: str) -> Tensor:
        """Features of one half, weighted by their place."""
        if self.is_deep:
            x = torch.relu(self._convolved(x, f"{half}/conv1"))
            for n in range(1, N_BLOCKS + 1):
                block = self._normed(x, f"{half}/norm{n}")
                x = x + torch.relu(self._convolved(block, f"{half}/conv{n + 1}", 2**n))
        else:
            x = torch.relu(self._normed(self._convolved(x, "conv"), f"{half}/norm1"))
        places: Tensor = getattr(self, f"places_{half}")
        return x * places

    def _convolved(self, x: Tensor, layer: str, dilation: int = 1) -> Tensor:
        weight, bias = self.weights[f"{layer}/weight"], self.weights[f"{layer}/bias"]
        padding = dilation * (weight.shape[2] // 2)
        return functional.conv1d(x, weight, bias, padding=padding, dilation=dilation)

    def _dense(self, x: Tensor, layer: str) -> Tensor:
        return functional.linear(x, self.weights[f"{layer}/weight"], self.weights[f"{layer}/bias"])

    def _normed(self, x: Tensor, layer: str) -> Tensor:
        names = ("mean", "variance", "scale", "offset")
        mean, variance, scale, offset = (self.weights[f"{layer}/{name}"] for name in names)
        return functional.batch_norm(x, mean, variance, scale, offset, eps=EPSILON)


class MTSplice(TissueExonModel):
    """Change of inclusion of exons by tissue, beside the change in all of them."""

    card: ClassVar[ModelCard] = MTSPLICE_CARD
    intron_length = INTRON
    tissues = TISSUES

    def __init__(self, device: str = "cpu") -> None:
        self.device = torch.device(device)
        self._networks = {
            name: [network.to(self.device) for network in networks]
            for name, networks in load_ensembles().items()
        }
        self._digest = file_digest(WEIGHTS)

    @property
    def version(self) -> str:
        return f"{self._digest[:16]}-float32"

    def changes(
        self, pairs: Sequence[tuple[ExonSequence, ExonSequence]], *, shallow: bool = False
    ) -> Array:
        """ALT - REF of the log odds in each tissue, float64[n, 56].

        Args:
            shallow: by the eight shallow networks in place of the four deep ones.
        """
        values = self.log_odds([allele for pair in pairs for allele in pair], shallow=shallow)
        return values[1::2] - values[::2]

    @torch.inference_mode()
    def log_odds(self, sequences: Sequence[ExonSequence], *, shallow: bool = False) -> Array:
        """Of inclusion against the mean of the tissues, float64[n, 56]; mean of the networks."""
        if not sequences:
            return np.empty((0, len(TISSUES)))
        halves = [tissue_halves(sequence) for sequence in sequences]
        left, right = (one_hot(side).to(self.device) for side in zip(*halves, strict=True))
        networks = self._networks["shallow" if shallow else "deep"]
        values = torch.stack([network(left, right) for network in networks])
        mean: Array = values.double().mean(0).cpu().numpy()
        return mean


def tissue_halves(sequence: ExonSequence) -> tuple[str, str]:
    """As the package cuts them, 400 bp each: of a short exon they reach into the other intron.

    Where no intron is read N stand for it.
    """
    before = "N" * (INTRON - len(sequence.before)) + sequence.before[-INTRON:]
    after = sequence.after[:INTRON] + "N" * (INTRON - len(sequence.after))
    whole = before + sequence.exon + after
    return whole[: INTRON + EXON], whole[-INTRON - EXON :]


def load_ensembles(path: Path = WEIGHTS) -> dict[str, list[TissueNetwork]]:
    """On the CPU, in float32.

    Raises:
        BackendError: the file is missing or not the converted weights.
    """
    with loading(path, "the weights of MTSplice"):
        weights = load_file(path)
        basis = weights["basis"]
        return {
            ensemble: [
                TissueNetwork(_of(weights, f"{ensemble}.{i}."), basis, is_deep=ensemble == "deep")
                for i in range(n)
            ]
            for ensemble, n in N_NETWORKS.items()
        }


def _of(weights: Weights, prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): w for name, w in weights.items() if name.startswith(prefix)}
