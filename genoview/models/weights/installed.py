"""Files of models on the shelf -> arrays; errors name the command that adds a missing one."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from genoview.errors import BackendError
from genoview.models.weights.damage import loading
from genoview.models.weights.row import Row

Network = TypeVar("Network")
KerasLayers = dict[str, dict[str, npt.NDArray[np.float32]]]
"""Arrays by layer and by what they are, as `kernel`."""


def weight_paths(row: Row, folder: Path) -> list[Path]:
    """The files of a row, in its order.

    Raises:
        BackendError: one is missing.
    """
    paths = [folder / file.name for file in row.files]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise BackendError(
            f"{row.title} is not here: {folder} has no {missing[0]}{more}. Add it on the page "
            f"Models and data, or with: {row.how}"
        )
    return paths


def read_keras(title: str, path: Path) -> KerasLayers:
    """The layers of a Keras file, whether it holds weights alone or a whole model.

    Raises:
        BackendError: h5py is missing, or the file is no such file.
    """
    try:
        import h5py
    except ImportError as error:
        raise BackendError(
            f"{title}'s weights are read by h5py, which is missing: pip install 'genoview[shelf]'"
        ) from error
    with loading(path, f"a model of {title}"), h5py.File(path) as file:
        groups: Mapping[str, Any] = file.get("model_weights", file)
        return {layer: _arrays(groups[layer][layer]) for layer in groups if groups[layer].keys()}


def keras_network(title: str, path: Path, network: Callable[[KerasLayers], Network]) -> Network:
    """The network of a Keras file, on the CPU in float32.

    Raises:
        BackendError: h5py is missing, or the file is not that network's.
    """
    layers = read_keras(title, path)
    with loading(path, f"the layers of {title}"):
        return network(layers)


def _arrays(group: Mapping[str, Any]) -> dict[str, npt.NDArray[np.float32]]:
    return {name.partition(":")[0]: np.asarray(group[name], np.float32) for name in group}
