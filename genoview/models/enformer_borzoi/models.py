"""Enformer and Borzoi: weights by folder or hub name; both predict the centre of what they read.

Each by its published package, in an extra of its own, since their pins of transformers differ.
Avsec et al. 2021, doi:10.1038/s41592-021-01252-x; Linder et al. 2025,
doi:10.1038/s41588-024-02053-6.
"""

import hashlib
import json
from abc import abstractmethod
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch

from genoview.data.genome import Interval
from genoview.data.input.decoding import path_of
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import FloatArray, TrackData
from genoview.errors import BackendError
from genoview.models.alphagenome.track_filter import Choice, TrackFacts, chosen_facts
from genoview.models.enformer_borzoi.cards import BORZOI_SETUP, ENFORMER_SETUP
from genoview.models.enformer_borzoi.target_table import (
    described_targets,
    read_targets,
    unsquashed,
)
from genoview.models.entry import Setup
from genoview.models.inputs import one_hot
from genoview.models.whole_window import WINDOW, WholeWindowBackend

TARGETS = "targets_human.txt"  # beside the weights, as Basenji's repository calls it


class CroppedModel(WholeWindowBackend):
    """A subclass loads one package's model and runs it."""

    setup: ClassVar[Setup]

    def __init__(
        self,
        place: str,
        choice: Choice,
        device: str = "cpu",
        dtype: str = "float32",
        window_length: int | None = None,
    ) -> None:
        """Args: place: folder of weights, or their name on the hub."""
        super().__init__(device, dtype)
        targets = read_targets(self._table(place))
        columns, _ = chosen_facts(self.card.title, [target.facts for target in targets], choice)
        self._targets = [targets[i] for i in columns]
        self.tracks = described_targets(self._targets)
        self._model = self._loaded(place, columns).to(self.device, self.dtype).eval()
        length = window_length or self.window_lengths[0]
        self.window_lengths = (length,)
        self.crop_length = (length - self._n_bins * self.resolution) // 2
        self.context_length = length
        self._digest = _digest(self._model, [target.facts.name for target in self._targets])

    @classmethod
    def facts(cls, place: str) -> tuple[TrackFacts, ...]:
        """Every track of the model, without loading it."""
        return tuple(target.facts for target in read_targets(cls._table(place)))

    @classmethod
    @abstractmethod
    def _table(cls, place: str) -> Path:
        """Where its tracks are named."""

    @abstractmethod
    def _load(self, package: Any, place: str) -> Any:
        """The model as its package loads it."""

    @abstractmethod
    def _cut(self, model: Any, columns: list[int]) -> None:
        """Leave the wanted tracks alone in its head."""

    @abstractmethod
    def _run(self, bases: torch.Tensor) -> torch.Tensor:
        """float[bins, tracks] of float[1, 4, length]."""

    @property
    @abstractmethod
    def _n_bins(self) -> int:
        """How many bins the centre has."""

    def _loaded(self, place: str, columns: Sequence[int]) -> Any:
        if find_spec(self.setup.package) is None:
            raise BackendError(f"{self.card.title} is not installed. {self.setup.command} adds it.")
        try:
            model = self._load(import_module(self.setup.package), place)
            self._cut(model, list(columns))
        except (OSError, KeyError, TypeError, ValueError, RuntimeError, IndexError) as error:
            raise BackendError(
                f"{place} cannot be loaded as {self.card.title} ({error}). A folder with "
                "config.json and the weights, or their name on the hub, was expected."
            ) from error
        return model

    @torch.inference_mode()
    def predict_window(self, sequence: str, progress: Progress = no_progress) -> Prediction:
        progress(0.0)
        bases = one_hot([sequence]).to(self.device, self.dtype)
        with torch.backends.cudnn.flags(allow_tf32=False):
            predicted: FloatArray = self._run(bases).float().cpu().numpy()
        values = self._scaled(np.ascontiguousarray(predicted))
        place = Interval(WINDOW, self.crop_length, len(sequence) - self.crop_length)
        progress(1.0)
        return Prediction(TrackData(values, self.tracks, place, self.resolution))

    def _scaled(self, values: FloatArray) -> FloatArray:
        return values


class Enformer(CroppedModel):
    """896 bins of 128 bp in the middle of 196,608 bp."""

    card: ClassVar[ModelCard] = ENFORMER_SETUP.card
    setup = ENFORMER_SETUP
    window_lengths = (196_608,)
    resolution = 128

    @classmethod
    def _table(cls, place: str) -> Path:
        path = path_of(place, BackendError) / TARGETS
        if not path.is_file():
            raise BackendError(
                f"Enformer's weights do not name their tracks. Put {TARGETS} of Basenji's "
                f"repository into the folder of the weights; {path} was looked for."
            )
        return path

    def _load(self, package: Any, place: str) -> Any:
        model = package.Enformer.from_pretrained(place)
        published = model.config.dim == 1_536 and model.config.depth == 11
        for module in model.modules():  # the published weights were trained with other rounding
            if published and hasattr(module, "use_tf_gamma"):
                module.use_tf_gamma = True
        return model

    def _cut(self, model: Any, columns: list[int]) -> None:
        linear = model.heads["human"][0]
        linear.weight = torch.nn.Parameter(linear.weight[columns].detach().clone())
        linear.bias = torch.nn.Parameter(linear.bias[columns].detach().clone())

    def _run(self, bases: torch.Tensor) -> torch.Tensor:
        predicted: torch.Tensor = self._model(bases.transpose(1, 2), head="human")[0]
        return predicted

    @property
    def _n_bins(self) -> int:
        return int(self._model.config.target_length)


class Borzoi(CroppedModel):
    """6,144 bins of 32 bp in the middle of 524,288 bp, on the scale of the experiments."""

    card: ClassVar[ModelCard] = BORZOI_SETUP.card
    setup = BORZOI_SETUP
    window_lengths = (524_288,)
    resolution = 32

    @classmethod
    def _table(cls, place: str) -> Path:
        package = find_spec(cls.setup.package)
        if package is None or package.origin is None:
            raise BackendError(f"Borzoi is not installed. {cls.setup.command} adds it.")
        return Path(package.origin).parent / "precomputed" / "targets.txt"

    def _load(self, package: Any, place: str) -> Any:
        return package.Borzoi.from_pretrained(place)

    def _cut(self, model: Any, columns: list[int]) -> None:
        model.set_track_subset(columns)
        del model.human_head_bak

    def _run(self, bases: torch.Tensor) -> torch.Tensor:
        predicted: torch.Tensor = self._model(bases)[0]
        return predicted.transpose(0, 1)

    def _scaled(self, values: FloatArray) -> FloatArray:
        return unsquashed(values, self._targets)

    @property
    def _n_bins(self) -> int:
        return int(self._model.config.bins_to_return)


def _digest(model: Any, names: Sequence[str]) -> str:
    """sha256 of the weights and of the chosen tracks, hexadecimal."""
    digest = hashlib.sha256(json.dumps(names).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
    return digest.hexdigest()
