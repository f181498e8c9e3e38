"""Where the models compute."""

import torch


def chosen_device(wanted: str) -> str:
    """`auto` is CUDA where torch sees one, otherwise the CPU."""
    if wanted != "auto":
        return wanted
    return "cuda" if torch.cuda.is_available() else "cpu"


def use_threads(count: int) -> None:
    """CPU threads of the models, for the whole process."""
    torch.set_num_threads(count)
