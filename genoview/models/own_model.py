"""One's own model: a TorchScript file, a torch.export program or a Python class -> a backend.

The file maps one-hot float32[n, 4, length] to [n, bins, outputs], with `length` the bins and the
context on both sides. A `.py` file has a class `Model` with `__init__(folder, device)` and
`predict(bases)` that does the same; it runs as part of genoview, with all that it may do: put only
code there that you trust.
"""

import warnings
from collections.abc import Callable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import torch

from genoview.data.track_data import FloatArray
from genoview.errors import BackendError
from genoview.models.base import Backend
from genoview.models.inputs import file_digest, one_hot
from genoview.models.manifest import MANIFEST, Manifest, read_manifest

Forward = Callable[[torch.Tensor], torch.Tensor]


class OwnModel(Backend):
    """A backend as its manifest describes it."""

    def __init__(self, folder: Path, device: str = "cpu", dtype: str = "float32") -> None:
        """`dtype` is always float32: the file was saved in its own."""
        super().__init__(device, "float32")
        self._facts = facts = read_manifest(folder)
        self.card = facts.card  # type: ignore[misc]  # of the class elsewhere; here of its manifest
        self.tracks = facts.tracks
        self.context_length, self.resolution = facts.context_length, facts.resolution
        self.both_strands, self.window_length = facts.both_strands, facts.window_length
        self.batch_size = facts.batch_size
        self._forward = load(facts, folder, self.device)
        self._digest = file_digest(folder / MANIFEST, facts.file)

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, outputs], checked: the file is another's work."""
        facts = self._facts
        bases = one_hot(sequences, facts.channels).to(self.device)
        try:
            predicted = self._forward(bases)
        except (RuntimeError, ValueError, TypeError, AttributeError) as error:
            first = str(error).strip().splitlines()[-1:] or [type(error).__name__]
            raise BackendError(f"{self.card.title} failed on its input: {first[0]}") from error
        n_bins = (bases.shape[2] - 2 * facts.context_length) // facts.resolution
        expected = (len(sequences), n_bins, facts.n_outputs)
        if not isinstance(predicted, torch.Tensor) or tuple(predicted.shape) != expected:
            shape = (
                list(predicted.shape)
                if isinstance(predicted, torch.Tensor)
                else type(predicted).__name__
            )
            raise BackendError(
                f"{self.card.title} gave {shape} for {list(bases.shape)}; {list(expected)} "
                "(sequences, bins, outputs) was expected by its manifest."
            )
        values: FloatArray = predicted.float().cpu().numpy()
        return values


def load(facts: Manifest, folder: Path, device: torch.device) -> Forward:
    """The file as a function.

    Raises:
        BackendError: it cannot be read as its extension requires.
    """
    try:
        if facts.file.suffix == ".pt":
            return _script(facts.file, device)
        if facts.file.suffix == ".pt2":
            return torch.export.load(facts.file).module().to(device)
        if facts.file.suffix == ".py":
            predict: Forward = _class_of(facts.file)(folder, str(device)).predict
            return predict
    except (OSError, RuntimeError, ValueError, AttributeError, TypeError, SyntaxError) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise BackendError(f"{facts.file} cannot be read as a model: {first}") from error
    raise BackendError(f"{facts.file.name} ends in none of .pt, .pt2 and .py: what is it?")


def _script(file: Path, device: torch.device) -> Forward:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that torch would rather have another format
        module: torch.nn.Module = torch.jit.load(str(file), map_location=device)  # type: ignore[no-untyped-call]
    return module.eval()


def _class_of(file: Path) -> Callable[[Path, str], Any]:
    spec = spec_from_file_location(f"genoview_own_{file.parent.name}", file)
    if spec is None or spec.loader is None:
        raise BackendError(f"{file} cannot be imported.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    model_class: Callable[[Path, str], Any] = module.Model
    return model_class
