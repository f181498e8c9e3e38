"""A stage of training that stops and goes on at the end of any epoch."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from .model import one_hot
from .muon import Muon

Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Schedule:
    """One-cycle learning rates; the weights kept are a moving average."""

    epochs: int
    steps: int  # per epoch
    learning_rate: float
    weight_decay: float
    average: float  # per step
    orthogonal: bool = False  # Muon for convolutions, AdamW for the rest; else AdamW for all


class Stage:
    """`run` goes on from the checkpoint in `folder`, if there is one. Subclasses give `_loss`."""

    def __init__(self, trainee: nn.Module, seed: int, schedule: Schedule, folder: Path) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.trainee = trainee.to(self.device)
        self.seed, self.folder, self.epochs, self.steps = (
            seed,
            folder,
            schedule.epochs,
            schedule.steps,
        )
        self.averaged = AveragedModel(
            self.trainee,
            multi_avg_fn=get_ema_multi_avg_fn(schedule.average),  # type: ignore[no-untyped-call]
            use_buffers=True,
        )
        self.optimisers = _optimisers(self.trainee, schedule)
        self.rates = [
            torch.optim.lr_scheduler.OneCycleLR(
                optimiser,
                schedule.learning_rate,
                schedule.epochs * schedule.steps,
                pct_start=0.2,
                cycle_momentum=not isinstance(optimiser, Muon),
            )
            for optimiser in self.optimisers
        ]
        self.epoch, self.seconds = 0, 0.0
        self._resume()

    def finish(self) -> nn.Module:
        """Train to the last epoch; the trainee with averaged weights, on the CPU, evaluating."""
        while self.epoch < self.epochs:
            begun = time.perf_counter()
            loss = self._one_epoch()
            self.seconds += time.perf_counter() - begun
            self.epoch += 1
            self._save()
            print(
                f"{self.folder.name} epoch {self.epoch} loss {loss:.4f} {self.seconds:.0f} s",
                flush=True,
            )
        averaged: nn.Module = self.averaged.module
        return averaged.cpu().eval()

    def _examples(self) -> NDArray[np.int64]:
        raise NotImplementedError

    def _loss(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Tensor:
        raise NotImplementedError

    def _one_epoch(self) -> float:
        # Seeded by the epoch, so that a run that was stopped goes on as it would have.
        rng = np.random.default_rng((self.seed, self.epoch))
        torch.manual_seed(self.seed * 1000 + self.epoch)
        self.trainee.train()
        total = 0.0
        for rows in np.array_split(rng.permutation(self._examples()), self.steps):
            loss = self._loss(rows, rng)
            self.trainee.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self.trainee.parameters(), 1.0)
            for optimiser in self.optimisers:
                optimiser.step()
            for rate in self.rates:
                rate.step()
            self.averaged.update_parameters(self.trainee)
            total += loss.item()
        return total / self.steps

    def _input(self, codes: Codes) -> Tensor:
        return one_hot(torch.from_numpy(np.ascontiguousarray(codes))).to(self.device)

    def _save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        parts = {name: part.state_dict() for name, part in self._stateful().items()}
        unfinished = self.folder / "checkpoint.part"
        torch.save({**parts, "epoch": self.epoch, "seconds": self.seconds}, unfinished)
        unfinished.replace(self.folder / "checkpoint.pt")  # at once or not at all

    def _stateful(self) -> dict[str, Any]:
        named: dict[str, Any] = {"trainee": self.trainee, "averaged": self.averaged}
        named |= {f"optimiser {i}": part for i, part in enumerate(self.optimisers)}
        return named | {f"rate {i}": part for i, part in enumerate(self.rates)}

    def _resume(self) -> None:
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        for name, part in self._stateful().items():
            part.load_state_dict(state[name])
        self.epoch, self.seconds = state["epoch"], state["seconds"]


def _optimisers(trainee: nn.Module, schedule: Schedule) -> list[torch.optim.Optimizer]:
    every = list(trainee.parameters())
    matrices = [w for w in every if w.ndim > 2] if schedule.orthogonal else []
    chosen = {id(weight) for weight in matrices}
    rest = [weight for weight in every if id(weight) not in chosen]
    rate, decay = schedule.learning_rate, schedule.weight_decay
    adamw = torch.optim.AdamW(rest, rate, weight_decay=decay)
    return [Muon(matrices, rate, decay), adamw] if matrices else [adamw]
