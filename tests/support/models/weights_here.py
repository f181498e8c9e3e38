"""Weights for tests: published files where GENOVIEW_MODELS names them, random ones elsewhere."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.models.registry import row_of
from genoview.models.splicing.splice_network import UNITS
from genoview.models.weights import ModelFolder, Presence

PUBLISHED = Path(os.environ.get("GENOVIEW_MODELS", "no-folder-of-models"))


def needs_weights(name: str) -> pytest.MarkDecorator:
    here = ModelFolder(PUBLISHED).presence(row_of(name)) is Presence.HERE
    return pytest.mark.skipif(
        not here, reason=f"GENOVIEW_MODELS names no folder with the published files of {name}"
    )


def pangolin_files(folder: Path) -> Path:
    """Twelve files of the published shape, with random values."""
    generator = torch.Generator().manual_seed(7)
    for file in row_of("pangolin").files:
        torch.save(_pangolin_state(generator), folder / file.name)
    return folder


def _pangolin_state(generator: torch.Generator) -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = {}

    def convolution(name: str, out: int, into: int, width: int) -> None:
        scale = (into * width) ** -0.5
        state[f"{name}.weight"] = torch.randn(out, into, width, generator=generator) * scale
        state[f"{name}.bias"] = torch.randn(out, generator=generator) * 0.1

    convolution("conv1", 32, 4, 1)
    convolution("skip", 32, 32, 1)
    for unit, (width, _) in enumerate(UNITS):
        for half in (1, 2):
            convolution(f"resblocks.{unit}.conv{half}", 32, 32, width)
            norm = f"resblocks.{unit}.bn{half}"
            state[f"{norm}.weight"] = torch.rand(32, generator=generator) + 0.5
            state[f"{norm}.bias"] = torch.randn(32, generator=generator) * 0.1
            state[f"{norm}.running_mean"] = torch.randn(32, generator=generator) * 0.1
            state[f"{norm}.running_var"] = torch.rand(32, generator=generator) + 0.5
    for k in range(4):
        convolution(f"convs.{k}", 32, 32, 1)
    for k in range(1, 9):
        convolution(f"conv_last{k}", 2 - (k + 1) % 2, 32, 1)
    return state


def keras_file(path: Path, shapes: dict[str, dict[str, tuple[int, ...]]], inside: str = "") -> Path:
    """A Keras file of the given arrays, with random values; needs h5py."""
    import h5py

    random = np.random.default_rng(3)
    with h5py.File(path, "w") as file:
        for layer, arrays in shapes.items():
            group = file.create_group(f"{inside}/{layer}/{layer}")
            for name, shape in arrays.items():
                values = random.normal(0, 0.1, shape)
                group[f"{name}:0"] = (abs(values) + 0.5 if "variance" in name else values).astype(
                    "f4"
                )
    return path


def as_published(path: Path, name: str) -> None:
    """Make a file as long as the published one, by which it is known; HDF5 reads it still."""
    [file] = row_of(name).files
    content = path.read_bytes()
    path.write_bytes(content.ljust(file.size, b"\0"))
    assert path.stat().st_size == file.size


def dragonn_file(folder: Path) -> Path:
    """A folder with MPRA-DragoNN's file of random values."""
    norm = dict.fromkeys(("gamma", "beta", "moving_mean", "moving_variance"), (120,))
    shapes: dict[str, dict[str, tuple[int, ...]]] = {}
    for k in (1, 2, 3):
        shapes[f"conv1d_{k}"] = {"kernel": (5, 4 if k == 1 else 120, 120), "bias": (120,)}
        shapes[f"batch_normalization_{k}"] = norm
    shapes["dense_1"] = {"kernel": (133 * 120, 12), "bias": (12,)}
    as_published(keras_file(folder / "pretrained.hdf5", shapes), "mpra-dragonn")
    return folder


def xpresso_file(folder: Path) -> Path:
    """A folder with Xpresso's file of random values."""
    shapes = {
        "conv1d_1": {"kernel": (6, 4, 128), "bias": (128,)},
        "conv1d_2": {"kernel": (9, 128, 32), "bias": (32,)},
        "dense_1": {"kernel": (1126, 64), "bias": (64,)},
        "dense_2": {"kernel": (64, 2), "bias": (2,)},
        "dense_3": {"kernel": (2, 1), "bias": (1,)},
    }
    path = keras_file(folder / "human_trainepoch.11-0.426.h5", shapes, "model_weights")
    as_published(path, "xpresso")
    return folder
