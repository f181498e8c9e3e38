"""SpliceAI: the published weights, read from the package spliceai where it is installed.

Jaganathan et al. 2019, doi:10.1016/j.cell.2018.12.015. The weights are not passed on with genoview:
they may be used for non-commercial work only.
"""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from torch import nn

from genoview.data.model_card import ModelCard
from genoview.errors import BackendError
from genoview.models.inputs import file_digest
from genoview.models.splicing.cards import SPLICEAI_CARD
from genoview.models.splicing.splice_network import UNITS, UNITS_A_SKIP, SpliceNetwork
from genoview.models.splicing.splice_sites import SpliceSites

N_MODELS = 5
INSTALL = "pip install 'genoview[spliceai]' installs both."
VARIABLES = {
    "scale": "gamma:0",
    "offset": "beta:0",
    "mean": "moving_mean:0",
    "variance": "moving_variance:0",
}
Float64Array = npt.NDArray[np.float64]


def weight_files() -> list[Path]:
    """The five Keras files of the installed package.

    Raises:
        BackendError: it is not installed, or lacks a file.
    """
    package = find_spec("spliceai")
    if package is None or package.origin is None:
        raise BackendError(
            f"SpliceAI's weights are in the package spliceai, which is not installed. {INSTALL}"
        )
    folder = Path(package.origin).parent / "models"
    files = [folder / f"spliceai{k}.h5" for k in range(1, N_MODELS + 1)]
    missing = [path.name for path in files if not path.is_file()]
    if missing:
        raise BackendError(
            f"The installed package spliceai has no {', '.join(missing)}; version 1.3.1 has."
        )
    return files


def load_networks() -> nn.ModuleList:
    """The five models, on the CPU in float32.

    Raises:
        BackendError: the package or h5py is missing, or a file is not what was expected.
    """
    return nn.ModuleList(SpliceNetwork(read_weights(path)) for path in weight_files())


def read_weights(path: Path) -> dict[str, Float64Array]:
    """Layers of a Keras file by the names of `SpliceNetwork`.

    Raises:
        BackendError: h5py is missing, or the file is not one of SpliceAI's.
    """
    try:
        import h5py
    except ImportError as error:
        raise BackendError(
            f"SpliceAI's weights are read by h5py, which is missing. {INSTALL}"
        ) from error
    try:
        with h5py.File(path) as file:
            return {
                f"{name}.{variable}": values
                for name, layer in _layers(file["model_weights"])
                for variable, values in layer.items()
            }
    except (OSError, KeyError) as error:
        raise BackendError(f"{path} cannot be read as a model of SpliceAI ({error}).") from error


def _layers(groups: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Float64Array]]]:
    """Keras numbers the layers of each kind in the order of their creation."""
    convolutions = (_convolution(groups, f"conv1d_{k}") for k in range(1, 1_000))
    norms = (_norm(groups, f"batch_normalization_{k}") for k in range(1, 1_000))
    yield "stem", next(convolutions)
    yield "skips.0", next(convolutions)
    for unit in range(len(UNITS)):
        for half in (1, 2):
            yield f"units.{unit}.norm{half}", next(norms)
            yield f"units.{unit}.conv{half}", next(convolutions)
        if (unit + 1) % UNITS_A_SKIP == 0:
            yield f"skips.{(unit + 1) // UNITS_A_SKIP}", next(convolutions)
    yield "head", next(convolutions)


def _convolution(groups: Mapping[str, Any], name: str) -> dict[str, Float64Array]:
    """weight: [out, in, width], from Keras's [width, in, out]; bias: [out]."""
    layer = groups[name][name]
    weight = np.asarray(layer["kernel:0"], dtype=np.float64)
    return {"weight": weight.transpose(2, 1, 0), "bias": np.asarray(layer["bias:0"], np.float64)}


def _norm(groups: Mapping[str, Any], name: str) -> dict[str, Float64Array]:
    layer = groups[name][name]
    return {ours: np.asarray(layer[theirs], np.float64) for ours, theirs in VARIABLES.items()}


class SpliceAI(SpliceSites):
    """Splice sites on both strands, at every base."""

    card: ClassVar[ModelCard] = SPLICEAI_CARD

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(load_networks(), file_digest(*weight_files()), device, dtype)
