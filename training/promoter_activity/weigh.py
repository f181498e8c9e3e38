"""A network with its convolutions trained -> the same, with a trained motif readout."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .augment import augment
from .data import CELLS
from .lessons import Lessons
from .losses import masked_error
from .model import MotifBank, PromoterNetwork, one_hot
from .recipe import Recipe
from .stage import Schedule, Stage
from .train import SECOND_POOL, Examples, Pools, follows, standardised
from .trees import trees_say

Codes = NDArray[np.int8]
Values = NDArray[np.float32]


class _Trainee(nn.Module):
    center: Tensor
    spread: Tensor

    def __init__(self, network: PromoterNetwork) -> None:
        super().__init__()
        self.head, self.pools = network.motif_head, Pools()
        self.register_buffer("center", network.center.clone())
        self.register_buffer("spread", network.spread.clone())

    def predictions(self, read: Tensor) -> Tensor:
        """[pairs, 2, 807] -> predictions [pairs, 2, 5], without dropout."""
        training = self.head.training
        self.head.eval()
        results: Tensor = self.head(read.flatten(0, 1)).unflatten(0, read.shape[:2])
        self.head.train(training)
        return results


@dataclass(frozen=True)
class _Windows:
    """Pairs of the lessons: what is read of them [pairs, 2, 807], and what others say of them."""

    read: Tensor
    coarse: Tensor  # [pairs, 2, 5], the readout of convolutions
    dragonn: Tensor  # [pairs, 2, 4]
    spread: Tensor  # [4]
    trees: Tensor | None  # [pairs, 2, 5]


class MotifTraining(Stage):
    """One run. What the readout reads is standardised by the fragments' own mean and spread."""

    trainee: _Trainee

    def __init__(
        self,
        recipe: Recipe,
        seed: int,
        examples: Examples,
        motifs: MotifBank,
        network: PromoterNetwork,
        folder: Path,
    ) -> None:
        self.recipe, self.how, self.network, self.motifs = recipe, recipe.weighing, network, motifs
        measured, rows = examples.measured, examples.rows
        self.codes, self.lessons = measured.codes[rows], examples.lessons
        self.targets = torch.from_numpy(standardised(measured, network)[rows])
        self.second_pool = torch.from_numpy(measured.pools[rows] == SECOND_POOL)
        self.trust = torch.from_numpy(recipe.trust.of(measured)[rows])
        torch.manual_seed(seed)
        how, steps = self.how, -(-len(rows) // self.how.batch)
        schedule = Schedule(how.epochs, steps, how.learning_rate, how.weight_decay, how.average)
        super().__init__(_Trainee(PromoterNetwork(recipe.architecture)), seed, schedule, folder)

    def run(self, read: Values | None = None) -> PromoterNetwork:
        """Train to the last epoch; the network with the readout's averaged weights, evaluating.

        Args:
            read: what `read_copies` finds in the rows, where that is known already.
        """
        if self.epoch < self.epochs:
            self._prepare(read)
        trainee = self.finish()
        assert isinstance(trainee, _Trainee)
        self.network.motif_head.load_state_dict(trainee.head.state_dict())
        self.network.center.copy_(trainee.center)
        self.network.spread.copy_(trainee.spread)
        return self.network.eval()

    def _prepare(self, read: Values | None) -> None:
        """Read everything once; the same whenever a run goes on."""
        rng = np.random.default_rng(self.seed)
        if read is None:
            read = read_copies(self.motifs, self.network, self.codes, self.recipe, rng)
        every = read.reshape(-1, read.shape[2])
        self.network.center.copy_(torch.from_numpy(every.mean(0)))
        self.network.spread.copy_(torch.from_numpy(every.std(0) + 1e-6))
        averaged = self.averaged.module
        for trainee in (self.trainee, averaged):
            assert isinstance(trainee, _Trainee)
            trainee.center.copy_(self.network.center)
            trainee.spread.copy_(self.network.spread)
        self.read = self._standardised(read)
        self.windows = None if self.lessons is None else self._windows(self.lessons, rng)

    def _standardised(self, read: Values) -> Tensor:
        return self.network.standardise(torch.from_numpy(read))

    def _windows(self, lessons: Lessons, rng: np.random.Generator) -> _Windows:
        n_chosen = min(self.how.pairs, len(lessons.codes))
        chosen = rng.choice(len(lessons.codes), n_chosen, replace=False)
        codes = lessons.codes[chosen].reshape(2 * n_chosen, -1)
        coarse, results = read_windows(self.motifs, self.network, codes)
        read, pairs = self._standardised(results), (n_chosen, 2)
        predictions, spread = (
            torch.from_numpy(lessons.predictions[chosen]),
            torch.from_numpy(lessons.spread),
        )
        trees = self._trees(read).view(*pairs, -1) if self.how.trees else None
        by_convolutions = torch.from_numpy(coarse).view(*pairs, -1)
        return _Windows(read.view(*pairs, -1), by_convolutions, predictions, spread, trees)

    def _trees(self, read: Tensor) -> Tensor:
        copies = self.read[:2]  # more would be slower, and hardly better
        predictions = trees_say(
            copies.flatten(0, 1).numpy(),
            self.targets.repeat(len(copies), 1).numpy(),
            self.second_pool.repeat(len(copies)).numpy(),
            read.numpy(),
            self.seed,
        )
        return torch.from_numpy(predictions)

    def _examples(self) -> NDArray[np.int64]:
        return np.arange(len(self.codes))

    def _loss(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Tensor:
        read = self.read[rng.integers(0, len(self.read), len(rows)), rows]
        target, second = self.targets[rows].to(self.device), self.second_pool[rows].to(self.device)
        trust = self.trust[rows].to(self.device)
        if self.windows is None:
            predictions = self.trainee.head(read.to(self.device))
            return masked_error(self.trainee.pools(predictions, second), target, trust)
        # One pass for both, so that they are normalised by the same batch.
        others, trees = self._others(self.windows, rng)
        predictions = self.trainee.head(torch.cat([read, others]).to(self.device))
        loss = masked_error(self.trainee.pools(predictions[: len(rows)], second), target, trust)
        if trees is not None:
            by_trees = (predictions[len(rows) :] - trees.to(self.device)).square().mean()
            loss = loss + self.how.trees * by_trees
        if self.how.effects:
            loss = loss + self.how.effects * self._effects(self.windows, rng)
        return loss

    def _others(self, windows: _Windows, rng: np.random.Generator) -> tuple[Tensor, Tensor | None]:
        if windows.trees is None:
            return windows.read[:0, 0], None
        chosen = rng.integers(0, len(windows.read), self.how.batch)
        side = rng.integers(0, 2, self.how.batch)
        return windows.read[chosen, side], windows.trees[chosen, side]

    def _effects(self, windows: _Windows, rng: np.random.Generator) -> Tensor:
        chosen = rng.integers(0, len(windows.read), self.how.lesson_pairs)
        by_motifs = self.trainee.predictions(windows.read[chosen].to(self.device))
        coarse = windows.coarse[chosen].to(self.device)
        cells = torch.lerp(coarse, by_motifs, self.network.shape.motif_share)  # an activity
        wanted, spread = windows.dragonn[chosen], windows.spread
        return follows(cells, wanted.to(self.device), spread.to(self.device))


def read_copies(
    motifs: MotifBank,
    network: PromoterNetwork,
    codes: Codes,
    recipe: Recipe,
    rng: np.random.Generator,
) -> Values:
    """What the readout reads of fragments as they are, and of augmented copies.

    Returns:
        float32[1 + copies, n, 807].
    """
    n_copies = recipe.weighing.copies
    copies = [augment(codes, recipe.augmentation, rng) for _ in range(n_copies)]
    _, read = read_windows(motifs, network, np.concatenate([codes, *copies]))
    return read.reshape(1 + n_copies, len(codes), -1)


@torch.inference_mode()
def read_windows(
    motifs: MotifBank, network: PromoterNetwork, codes: Codes, batch: int = 256
) -> tuple[Values, Values]:
    """What the readouts say and read of int8[n, 144].

    Returns:
        float32[n, 5]: standardised activities of the readout of convolutions.
        float32[n, 807]: motifs, pairs and triples of bases, and taught outputs.
    """
    network.eval()
    shape = network.shape
    coarse = np.empty((len(codes), len(CELLS)), np.float32)
    results = np.empty((len(codes), shape.seen + shape.teacher_outputs), np.float32)
    for start in range(0, len(codes), batch):
        here = slice(start, start + batch)
        x = one_hot(torch.from_numpy(codes[here]))
        activity, taught = network.read(network.features(x))
        coarse[here] = activity.numpy()
        results[here] = torch.cat([motifs(x, 1)[:, 0], taught], 1).numpy()
    return coarse, results
