"""How much memory a model holds, and giving back what a device keeps of one that went."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import torch

DEPTH = 8  # of objects within objects that are looked into


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


def _collect(part: object, sizes: dict[int, int], seen: set[int], depth: int) -> None:
    if isinstance(part, torch.Tensor):
        storage = part.untyped_storage()
        sizes[storage.data_ptr()] = storage.nbytes()
        return
    if isinstance(part, np.ndarray):
        sizes[id(part)] = part.nbytes
        return
    if depth == 0 or id(part) in seen or isinstance(part, (str, bytes, int, float, type)):
        return
    seen.add(id(part))
    for inner in _within(part):
        _collect(inner, sizes, seen, depth - 1)


def _within(part: object) -> Iterable[object]:
    if isinstance(part, Mapping):
        return list(part.values())
    if isinstance(part, (list, tuple)):
        return part
    if isinstance(part, torch.nn.Module):
        return [*part.parameters(), *part.buffers()]
    if is_dataclass(part):
        return [getattr(part, field.name) for field in fields(part)]
    if type(part).__module__.startswith("genoview."):
        return list(getattr(part, "__dict__", {}).values())
    return ()
