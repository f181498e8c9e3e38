"""How much memory a model holds, and giving back what a device keeps of one that went."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import torch

from genoview.data.track_data import TrackMetadata

DEPTH = 8  # of objects within objects that are looked into
_WITHOUT_ARRAYS = (str, bytes, int, float, type, TrackMetadata)


def bytes_of(model: object) -> int:
    """Bytes of all arrays that a model holds, each counted once, on whatever device.

    What a library keeps to itself, as the matrices of lightmotif, is not seen.
    """
    sizes: dict[int, int] = {}
    _collect(model, sizes, set(), DEPTH)
    return sum(sizes.values())


def release_device_memory() -> None:
    """Give freed blocks of a CUDA device back to it; nothing on the CPU."""
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _collect(value: object, sizes: dict[int, int], seen: set[int], depth: int) -> None:
    if isinstance(value, torch.Tensor):
        storage = value.untyped_storage()
        sizes[storage.data_ptr()] = storage.nbytes()
        return
    if isinstance(value, np.ndarray):
        sizes[id(value)] = value.nbytes
        return
    if depth == 0 or id(value) in seen or isinstance(value, _WITHOUT_ARRAYS):
        return
    seen.add(id(value))
    for inner in _within(value):
        _collect(inner, sizes, seen, depth - 1)


def _within(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, torch.nn.Module):
        return [*value.parameters(), *value.buffers()]
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    if type(value).__module__.startswith("genoview."):
        return list(getattr(value, "__dict__", {}).values())
    return ()
