"""Trained networks -> one safetensors file: members 0, 1, ... with their facts as metadata."""

import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save_file

from .data import CELLS, WIDTH
from .model import Architecture, PromoterNetwork


def export(
    networks: list[PromoterNetwork],
    shape: Architecture,
    seeds: list[int],
    inactive: list[float],
    path: Path,
) -> None:
    """Write the members, float32.

    Args:
        inactive: log2 activity of random fragments, one a cell.
    """
    tensors: dict[str, torch.Tensor] = {}
    for number, network in enumerate(networks):
        for name, tensor in network.state_dict().items():
            if name.endswith("num_batches_tracked"):
                continue
            tensors[f"members.{number}.{name}"] = tensor.contiguous().clone()
    metadata = {
        "architecture": json.dumps(asdict(shape)),
        "cells": json.dumps(CELLS),
        "unit": "log2 RNA/DNA",
        "width": str(WIDTH),
        "seeds": json.dumps(seeds),
        "inactive": json.dumps(inactive),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata)
