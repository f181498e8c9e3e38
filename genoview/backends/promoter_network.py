"""The promoter-activity network: 144 bp of one strand -> log2 reporter activity in five cells.

Convolutions run along the last axis of [n, channels, 1, length] with the channels last in memory:
on a CPU that takes two thirds of the time of one-dimensional ones.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from genoview.errors import BackendError

CELLS = ("HepG2", "K562", "HeLa", "HUES64", "mESC")  # the order of the outputs
WIDTH = 144  # bp, the longest fragment measured (Mattioli 2020, doi:10.1186/s13059-020-02110-3)


@dataclass(frozen=True)
class Architecture:
    """Sizes of the network; channels and widths in positions."""

    stem_channels: int = 96
    stem_width: int = 11
    stem_pool: int = 4
    channels: tuple[int, ...] = (96, 128)
    width: int = 5
    residual: bool = True  # a dilated residual unit after each stage
    attention_heads: int = 0  # 0: no self-attention after the last stage
    readout: str = "flatten"  # every position; "pool": mean and maximum over them; "both"
    hidden: int = 96
    dropout: float = 0.3  # of features, before each dense layer
    channel_dropout: float = 0.0  # of whole channels, in the stages
    teacher_outputs: int = 0


class Residual(nn.Module):
    """[n, channels, 1, L] -> the same: two convolutions, the first dilated, added to the input."""

    def __init__(self, channels: int, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            convolution(channels, channels, width, dilation),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Dropout2d(dropout),
            convolution(channels, channels, 1),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        changed: Tensor = self.layers(x)
        return torch.relu(x + changed)


def convolution(before: int, after: int, width: int, dilation: int = 1) -> nn.Conv2d:
    """[n, before, 1, L] -> [n, after, 1, L]; a normalisation follows, so that no bias is needed."""
    padding = (0, dilation * (width // 2))
    return nn.Conv2d(before, after, (1, width), padding=padding, dilation=(1, dilation), bias=False)


class Attention(nn.Module):
    """[n, channels, 1, L] -> the same: every position reads every other, with learnt positions."""

    def __init__(self, channels: int, heads: int, length: int, dropout: float) -> None:
        super().__init__()
        self.position = nn.Parameter(torch.zeros(length, channels))
        self.norm = nn.LayerNorm(channels)
        self.attend = nn.MultiheadAttention(channels, heads, dropout, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        tokens = self.norm(x.squeeze(2).transpose(1, 2) + self.position)
        mixed, _ = self.attend(tokens, tokens, tokens, need_weights=False)
        attended: Tensor = x + mixed.transpose(1, 2).unsqueeze(2)
        return attended


class PromoterNetwork(nn.Module):
    """One-hot [n, 4, 144] -> standardised activity [n, 5 + teacher outputs].

    Channels A, C, G, T; N is four zeros. `mean` and `scale` (float[5]) turn the first five
    outputs into log2 of RNA over DNA. `inactive` (float[5], not trained) is what random fragments
    had in the same unit: sequence without a purpose.
    """

    mean: Tensor
    scale: Tensor
    inactive: Tensor

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        self.stem = nn.Sequential(  # [n, 4, 1, 144] -> [n, stem_channels, 1, 144 / stem_pool]
            convolution(4, shape.stem_channels, shape.stem_width),
            nn.MaxPool2d((1, shape.stem_pool)),
            nn.BatchNorm2d(shape.stem_channels),
            nn.ReLU(),
        )
        stages, length = _stages(shape)
        self.stages = nn.Sequential(*stages)  # -> [n, channels[-1], 1, length]
        self.readout = shape.readout
        per_channel = {"flatten": length, "pool": 2, "both": length + 2}[shape.readout]
        self.head = nn.Sequential(  # [n, features] -> [n, 5 + teacher outputs]
            nn.Dropout(shape.dropout),
            nn.Linear(shape.channels[-1] * per_channel, shape.hidden),
            nn.ReLU(),
            nn.Dropout(shape.dropout),
            nn.Linear(shape.hidden, len(CELLS) + shape.teacher_outputs),
        )
        self.register_buffer("mean", torch.zeros(len(CELLS)))
        self.register_buffer("scale", torch.ones(len(CELLS)))
        self.register_buffer("inactive", torch.zeros(len(CELLS)), persistent=False)
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, x: Tensor) -> Tensor:
        outputs: Tensor = self.head(self.features(x))
        return outputs

    def features(self, x: Tensor) -> Tensor:
        """One-hot [n, 4, 144] -> what the dense layers read, [n, features]."""
        x = x.unsqueeze(2).contiguous(memory_format=torch.channels_last)
        x = self.stages(self.stem(x)).squeeze(2)
        found = [] if self.readout == "pool" else [x.flatten(1)]
        if self.readout != "flatten":
            found += [x.mean(2), x.amax(2)]
        return torch.cat(found, 1)

    def activity(self, x: Tensor) -> Tensor:
        """One-hot [n, 4, 144] -> log2 of RNA over DNA [n, 5]."""
        standardised: Tensor = self(x)[:, : len(CELLS)]
        return standardised * self.scale + self.mean


def _stages(shape: Architecture) -> tuple[list[nn.Module], int]:
    """The layers after the stem, and the number of positions that they leave."""
    length = WIDTH // shape.stem_pool
    layers: list[nn.Module] = []
    before = shape.stem_channels
    for channels in shape.channels:  # each halves the length: 36 -> 18 -> 9
        layers += [
            convolution(before, channels, shape.width),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Dropout2d(shape.channel_dropout),
        ]
        if shape.residual:
            layers.append(Residual(channels, 3, 2, shape.channel_dropout))
        layers.append(nn.MaxPool2d((1, 2)))
        length //= 2
        before = channels
    if shape.attention_heads:
        layers.append(Attention(before, shape.attention_heads, length, 0.0))
    return layers, length


def load_promoter_networks(path: Path) -> list[PromoterNetwork]:
    """The members of an exported file, in evaluation mode; BackendError if it cannot be read."""
    try:
        with safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        facts = json.loads(metadata["architecture"])
        shape = Architecture(**facts | {"channels": tuple(facts["channels"])})
        inactive = torch.tensor(json.loads(metadata["inactive"]))
        n_members = len(json.loads(metadata["seeds"]))
        return [_member(shape, tensors, f"members.{i}.", inactive) for i in range(n_members)]
    except (OSError, SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise BackendError(
            f"{path} does not hold a promoter-activity network ({error}); put the file of "
            "assets/models back, or train it again."
        ) from error


def _member(
    shape: Architecture, tensors: dict[str, Tensor], prefix: str, inactive: Tensor
) -> PromoterNetwork:
    network = PromoterNetwork(shape)
    state = {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}
    for name, tensor in network.state_dict().items():
        if name.endswith("num_batches_tracked"):  # only training counts batches
            state[name] = tensor
    network.load_state_dict(state)
    network.inactive.copy_(inactive)
    return network.eval()
