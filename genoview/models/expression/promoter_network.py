"""The promoter-activity networks: 144 bp of one strand -> log2 reporter activity in five cells.

Convolutions run along the last axis of [n, channels, 1, length] with the channels last in memory:
on a CPU that takes two thirds of the time of one-dimensional ones.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from torch import Tensor, nn

from genoview.models.expression.cells import CELLS
from genoview.models.expression.promoter_motifs import WIDTH, MotifBank
from genoview.models.weights.damage import loading

FARTHEST = 5.0  # standard deviations: what the motif readout sees of a value beyond


@dataclass(frozen=True)
class Architecture:
    """Sizes of a network; widths and pooling in positions."""

    channels: int = 120
    width: int = 5
    layers: int = 3
    pool: int = 12  # positions that the coarse readout takes together
    hidden: int = 128
    dropout: float = 0.3  # of coarse features, before each dense layer
    teacher_outputs: int = 4
    seen: int = 803  # values of a MotifBank in a window
    motif_hidden: int = 384
    motif_depth: int = 3  # hidden layers
    motif_dropout: float = 0.3  # between dense layers; the first loses 0.2 of its inputs
    motif_share: float = 0.7  # of an activity; the coarse readout has the rest

    @property
    def positions(self) -> int:
        """Positions that are left when convolutions keep within the window: 132 of 144."""
        return WIDTH - self.layers * (self.width - 1)


class PromoterNetwork(nn.Module):
    """One-hot [n, 4, 144], and its MotifBank values -> standardised activity [n, 5].

    Channels A, C, G, T; N is four zeros. `mean` and `scale` (float[5]) turn the activities into
    log2 of RNA over DNA. `inactive` (float[5], not trained) is what random fragments had in the
    same unit: sequence without a purpose.

    Three readouts. `taught` reads every position of the convolutions, as precisely as the teacher
    whose answers it learns. `head` reads the same convolutions coarsely, and adds a weighing of
    the taught outputs. `motif_head` reads no convolution: it weighs the motifs, pairs and triples
    of bases in the window, and the taught outputs. An activity is a mean of the last two.
    """

    mean: Tensor
    scale: Tensor
    inactive: Tensor
    center: Tensor
    spread: Tensor

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
        self.shape = shape
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
        n_read = shape.seen + shape.teacher_outputs
        self.motif_head = _motif_head(n_read, shape)  # [n, 807] -> [n, 5]
        self.register_buffer("center", torch.zeros(n_read))  # of what the motif readout reads
        self.register_buffer("spread", torch.ones(n_read))
        self.register_buffer("mean", torch.zeros(len(CELLS)))
        self.register_buffer("scale", torch.ones(len(CELLS)))
        self.register_buffer("inactive", torch.zeros(len(CELLS)), persistent=False)
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def features(self, x: Tensor) -> Tensor:
        """One-hot [n, 4, length] -> [n, 120, 1, length - 12], channels last in memory."""
        features: Tensor = self.trunk(x.unsqueeze(2).contiguous(memory_format=torch.channels_last))
        return features

    def say(self, features: Tensor) -> Tensor:
        """[n, 120, 1, 132] -> taught outputs [n, 4]."""
        activity: Tensor = self.taught(features.squeeze(2).transpose(1, 2).flatten(1))
        return activity

    def read(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """[n, 120, 1, 132] -> standardised activities of the coarse readout, taught outputs."""
        taught = self.say(features)
        coarse = _pools(features, self.shape.pool, self.shape.pool).flatten(1)
        return self.head(coarse) + self.passed(taught), taught

    def weigh(self, seen: Tensor, taught: Tensor) -> Tensor:
        """Standardised activities of the motif readout, [..., 803] and [..., 4] -> [..., 5]."""
        read = self.standardise(torch.cat([seen, taught], -1))
        weights: Tensor = self.motif_head(read.flatten(0, -2)).unflatten(0, read.shape[:-1])
        return weights

    def standardise(self, read: Tensor) -> Tensor:
        """What the motif readout reads, [..., 807], in standard deviations from its mean."""
        return ((read - self.center) / self.spread).clamp(-FARTHEST, FARTHEST)

    def activity_along(self, x: Tensor, seen: Tensor, stride: int) -> Tensor:
        """One-hot [n, 4, length] -> log2 of RNA over DNA of each window, [n, windows, 5].

        A window of 144 begins every `stride` positions; `seen` are their MotifBank values.
        What convolutions see is computed once for all windows, since they keep within each: only
        the readouts are its own.
        """
        features = self.features(x)
        shape = self.shape
        weight = self.taught.weight.view(-1, shape.positions, shape.channels).transpose(1, 2)
        taught = nn.functional.conv2d(features, weight.unsqueeze(2), self.taught.bias, (1, stride))
        taught = taught.squeeze(2).transpose(1, 2)
        step = math.gcd(stride, shape.pool)  # pools begin this far apart, in one window or another
        pools = _pools(features, shape.pool, step)
        n_pools = shape.positions // shape.pool
        apart, between = shape.pool // step, stride // step
        windows = pools.squeeze(2).unfold(2, apart * (n_pools - 1) + 1, between)[..., ::apart]
        coarse = self.head(windows.transpose(1, 2).flatten(2)) + self.passed(taught)
        by_motifs = self.weigh(seen.to(taught.dtype), taught)
        activity: Tensor = torch.lerp(coarse, by_motifs, shape.motif_share) * self.scale + self.mean
        return activity


class PromoterEnsemble(nn.Module):
    """Networks that read the same bank of motifs, each by itself."""

    def __init__(self, motifs: MotifBank, members: Sequence[PromoterNetwork]) -> None:
        super().__init__()
        self.motifs = motifs
        self.members = nn.ModuleList(members)

    def activity_along(self, x: Tensor, stride: int) -> Tensor:
        """One-hot [n, 4, length] -> log2 of RNA over DNA, [n, windows, members, 5].

        A window of 144 begins every `stride` positions.
        """
        seen = self.motifs(x, stride)
        activities = [member.activity_along(x, seen, stride) for member in self._networks()]
        return torch.stack(activities, 2)

    def above_inactive(self, x: Tensor, stride: int) -> Tensor:
        """As `activity_along`, less what random fragments have."""
        inactive = torch.stack([member.inactive for member in self._networks()])
        return self.activity_along(x, stride) - inactive

    @property
    def shape(self) -> Architecture:
        """The architecture, which is one for all members."""
        return self._networks()[0].shape

    def _networks(self) -> list[PromoterNetwork]:
        return [member for member in self.members if isinstance(member, PromoterNetwork)]


def _motif_head(n_read: int, shape: Architecture) -> nn.Sequential:
    layers: list[nn.Module] = [nn.Dropout(0.2)]
    for _ in range(shape.motif_depth):
        layers += [
            nn.Linear(n_read, shape.motif_hidden),
            nn.BatchNorm1d(shape.motif_hidden),
            nn.SiLU(),
            nn.Dropout(shape.motif_dropout),
        ]
        n_read = shape.motif_hidden
    return nn.Sequential(*layers, nn.Linear(n_read, len(CELLS)))


def _pools(features: Tensor, width: int, step: int) -> Tensor:
    """[n, channels, 1, L] -> [n, 2 channels, 1, pools]: maxima, then means."""
    of = (nn.functional.max_pool2d, nn.functional.avg_pool2d)
    return torch.cat([pool(features, (1, width), (1, step)) for pool in of], 1)


def load_promoter_networks(path: Path) -> PromoterEnsemble:
    """The ensemble of an exported file, in evaluation mode; BackendError if it cannot be read."""
    advice = "Put the file of assets/models back, or train it again."
    with loading(path, "a promoter-activity network", advice):
        with safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        shape = Architecture(**json.loads(metadata["architecture"]))
        inactive = torch.tensor(json.loads(metadata["inactive"]))
        n_members = len(json.loads(metadata["seeds"]))
        motifs = MotifBank.from_tensors(_within(tensors, "motifs."))
        members = [
            _member(shape, _within(tensors, f"members.{i}."), inactive) for i in range(n_members)
        ]
        return PromoterEnsemble(motifs, members).eval()


def _within(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}


def _member(shape: Architecture, state: dict[str, Tensor], inactive: Tensor) -> PromoterNetwork:
    network = PromoterNetwork(shape)
    for name, tensor in network.state_dict().items():
        if name.endswith("num_batches_tracked"):  # only training counts batches
            state[name] = tensor
    network.load_state_dict(state)
    network.inactive.copy_(inactive)
    return network
