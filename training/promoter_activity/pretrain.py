"""Lessons -> a network that says what the teacher says, before it has seen a measurement."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .lessons import Lessons
from .losses import lesson_error
from .model import Architecture, PromoterNetwork
from .recipe import Recipe
from .stage import Schedule, Stage


class Pretraining(Stage):
    """One run; its folder is named by what decides it, so that recipes that agree share it."""

    def __init__(self, recipe: Recipe, seed: int, lessons: Lessons, out: Path) -> None:
        torch.manual_seed(seed)
        how, self.lessons = recipe.pretraining, lessons
        # The teacher's answers have no noise to be guarded against, and no part of an activity.
        share = Architecture().motif_share
        shape = replace(recipe.architecture, dropout=0.0, motif_share=share)
        decided = repr((shape, how, lessons.digest)).encode()
        name = f"pretrained-{hashlib.sha256(decided).hexdigest()[:8]}-{seed}"
        steps = -(-len(lessons.codes) // how.pairs)
        schedule = Schedule(
            how.epochs, steps, how.learning_rate, how.weight_decay, how.average, orthogonal=True
        )
        super().__init__(PromoterNetwork(shape), seed, schedule, out / name)

    def run(self) -> PromoterNetwork:
        """Train to the last epoch; the network with averaged weights, evaluating."""
        network = self.finish()
        assert isinstance(network, PromoterNetwork)
        return network

    def _examples(self) -> NDArray[np.int64]:
        return np.arange(len(self.lessons.codes))

    def _loss(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Tensor:
        x = self._input(self.lessons.codes[rows].reshape(2 * len(rows), -1))
        network = self.trainee
        assert isinstance(network, PromoterNetwork)
        predictions = network.say(network.features(x)).view(len(rows), 2, -1)
        wanted = torch.from_numpy(self.lessons.predictions[rows]).to(self.device)
        spread = torch.from_numpy(self.lessons.spread).to(self.device)
        return lesson_error(predictions, wanted, spread)
