"""A trained ensemble -> one safetensors file: motifs, members 0, 1, ..., and facts about them."""

import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save_file

from .data import CELLS, WIDTH
from .model import PromoterEnsemble


def export(networks: PromoterEnsemble, seeds: list[int], inactive: list[float], path: Path) -> None:
    """Write the motifs and the members, float32.

    Args:
        inactive: log2 activity of random fragments, one a cell.
    """
    tensors: dict[str, torch.Tensor] = {
        name: tensor.contiguous().clone()
        for name, tensor in networks.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
    metadata = {
        "architecture": json.dumps(asdict(networks.shape)),
        "cells": json.dumps(CELLS),
        "unit": "log2 RNA/DNA",
        "width": str(WIDTH),
        "seeds": json.dumps(seeds),
        "inactive": json.dumps(inactive),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata)
