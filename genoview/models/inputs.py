"""What models read: bases as numbers, and files of weights by their content."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch


def file_digest(*paths: Path) -> str:
    """sha256 over the files, hexadecimal."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def one_hot(sequences: Sequence[str], channels: str = "ACGT") -> torch.Tensor:
    """float32[n, 4, length]; N is four zeros. `channels` gives the order of the rows."""
    codes = np.frombuffer("".join(sequences).encode("ascii"), dtype=np.uint8)
    codes = codes.reshape(len(sequences), -1)
    rows = [(codes == ord(base)) for base in channels]
    return torch.from_numpy(np.stack(rows, axis=1).astype(np.float32))
