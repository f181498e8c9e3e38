"""Where the models compute."""

import torch

from genoview.errors import BackendError

DTYPES = ("float32", "bfloat16")


def chosen_device(wanted: str) -> str:
    """`auto` is CUDA where torch sees one, otherwise the CPU."""
    if wanted != "auto":
        return wanted
    return "cuda" if torch.cuda.is_available() else "cpu"


def device_and_dtype(device: str, dtype: str) -> tuple[torch.device, torch.dtype]:
    """As torch has them; raises BackendError where it has not."""
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
    torch.set_num_threads(count)
