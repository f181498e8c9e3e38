"""A TOML file -> Recipe: everything that decides a run, apart from the data."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .data import Measurements
from .model import Architecture
from .splits import SplitRule


@dataclass(frozen=True)
class Augmentation:
    """Changes made to a fragment each time it is seen; its measured activity stays."""

    shift: int = 4  # bp, at most, to the left or right
    reverse_complement: float = 0.0  # probability
    mutate: float = 0.0  # probability that a base is drawn anew
    flank: float = 0.5  # probability that other sequence, not N, stands before a shorter fragment


@dataclass(frozen=True)
class Optimisation:
    """AdamW with a one-cycle learning rate; the weights kept are a moving average."""

    epochs: int = 20
    batch: int = 256
    learning_rate: float = 2e-3
    weight_decay: float = 2e-2
    average: float = 0.995  # per step
    lesson_pairs: int = 64  # per step, beside the measured fragments
    distillation: float = 0.0  # weight of what the teacher's outputs have yet to learn
    effects: float = 0.0  # weight of the cells' own differences following the teacher's


@dataclass(frozen=True)
class Pretraining:
    """The teacher alone, before anything measured is seen; 0 epochs leave it out.

    Convolutions are trained by Muon, the rest by AdamW.
    """

    epochs: int = 0
    pairs: int = 32  # per step
    learning_rate: float = 3e-3
    weight_decay: float = 1e-3
    average: float = 0.998  # per step


@dataclass(frozen=True)
class Trust:
    """What a squared error counts for, in the order of CELLS; 1 for fragments of a genome.

    Little RNA is made from random and scrambled fragments, and where it was counted least its
    counts are mostly noise.
    """

    made_up: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0, 1.0)

    def of(self, measured: Measurements) -> NDArray[np.float32]:
        """float32[n, 5]"""
        results = np.ones(measured.activity.shape, np.float32)
        results[measured.made_up] = self.made_up
        return results


@dataclass(frozen=True)
class Weighing:
    """The motif readout, last, on convolutions that stay as they are; 0 epochs leave it out.

    What it reads of the fragments is computed once, for each as it is and for augmented copies.
    """

    epochs: int = 0
    copies: int = 3
    batch: int = 256
    learning_rate: float = 1e-3
    weight_decay: float = 5e-2
    average: float = 0.995  # per step
    pairs: int = 20_000  # of the lessons
    lesson_pairs: int = 64  # per step, beside the measured fragments
    effects: float = 0.2  # weight of the activities' differences following the teacher's
    trees: float = 1.0  # weight of what boosted trees say of the lessons' windows
    refit: bool = False  # what is exported has learnt from validation rows too


@dataclass(frozen=True)
class Recipe:
    """One run."""

    name: str
    split: SplitRule
    architecture: Architecture = field(default_factory=Architecture)
    augmentation: Augmentation = field(default_factory=Augmentation)
    optimisation: Optimisation = field(default_factory=Optimisation)
    pretraining: Pretraining = field(default_factory=Pretraining)
    trust: Trust = field(default_factory=Trust)
    weighing: Weighing = field(default_factory=Weighing)


def read_recipe(path: Path) -> Recipe:
    """The recipe in a TOML file; its name is the file's."""
    tables = tomllib.loads(path.read_text())

    def options(name: str) -> dict[str, object]:
        table = tables.get(name, {})
        return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}

    return Recipe(
        name=path.stem,
        split=SplitRule(**options("split")),  # type: ignore[arg-type]
        architecture=Architecture(**options("architecture")),  # type: ignore[arg-type]
        augmentation=Augmentation(**options("augmentation")),  # type: ignore[arg-type]
        optimisation=Optimisation(**options("optimisation")),  # type: ignore[arg-type]
        pretraining=Pretraining(**options("pretraining")),  # type: ignore[arg-type]
        trust=Trust(**options("trust")),  # type: ignore[arg-type]
        weighing=Weighing(**options("weighing")),  # type: ignore[arg-type]
    )
