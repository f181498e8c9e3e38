"""MPRA-DragoNN, rebuilt in torch from its Keras weights: the yardstick, and a teacher.

Movva et al. 2019, doi:10.1371/journal.pone.0218073; MIT, github.com/kundajelab/MPRA-DragoNN
(kipoi/ConvModel). 145 bp, channels A C G T -> 12 activities: K562 then HepG2, each with a minimal
and an SV40 promoter, each as replicate 1, replicate 2 and pooled.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .data import UNKNOWN
from .model import one_hot

WIDTH = 145  # bp
TASKS = tuple(
    f"{cell} {promoter} {replicate}"
    for cell in ("K562", "HepG2")
    for promoter in ("minP", "SV40P")
    for replicate in ("replicate 1", "replicate 2", "pooled")
)
POOLED = {  # what is compared and taught
    "K562": (TASKS.index("K562 minP pooled"), TASKS.index("K562 SV40P pooled")),
    "HepG2": (TASKS.index("HepG2 minP pooled"), TASKS.index("HepG2 SV40P pooled")),
}
_BATCH_NORM_EPSILON = 1e-3  # Keras' default, which the weights were trained with


class DragoNN(nn.Module):
    """One-hot [n, 4, 145] -> activities [n, 12]."""

    def __init__(self) -> None:
        super().__init__()
        # Two-dimensional and channels last: the same sums in less time on a CPU.
        self.convs = nn.ModuleList([nn.Conv2d(4 if i == 0 else 120, 120, (1, 5)) for i in range(3)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(120, _BATCH_NORM_EPSILON) for _ in range(3)])
        self.dense = nn.Linear(120 * (WIDTH - 3 * 4), len(TASKS))

    def forward(self, x: Tensor) -> Tensor:
        x = x.unsqueeze(2).contiguous(memory_format=torch.channels_last)
        for conv, norm in zip(self.convs, self.norms, strict=True):
            x = norm(torch.relu(conv(x)))  # [n, 120, 1, 141], then 137, then 133
        # Keras flattens position by position.
        activities: Tensor = self.dense(x.squeeze(2).transpose(1, 2).flatten(1))
        return activities


def load_dragonn(path: Path) -> DragoNN:
    """The network with the weights of `pretrained.hdf5`, in evaluation mode."""
    import h5py  # only this function reads Keras files

    network = DragoNN()
    state: dict[str, Tensor] = {}
    with h5py.File(path) as file:

        def read(layer: str, name: str) -> Tensor:
            return torch.from_numpy(file[layer][layer][f"{name}:0"][()])

        for i in range(3):
            state[f"convs.{i}.weight"] = (
                read(f"conv1d_{i + 1}", "kernel").permute(2, 1, 0).unsqueeze(2)
            )
            state[f"convs.{i}.bias"] = read(f"conv1d_{i + 1}", "bias")
            norm = f"batch_normalization_{i + 1}"
            names = {"weight": "gamma", "bias": "beta"}
            names |= {"running_mean": "moving_mean", "running_var": "moving_variance"}
            for ours, theirs in names.items():
                state[f"norms.{i}.{ours}"] = read(norm, theirs)
            state[f"norms.{i}.num_batches_tracked"] = torch.tensor(0)
        state["dense.weight"] = read("dense_1", "kernel").T
        state["dense.bias"] = read("dense_1", "bias")
    network.load_state_dict(state)
    return network.eval()


@torch.inference_mode()
def teach(network: DragoNN, codes: NDArray[np.int8], batch: int = 256) -> NDArray[np.float32]:
    """float32[n, 12] for int8[n, up to 145] codes; shorter rows are padded with N on the left."""
    padded = np.pad(codes, ((0, 0), (WIDTH - codes.shape[1], 0)), constant_values=UNKNOWN)
    predictions = np.empty(
        (len(padded), len(TASKS)), np.float32
    )  # kept tensors would scatter the heap
    for start in range(0, len(padded), batch):
        here = slice(start, start + batch)
        predictions[here] = network(one_hot(torch.from_numpy(padded[here]))).numpy()
    return predictions
