"""AlphaGenome in small, untrained: saved as the package saves, and marked as random."""

import json
from pathlib import Path

import torch
from alphagenome_pt import (
    AlphaGenome,
    AlphaGenomeConfig,
    HeadName,
    Metadata,
    synthetic_metadata,
)

N_TRACKS = 3
LENGTH = 16_384


def save_reduced(folder: Path, channels: int = 24, layers: int = 1) -> None:
    """Every head with a few tracks, two organisms; every splice site passes its threshold."""
    torch.manual_seed(1)
    heads = [head for head in HeadName if head is not HeadName.MASKED_LANGUAGE_MODELING]
    metadata = synthetic_metadata(heads=heads, num_organisms=2, num_tracks=None)
    made = metadata if isinstance(metadata, Metadata) else Metadata(metadata)
    config = AlphaGenomeConfig(
        max_seq_len=LENGTH,
        num_channels=channels,
        transformer_layers=layers,
        pair_heads=4,
        metadata=made,
        dtype_policy="float32",
        splice_site_threshold=0.0,
        num_splice_sites=8,
    )
    AlphaGenome(config).eval().save(folder)
    (folder / "genoview.json").write_text(json.dumps({"random_weights": True}))
