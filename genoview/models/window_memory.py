"""How much memory a window of AlphaGenome takes, estimated beforehand."""

import os
from typing import Any

import torch

from genoview.errors import BackendError
from genoview.models.alphagenome.outputs import OUTPUTS, Outputs

STAGES = 7  # halvings of the window on the way down, each stored for the way up
AT_BASES = {"cpu": 11, "cuda": 8}
"""Tensors of the first stage in hand at once: on the CPU as measured with a small model, on CUDA
as counted from shapes, where nothing was measured yet."""
RESERVE = 1.15  # what allocators take beyond the request


def needed_bytes(model: Any, length: int, wanted: Outputs) -> int:
    """Weights, the largest set of activations that live together, and the answer.

    An estimate from shapes: the skips of the encoder, what is in hand at single bases, contacts,
    and the answer in float32.
    """
    width = 2 if model.dtype_policy.compute_dtype == torch.bfloat16 else 4
    weights = sum(weight.numel() * weight.element_size() for weight in model.parameters())
    channels, step = model.num_channels, model.channel_increment
    skips = sum((channels + step * i) * (length >> i) for i in range(STAGES))
    at_bases = length * channels * AT_BASES.get(model.device.type, AT_BASES["cuda"])
    pairs = (length // 2_048) ** 2 * model.pair_channels * 4
    answer = sum(4 * length // OUTPUTS[name].resolution * len(wanted[name]) for name in wanted)
    return int(RESERVE * (weights + width * (skips + at_bases + pairs)) + answer)


def available_bytes(device: str) -> int:
    """Memory that the device has free, or this machine's, where it is the CPU."""
    if device.startswith("cuda"):
        return int(torch.cuda.mem_get_info(torch.device(device))[0])
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def check_memory(model: Any, length: int, wanted: Outputs, device: str) -> None:
    """Before a run that would end for want of memory.

    Raises:
        BackendError: it would, with what would fit.
    """
    free, needed = available_bytes(device), needed_bytes(model, length, wanted)
    if needed <= free:
        return
    fitting = [size for size in _halves(length) if needed_bytes(model, size, wanted) <= free]
    advice = (
        f"About {fitting[0]:,} bp would fit: choose a shorter window."
        if fitting
        else "Choose another device, or the hosted service."
    )
    raise BackendError(
        f"{length:,} bp take about {needed / 1e9:.1f} GB on {device}, of which {free / 1e9:.1f} GB "
        f"are free. {advice}"
    )


def _halves(length: int) -> list[int]:
    return [length >> i for i in range(1, 10) if length >> i >= 2_048]
