"""Recipe, seed and measurements -> trained weights."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .augment import augment
from .data import CELLS, Measurements
from .lessons import Lessons
from .losses import effect_error, lesson_error, masked_error
from .model import PromoterNetwork
from .recipe import Recipe
from .stage import Schedule, Stage
from .teacher import POOLED

# Two pools of one study (km18) differ in offset and spread, as their random sequences show.
SECOND_POOL = "km18_POOL2"
TAUGHT = [CELLS.index(cell) for cell in POOLED]  # cells that the teacher speaks of


@dataclass(frozen=True)
class Examples:
    """What a stage learns from: these rows of the measurements, and what a teacher says."""

    measured: Measurements
    rows: NDArray[np.int64]
    lessons: Lessons | None


class Pools(nn.Module):
    """What only training needs: an offset and a scale a cell for the second pool."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(len(CELLS)))
        self.offset = nn.Parameter(torch.zeros(len(CELLS)))

    def forward(self, one_pool: Tensor, second_pool: Tensor) -> Tensor:
        """Activities in the first pool's units -> what would be measured in their pools [n, 5]."""
        moved = one_pool * self.scale + self.offset
        return torch.where(second_pool[:, None], moved, one_pool)


class Trainee(nn.Module):
    """The network, and the pools that it is measured in."""

    def __init__(self, network: PromoterNetwork) -> None:
        super().__init__()
        self.network = network
        self.pools = Pools()

    def measured(self, features: Tensor, second_pool: Tensor) -> Tensor:
        """Features of fragments -> what would be measured in their pools [n, 5]."""
        results: Tensor = self.pools(self.network.read(features)[0], second_pool)
        return results

    def predictions(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Features of pairs -> activities [n, 2, 5], taught outputs [n, 2, 4]; no dropout.

        Dropout would hit the two of a pair differently, and drown their difference.
        """
        training = self.network.head.training
        self.network.head.eval()
        cells, taught = self.network.read(features)
        self.network.head.train(training)
        return cells.reshape(-1, 2, cells.shape[1]), taught.reshape(-1, 2, taught.shape[1])


class Training(Stage):
    """One run from random weights or, if given, from those of a pretrained network."""

    trainee: Trainee

    def __init__(
        self,
        recipe: Recipe,
        seed: int,
        examples: Examples,
        folder: Path,
        pretrained: PromoterNetwork | None = None,
    ) -> None:
        torch.manual_seed(seed)
        measured, rows = examples.measured, examples.rows
        self.recipe, self.rows, self.lessons = recipe, rows, examples.lessons
        self.codes = measured.codes
        self.second_pool = measured.pools == SECOND_POOL
        network = PromoterNetwork(recipe.architecture)
        if pretrained is not None:
            network.load_state_dict(pretrained.state_dict())
        take_units(network, measured.activity[rows])
        self.targets = standardised(measured, network)
        self.trust = recipe.trust.of(measured)
        how = recipe.optimisation
        steps = -(-len(rows) // how.batch)
        schedule = Schedule(how.epochs, steps, how.learning_rate, how.weight_decay, how.average)
        super().__init__(Trainee(network), seed, schedule, folder)

    def run(self) -> PromoterNetwork:
        """Train to the last epoch; the network with averaged weights, in evaluation mode."""
        trainee = self.finish()
        assert isinstance(trainee, Trainee)
        return trainee.network

    def _examples(self) -> NDArray[np.int64]:
        return self.rows

    def _loss(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Tensor:
        seen = [augment(self.codes[rows], self.recipe.augmentation, rng)]
        chosen = np.zeros(0, np.int64)
        if self.lessons is not None:
            pairs = self.recipe.optimisation.lesson_pairs
            chosen = rng.integers(0, len(self.lessons.codes), pairs)
            seen.append(self.lessons.codes[chosen].reshape(2 * pairs, -1))
        # One pass for both, so that they are normalised by the same batch.
        features = self.trainee.network.features(self._input(np.concatenate(seen)))
        second = torch.from_numpy(self.second_pool[rows]).to(self.device)
        target = torch.from_numpy(self.targets[rows]).to(self.device)
        trust = torch.from_numpy(self.trust[rows]).to(self.device)
        loss = masked_error(self.trainee.measured(features[: len(rows)], second), target, trust)
        if self.lessons is not None:
            loss = loss + self._taught(features[len(rows) :], chosen, self.lessons)
        return loss

    def _taught(self, features: Tensor, chosen: NDArray[np.int64], lessons: Lessons) -> Tensor:
        how = self.recipe.optimisation
        cells, predictions = self.trainee.predictions(features)
        wanted = torch.from_numpy(lessons.predictions[chosen]).to(self.device)
        spread = torch.from_numpy(lessons.spread).to(self.device)
        error = how.distillation * lesson_error(predictions, wanted, spread)
        if how.effects:
            error = error + how.effects * follows(cells, wanted, spread)
        return error


def take_units(network: PromoterNetwork, activity: NDArray[np.float32]) -> None:
    """Let a network speak in the units of float32[n, 5]: NaN where not measured."""
    network.mean.copy_(torch.from_numpy(np.nanmean(activity, 0)))
    network.scale.copy_(torch.from_numpy(np.nanstd(activity, 0)))


def standardised(measured: Measurements, network: PromoterNetwork) -> NDArray[np.float32]:
    """float32[n, 5]: activities in the units that the network is trained in."""
    results: NDArray[np.float32] = (
        measured.activity - network.mean.numpy()
    ) / network.scale.numpy()
    return results


def follows(cells: Tensor, wanted: Tensor, spread: Tensor) -> Tensor:
    """How far the cells' differences are from the teacher's: [pairs, 2, 5] and [pairs, 2, 4]."""
    predictions = cells[:, :, TAUGHT]
    promoters = ((wanted[:, 1] - wanted[:, 0]) / spread).reshape(-1, len(TAUGHT), 2)
    return effect_error(predictions[:, 1] - predictions[:, 0], promoters.mean(2))
