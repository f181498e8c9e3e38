"""PromID: 1,001 bp of DNA -> probability that they hold a promoter.

The published scan network (Umarov et al. 2019): a stem and nine residual blocks in three stages
over the same 1,001 positions, the second and third stage at half the length and twice the channels.
Its normalisations have one scale and one offset for each position of the window, so nothing behind
the stem can be shared between overlapping windows: each window is computed by itself.

Because of its strides of 2, windows that begin on even and on odd bases see two interleaved series
of features: on chr20 their probabilities correlate by 0.97 two bases apart and by 0.87 one base
apart. A bin is the mean of one window of each kind, which also detects TSSs better
(AUROC 0.981, against 0.979 and 0.973 by one window).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from genoview.data.assets import ASSETS
from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, FloatArray, TrackMetadata
from genoview.models.base import Backend
from genoview.models.expression.cards import PROMID_CARD
from genoview.models.inputs import file_digest, one_hot
from genoview.models.weights.damage import loading

WEIGHTS = ASSETS / "models" / "promid.safetensors"
WINDOW_LENGTH = 1001  # bp, 500 on each side of the centre
RESOLUTION = 50  # bp; even, so that the bin's two middle bases are the same on both strands
WINDOWS_A_BIN = 2  # centred on the two middle bases
BASES = "ATGC"  # order of the input's channels
STAGE_CHANNELS = (32, 64, 128)
BLOCKS_A_STAGE = 3
EPSILON = 1e-5  # added to the variance in every normalisation
WINDOWS_AT_ONCE = {"cpu": 20, "cuda": 512}  # on the CPU few enough to stay in its caches

Weights = Mapping[str, torch.Tensor]


class NormalisedConvolution(nn.Module):
    """[n, in, 1, length] -> [n, out, 1, length / stride], then scale * x + offset by position."""

    def __init__(self, weights: Weights, layer: str, stride: int = 1) -> None:
        super().__init__()
        self.stride = (1, stride)
        self.kernel = _parameter(weights[f"{layer}.weight"].unsqueeze(2))
        self.padding = (0, self.kernel.shape[-1] // 2)
        variance = weights[f"{layer}.variance"].double()
        scale = weights[f"{layer}.scale"].double() * torch.rsqrt(variance + EPSILON)
        offset = weights[f"{layer}.offset"].double() - scale * weights[f"{layer}.mean"].double()
        # Repeated for each channel: a broadcast over the innermost axis takes three times as long.
        shape = (1, self.kernel.shape[0], 1, len(scale))
        self.scale = _parameter(scale.float().expand(shape))
        self.offset = _parameter(offset.float().expand(shape))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.conv2d(x, self.kernel, stride=self.stride, padding=self.padding)
        return x.mul_(self.scale).add_(self.offset)


class ResidualBlock(nn.Module):
    """[n, in, 1, length] -> [n, out, 1, length / stride]."""

    def __init__(self, weights: Weights, block: int) -> None:
        super().__init__()
        stage, place = divmod(block, BLOCKS_A_STAGE)
        stride = 2 if stage > 0 and place == 0 else 1
        self.first = NormalisedConvolution(weights, f"blocks.{block}.first", stride)
        self.second = NormalisedConvolution(weights, f"blocks.{block}.second")
        self.shortcut: nn.Module = nn.Identity()
        if place == 0:
            self.shortcut = NormalisedConvolution(weights, f"blocks.{block}.shortcut", stride)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = self.second(functional.relu_(self.first(x)))
        return functional.relu_(inner.add_(self.shortcut(x)))


class ScanNetwork(nn.Module):
    """One window -> probability of a promoter."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.stem = _parameter(weights["stem.weight"].unsqueeze(2))
        self.stem_bias = _parameter(weights["stem.bias"])
        n_blocks = BLOCKS_A_STAGE * len(STAGE_CHANNELS)
        self.blocks = nn.Sequential(*(ResidualBlock(weights, block) for block in range(n_blocks)))
        self.head = _parameter(weights["head.weight"].flatten(1))  # [2, positions * channels]
        self.head_bias = _parameter(weights["head.bias"])

    def forward(self, bases: torch.Tensor) -> torch.Tensor:
        """Probability of a promoter, float32[n].

        Args:
            bases: [n, 4, 1, 1001], one-hot A, T, G, C.
        """
        # Images of height 1: only images may lie channels-last in memory, the layout in which
        # convolutions on the CPU reach full speed.
        x = functional.conv2d(bases, self.stem, self.stem_bias, padding=(0, 1))
        x = self.blocks(functional.relu_(x))  # [n, 128, 1, 251]
        logits = functional.linear(x.movedim(1, -1).flatten(1), self.head, self.head_bias)
        return torch.softmax(logits.float(), dim=1)[:, 0]


def _parameter(values: torch.Tensor) -> nn.Parameter:
    if values.ndim == 4:
        values = values.contiguous(memory_format=torch.channels_last)
    return nn.Parameter(values, requires_grad=False)


def load_network(path: Path = WEIGHTS) -> ScanNetwork:
    """The network on the CPU in float32.

    Raises:
        BackendError: the file is missing or not the converted weights.
    """
    advice = "scripts/assets/convert_promid.py makes the file from the package promid 1.1."
    with loading(path, "the weights of PromID", advice):
        return ScanNetwork(load_file(path))


class PromID(Backend):
    """Promoters on both strands, every 50 bp."""

    card: ClassVar[ModelCard] = PROMID_CARD
    tracks = tuple(
        TrackMetadata("Promoter probability", Assay.TSS, strand, "probability", group="promoter")
        for strand in "+-"
    )
    context_length = (WINDOW_LENGTH + WINDOWS_A_BIN - 1 - RESOLUTION) // 2  # 476 bp
    resolution = RESOLUTION
    both_strands = True
    tile_length = 5_000  # bp; 200 windows a strand between two reports of progress

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype)
        self._network = load_network().to(self.device, self.dtype)
        self._digest = file_digest(WEIGHTS)

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 1]: the promoter probability of the strand that is given."""
        bins = one_hot(sequences, BASES).unfold(
            2, WINDOW_LENGTH + WINDOWS_A_BIN - 1, RESOLUTION
        )  # [n, 4, bins, 1002]
        windows = bins.unfold(3, WINDOW_LENGTH, 1)  # [n, 4, bins, 2, 1001]
        windows = windows.movedim(1, 3).flatten(0, 2).unsqueeze(2)  # [n * bins * 2, 4, 1, 1001]
        probabilities = torch.cat(
            [self._score(part) for part in torch.split(windows, WINDOWS_AT_ONCE[self.device.type])]
        )
        means = probabilities.view(len(sequences), -1, WINDOWS_A_BIN).mean(dim=2, keepdim=True)
        values: FloatArray = means.cpu().numpy()
        return values

    def _score(self, windows: torch.Tensor) -> torch.Tensor:
        windows = windows.to(self.device, self.dtype, memory_format=torch.channels_last)
        # TF32, the default of convolutions on CUDA, keeps 10 bits: too few for float32's name.
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            scores: torch.Tensor = self._network(windows)
        return scores
