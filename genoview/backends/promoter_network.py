"""The promoter-activity network: 144 bp of one strand -> log2 reporter activity in five cells.

Convolutions run along the last axis of [n, channels, 1, length] with the channels last in memory:
on a CPU that takes two thirds of the time of one-dimensional ones.
"""

import json
import math
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
    """Sizes of the network; widths and pooling in positions."""

    channels: int = 120
    width: int = 5
    layers: int = 3
    pool: int = 12  # positions that the coarse readout takes together
    hidden: int = 128
    dropout: float = 0.3  # of coarse features, before each dense layer
    teacher_outputs: int = 4

    @property
    def positions(self) -> int:
        """Positions that are left when convolutions keep within the window: 132 of 144."""
        return WIDTH - self.layers * (self.width - 1)


class PromoterNetwork(nn.Module):
    """One-hot [n, 4, 144] -> standardised activity [n, 5], and what a teacher said [n, 4].

    Channels A, C, G, T; N is four zeros. `mean` and `scale` (float[5]) turn the activities into
    log2 of RNA over DNA. `inactive` (float[5], not trained) is what random fragments had in the
    same unit: sequence without a purpose.

    Two readouts stand on one trunk: `taught` reads every position, as precisely as the teacher
    whose answers it learns; `head` reads coarsely what measurements add. A cell's activity is the
    sum of its head and of a weighing of the taught outputs.
    """

    mean: Tensor
    scale: Tensor
    inactive: Tensor

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before in (4, *[shape.channels] * (shape.layers - 1)):
            layers += [
                nn.Conv2d(before, shape.channels, (1, shape.width)),
                nn.ReLU(),
                nn.BatchNorm2d(shape.channels),
            ]
        self.trunk = nn.Sequential(*layers)  # [n, 4, 1, 144] -> [n, 120, 1, 132]
        self.pool = shape.pool
        n_coarse = 2 * shape.channels * (shape.positions // shape.pool)
        self.taught = nn.Linear(shape.positions * shape.channels, shape.teacher_outputs)
        self.passed = nn.Linear(shape.teacher_outputs, len(CELLS), bias=False)
        self.head = nn.Sequential(  # [n, 2640] -> [n, 5]
            nn.Dropout(shape.dropout),
            nn.Linear(n_coarse, shape.hidden),
            nn.ReLU(),
            nn.Dropout(shape.dropout),
            nn.Linear(shape.hidden, len(CELLS)),
        )
        for added in (self.taught, self.passed):  # what is not yet learnt adds nothing
            nn.init.zeros_(added.weight)
        self.register_buffer("mean", torch.zeros(len(CELLS)))
        self.register_buffer("scale", torch.ones(len(CELLS)))
        self.register_buffer("inactive", torch.zeros(len(CELLS)), persistent=False)
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return self.read(self.features(x))

    def features(self, x: Tensor) -> Tensor:
        """One-hot [n, 4, 144] -> [n, 120, 1, 132], channels last in memory."""
        found: Tensor = self.trunk(x.unsqueeze(2).contiguous(memory_format=torch.channels_last))
        return found

    def read(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """[n, 120, 1, 132] -> standardised activities [n, 5], taught outputs [n, 4]."""
        taught = self.taught(features.squeeze(2).transpose(1, 2).flatten(1))
        coarse = _pools(features, self.pool, self.pool).flatten(1)
        return self.head(coarse) + self.passed(taught), taught

    def activity(self, x: Tensor) -> Tensor:
        """One-hot [n, 4, 144] -> log2 of RNA over DNA [n, 5]."""
        standardised, _ = self(x)
        found: Tensor = standardised * self.scale + self.mean
        return found

    def activity_along(self, x: Tensor, stride: int) -> Tensor:
        """One-hot [n, 4, length] -> what `activity` says of each window, [n, windows, 5].

        A window of 144 begins every `stride` positions. What convolutions see is computed once
        for all windows, since they keep within each: only the readouts are its own.
        """
        features = self.features(x)
        positions = (self.taught.in_features // features.shape[1], features.shape[1])
        weight = self.taught.weight.view(-1, *positions).transpose(1, 2).unsqueeze(2)
        taught = nn.functional.conv2d(features, weight, self.taught.bias, (1, stride))
        step = math.gcd(stride, self.pool)  # pools begin this far apart, in one window or another
        pools = _pools(features, self.pool, step)
        n_pools = positions[0] // self.pool
        apart, between = self.pool // step, stride // step
        windows = pools.squeeze(2).unfold(2, apart * (n_pools - 1) + 1, between)[..., ::apart]
        standardised = self.head(windows.transpose(1, 2).flatten(2))
        standardised = standardised + self.passed(taught.squeeze(2).transpose(1, 2))
        found: Tensor = standardised * self.scale + self.mean
        return found


def _pools(features: Tensor, width: int, step: int) -> Tensor:
    """[n, channels, 1, L] -> [n, 2 channels, 1, pools]: maxima, then means."""
    of = (nn.functional.max_pool2d, nn.functional.avg_pool2d)
    return torch.cat([pool(features, (1, width), (1, step)) for pool in of], 1)


def load_promoter_networks(path: Path) -> list[PromoterNetwork]:
    """The members of an exported file, in evaluation mode; BackendError if it cannot be read."""
    try:
        with safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        shape = Architecture(**json.loads(metadata["architecture"]))
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
