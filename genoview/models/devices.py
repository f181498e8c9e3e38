"""Where the models compute. torch, which takes a second, is imported where it is needed."""

from pathlib import Path
from typing import TYPE_CHECKING

from genoview.errors import BackendError

if TYPE_CHECKING:
    import torch

DTYPES = ("float32", "bfloat16")
_DRIVERS = ("nvidia*", "nvhost*", "dxg", "kfd")  # in /dev: without any of them there is no GPU


def chosen_device(wanted: str) -> str:
    """`auto` is CUDA where torch sees one, otherwise the CPU."""
    if wanted != "auto":
        return wanted
    if not any(next(Path("/dev").glob(driver), None) for driver in _DRIVERS):
        return "cpu"
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def device_and_dtype(device: str, dtype: str) -> "tuple[torch.device, torch.dtype]":
    """As torch has them; raises BackendError where it has not."""
    import torch

    if dtype not in DTYPES:
        raise BackendError(f"dtype {dtype!r} is none of {', '.join(DTYPES)}.")
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise BackendError(
            f"Device {device!r} was requested, but torch sees no CUDA device; use 'cpu'."
        )
    known: torch.dtype = getattr(torch, dtype)
    return torch.device(device), known


def use_threads(count: int) -> None:
    """CPU threads of the models, for the whole process."""
    import torch

    torch.set_num_threads(count)
